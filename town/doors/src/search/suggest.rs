//! What a reader may be about to type: sections, authors, topics and headlines with these words at their beginning.

use db::{Tx, params};
use serde::Serialize;
use talk::PostId;
use things::{sections, stories};

use super::{query::MAX_QUERY, store, words};

/// More than this is a list to read, not a hint.
const MOST: usize = 8;
/// Of these, places for anything but headlines.
const NAMES: usize = 4;
const MAX_WORDS: usize = 8;

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Suggestion {
    /// `section`, `author`, `topic` or `story`.
    pub kind: &'static str,
    /// As readers know it.
    pub words: String,
    /// Its page.
    pub address: String,
}

/// At most eight, the shortest ways first.
pub(super) fn suggestions(tx: &mut Tx, typed: &str) -> Result<Vec<Suggestion>, db::Error> {
    let typed: String = typed.chars().take(MAX_QUERY).collect();
    let typed: Vec<String> = words::words(&typed).map(|word| word.folded).take(MAX_WORDS).collect();
    let Some(last) = typed.last() else { return Ok(Vec::new()) };
    let mut found = sections_named(tx, &typed)?;
    found.extend(authors(tx, last, &typed)?);
    found.extend(topics(tx, last, &typed)?);
    found.truncate(NAMES);
    let room = MOST - found.len();
    found.extend(headlines(tx, &typed, room)?);
    Ok(found)
}

/// Whether a name holds all these words, the last of them perhaps unfinished.
fn holds(name: &str, typed: &[String]) -> bool {
    let known = words::folded(name);
    typed
        .split_last()
        .is_some_and(|(last, whole)| whole.iter().all(|word| known.contains(word)) && known.iter().any(|word| word.starts_with(last)))
}

fn sections_named(tx: &mut Tx, typed: &[String]) -> Result<Vec<Suggestion>, db::Error> {
    let tree = sections::all(tx)?;
    let named = tree.in_order().into_iter().map(|(_, section)| section).filter(|section| holds(&section.name, typed));
    Ok(named.map(|section| Suggestion { kind: "section", words: section.name.clone(), address: section.address() }).collect())
}

/// The last word and the first that no longer begins with it; U+10FFFF is in no word.
const BEGINS: &str = "n.word >= $1 and n.word < $2";

fn authors(tx: &mut Tx, last: &str, typed: &[String]) -> Result<Vec<Suggestion>, db::Error> {
    let sql = format!(
        "select distinct a.name, a.handle from search_names n join accounts a on a.id = n.owner_id
         where n.kind = 'author' and {BEGINS} and exists (select 1 from shelves h where h.owner_id = a.id) order by a.name, a.handle limit 40"
    );
    let found = tx.all(&sql, params![last, format!("{last}\u{10ffff}")], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    let named = found.into_iter().filter(|(name, _)| holds(name, typed));
    Ok(named.map(|(name, handle)| Suggestion { kind: "author", words: name, address: format!("/@{handle}") }).collect())
}

fn topics(tx: &mut Tx, last: &str, typed: &[String]) -> Result<Vec<Suggestion>, db::Error> {
    let sql = format!(
        "select distinct t.id, t.name, t.key from search_names n join topics t on t.id = n.owner_id
         where n.kind = 'topic' and {BEGINS} and exists (select 1 from shelves h where h.owner_id = t.id) order by t.name, t.id limit 40"
    );
    let read = |row: &db::Row| Ok(talk::topics::Topic { id: row.get(0)?, name: row.get(1)?, key: row.get(2)? });
    let found = tx.all(&sql, params![last, format!("{last}\u{10ffff}")], read)?;
    let named = found.into_iter().filter(|topic| holds(&topic.name, typed));
    Ok(named.map(|topic| Suggestion { kind: "topic", words: format!("#{}", topic.name), address: topic.address() }).collect())
}

fn headlines(tx: &mut Tx, typed: &[String], room: usize) -> Result<Vec<Suggestion>, db::Error> {
    let ids: Vec<PostId> = store::headlines_beginning(tx, typed, room)?.into_iter().map(PostId::new).collect();
    let cards = stories::cards_by_ids(tx, &ids)?;
    Ok(cards.into_iter().map(|card| Suggestion { kind: "story", address: card.address(), words: card.headline }).collect())
}
