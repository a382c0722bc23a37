//! What syndication asks the database.

use db::{Param, Tx, params};
use people::{accounts::Author, site::Licence};
use std::{collections::HashMap, ops::Range};
use talk::{
    PostId,
    revisions::Correction,
    topics::{Topic, TopicId},
};
use things::stories::{Card, Story};

/// Bytes of a body that still travels whole: some 40,000 words. A longer one is read on the site.
const MAX_BODY: usize = 256 * 1024;

/// The whole stories of these cards, in their order: four statements however many there are. A body that is too long
/// to travel is empty. What only a story's own page shows (its number of versions) is as good as unknown: 2 for one that
/// was changed after it was published, else 1.
pub(super) fn whole(tx: &mut Tx, cards: Vec<Card>) -> Result<Vec<Story>, db::Error> {
    let ids: Vec<PostId> = cards.iter().map(|card| card.id).collect();
    let mut bodies = bodies(tx, &ids)?;
    let (mut authors, mut topics, mut corrections) = (authors(tx, &ids)?, topics(tx, &ids)?, corrections(tx, &ids)?);
    let assembled = cards.into_iter().filter_map(|card| {
        let id = card.id;
        Some(Story {
            authors: authors.remove(&id).unwrap_or_else(|| vec![card.author.clone()]),
            topics: topics.remove(&id).unwrap_or_default(),
            corrections: corrections.remove(&id).unwrap_or_default(),
            ..bodies.remove(&id)?.with(card)
        })
    });
    Ok(assembled.collect())
}

struct Body {
    html: String,
    sources: String,
    place: String,
    caption: String,
    credit: String,
    updated_at: i64,
    changed: bool,
    licence: Option<Licence>,
}

impl Body {
    fn with(self, card: Card) -> Story {
        // The moment of publishing is no change, even of what was dated back.
        let updated_at = if self.changed { self.updated_at.max(card.published_at) } else { card.published_at };
        Story {
            label: String::new(),
            card,
            body_html: self.html,
            sources: serde_json::from_str(&self.sources).unwrap_or_default(),
            place: self.place,
            caption: self.caption,
            credit: self.credit,
            authors: Vec::new(),
            topics: Vec::new(),
            corrections: Vec::new(),
            revisions: if self.changed { 2 } else { 1 },
            updated_at,
            licence: self.licence,
            contexts: 0,
        }
    }
}

fn bodies(tx: &mut Tx, ids: &[PostId]) -> Result<HashMap<PostId, Body>, db::Error> {
    let sql = format!(
        "select t.id, case when length(t.body_html) <= {MAX_BODY} then t.body_html else '' end, t.sources, t.place,
           t.picture_caption, t.picture_credit, p.updated_at,
           case when exists (select 1 from revisions r where r.post_id = t.id and r.number > 1) then 1 else 0 end, t.licence
         from stories t join posts p on p.id = t.id where t.id in ({})",
        db::places(1, ids.len())
    );
    let found = tx.all(&sql, &db::padded(ids), |row| {
        let body = Body {
            html: row.get(1)?,
            sources: row.get(2)?,
            place: row.get(3)?,
            caption: row.get(4)?,
            credit: row.get(5)?,
            updated_at: row.get(6)?,
            changed: row.get::<i64>(7)? == 1,
            licence: row.get::<Option<String>>(8)?.and_then(|name| name.parse().ok()),
        };
        Ok((row.get(0)?, body))
    })?;
    Ok(found.into_iter().collect())
}

fn authors(tx: &mut Tx, ids: &[PostId]) -> Result<HashMap<PostId, Vec<Author>>, db::Error> {
    let sql = format!(
        "select p.post_id, a.id, a.handle, a.name, a.picture from post_authors p join accounts a on a.id = p.account_id
         where p.post_id in ({}) order by p.post_id, p.position",
        db::places(1, ids.len())
    );
    let found = tx.all(&sql, &db::padded(ids), |row| {
        Ok((row.get(0)?, Author { id: row.get(1)?, handle: row.get(2)?, name: row.get(3)?, picture: row.get(4)? }))
    })?;
    Ok(by_story(found))
}

fn topics(tx: &mut Tx, ids: &[PostId]) -> Result<HashMap<PostId, Vec<Topic>>, db::Error> {
    let sql = format!(
        "select p.post_id, t.id, t.name, t.key from post_topics p join topics t on t.id = p.topic_id
         where p.post_id in ({}) order by p.post_id, p.position",
        db::places(1, ids.len())
    );
    let found =
        tx.all(&sql, &db::padded(ids), |row| Ok((row.get(0)?, Topic { id: row.get::<TopicId>(1)?, name: row.get(2)?, key: row.get(3)? })))?;
    Ok(by_story(found))
}

fn corrections(tx: &mut Tx, ids: &[PostId]) -> Result<HashMap<PostId, Vec<Correction>>, db::Error> {
    let sql = format!(
        "select id, post_id, number, correction, created_at from revisions
         where post_id in ({}) and correction is not null order by post_id, number",
        db::places(1, ids.len())
    );
    let found = tx.all(&sql, &db::padded(ids), |row| {
        let correction = Correction { id: row.get(0)?, post: row.get(1)?, number: row.get(2)?, note: row.get(3)?, created_at: row.get(4)? };
        Ok((correction.post, correction))
    })?;
    Ok(by_story(found))
}

fn by_story<T>(found: Vec<(PostId, T)>) -> HashMap<PostId, Vec<T>> {
    let mut sorted: HashMap<PostId, Vec<T>> = HashMap::new();
    for (story, thing) in found {
        sorted.entry(story).or_default().push(thing);
    }
    sorted
}

/// A story as a sitemap names it.
#[derive(Debug)]
pub(super) struct Place {
    pub id: PostId,
    pub slug: String,
    pub updated_at: i64,
}

/// How many stories each of these spans holds, counted up to a limit along one index: one statement.
pub(super) fn count_each(tx: &mut Tx, spans: &[Range<i64>], up_to: usize) -> Result<Vec<usize>, db::Error> {
    if spans.is_empty() {
        return Ok(Vec::new());
    }
    let count = |index: usize| {
        let (start, end) = (index * 2 + 1, index * 2 + 2);
        format!(
            "select {index} as number, count(*) as held from (select 1 as one from stories
               where listed_at is not null and listed_at >= ${start} and listed_at < ${end} limit {up_to}) span{index}"
        )
    };
    let sql = (0..spans.len()).map(count).collect::<Vec<_>>().join(" union all ");
    let bounds: Vec<Param> = spans.iter().flat_map(|span| [Param::Int(span.start), Param::Int(span.end)]).collect();
    let mut held = vec![0; spans.len()];
    for (number, count) in tx.all(&sql, &bounds, |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))? {
        if let Some(place) = usize::try_from(number).ok().and_then(|number| held.get_mut(number)) {
            *place = usize::try_from(count).unwrap_or(0);
        }
    }
    Ok(held)
}

/// Stories of a span of time, oldest first, so that a finished month's files do not change.
pub(super) fn places_between(tx: &mut Tx, span: &Range<i64>, skip: usize, limit: usize) -> Result<Vec<Place>, db::Error> {
    // The places are cut out of the index first; only then are the rows themselves looked at.
    tx.all(
        "select t.id, t.slug, p.updated_at from (select id, listed_at from stories where listed_at is not null and listed_at >= $1 and listed_at < $2
           order by listed_at, id limit $3 offset $4) cut join stories t on t.id = cut.id join posts p on p.id = cut.id
         order by cut.listed_at, cut.id",
        params![span.start, span.end, limit, skip],
        |row| Ok(Place { id: row.get(0)?, slug: row.get(1)?, updated_at: row.get(2)? }),
    )
}
