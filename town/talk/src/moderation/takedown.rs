//! A statement for what somebody of the staff took down where it stood, without a report.

use db::Tx;
use people::{AccountId, Viewer};
use web::Error;

use super::{
    APPEAL_MS, Act, LETTER, Subject, letter_to,
    statements::{self, New, Replaced},
};
use crate::posts;

/// The rule of what was decided without naming one.
pub const RULE: &str = "The house rules";

/// Writes the statement, tells its author, and keeps the post for as long as that can be appealed. Whoever takes down what is
/// their own needs no reasons from themself.
///
/// # Errors
/// When the database does not answer.
pub fn taken_down(
    tx: &mut Tx,
    viewer: &Viewer,
    (subject, author, facts): (Subject, AccountId, &str),
    why: &str,
    (site, origin): (&str, &str),
    now: i64,
) -> Result<(), Error> {
    if viewer.is(author) {
        return Ok(());
    }
    let by = viewer.must_be_member()?.id;
    if let Some(post) = subject.post() {
        posts::hold(tx, post, (by, why), false, now + 2 * APPEAL_MS)?;
    }
    let replaced = Replaced { taken: true, ..Replaced::default() };
    let (rule, act, label) = (RULE, Act::Remove, "");
    let new = New { case: None, account: author, by, act, subject, rule, reason: why, facts, label, until: None, replaced };
    let id = statements::issue(tx, &new, now)?;
    let statement = statements::find(tx, id)?;
    letter_to(tx, &LETTER, &statement, (site, origin), now)
}
