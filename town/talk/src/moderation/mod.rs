//! Moderation: what is reported, what moderators decide about it, and how whoever it concerns can have that looked at again.
//!
//! All open reports of one thing gather in a **case** ([`cases`]), which moderators close with a **statement** ([`statements`]): what
//! was decided, by which rule of the house, why, and on which facts. Whoever it is about reads it, and may appeal once within
//! [`APPEAL_MS`]; another moderator then upholds or reverses it. How many cases and appeals wait is counted with every change.
//!
//! Rules: one report a member and thing, which a second one changes; nobody reports themself. Guests report too ([`guests`]). A decision is made on the version of a
//! case that its moderator saw. What a decision does is carried out a wing above, where the kinds of post are known
//! (`doors::desk::queue`); what it replaced is kept in its statement, so that it can be undone. Decisions are made by people, never
//! by the program.

mod act;
pub mod appeals;
pub mod cases;
pub mod guests;
mod held;
pub mod rules;
pub mod statements;
mod takedown;
#[cfg(test)]
mod tests;
mod told;
mod undone;
pub mod whole;

pub use act::{Act, Kind, Subject};
pub use cases::CaseId;
pub use held::{Held, held_for};
pub use statements::{Statement, StatementId};
pub use takedown::{RULE, taken_down};
pub use told::{LETTER, OUTCOME, REVIEWED, STATEMENT, letter_to, opens, sealed};
pub(crate) use undone::{context_stands_again, stands_again};
pub use undone::{keeps_down, left_of, let_back, must_bring_back, take_back};

use db::{Tx, params};
use maud::{Markup, html};
use people::{
    AccountId,
    counters::{Counter, Drift, check},
};
use web::kit::icon;

/// Longest words of a report, in characters.
pub const MAX_WORDS: usize = 1_000;
/// Longest note between moderators, reason, and answer to an appeal, in characters.
pub const MAX_REASON: usize = 1_000;
/// Longest sentence over a post, in characters.
pub const MAX_LABEL: usize = 200;
/// Longest appeal, in characters.
pub const MAX_APPEAL: usize = 2_000;
/// For so long a decision can be appealed: six months (Regulation (EU) 2022/2065, Article 20).
pub const APPEAL_MS: i64 = 183 * 24 * 60 * 60 * 1000;

/// How many cases are open, and how many appeals wait, counted again; mended where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let counter = |what, column, counted| Counter { what, table: "moderation", column, keys: ("one", None), counted };
    let reports = Counter {
        what: "reports of a case",
        table: "cases",
        column: "reports",
        keys: ("id", None),
        counted: "select case_id as id, count(*) as counted from reports where counted = 1 group by case_id",
    };
    let cases = counter("open cases", "cases", "select cast(1 as bigint) as one, count(*) as counted from cases where state = 'open'");
    let appeals = counter(
        "appeals that wait",
        "appeals",
        "select cast(1 as bigint) as one, count(*) as counted from statements where appealed_at is not null and outcome is null",
    );
    check(tx, &[reports, cases, appeals], mend)
}

/// Somebody has left: what they reported, noted and decided stays without their name, and what was decided about them is told to
/// nobody any more.
///
/// # Errors
/// When the database does not answer.
pub fn forget(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    for (table, column) in [
        ("reports", "account_id"),
        ("case_notes", "account_id"),
        ("cases", "account_id"),
        ("statements", "by_id"),
        ("statements", "outcome_by"),
    ] {
        tx.run(&format!("update {table} set {column} = null where {column} = $1"), params![account])?;
    }
    let waiting =
        "update statements set appealed_at = null, appeal = '' where account_id = $1 and appealed_at is not null and outcome is null";
    let waited = tx.run(waiting, params![account])?;
    count(tx, "appeals", -i64::try_from(waited).unwrap_or(0))?;
    tx.run("update statements set account_id = null, facts = '', appeal = '' where account_id = $1", params![account])?;
    Ok(())
}

/// One more or fewer of what waits: `cases` or `appeals`.
fn count(tx: &mut Tx, what: &'static str, by: i64) -> Result<(), db::Error> {
    if by != 0 {
        tx.run(&format!("update moderation set {what} = {what} + $1 where one = 1"), params![by])?;
    }
    Ok(())
}

/// Whether the public log names people.
///
/// # Errors
/// When the database does not answer.
pub fn names_people(tx: &mut Tx) -> Result<bool, db::Error> {
    tx.one("select names from moderation where one = 1", params![], |row| Ok(row.get::<i64>(0)? == 1))
}

/// Says whether the public log names people.
///
/// # Errors
/// When the database does not answer.
pub fn set_names(tx: &mut Tx, names: bool) -> Result<(), db::Error> {
    tx.run("update moderation set names = $1 where one = 1", params![i64::from(names)])?;
    Ok(())
}

/// Where a guest reports something; members find it in its menu. `whose` says more to those who do not see what stands around it.
pub fn report_link(subject: Subject, whose: &str) -> Markup {
    html! {
        a.button.small.quiet href=(subject.report_address()) rel="nofollow" {
            (icon("flag")) span.words { "Report" } span.visually-hidden { " the " (subject.kind.words()) " by " (whose) }
        }
    }
}

/// The sentence that moderators put over a post; nothing where there is none.
pub fn label(words: &str) -> Markup {
    html! { @if !words.is_empty() { p.post-label { (icon("info")) span dir="auto" { (words) } } } }
}
