//! What readers see: the whole story, and the cards of lists.

use db::{Row, Tx, params};
use jiff::tz::TimeZone;
use people::{
    AccountId,
    accounts::Author,
    pictures::{Focus, Shown},
    site::{Licence, Site},
};
use std::{borrow::Cow, ops::Range, sync::LazyLock};
use talk::{
    Counts, Cursor, PostId, posts,
    revisions::{self, Correction},
    topics::{self, Topic},
};
use web::Error;

use super::{content::Work, sources::Source};
use crate::sections::{Colour, SectionId};

/// A published story with everything its page shows.
#[derive(Clone, Debug)]
pub struct Story {
    /// What lists show of it, too.
    pub card: Card,
    /// The story, rendered and safe.
    pub body_html: String,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// Where it happened.
    pub place: String,
    /// Under the picture.
    pub caption: String,
    /// Who made the picture.
    pub credit: String,
    /// The byline.
    pub authors: Vec<Author>,
    /// Topics.
    pub topics: Vec<Topic>,
    /// Corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// How many revisions there are.
    pub revisions: i64,
    /// When it was last changed after publishing.
    pub updated_at: i64,
    /// Under which terms it may be used, when they are not the site's.
    pub licence: Option<Licence>,
    /// The sentence that moderators put over it; empty where there is none.
    pub label: String,
    /// How many contexts of readers are shown under it.
    pub contexts: i64,
}

/// A story in a list.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its id.
    pub id: PostId,
    /// Its headline.
    pub headline: String,
    /// The readable part of its address.
    pub slug: String,
    /// The sentence under the headline.
    pub standfirst: String,
    /// What type of work it is.
    pub work: Work,
    /// Words of the body.
    pub words: i64,
    /// When it was published.
    pub published_at: i64,
    /// Its counts.
    pub counts: Counts,
    /// Its section's id.
    pub section: SectionId,
    /// Its section's name.
    pub section_name: String,
    /// Its section's slug.
    pub section_slug: String,
    /// Its section's colour.
    pub section_colour: Colour,
    /// Its first author.
    pub author: Author,
    /// Its picture.
    pub picture: Option<Shown>,
    /// Tag of the language it is in; empty when that is the site's.
    pub language: String,
}

/// Characters of a summary that has to be made: what search engines show of one.
const SUMMARY: usize = 160;

impl Story {
    /// What it is about, in a sentence: the standfirst, else how the story begins, else its headline.
    pub fn summary(&self) -> Cow<'_, str> {
        if !self.card.standfirst.is_empty() {
            return Cow::Borrowed(&self.card.standfirst);
        }
        // Pictures and tags take room, too; what is beyond this cannot be shown.
        let start = self.body_html.char_indices().nth(SUMMARY * 50).map_or(&*self.body_html, |(end, _)| &self.body_html[..end]);
        let words = text::excerpt(&text::html::words(start), SUMMARY);
        if words.is_empty() { Cow::Borrowed(&self.card.headline) } else { Cow::Owned(words) }
    }
}

impl Card {
    /// The story's one address.
    pub fn address(&self) -> String {
        super::address(self.id, &self.slug)
    }

    /// Minutes it takes to read.
    pub fn minutes(&self) -> u32 {
        text::reading_minutes(usize::try_from(self.words).unwrap_or(0))
    }

    /// Where the next page of a list begins after this card.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.published_at, id: self.id }
    }

    /// Its `<time>`.
    pub fn time(&self, now: i64, zone: &TimeZone) -> maud::Markup {
        text::times::markup(self.published_at, now, zone)
    }
}

const CARD: &str = "t.id, t.headline, t.slug, t.standfirst, t.work, t.words, p.published_at, c.views, c.comments, c.likes, c.reviews,
    s.id, s.name, s.slug, s.colour, a.id, a.handle, a.name, a.picture, t.picture, t.picture_alt, i.width, i.height, i.blur, i.focus_x, i.focus_y,
    t.language";
const CARD_FROM: &str = "join posts p on p.id = t.id join post_counts c on c.post_id = t.id join sections s on s.id = t.section_id join accounts a on a.id = p.author_id
    left join pictures i on i.key = t.picture";

fn card(row: &Row) -> Result<Card, db::Error> {
    let picture = row.get::<Option<String>>(19)?;
    Ok(Card {
        id: row.get(0)?,
        headline: row.get(1)?,
        slug: row.get(2)?,
        standfirst: row.get(3)?,
        work: row.text(4)?.parse().unwrap_or_default(),
        words: row.get(5)?,
        published_at: row.get(6)?,
        counts: Counts { views: row.get(7)?, comments: row.get(8)?, likes: row.get(9)?, reviews: row.get(10)? },
        section: row.get(11)?,
        section_name: row.get(12)?,
        section_slug: row.get(13)?,
        section_colour: row.text(14)?.parse().unwrap_or(Colour::Clay),
        author: Author { id: row.get(15)?, handle: row.get(16)?, name: row.get(17)?, picture: row.get(18)? },
        picture: match picture {
            Some(key) => Some(Shown {
                key,
                alt: row.get(20)?,
                width: row.get::<Option<i64>>(21)?.unwrap_or(0),
                height: row.get::<Option<i64>>(22)?.unwrap_or(0),
                blur: row.get::<Option<String>>(23)?.unwrap_or_default(),
                focus: Focus::at(row.get::<Option<i64>>(24)?.unwrap_or(50), row.get::<Option<i64>>(25)?.unwrap_or(50)),
            }),
            None => None,
        },
        language: row.get(26)?,
    })
}

/// Where a story stands for somebody who asks for its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Everyone can read it.
    Published,
    /// It is not, or no longer, published.
    Hidden,
    /// It was removed.
    Removed,
}

/// Where a story stands; `None` when there never was one.
pub fn status_of(tx: &mut Tx, id: PostId) -> Result<Option<Status>, db::Error> {
    tx.first(
        "select t.listed_at, p.deleted_at from posts p left join stories t on t.id = p.id where p.id = $1 and p.kind = 'story'",
        params![id],
        |row| {
            let (listed, deleted) = (row.get::<Option<i64>>(0)?, row.get::<Option<i64>>(1)?);
            Ok(match (listed, deleted) {
                (_, Some(_)) => Status::Removed,
                (Some(_), None) => Status::Published,
                (None, None) => Status::Hidden,
            })
        },
    )
}

/// A published story, whole.
///
/// # Errors
/// `NotFound` when it is not published, `Gone` when it was removed.
pub fn find(tx: &mut Tx, id: PostId) -> Result<Story, Error> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!(
            "select {CARD}, t.body_html, t.sources, t.place, t.picture_caption, t.picture_credit, p.updated_at,
               (select max(number) from revisions where post_id = t.id), t.licence, p.label, c.contexts
             from stories t {CARD_FROM} where t.id = $1 and t.listed_at is not null"
        )
    });
    let found = tx.first(&SQL, params![id], |row| {
        let sources = serde_json::from_str(row.text(28)?).unwrap_or_default();
        Ok(Story {
            card: card(row)?,
            body_html: row.get(27)?,
            sources,
            place: row.get(29)?,
            caption: row.get(30)?,
            credit: row.get(31)?,
            authors: Vec::new(),
            topics: Vec::new(),
            corrections: Vec::new(),
            revisions: row.get::<Option<i64>>(33)?.unwrap_or(0),
            updated_at: row.get(32)?,
            label: row.get(35)?,
            licence: row.get::<Option<String>>(34)?.and_then(|name| name.parse().ok()),
            contexts: row.get(36)?,
        })
    })?;
    let Some(mut story) = found else {
        return Err(if status_of(tx, id)? == Some(Status::Removed) { gone(tx, id)? } else { Error::NotFound });
    };
    story.authors = posts::authors_of(tx, id)?;
    story.topics = topics::of(tx, id)?;
    // A correction is made with a revision, and most stories have no second one.
    if story.revisions > 1 {
        story.corrections = revisions::corrections_of(tx, id)?;
    }
    Ok(story)
}

/// What is said of a removed story to somebody who asks for it: that it is gone, if readers ever saw it.
pub(super) fn gone(tx: &mut Tx, id: PostId) -> Result<Error, db::Error> {
    let seen = tx.first("select 1 from posts where id = $1 and published_at is not null", params![id], |row| row.get::<i64>(0))?;
    Ok(if seen.is_some() { Error::Gone } else { Error::NotFound })
}

/// Cards of a shelf (a section's, an author's, a topic's), newest first.
pub fn on_shelf(tx: &mut Tx, owner: i64, before: Cursor, limit: u32) -> Result<Vec<Card>, db::Error> {
    let sql = format!(
        "select {CARD} from shelves h join stories t on t.id = h.post_id {CARD_FROM}
         where h.owner_id = $1 and (h.listed_at, h.post_id) < ($2, $3) order by h.listed_at desc, h.post_id desc limit $4"
    );
    tx.all(&sql, params![owner, before.at, before.id, limit], card)
}

/// Cards of everything, newest first.
pub fn cards(tx: &mut Tx, before: Cursor, limit: u32) -> Result<Vec<Card>, db::Error> {
    let sql = format!(
        "select {CARD} from stories t {CARD_FROM} where t.listed_at is not null and (t.listed_at, t.id) < ($1, $2)
         order by t.listed_at desc, t.id desc limit $3"
    );
    tx.all(&sql, params![before.at, before.id, limit], card)
}

/// Cards of a span of time (a day, a month), newest first.
pub fn published_between(tx: &mut Tx, span: &Range<i64>, before: Cursor, limit: u32) -> Result<Vec<Card>, db::Error> {
    let before = if before.at >= span.end { Cursor { at: span.end, id: PostId::new(0) } } else { before };
    let sql = format!(
        "select {CARD} from stories t {CARD_FROM} where t.listed_at is not null and t.listed_at >= $1 and (t.listed_at, t.id) < ($2, $3)
         order by t.listed_at desc, t.id desc limit $4"
    );
    tx.all(&sql, params![span.start, before.at, before.id, limit], card)
}

/// Cards of these stories, as far as they are published, in this order.
pub fn cards_by_ids(tx: &mut Tx, ids: &[PostId]) -> Result<Vec<Card>, db::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("select {CARD} from stories t {CARD_FROM} where t.listed_at is not null and t.id in ({})", db::places(1, ids.len()));
    let mut found = tx.all(&sql, &db::padded(ids), card)?;
    found.sort_by_key(|card| ids.iter().position(|id| *id == card.id));
    Ok(found)
}

/// The most read among the newest stories since a time.
pub fn most_read_since(tx: &mut Tx, since: i64, limit: u32) -> Result<Vec<Card>, db::Error> {
    // Among the newest few hundred only, so that a busy year costs no more than a quiet one; bodies are left alone until
    // it is known whose cards they are.
    let sql = format!(
        "select {CARD} from (select q.post_id from (select id from stories where listed_at is not null and listed_at >= $1
             order by listed_at desc, id desc limit 300) n join post_counts q on q.post_id = n.id order by q.views desc, q.post_id desc limit $2) m
         join stories t on t.id = m.post_id {CARD_FROM} order by c.views desc, t.id desc"
    );
    tx.all(&sql, params![since, limit], card)
}

/// How many published stories stand on a shelf, counted up to a limit.
pub fn count_on_shelf(tx: &mut Tx, owner: i64, up_to: u32) -> Result<i64, db::Error> {
    tx.one("select count(*) from (select 1 as one from shelves where owner_id = $1 limit $2) found", params![owner, up_to], |row| {
        row.get(0)
    })
}

/// Whether an account has published anything.
pub fn has_published(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    Ok(count_on_shelf(tx, account.get(), 1)? == 1)
}

/// Notes the language that the words of a story show which was published before anybody asked, or the site's when they
/// show none, and answers its tag. One that is noted already stays.
pub fn note_language(tx: &mut Tx, story: PostId, words: &str) -> Result<String, db::Error> {
    let language = match text::language::detect(words) {
        Some(tag) => tag.to_owned(),
        None => Site::language_in(tx)?,
    };
    tx.run("update stories set language = $2 where id = $1 and language = ''", params![story, &language])?;
    Ok(language)
}
