//! The desk's list of accounts: found by name, handle or address, of one level or in one state, the newest first.
//!
//! Every question walks one index, whatever stands in the list: the keyset is the id, and levels and states have indexes of their
//! own.

use db::{ToParam, Tx};

use super::{
    account::{Account, AccountId},
    store::{COLUMNS, account},
};
use crate::finding;

/// Longest that is looked for, in characters.
pub const MAX_TYPED: usize = 100;
/// Accounts whose address begins with what was typed are looked through up to so many: whoever types one letter types on.
const MOST: u32 = 5_000;

/// In which state an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A member who may sign in.
    Active,
    /// Suspended.
    Suspended,
    /// Waits to be let in.
    Waiting,
    /// Has not proved their address.
    Unconfirmed,
    /// Is about to leave.
    Leaving,
}

impl State {
    /// All of them, in the order the desk offers them.
    pub const ALL: [Self; 5] = [Self::Active, Self::Suspended, Self::Waiting, Self::Unconfirmed, Self::Leaving];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Waiting => "waiting",
            Self::Unconfirmed => "unconfirmed",
            Self::Leaving => "leaving",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Suspended => "Suspended",
            Self::Waiting => "Waiting to be let in",
            Self::Unconfirmed => "Address not confirmed",
            Self::Leaving => "Leaving",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Said twice where an index is of those who are no members: one of the databases looks for the very words.
    fn condition(self) -> &'static str {
        match self {
            Self::Active => "a.standing = 'member' and a.suspended_at is null",
            Self::Suspended => "a.suspended_at is not null",
            Self::Waiting => "a.standing = 'waiting' and a.standing <> 'member'",
            Self::Unconfirmed => "a.standing = 'unconfirmed' and a.standing <> 'member'",
            Self::Leaving => "a.standing = 'leaving' and a.standing <> 'member'",
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The beginning of words of a name, of a handle, or of an e-mail address; empty for everybody.
    pub typed: String,
    /// A level's name.
    pub level: Option<String>,
    /// A state.
    pub state: Option<State>,
    /// Where the page begins: after this account.
    pub before: Option<AccountId>,
}

/// Who is found, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn found(tx: &mut Tx, wanted: &Wanted, limit: u32) -> Result<Vec<Account>, db::Error> {
    let typed = wanted.typed.trim().trim_start_matches('@');
    let words = finding::words(typed);
    let (address, after) = (text::fold(typed), format!("{}\u{10ffff}", text::fold(typed)));
    let bounds = finding::bounds(&words);
    let before = wanted.before.map_or(i64::MAX, AccountId::get);
    let mut values = vec![before.to_param(), limit.to_param()];
    let mut conditions = vec!["a.id < $1"];
    let level;
    if let Some(name) = &wanted.level {
        values.push(name.to_param());
        level = format!("a.level = ${}", values.len());
        conditions.push(&level);
    }
    conditions.extend(wanted.state.map(State::condition));
    let from = if typed.is_empty() {
        "accounts a".to_owned()
    } else {
        let at = values.len() + 1;
        values.extend([address.to_param(), after.to_param()]);
        let by_address = |column: &str| {
            format!(
                "select id from (select id from accounts where {column} >= ${at} and {column} < ${} limit {MOST}) {column}_found",
                at + 1
            )
        };
        let mut candidates = format!("{} union {}", by_address("email_key"), by_address("claimed_key"));
        if !words.is_empty() {
            candidates = format!("select account_id as id from {} union {candidates}", finding::named(at + 2, words.len()));
            values.extend(bounds.iter().map(ToParam::to_param));
        }
        format!("({candidates}) c join accounts a on a.id = c.id")
    };
    let sql = format!("select {COLUMNS} from {from} where {} order by a.id desc limit $2", conditions.join(" and "));
    tx.all(&sql, &values, account)
}
