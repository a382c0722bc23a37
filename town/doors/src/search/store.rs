//! The index in both databases: every statement whose text must differ, the two side by side.
//!
//! SQLite ranks with bm25 as long as every word is rare. bm25 counts all stories that hold each word, which takes a tenth
//! of a second for a word that is in every one of a million; such questions are ranked by where the words stand (in the
//! headline, in a row, near the top) and by age. PostgreSQL's `ts_rank` looks at one story at a time and needs no such
//! care. Either way only the newest [`MOST`] stories that match are ranked, and those with the words in their headline.

use db::{Dialect, Error, Tx, params};
use std::collections::HashMap;

use super::{matching::Matching, near, places::Shape};

/// Stories ranked for one question: the newest that match. As many as there are pages to look through.
pub(super) const MOST: usize = 1_000;
/// Stories with the wanted words that are looked through for unwanted ones.
const FAR: i64 = 20_000;
/// A word in no more stories than this is rare.
const RARE: i64 = 10_000;

/// So many words, at most, that an unfinished one may become are looked for one by one. FTS5 reads every story of every word
/// with a beginning that is longer than those it keeps (three letters) before it answers the first; words it reads as they
/// are wanted. Where there are more of them they are rare.
const ENDS: usize = 64;

/// Stands between a headline as it is written and its stems: no phrase reaches from one into the other.
const GAP: char = '\u{e000}';

/// A story on its way into the index: the stems of its words, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub id: i64,
    /// The words of the headline as they are written.
    pub title: Vec<String>,
    pub headline: Vec<String>,
    pub standfirst: Vec<String>,
    pub people: Vec<String>,
    pub topics: Vec<String>,
    pub place: Vec<String>,
    pub body: Vec<String>,
    pub marks: Vec<String>,
}

/// Puts a story into the index, instead of what is there of it.
pub(super) fn put(tx: &mut Tx, entry: &Entry) -> Result<(), Error> {
    remove(tx, entry.id)?;
    let Entry { id, title, headline, standfirst, people, topics, place, body, marks } = entry;
    let signs = marks.join(" ");
    match tx.dialect() {
        Dialect::Sqlite => {
            tx.run(
                "insert into search (rowid, headline, standfirst, people, topics, place, body, marks) values ($1, $2, $3, $4, $5, $6, $7, $8)",
                params![*id, headline.join(" "), standfirst.join(" "), people.join(" "), topics.join(" "), place.join(" "), body.join(" "), &signs],
            )?;
            let both = if title == headline { title.join(" ") } else { format!("{} {GAP} {}", title.join(" "), headline.join(" ")) };
            tx.run("insert into search_headlines (rowid, headline, marks) values ($1, $2, $3)", params![*id, &both, &signs])?;
        }
        Dialect::Postgres => {
            let top = [(headline, 'A'), (standfirst, 'B'), (people, 'B'), (topics, 'B'), (place, 'C'), (body, 'D')];
            tx.run(
                "insert into search (id, words, headline) values ($1, cast(cast($2 as text) as tsvector), cast(cast($3 as text) as tsvector))",
                params![*id, vector(&top, marks), vector(&[(title, 'A'), (headline, 'A')], marks)],
            )?;
        }
    }
    Ok(())
}

/// Takes a story out of the index.
pub(super) fn remove(tx: &mut Tx, id: i64) -> Result<(), Error> {
    match tx.dialect() {
        Dialect::Sqlite => {
            tx.run("delete from search where rowid = $1", params![id])?;
            tx.run("delete from search_headlines where rowid = $1", params![id])?;
        }
        Dialect::Postgres => {
            tx.run("delete from search where id = $1", params![id])?;
        }
    }
    Ok(())
}

/// The text of a `tsvector`: each word with its places and their weight.
fn vector(fields: &[(&Vec<String>, char)], marks: &[String]) -> String {
    /// PostgreSQL, "Limitations": places up to 16,383, at most 255 of a word, a megabyte in all.
    const LAST: usize = 16_383;
    const REPEATS: usize = 255;
    const ROOM: usize = 400_000;
    let mut places: HashMap<&str, Vec<(usize, char)>> = HashMap::new();
    let (mut at, mut size) = (0, 0);
    for (words, weight) in fields {
        for word in *words {
            at += 1;
            if size < ROOM || places.contains_key(word.as_str()) {
                let known = places.entry(word).or_default();
                size += if known.is_empty() { word.len() } else { 2 };
                if known.len() < REPEATS {
                    known.push((at.min(LAST), *weight));
                }
            }
        }
        // No phrase reaches from one field into the next.
        at += 1;
    }
    let word = |(word, places): (&&str, &Vec<(usize, char)>)| {
        let places: Vec<String> = places.iter().map(|(at, weight)| format!("{at}{weight}")).collect();
        format!("'{word}':{}", places.join(","))
    };
    let signs = marks.iter().map(|mark| format!("'{mark}'"));
    places.iter().map(word).chain(signs).collect::<Vec<_>>().join(" ")
}

/// The newest stories that match, by id.
pub(super) fn newest(tx: &mut Tx, matching: &Matching, limit: usize) -> Result<Vec<i64>, Error> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "select rowid from search where search match $1 order by rowid desc limit $2",
        Dialect::Postgres => "select id from search where words @@ cast(cast($1 as text) as tsquery) order by id desc limit $2",
    };
    let text = matching.text(tx.dialect());
    tx.all(sql, params![&text, limit], |row| row.get(0))
}

/// The newest stories with all of this in their headline.
pub(super) fn in_headline(tx: &mut Tx, matching: &Matching, limit: usize) -> Result<Vec<i64>, Error> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "select rowid from search_headlines where search_headlines match $1 order by rowid desc limit $2",
        Dialect::Postgres => "select id from search where headline @@ cast(cast($1 as text) as tsquery) order by id desc limit $2",
    };
    let text = matching.headline().text(tx.dialect());
    tx.all(sql, params![&text, limit], |row| row.get(0))
}

/// The newest stories whose headlines hold these words, the last of them perhaps unfinished.
pub(super) fn headlines_beginning(tx: &mut Tx, words: &[String], limit: usize) -> Result<Vec<i64>, Error> {
    let Some((last, whole)) = words.split_last() else { return Ok(Vec::new()) };
    let (sql, text) = match tx.dialect() {
        Dialect::Sqlite => {
            let whole: String = whole.iter().map(|word| format!("\"{word}\" AND ")).collect();
            let sql = "select rowid from search_headlines where search_headlines match $1 order by rowid desc limit $2";
            let ends = near::words_beginning(tx, last, ENDS)?.filter(|ends| !ends.is_empty() && ends.len() < ENDS);
            let last = ends.map_or_else(|| format!("\"{last}\" *"), |ends| format!("(\"{last}\" OR \"{}\")", ends.join("\" OR \"")));
            (sql, format!("{whole}{last}"))
        }
        Dialect::Postgres => {
            let whole: String = whole.iter().map(|word| format!("'{word}' & ")).collect();
            let sql = "select id from search where headline @@ cast(cast($1 as text) as tsquery) order by id desc limit $2";
            (sql, format!("{whole}'{last}':*"))
        }
    };
    tx.all(sql, params![&text, limit], |row| row.get(0))
}

/// How well each of the newest stories that match does so.
pub(super) fn relevance(tx: &mut Tx, matching: &Matching) -> Result<Vec<(i64, f64)>, Error> {
    match tx.dialect() {
        Dialect::Sqlite if all_rare(tx, matching)? => tx.all(
            "select rowid, -bm25(search, 12.0, 4.0, 6.0, 6.0, 4.0, 1.0, 0.0) from search where search match $1 order by rowid desc limit $2",
            params![matching.text(Dialect::Sqlite), MOST],
            |row| Ok((row.get(0)?, row.get(1)?)),
        ),
        Dialect::Sqlite => by_place(tx, matching),
        Dialect::Postgres => {
            // A plan made for one question does not suit another: how many match is all that counts.
            tx.run("set local plan_cache_mode = force_custom_plan", params![])?;
            tx.all(
                "select id, cast(ts_rank(cast('{0.08, 0.3, 0.4, 1.0}' as real[]), words, cast(cast($1 as text) as tsquery)) as double precision)
                 from (select id, words from search where words @@ cast(cast($1 as text) as tsquery) order by id desc limit $2) found",
                params![matching.text(Dialect::Postgres), MOST],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
        }
    }
}

fn all_rare(tx: &mut Tx, matching: &Matching) -> Result<bool, Error> {
    let sql = "select count(*) from (select rowid from search where search match $1 limit $2)";
    for word in matching.single() {
        let held = tx.one(sql, params![format!("\"{word}\""), RARE + 1], |row| row.get::<i64>(0))?;
        if held > RARE {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How far back stories are looked at that must not have some words. Where nearly all that have the wanted words have the
/// unwanted ones, too, only the end of the index would tell that there is nothing.
fn horizon(tx: &mut Tx, matching: &Matching) -> Result<i64, Error> {
    if matching.unwanted.is_empty() {
        return Ok(0);
    }
    let sql = "select rowid from search where search match $1 order by rowid desc limit 1 offset $2";
    let text = matching.headline().text(Dialect::Sqlite);
    Ok(tx.first(sql, params![&text, FAR], |row| row.get(0))?.unwrap_or(0))
}

/// For common words: where they stand is all that parts one story from another.
fn by_place(tx: &mut Tx, matching: &Matching) -> Result<Vec<(i64, f64)>, Error> {
    let (horizon, shape) = (horizon(tx, matching)?, Shape::of(matching));
    tx.all(
        "select rowid, instances(search) from search where search match $1 and rowid >= $2 order by rowid desc limit $3",
        params![matching.text(Dialect::Sqlite), horizon, MOST],
        |row| Ok((row.get(0)?, shape.worth(&row.get::<Vec<u8>>(1)?))),
    )
}
