//! What holds under posts, and who wants to hear of what, on the way out of a site or into one.

use db::{Tx, params};
use people::AccountId;
use serde::{Deserialize, Serialize};

use crate::{
    PostId,
    comments::{
        OpenTo, Rules,
        store::{self, Choice},
    },
};

/// A line of `conversations.jsonl`: what holds under a post where it is not as usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// Under which.
    pub subject: PostId,
    /// Who may comment: `everyone`, `followed`, `nobody`.
    pub open_to: String,
    /// Minutes that a member waits between two comments.
    pub slow_minutes: i64,
}

/// A line of `conversation_choices.jsonl`: how somebody wants to hear of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Who.
    pub account: AccountId,
    /// Of which.
    pub subject: PostId,
    /// `follow`, `mute`.
    pub choice: String,
}

/// What holds under posts, by their ids.
///
/// # Errors
/// When the database does not answer.
pub fn ruled(tx: &mut Tx, after: Option<PostId>, limit: u32) -> Result<Vec<Ruled>, db::Error> {
    let sql = "select subject_id, open_to, slow_minutes from conversations where subject_id > $1 order by subject_id limit $2";
    tx.all(sql, params![after.map_or(i64::MIN, PostId::get), limit], |row| {
        Ok(Ruled { subject: row.get(0)?, open_to: row.get(1)?, slow_minutes: row.get(2)? })
    })
}

/// Takes in what holds under a post, if that is here and nobody set anything there. Answers whether it did.
///
/// # Errors
/// When the database does not answer.
pub fn take_ruled(tx: &mut Tx, line: &Ruled) -> Result<bool, db::Error> {
    let Some(open_to) = OpenTo::named(&line.open_to).filter(|_| (0..=24 * 60).contains(&line.slow_minutes)) else { return Ok(false) };
    let free = "select 1 from posts p where p.id = $1 and not exists (select 1 from conversations v where v.subject_id = p.id)";
    if tx.first(free, params![line.subject], |row| row.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    store::set_rules(tx, line.subject, Rules { open_to, slow_minutes: line.slow_minutes })?;
    Ok(true)
}

/// How people want to hear of conversations: all of them, or somebody.
///
/// # Errors
/// When the database does not answer.
pub fn chosen(tx: &mut Tx, of: Option<AccountId>, after: Option<&Chosen>, limit: u32) -> Result<Vec<Chosen>, db::Error> {
    let (account, subject) = after.map_or((i64::MIN, i64::MIN), |line| (line.account.get(), line.subject.get()));
    let sql = "select account_id, subject_id, choice from conversation_choices
         where (account_id, subject_id) > ($1, $2) and (cast($3 as bigint) = 0 or account_id = $3) order by account_id, subject_id limit $4";
    tx.all(sql, params![account, subject, of.map_or(0, AccountId::get), limit], |row| {
        Ok(Chosen { account: row.get(0)?, subject: row.get(1)?, choice: row.get(2)? })
    })
}

/// Takes in how somebody wants to hear of a conversation, if both are here. Answers whether it is new.
///
/// # Errors
/// When the database does not answer.
pub fn take_chosen(tx: &mut Tx, line: &Chosen) -> Result<bool, db::Error> {
    let there = "select 1 from posts p join accounts a on a.id = $2 where p.id = $1
         and not exists (select 1 from conversation_choices x where x.subject_id = $1 and x.account_id = $2)";
    if tx.first(there, params![line.subject, line.account], |row| row.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    let choice = Choice::named(&line.choice);
    store::choose(tx, line.subject, line.account, choice)?;
    Ok(choice != Choice::Usual)
}
