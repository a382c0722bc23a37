//! How stories come into the index and leave it: after every change, by a job that was written down with the change, and
//! once a day for whatever changed without telling (an author's new name).

use db::{Tx, params};
use people::Town;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, time::Duration};
use talk::{Cursor, PostId, posts, topics};
use text::language::Stemmer;
use things::stories::{self, Changed};

use super::{
    feed::INDEX,
    matching::mark,
    near,
    store::{self, Entry},
    tongues::Tongues,
    words,
};

/// How stories are put into the index now. Raise it when that changes: whatever was put there before is put there anew,
/// by and by, and is found as it was until then. 1 held words as they were written, 2 holds stems.
const FORM: i64 = 2;
/// Words of a body that can be found: a book's worth.
const MAX_WORDS: usize = 50_000;
/// Stories looked at in one unit of reading.
const LOOK: u32 = 500;
/// Stories written in one unit of writing: readers' own changes must not wait long behind it.
const WRITE: usize = 20;
/// Looks of one run; then the queue gets its turn.
const LOOKS: usize = 20;

/// The job that goes through all published stories, the newest first, and indexes what is missing or out of date.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {
    /// Where the next look begins: time and id of a story; `None` at the newest.
    #[serde(default)]
    pub before: Option<(i64, i64)>,
}

impl jobs::Job for Sweep {
    const KIND: &'static str = "search.sweep";
}

/// Has the index looked through, unless that goes on already: at every start, and once a day.
///
/// # Errors
/// When the database does not answer.
pub async fn look_through(town: Town) -> anyhow::Result<()> {
    let now = town.now();
    town.db.write(move |tx| jobs::enqueue_once(tx, Sweep::KEY, &Sweep { before: None }, now)).await?;
    town.wake();
    Ok(())
}

/// Takes up a change of a story. Say afterwards that [`INDEX`] has changed.
pub(crate) fn take_up(tx: &mut Tx, changed: &Changed, now: i64) -> Result<(), db::Error> {
    index(tx, changed.story, now)
}

/// A part of the way through all stories.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn sweep(town: Town, sweep: Sweep) -> anyhow::Result<()> {
    let (mut before, now) = (sweep.before.map_or(Cursor::NEWEST, |(at, id)| Cursor { at, id: PostId::new(id) }), town.now());
    for _ in 0..LOOKS {
        let look = town.db.read(move |tx| out_of_date(tx, before)).await?;
        for some in look.stale.chunks(WRITE) {
            let some = some.to_vec();
            town.db.write(move |tx| some.iter().try_for_each(|story| index(tx, *story, now))).await?;
            town.pages.changed(&[INDEX]);
            // Nobody waits for this one.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let Some(last) = look.last else { return Ok(()) };
        before = last;
    }
    let rest = Sweep { before: Some((before.at, before.id.get())) };
    town.db.write(move |tx| jobs::enqueue_unique(tx, Sweep::KEY, &rest, now)).await?;
    town.wake();
    Ok(())
}

impl Sweep {
    /// The key under which the job waits.
    pub const KEY: &'static str = "search.sweep";
}

struct Look {
    stale: Vec<PostId>,
    /// Where the next look begins; `None` at the end.
    last: Option<Cursor>,
}

fn out_of_date(tx: &mut Tx, before: Cursor) -> Result<Look, db::Error> {
    let sql = "select t.listed_at, t.id, case when x.story_id is null or x.section_id <> t.section_id or x.updated_at <> p.updated_at or x.form <> $4
             or exists (select 1 from post_authors b join accounts a on a.id = b.account_id where b.post_id = t.id and a.updated_at > x.indexed_at)
           then 1 else 0 end
         from stories t join posts p on p.id = t.id left join search_stories x on x.story_id = t.id
         where t.listed_at is not null and (t.listed_at, t.id) < ($1, $2) order by t.listed_at desc, t.id desc limit $3";
    let found = tx.all(sql, params![before.at, before.id, LOOK, FORM], |row| {
        Ok((Cursor { at: row.get(0)?, id: row.get(1)? }, row.get::<i64>(2)? == 1))
    })?;
    let last = found.last().map(|(cursor, _)| *cursor);
    Ok(Look { stale: found.iter().filter(|(_, stale)| *stale).map(|(cursor, _)| cursor.id).collect(), last })
}

/// Makes the index say of a story what readers see of it now.
///
/// # Errors
/// When the database fails.
pub fn index(tx: &mut Tx, story: PostId, now: i64) -> Result<(), db::Error> {
    let found = tx.first(
        "select t.headline, t.standfirst, t.place, t.body_html, t.section_id, t.work, t.listed_at, p.updated_at, t.language
         from stories t join posts p on p.id = t.id where t.id = $1 and t.listed_at is not null",
        params![story],
        Published::read,
    )?;
    match found {
        Some(published) => put(tx, story, &published, now),
        None => {
            tx.run("delete from search_stories where story_id = $1", params![story])?;
            store::remove(tx, story.get())
        }
    }
}

struct Published {
    headline: String,
    standfirst: String,
    place: String,
    body_html: String,
    section: i64,
    work: String,
    listed_at: i64,
    updated_at: i64,
    /// Empty when it was published before anybody asked.
    language: String,
}

impl Published {
    fn read(row: &db::Row) -> Result<Self, db::Error> {
        Ok(Self {
            headline: row.get(0)?,
            standfirst: row.get(1)?,
            place: row.get(2)?,
            body_html: row.get(3)?,
            section: row.get(4)?,
            work: row.get(5)?,
            listed_at: row.get(6)?,
            updated_at: row.get(7)?,
            language: row.get(8)?,
        })
    }
}

fn put(tx: &mut Tx, story: PostId, published: &Published, now: i64) -> Result<(), db::Error> {
    let (authors, topics) = (posts::authors_of(tx, story)?, topics::of(tx, story)?);
    let named = |names: Vec<&str>| names.into_iter().flat_map(words::folded).collect::<Vec<_>>();
    let body = words::of_html(&published.body_html);
    let language = match published.language.as_str() {
        "" => stories::note_language(tx, story, &format!("{}\n{}\n{body}", published.headline, published.standfirst))?,
        known => known.to_owned(),
    };
    Tongues::learn(tx, &language)?;
    let stemmer = Stemmer::of(&language);
    let stemmed = |text: &str| words::stemmed(text, &stemmer).collect::<Vec<_>>();
    let entry = Entry {
        id: story.get(),
        title: words::folded(&published.headline),
        headline: stemmed(&published.headline),
        standfirst: stemmed(&published.standfirst),
        // Names have no forms.
        people: named(authors.iter().map(|author| author.name.as_str()).collect()),
        topics: topics.iter().flat_map(|topic| stemmed(&topic.name)).collect(),
        place: stemmed(&published.place),
        body: words::stemmed(&body, &stemmer).take(MAX_WORDS).collect(),
        marks: marks(published, authors.iter().map(|author| author.id.get())),
    };
    store::put(tx, &entry)?;
    let (topics_written, place) = (named(topics.iter().map(|topic| topic.name.as_str()).collect()), words::folded(&published.place));
    let known: BTreeSet<&str> = [&entry.title, &entry.people, &topics_written, &place].into_iter().flatten().map(String::as_str).collect();
    near::learn(tx, &known)?;
    for author in &authors {
        name(tx, "author", author.id.get(), &author.name)?;
    }
    for topic in &topics {
        name(tx, "topic", topic.id.get(), &topic.name)?;
    }
    tx.run(
        "insert into search_stories (story_id, section_id, updated_at, indexed_at, form) values ($1, $2, $3, $4, $5)
         on conflict (story_id) do update set section_id = excluded.section_id, updated_at = excluded.updated_at, indexed_at = excluded.indexed_at,
           form = excluded.form",
        params![story, published.section, published.updated_at, now, FORM],
    )?;
    Ok(())
}

fn marks(published: &Published, authors: impl Iterator<Item = i64>) -> Vec<String> {
    let (year, month, _) = text::times::date(published.listed_at, &jiff::tz::TimeZone::UTC);
    let fixed = [mark('s', published.section), mark('w', &published.work), mark('y', year), mark('m', format_args!("{year}-{month}"))];
    fixed.into_iter().chain(authors.map(|author| mark('a', author))).collect()
}

fn name(tx: &mut Tx, kind: &str, owner: i64, name: &str) -> Result<(), db::Error> {
    for word in words::folded(name) {
        let sql = "insert into search_names (word, kind, owner_id) values ($1, $2, $3) on conflict do nothing";
        tx.run(sql, params![&word, kind, owner])?;
    }
    Ok(())
}
