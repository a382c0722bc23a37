//! Words that a mistyped one may have meant: out of those in headlines, names, topics and places, the ones that begin or
//! end like it and differ in one letter or, in longer words, two. Whatever is wrong in one half leaves the other right.

use db::{Tx, params};
use std::collections::BTreeSet;

use super::{
    matching::Matching,
    query::{Query, Typed},
    store,
    tongues::Tongues,
};

/// Words compared letter by letter that begin alike, or end alike: all there are, unless a million stories are in use.
const CANDIDATES: usize = 20_000;
/// Of those near enough, so many are looked up.
const LOOKED_UP: usize = 20;
/// Shorter ones are a letter away from everything.
const MIN_LETTERS: usize = 4;
/// From here on two letters may be wrong.
const LONG: usize = 7;

/// Remembers words.
pub(super) fn learn(tx: &mut Tx, words: &BTreeSet<&str>) -> Result<(), db::Error> {
    // In one order, so that two writers never wait for each other.
    for word in words {
        let letters = word.chars().count();
        if letters < MIN_LETTERS - 1 || word.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        if tx.run("insert into search_words (word) values ($1) on conflict do nothing", params![*word])? == 1 {
            tx.run("insert into search_endings (backwards) values ($1) on conflict do nothing", params![backwards(word)])?;
        }
    }
    Ok(())
}

/// The question with words that no story has replaced by the nearest that some have; `None` when there is nothing to
/// replace.
pub(super) fn mended(tx: &mut Tx, query: &Query, tongues: &Tongues) -> Result<Option<Query>, db::Error> {
    let mut mended = query.clone();
    for word in query.doubtful() {
        if store::newest(tx, &Matching::word(word, tongues), 1)?.is_empty()
            && let Some(nearest) = nearest(tx, &word.folded, tongues)?
        {
            mended = mended.with(word, &nearest);
        }
    }
    Ok(Some(mended).filter(|mended| mended != query))
}

fn nearest(tx: &mut Tx, word: &str, tongues: &Tongues) -> Result<Option<String>, db::Error> {
    let letters = word.chars().count();
    if letters < MIN_LETTERS {
        return Ok(None);
    }
    let far = if letters < LONG { 1 } else { 2 };
    let mut close: Vec<(usize, usize, String)> = Vec::new();
    for other in alike(tx, word, if letters < LONG { 2 } else { 3 })? {
        let longer = other.chars().count().abs_diff(letters);
        let distance = if longer > far { usize::MAX } else { distance(word, &other) };
        if (1..=far).contains(&distance) {
            close.push((distance, longer, other));
        }
    }
    close.sort_unstable();
    for (_, _, other) in close.into_iter().take(LOOKED_UP) {
        // The words are never forgotten; the story that had one may have been taken down.
        if !store::newest(tx, &Matching::word(&Typed::plain(&other), tongues), 1)?.is_empty() {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// Words that have their first letters or their last ones in common with this one, each once.
fn alike(tx: &mut Tx, word: &str, letters: usize) -> Result<BTreeSet<String>, db::Error> {
    let mut read = |sql: &str, word: &str| -> Result<Vec<String>, db::Error> {
        let begin: String = word.chars().take(letters).collect();
        // U+10FFFF is in no word.
        tx.all(sql, params![&begin, format!("{begin}\u{10ffff}"), CANDIDATES], |row| row.get(0))
    };
    let mut words: BTreeSet<String> =
        read("select word from search_words where word >= $1 and word < $2 order by word limit $3", word)?.into_iter().collect();
    let endings = "select backwards from search_endings where backwards >= $1 and backwards < $2 order by backwards limit $3";
    words.extend(read(endings, &backwards(word))?.iter().map(|ending| backwards(ending)));
    Ok(words)
}

/// Words of the index that begin so, at most so many; `None` where it keeps only some of them: short ones.
pub(super) fn words_beginning(tx: &mut Tx, begin: &str, most: usize) -> Result<Option<Vec<String>>, db::Error> {
    if begin.chars().count() < MIN_LETTERS {
        return Ok(None);
    }
    let sql = "select word from search_words where word >= $1 and word < $2 order by word limit $3";
    tx.all(sql, params![begin, format!("{begin}\u{10ffff}"), most], |row| row.get(0)).map(Some)
}

fn backwards(word: &str) -> String {
    word.chars().rev().collect()
}

/// How many letters must be changed, put in, left out, or swapped with their neighbour (optimal string alignment).
pub(super) fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows: [Vec<usize>; 3] = [vec![0; other.len() + 1], (0..=other.len()).collect(), vec![0; other.len() + 1]];
    for (i, letter) in one.iter().enumerate() {
        rows[2][0] = i + 1;
        for (j, against) in other.iter().enumerate() {
            let mut least = (rows[1][j] + usize::from(letter != against)).min(rows[1][j + 1] + 1).min(rows[2][j] + 1);
            if i > 0 && j > 0 && *letter == other[j - 1] && one[i - 1] == *against {
                least = least.min(rows[0][j - 1] + 1);
            }
            rows[2][j + 1] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][other.len()]
}
