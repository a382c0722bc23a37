//! Which shelves a story stands on, and what it says that brings it there.

use db::{Tx, params};
use people::{AccountId, Town};
use serde::{Deserialize, Serialize};
use talk::{PostId, places, posts, topics};

use super::Content;
use crate::sections::{self, SectionId};

/// Stories that are gone through in one unit of writing.
const AT_ONCE: u32 = 100;

/// Writes down the topics of a story and where it is.
pub(super) fn gather(tx: &mut Tx, story: PostId, content: &Content, now: i64) -> Result<(), db::Error> {
    let wanted: Vec<text::topic::Topic> = content.topics.iter().filter_map(|topic| text::topic::parse(topic)).collect();
    topics::set(tx, story, &wanted, now)?;
    places::set(tx, story, text::place::parse(&content.place).as_ref(), now).map(drop)
}

/// Puts a story on the shelves that are its due: of its section and the sections above, its authors, its topics and its place.
pub(super) fn shelve(tx: &mut Tx, story: PostId, section: SectionId, authors: &[AccountId], listed_at: i64) -> Result<(), db::Error> {
    let mut owners = sections::all(tx)?.shelves(section);
    owners.extend(authors.iter().map(|author| author.get()));
    owners.extend(topics::of(tx, story)?.iter().map(|topic| topic.id.get()));
    owners.extend(places::of(tx, story)?.map(|place| place.id.get()));
    posts::shelve(tx, story, &owners, listed_at)
}

/// The job that brings stories which named a place before places had shelves onto these, a part of them at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Places {
    /// The last story that was looked at.
    pub after: PostId,
}

impl jobs::Job for Places {
    const KIND: &'static str = "story.places";
}

/// Brings some stories onto the shelves of their places, and leaves the rest to the next job.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn place_all(town: Town, part: Places) -> anyhow::Result<()> {
    let now = town.now();
    let unit = move |tx: &mut Tx| -> Result<(), db::Error> {
        if let Some(after) = place_some(tx, part.after, now)? {
            jobs::enqueue(tx, &Places { after }, now)?;
        }
        Ok(())
    };
    town.db.write(unit).await?;
    town.wake();
    Ok(())
}

/// The last story of those, when there may be more.
fn place_some(tx: &mut Tx, after: PostId, now: i64) -> Result<Option<PostId>, db::Error> {
    let sql = "select s.id, s.place, s.section_id, s.listed_at from stories s where s.id > $1 and s.place <> '' order by s.id limit $2";
    let found = tx.all(sql, params![after, AT_ONCE], |row| {
        Ok((row.get::<PostId>(0)?, row.get::<String>(1)?, row.get::<SectionId>(2)?, row.get::<Option<i64>>(3)?))
    })?;
    for (story, place, section, listed_at) in &found {
        let Some(name) = text::place::parse(place) else { continue };
        places::set(tx, *story, Some(&name), now)?;
        if let Some(listed_at) = listed_at {
            let authors: Vec<AccountId> = posts::authors_of(tx, *story)?.iter().map(|author| author.id).collect();
            shelve(tx, *story, *section, &authors, *listed_at)?;
        }
    }
    Ok(found.last().filter(|_| found.len() == AT_ONCE as usize).map(|(story, ..)| *story))
}
