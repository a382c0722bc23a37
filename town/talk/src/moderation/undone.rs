//! Decisions that no longer hold: taken back by moderators, after an appeal, or by hand where something stood.

use db::{Tx, params};
use people::{AccountId, Permission, Viewer, organizations};
use web::Error;

use super::{
    Statement, StatementId, Subject, count,
    statements::{self, Replaced},
};
use crate::{PostId, context::ContextId, posts};

/// Statements that took a post down and hold, in SQL; the post is `$1`.
const TOOK_DOWN: &str = "subject_id = $1 and kind not in ('profile', 'context') and act in ('hide', 'remove') and undone_at is null";

/// Marks a decision as taken back; `false` when it was already.
///
/// # Errors
/// When the database does not answer.
pub fn take_back(tx: &mut Tx, id: StatementId, now: i64) -> Result<bool, db::Error> {
    Ok(end(tx, "id = $1 and undone_at is null", id.get(), now)? > 0)
}

/// A post stands again by another way than an undo: what took it down counts as taken back.
pub(crate) fn stands_again(tx: &mut Tx, post: PostId, now: i64) -> Result<(), db::Error> {
    end(tx, TOOK_DOWN, post.get(), now).map(drop)
}

/// The same of a context.
pub(crate) fn context_stands_again(tx: &mut Tx, context: ContextId, now: i64) -> Result<(), db::Error> {
    end(tx, "subject_id = $1 and kind = 'context' and act = 'remove' and undone_at is null", context.get(), now).map(drop)
}

/// Somebody was let back in by another way than an undo: what shut them out counts as taken back.
///
/// # Errors
/// When the database does not answer.
pub fn let_back(tx: &mut Tx, account: AccountId, now: i64) -> Result<(), db::Error> {
    end(tx, "account_id = $1 and act in ('suspend', 'ban') and undone_at is null", account.get(), now).map(drop)
}

/// Statements of this condition hold no longer. An appeal that waits has reached what it asked for.
fn end(tx: &mut Tx, which: &str, of: i64, now: i64) -> Result<u64, db::Error> {
    let waited = tx.run(
        &format!(
            "update statements set outcome = 'reversed', outcome_at = $2 where {which} and appealed_at is not null and outcome is null"
        ),
        params![of, now],
    )?;
    count(tx, "appeals", -i64::try_from(waited).unwrap_or(0))?;
    tx.run(&format!("update statements set undone_at = $2 where {which}"), params![of, now])
}

/// What is left to be undone of a decision: where a later one holds over the same, that one takes over what there was before both.
///
/// # Errors
/// When the database does not answer.
pub fn left_of(tx: &mut Tx, of: &Statement) -> Result<Replaced, Error> {
    let mut left = of.replaced.clone();
    let about = of.account.as_ref().map_or(0, |who| who.id.get());
    if left.limited.is_some() {
        hand_on(tx, of, ("account_id = $2 and act = 'limit'", about), |later| later.limited = left.limited.take())?;
    }
    if left.suspended.is_some() {
        hand_on(tx, of, ("account_id = $2 and act in ('suspend', 'ban')", about), |later| later.suspended = left.suspended.take())?;
    }
    let kind = of.subject.kind.name();
    if left.label.is_some() {
        let label = format!("subject_id = $2 and kind = '{kind}' and act = 'label'");
        hand_on(tx, of, (&label, of.subject.id), |later| later.label = left.label.take())?;
    }
    if left.taken || left.held {
        let down = format!("subject_id = $2 and kind = '{kind}' and act in ('hide', 'remove')");
        hand_on(tx, of, (&down, of.subject.id), |later| {
            (later.taken, later.held) = (left.taken, left.held);
            (left.taken, left.held) = (false, false);
        })?;
    }
    Ok(left)
}

/// Gives what was there before to the next later decision of this condition that holds, if there is one.
fn hand_on(tx: &mut Tx, of: &Statement, (which, key): (&str, i64), give: impl FnOnce(&mut Replaced)) -> Result<(), Error> {
    let sql = format!("select id, replaced from statements where id > $1 and {which} and undone_at is null order by id limit 1");
    let later = tx.first(&sql, params![of.id, key], |row| Ok((row.get::<StatementId>(0)?, row.get::<String>(1)?)))?;
    let Some((id, replaced)) = later else { return Ok(()) };
    let mut replaced: Replaced = serde_json::from_str(&replaced).unwrap_or_default();
    give(&mut replaced);
    let json = serde_json::to_string(&replaced).map_err(Error::broken)?;
    tx.run("update statements set replaced = $2 where id = $1", params![id, json])?;
    Ok(())
}

/// The latest decision that holds and took this down, if there is one: of several over one another it says by whom, why and for how long.
///
/// # Errors
/// When the database does not answer.
pub fn keeps_down(tx: &mut Tx, subject: Subject) -> Result<Option<Statement>, Error> {
    let sql = "select id from statements where subject_id = $1 and kind = $2 and act in ('hide', 'remove') and undone_at is null
         order by id desc limit 1";
    match tx.first(sql, params![subject.id, subject.kind.name()], |row| row.get::<StatementId>(0))? {
        Some(id) => Ok(Some(statements::find(tx, id)?)),
        None => Ok(None),
    }
}

/// Whoever brings a post back by hand: what its author deleted is the caller's to judge. What was taken down is not its authors' to
/// bring back, unless they took it down themselves, and what the queue decided is the moderators' to undo.
///
/// # Errors
/// `Forbidden`, with words that say who may.
pub fn must_bring_back(tx: &mut Tx, viewer: &Viewer, post: PostId) -> Result<(), Error> {
    let me = viewer.must_be_member()?.id;
    match posts::taken_down_by(tx, post)? {
        None => return Ok(()),
        Some(by) if by == me => return Ok(()),
        Some(_) => {}
    }
    let authors: Vec<AccountId> = posts::authors_of(tx, post)?.iter().map(|author| author.id).collect();
    if organizations::speaks_as(tx, me, &authors)?.is_some() {
        return Err(Error::Forbidden("The people who run this site took this down, so only they can bring it back.".into()));
    }
    let decided = format!("select 1 from statements where {TOOK_DOWN} and case_id is not null limit 1");
    if tx.first(&decided, params![post], |row| row.get::<i64>(0))?.is_some() && !viewer.may(Permission::Moderate) {
        return Err(Error::Forbidden("The moderators decided about this, so only they can bring it back.".into()));
    }
    Ok(())
}
