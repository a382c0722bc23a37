//! What an author of the subject answers.

use db::{Param, Tx, params};
use people::AccountId;
use web::Error;

use super::change::draw;
use crate::{PostId, reviews::told};

/// Writes the answer to a review, or changes what one wrote before. Whether they may is the caller's to ask.
///
/// # Errors
/// `Conflict` when another author has answered.
pub fn answer(tx: &mut Tx, id: PostId, by: AccountId, body: &str, now: i64) -> Result<(), Error> {
    let sql = "select answer_by, answer from reviews where id = $1";
    let (before, said) = tx.one(sql, params![id], |row| Ok((row.get::<Option<AccountId>>(0)?, row.get::<String>(1)?)))?;
    match before {
        Some(other) if other != by => return Err(Error::Conflict("Another author has answered this review.".into())),
        Some(_) if said == body => return Ok(()),
        _ => {}
    }
    tx.run(
        "update reviews set answer = $2, answer_html = $3, answer_by = $4, answered_at = coalesce(answered_at, $5), answer_edited_at = $6
         where id = $1",
        params![id, body, draw(body), by, now, before.map(|_| now)],
    )?;
    if before.is_none() {
        told::answered(tx, id, by, now)?;
    }
    Ok(())
}

/// Takes an answer back.
pub(in crate::reviews) fn take_back(tx: &mut Tx, id: PostId, by: AccountId, now: i64) -> Result<(), db::Error> {
    clear(tx, "answer_by = $1 and id = $2", params![by, id])?;
    told::unanswered(tx, id, by, now)
}

/// Takes back all answers of somebody who leaves with what they wrote.
///
/// # Errors
/// When the database does not answer.
pub fn forget(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    clear(tx, "answer_by = $1", params![account])
}

fn clear(tx: &mut Tx, which: &str, of: &[Param]) -> Result<(), db::Error> {
    let sql = format!(
        "update reviews set answer = '', answer_html = '', answer_by = null, answered_at = null, answer_edited_at = null where {which}"
    );
    tx.run(&sql, of).map(drop)
}
