//! From a question to a page of results.

use db::{Tx, padded, params, places};
use jiff::tz::TimeZone;
use std::{cmp::Ordering, collections::HashMap, ops::Range};
use talk::PostId;
use things::{
    sections::{self, Tree},
    stories::{self, Card},
};

use super::{
    filters::{Filters, Narrowed},
    highlight::Hits,
    matching::Matching,
    near,
    query::Query,
    store::{self, MOST},
    tongues::Tongues,
    words,
};

/// Results on one page.
pub(super) const PAGE: usize = 20;
/// Last page: beyond it another word finds faster.
pub(super) const MAX_PAGE: usize = 50;
/// Fewer results than this, and a word may have been mistyped.
const FEW: usize = 3;
/// What words in the headline are worth, beside a relevance of about 1 to 10.
const HEADLINE: f64 = 8.0;
/// What is added when they stand there as they were typed and not in another form.
const AS_WRITTEN: f64 = 2.0;
/// Characters of a body that are read for the excerpt.
const MAX_BODY: usize = 60_000;

/// What is asked, from the address.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// As typed.
    pub typed: String,
    pub filters: Filters,
    /// From 1.
    pub page: usize,
    /// The words are meant as they are.
    pub exact: bool,
}

/// What a page of results shows.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub results: Vec<Result>,
    /// How many there are; when `more`, at least so many.
    pub count: usize,
    pub more: bool,
    /// Whether another page follows.
    pub next: bool,
    /// What was searched for in the end.
    pub query: Query,
    pub meant: Meant,
    /// Which words of the results are hits.
    pub hits: Hits,
    /// For the form.
    pub tree: Tree,
    /// Name of the author that it is narrowed to.
    pub author: Option<String>,
}

/// What became of a mistyped word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Meant {
    /// Nothing: the words are as typed.
    #[default]
    AsTyped,
    /// These are results for other words than were typed.
    Instead,
    /// There is more for these words.
    Perhaps(String),
}

/// A story that was found.
#[derive(Debug)]
pub(super) struct Result {
    pub card: Card,
    /// The words of its body.
    pub body: String,
}

/// Finds a page of stories.
pub(super) fn find(tx: &mut Tx, asked: &Asked, zone: &TimeZone, now: i64) -> std::result::Result<Found, db::Error> {
    let tree = sections::all(tx)?;
    let narrowed = asked.filters.narrowed(tx, &tree, zone, now)?;
    let mut found = Found { query: Query::parse(&asked.typed), tree, author: narrowed.author.clone(), ..Found::default() };
    if found.query.is_empty() || narrowed.nothing {
        return Ok(found);
    }
    let tongues = Tongues::of_index(tx)?;
    let mut ranked = ranked(tx, &found.query, &tongues, &narrowed)?;
    if ranked.len() < FEW
        && !asked.exact
        && let Some(mended) = near::mended(tx, &found.query, &tongues)?
    {
        let instead = self::ranked(tx, &mended, &tongues, &narrowed)?;
        if ranked.is_empty() && !instead.is_empty() {
            (ranked, found.query, found.meant) = (instead, mended, Meant::Instead);
        } else if instead.len() > ranked.len() {
            found.meant = Meant::Perhaps(mended.words());
        }
    }
    found.hits = Hits::of(&found.query, &tongues);
    let from = (asked.page - 1) * PAGE;
    (found.count, found.more) = (ranked.len(), ranked.len() >= MOST);
    found.next = asked.page < MAX_PAGE && ranked.len() > from + PAGE;
    let ids: Vec<PostId> = ranked.iter().skip(from).take(PAGE).map(|id| PostId::new(*id)).collect();
    found.results = results(tx, &ids)?;
    Ok(found)
}

/// The newest stories that match the words as they are typed.
pub(super) fn newest(tx: &mut Tx, asked: &Asked, zone: &TimeZone, now: i64, limit: usize) -> std::result::Result<Vec<Card>, db::Error> {
    let tree = sections::all(tx)?;
    let narrowed = asked.filters.narrowed(tx, &tree, zone, now)?;
    let query = Query::parse(&asked.typed);
    if query.is_empty() || narrowed.nothing {
        return Ok(Vec::new());
    }
    // Stories that were dated back, or came from elsewhere, have younger ids than their place in the list says.
    let tongues = Tongues::of_index(tx)?;
    let ids = store::newest(tx, &Matching::new(&query, &tongues, &narrowed.marks), MOST)?;
    let mut dated = listed_at(tx, &ids, narrowed.span.as_ref())?;
    dated.sort_unstable_by_key(|(id, at)| std::cmp::Reverse((*at, *id)));
    let ids: Vec<PostId> = dated.into_iter().take(limit).map(|(id, _)| PostId::new(id)).collect();
    stories::cards_by_ids(tx, &ids)
}

/// Ids of the stories that match, the best first, the newer first among equals.
fn ranked(tx: &mut Tx, query: &Query, tongues: &Tongues, narrowed: &Narrowed) -> std::result::Result<Vec<i64>, db::Error> {
    let matching = Matching::new(query, tongues, &narrowed.marks);
    let mut scores: HashMap<i64, f64> = store::relevance(tx, &matching)?.into_iter().collect();
    let all = scores.len() < MOST;
    for id in store::in_headline(tx, &matching, MOST)? {
        // Older than the newest that were ranked: welcome, unless words that it must not have are in its body.
        match scores.get_mut(&id) {
            Some(score) => *score += HEADLINE,
            None if !all && matching.unwanted.is_empty() => drop(scores.insert(id, HEADLINE)),
            None => {}
        }
    }
    for id in store::in_headline(tx, &matching.as_written(), MOST)? {
        scores.entry(id).and_modify(|score| *score += AS_WRITTEN);
    }
    let mut ranked: Vec<(i64, f64)> = scores.into_iter().collect();
    if let Some(span) = &narrowed.span {
        within(tx, &mut ranked, span)?;
    }
    ranked.sort_by(|(id, score), (other, against)| against.partial_cmp(score).unwrap_or(Ordering::Equal).then(other.cmp(id)));
    ranked.truncate(MOST);
    Ok(ranked.into_iter().map(|(id, _)| id).collect())
}

/// Keeps what was listed in a span of time.
fn within(tx: &mut Tx, ranked: &mut Vec<(i64, f64)>, span: &Range<i64>) -> std::result::Result<(), db::Error> {
    let ids: Vec<i64> = ranked.iter().map(|(id, _)| *id).collect();
    let inside: HashMap<i64, i64> = listed_at(tx, &ids, Some(span))?.into_iter().collect();
    ranked.retain(|(id, _)| inside.contains_key(id));
    Ok(())
}

/// Those of the stories that readers see, with the time under which they are listed, within a span if one is asked for.
fn listed_at(tx: &mut Tx, ids: &[i64], span: Option<&Range<i64>>) -> std::result::Result<Vec<(i64, i64)>, db::Error> {
    let span = span.cloned().unwrap_or(i64::MIN..i64::MAX);
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(1_000) {
        let sql =
            format!("select id, listed_at from stories where listed_at >= $1 and listed_at < $2 and id in ({})", places(3, some.len()));
        let parameters = [params![span.start, span.end], &padded(some)].concat();
        found.extend(tx.all(&sql, &parameters, |row| Ok((row.get(0)?, row.get(1)?)))?);
    }
    Ok(found)
}

fn results(tx: &mut Tx, ids: &[PostId]) -> std::result::Result<Vec<Result>, db::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("select id, substr(body_html, 1, {MAX_BODY}) from stories where id in ({})", places(1, ids.len()));
    let bodies: Vec<(PostId, String)> = tx.all(&sql, &padded(ids), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut bodies: HashMap<PostId, String> = bodies.into_iter().collect();
    let cards = stories::cards_by_ids(tx, ids)?;
    let result = |card: Card| Result { body: bodies.remove(&card.id).map(|html| words::of_html(&html)).unwrap_or_default(), card };
    Ok(cards.into_iter().map(result).collect())
}
