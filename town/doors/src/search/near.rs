//! Words that a mistyped one may have meant: out of those in headlines, names, topics and places, the ones that share
//! parts of three letters with it and differ in one letter or, in longer words, two.

use db::{Tx, params};
use std::collections::BTreeSet;

use super::{
    matching::{Matching, Where},
    query::Query,
    store,
};

/// Words compared letter by letter.
const CANDIDATES: usize = 60;
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
        if tx.run("insert into search_words (word) values ($1) on conflict do nothing", params![*word])? == 0 {
            continue;
        }
        for trigram in trigrams(word) {
            tx.run("insert into search_trigrams (trigram, word) values ($1, $2) on conflict do nothing", params![&trigram, *word])?;
        }
    }
    Ok(())
}

/// The question with words that no story has replaced by the nearest that some have; `None` when there is nothing to
/// replace.
pub(super) fn mended(tx: &mut Tx, query: &Query) -> Result<Option<Query>, db::Error> {
    let mut mended = query.clone();
    for word in query.doubtful() {
        if store::newest(tx, &Matching::word(word), Where::Anywhere, 0, 1)?.is_empty()
            && let Some(nearest) = nearest(tx, word)?
        {
            mended = mended.with(word, &nearest);
        }
    }
    Ok(Some(mended).filter(|mended| mended != query))
}

fn nearest(tx: &mut Tx, word: &str) -> Result<Option<String>, db::Error> {
    let letters = word.chars().count();
    if letters < MIN_LETTERS {
        return Ok(None);
    }
    let far = if letters < LONG { 1 } else { 2 };
    let parts: Vec<String> = trigrams(word).into_iter().collect();
    let sql = format!(
        "select word from search_trigrams where trigram in ({}) group by word order by count(*) desc, word limit {CANDIDATES}",
        db::places(1, parts.len())
    );
    let found: Vec<String> = tx.all(&sql, &db::padded(&parts), |row| row.get(0))?;
    let mut close: Vec<(usize, String)> = found.into_iter().map(|other| (distance(word, &other), other)).collect();
    close.retain(|(distance, _)| (1..=far).contains(distance));
    close.sort_by_key(|(distance, _)| *distance);
    for (_, other) in close {
        // The words are never forgotten; the story that had one may have been taken down.
        if !store::newest(tx, &Matching::word(&other), Where::Anywhere, 0, 1)?.is_empty() {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// Every three letters in a row, the word's ends counted as one.
fn trigrams(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
    letters.windows(3).map(|three| three.iter().collect()).collect()
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
