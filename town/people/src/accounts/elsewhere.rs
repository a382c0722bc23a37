//! Those who said something on the site this one grew out of, and have no account here.
//!
//! One account of the site's own stands for all of them, because what is posted has an author. Nobody signs in to it, nobody finds,
//! follows or writes to it, and it has no page; who it was each time, the post itself says.

use db::{Tx, params};
use maud::{Markup, html};

use super::account::{AccountId, Author};

/// The kind of that account.
pub const ELSEWHERE: &str = "elsewhere";
/// Its handle. None that anybody could have: handles have letters, digits, `-` and `_`.
const HANDLE: &str = "~elsewhere";
/// Its name, where the post's own is not at hand.
const NAME: &str = "Somebody on the old site";

/// The account; made when there is none.
///
/// # Errors
/// When the database does not answer.
pub fn elsewhere(tx: &mut Tx, now: i64) -> Result<AccountId, db::Error> {
    elsewhere_as(tx, AccountId::fresh(), now)
}

/// The same, made under this id and with this date, unless the id names somebody else.
///
/// # Errors
/// When the database does not answer.
pub fn elsewhere_as(tx: &mut Tx, id: AccountId, created: i64) -> Result<AccountId, db::Error> {
    if let Some(here) = tx.first("select id from accounts where handle_key = $1", params![HANDLE], |row| row.get(0))? {
        return Ok(here);
    }
    let taken = tx.first("select 1 from accounts where id = $1", params![id], |row| row.get::<i64>(0))?.is_some();
    let id = if taken { AccountId::fresh() } else { id };
    tx.run(
        "insert into accounts (id, kind, standing, handle, handle_key, name, level, created_at, updated_at)
         values ($1, $2, 'gone', $3, $3, $4, 'guest', $5, $5)",
        params![id, ELSEWHERE, HANDLE, NAME, created],
    )?;
    Ok(id)
}

impl Author {
    /// Whether this is somebody who has no account here: a name without a page.
    pub fn is_elsewhere(&self) -> bool {
        self.handle == HANDLE
    }

    /// The name, with the way to its page where there is one.
    pub fn named(&self) -> Markup {
        html! {
            @if self.is_elsewhere() { bdi { (self.name) } } @else { a href=(self.address()) { bdi { (self.name) } } }
        }
    }
}
