//! The link of a note that has a card ([`talk::links`]), and the notes that show one.

use db::{Tx, params};
use talk::links::SHOWN_BY;

use super::Content;

/// The address that a note has a card of: the first in its words, where it shows nothing else.
pub(super) fn of(content: &Content) -> Option<String> {
    let shows = !content.pictures.is_empty() || content.recording.is_some() || content.quoted.is_some();
    if shows { None } else { text::note::first_link(&content.body) }
}

/// The notes that lead to this address, for [`talk::links::fetch_card`].
///
/// # Errors
/// When the database does not answer.
pub fn leading_to(tx: &mut Tx, url: &str) -> Result<Vec<i64>, db::Error> {
    let sql = "select id from notes where link = $1 order by id desc limit $2";
    tx.all(sql, params![url, SHOWN_BY], |row| row.get(0))
}
