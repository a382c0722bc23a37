//! Conditions for lists of people, and for what is theirs.

use db::{Tx, params};

use crate::AccountId;

/// That the viewer sees the account `a` (SQL, as is the viewer; a guest is 0): one that is locked is seen by its friends alone, a
/// minor by members.
pub fn where_seen(viewer: &str, a: &str) -> String {
    format!("({} and ({a}.minor_until is null or {viewer} <> 0))", open_to(viewer, a))
}

fn open_to(viewer: &str, a: &str) -> String {
    format!("({a}.locked_at is null or {})", is_close(viewer, a))
}

/// That the viewer may come upon it where people are looked for: a minor is found by friends alone.
pub fn where_found(viewer: &str, a: &str) -> String {
    format!("(({a}.locked_at is null and {a}.minor_until is null) or {})", is_close(viewer, a))
}

fn is_close(viewer: &str, a: &str) -> String {
    format!("{a}.id = {viewer} or exists (select 1 from friendships lf where lf.account_id = {viewer} and lf.friend_id = {a}.id)")
}

/// Why somebody's own pages are not shown to a viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hides {
    /// They locked their account, and the viewer is no friend of theirs.
    Locked,
    /// They are a minor, and the viewer is a guest.
    Minor,
}

/// Whether somebody's own pages are kept from a viewer (a guest is 0), and why.
///
/// # Errors
/// When the database does not answer.
pub fn hides(tx: &mut Tx, viewer: AccountId, account: AccountId) -> Result<Option<Hides>, db::Error> {
    let sql = format!("select case when {} then 0 else 1 end, a.minor_until from accounts a where a.id = $2", open_to("$1", "a"));
    let found = tx.first(&sql, params![viewer, account], |row| Ok((row.get::<i64>(0)? == 1, row.get::<Option<i64>>(1)?.is_some())))?;
    Ok(match found {
        Some((true, _)) => Some(Hides::Locked),
        Some((false, true)) if viewer.get() == 0 => Some(Hides::Minor),
        _ => None,
    })
}
