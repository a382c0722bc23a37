//! Safety for persons: what members choose for their own, the switch that locks an account, members who are minors, and the page
//! for those at risk.
//!
//! **Choices**: whether sensitive pictures are covered, whose mentions one hears of, who may ask to be one's friend.
//!
//! A **locked** account is seen by its friends alone, hears of nothing that others do, and takes no followers and no requests. All
//! devices but the one that locked it are signed out, all mailed links and messages to devices end. Nothing but a link in a letter
//! opens it (and the second step, where there is one): neither a password nor a passkey, which somebody at home may know or hold.
//! Its member lifts the lock after showing again that it is them. The newsroom's stories keep their bylines.
//!
//! **Minors** are members who said when joining that they are younger than the site asks about; it asks only where somebody turned
//! that on. Only their year of birth is kept, and only while they are minors. Guests and search engines see nothing that they say,
//! nobody finds them or has them suggested, only friends of friends may ask to be their friend, adults whom they do not follow
//! cannot name them, and sensitive pictures are not shown to them.
//!
//! Neighbours: [`crate::blocks`] parts two people, this keeps somebody from many.

mod choices;
mod help;
mod lock;
mod minors;
mod pages;
mod routes;
mod seen;
#[cfg(test)]
mod tests;
pub mod whole;

pub use choices::{Choices, Mentions, Requests, choices, choose, may_ask, may_mention};
pub use help::{MAX_HELP, USUAL, leave};
pub(crate) use lock::LETTER;
pub use lock::{is_locked, lock, unlock};
pub use minors::{OLDEST, YEARS, born_in, grow_up, is_minor, parse as parse_birth_year, recount};
pub(crate) use routes::routes;
pub use seen::{Hides, hides, where_found, where_seen};

use db::{Tx, params};

/// What the site set for everybody's safety.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The page for those at risk, as Markdown; empty for [`USUAL`].
    pub help: String,
    /// Members younger than this are minors; 0 where nobody is asked.
    pub minors_under: i64,
}

impl Settings {
    /// What holds here.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn load(tx: &mut Tx) -> Result<Self, db::Error> {
        let sql = "select help, minors_under from site where id = 1";
        Ok(tx.first(sql, params![], |row| Ok(Self { help: row.get(0)?, minors_under: row.get(1)? }))?.unwrap_or_default())
    }

    /// Sets it; who is a minor by it is counted anew.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn save(&self, tx: &mut Tx, now: i64) -> Result<(), db::Error> {
        tx.run("update site set help = $1, minors_under = $2 where id = 1", params![&self.help, self.minors_under])?;
        recount(tx, self.minors_under, now)
    }
}
