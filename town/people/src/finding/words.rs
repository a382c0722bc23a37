//! The words of names and handles, kept so that they are found by how they begin.

use db::{ToParam, Tx, params};

use crate::{AccountId, accounts::Author, blocks::where_no_block, safety::where_found};

/// Words of one question that are looked at.
const MAX_WORDS: usize = 5;
/// People whose names begin with what was typed are looked through up to so many: whoever types one letter types on.
const MOST: u32 = 5_000;
/// Accounts whose words are looked through in one unit.
const AT_ONCE: u32 = 500;

/// The words of what somebody typed, folded, the longest first.
pub fn words(typed: &str) -> Vec<String> {
    let mut words = parts(typed);
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(MAX_WORDS);
    words
}

/// A name's or a handle's words, each once. A handle is also a word as a whole.
fn parts(name: &str) -> Vec<String> {
    let folded = text::bare(name);
    let mut parts: Vec<String> = Vec::new();
    for part in folded.split(|character: char| !character.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if !parts.iter().any(|known| known == part) {
            parts.push(part.to_owned());
        }
    }
    parts
}

/// SQL for a table `n` of the accounts that have so many words, or words that begin so, at most five thousand. Its markers
/// begin with `$from`, two a word, in the order of [`bounds`].
pub fn named(from: usize, words: usize) -> String {
    let range = |place: usize| format!("w.word >= ${} and w.word < ${}", from + 2 * place, from + 2 * place + 1);
    let more: String = (1..words)
        .map(|place| format!(" and exists (select 1 from account_words w where w.account_id = o.account_id and {})", range(place)))
        .collect();
    format!("(select distinct o.account_id from account_words o where {}{more} limit {MOST}) n", range(0).replace("w.", "o."))
}

/// The markers of [`named`]: each word, and the first that no longer begins with it (U+10FFFF is in no word).
pub fn bounds(words: &[String]) -> Vec<String> {
    words.iter().flat_map(|word| [word.clone(), format!("{word}\u{10ffff}")]).collect()
}

/// People with these words in their names or handles, or words that begin so, by handle; without those who are parted from
/// the viewer by a block. A guest is 0.
pub fn find(tx: &mut Tx, typed: &str, viewer: AccountId, limit: u32) -> Result<Vec<Author>, db::Error> {
    let words = words(typed);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select a.id, a.handle, a.name, a.picture from {} join accounts a on a.id = n.account_id
         where a.suspended_at is null and a.standing = 'member' and {} and {} order by a.handle_key limit $2",
        named(3, words.len()),
        where_no_block("$1", "a.id"),
        where_found("$1", "a")
    );
    let bounds = bounds(&words);
    let mut values = params![viewer, limit].to_vec();
    values.extend(bounds.iter().map(ToParam::to_param));
    tx.all(&sql, &values, |row| Ok(Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? }))
}

/// Keeps the words of a name and a handle; answers whether that changed anything.
pub fn index(tx: &mut Tx, account: AccountId, name: &str, handle: &str) -> Result<bool, db::Error> {
    let mut wanted = parts(name);
    wanted.extend(parts(handle));
    wanted.push(text::bare(handle));
    wanted.sort_unstable();
    wanted.dedup();
    let sql = "select word from account_words where account_id = $1 order by word";
    let kept: Vec<String> = tx.all(sql, params![account], |row| row.get(0))?;
    if kept == wanted {
        return Ok(false);
    }
    tx.run("delete from account_words where account_id = $1", params![account])?;
    for word in &wanted {
        tx.run(
            "insert into account_words (word, account_id) values ($1, $2) on conflict (word, account_id) do nothing",
            params![word, account],
        )?;
    }
    Ok(true)
}

/// Keeps the words of some accounts after one; answers the last of them while there may be more. Goes through everybody once
/// a day, so that people are found who came in by other ways than the front door.
pub fn keep(tx: &mut Tx, after: AccountId) -> Result<Option<AccountId>, db::Error> {
    let sql = "select id, name, handle from accounts where id > $1 order by id limit $2";
    let some = tx.all(sql, params![after, AT_ONCE], |row| Ok((row.get::<AccountId>(0)?, row.get::<String>(1)?, row.get::<String>(2)?)))?;
    for (account, name, handle) in &some {
        index(tx, *account, name, handle)?;
    }
    Ok(some.last().filter(|_| some.len() == AT_ONCE as usize).map(|(account, ..)| *account))
}
