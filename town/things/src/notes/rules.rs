//! How often somebody may post, and how that is said.

use db::Tx;
use people::{
    AccountId, Viewer,
    levels::{self, Limit, Limits},
};
use talk::feeds;
use web::{Error, Problems};

const WINDOW_MS: i64 = 60 * 60 * 1000;

/// When somebody at a level with these limits may post again; `None` when they may now.
pub(super) fn again_at(tx: &mut Tx, author: AccountId, limits: Limits, now: i64) -> Result<Option<i64>, db::Error> {
    let Some(most) = limits.of(Limit::NotesAnHour) else { return Ok(None) };
    Ok(feeds::nth_latest(tx, author, now - WINDOW_MS, most)?.map(|at| at + WINDOW_MS))
}

/// Whether a viewer may post something more just now, as themselves or in the name of an organization: that posts as much as they may.
pub(super) fn must_have_left(tx: &mut Tx, viewer: &Viewer, speaker: Option<AccountId>, now: i64) -> Result<(), Error> {
    let Some(most) = viewer.limit(Limit::NotesAnHour) else { return Ok(()) };
    let author = speaker.unwrap_or(viewer.must_be_member()?.id);
    match again_at(tx, author, viewer.limits(), now)? {
        Some(again) => Err(levels::enough(Limit::NotesAnHour, most, (again, now))),
        None => Ok(()),
    }
}

/// What keeps a form from being taken, as problems to be shown above it with everything that was written.
///
/// # Errors
/// Those that have nothing to do with the form.
pub(super) fn said(error: Error) -> Result<Problems, Error> {
    let mut problems = Problems::default();
    match error {
        Error::Invalid(problems) => return Ok(problems),
        Error::TooMany { .. } | Error::Enough { .. } => {
            problems.add("body", format!("{} Nothing of what you wrote is lost.", error.words()));
        }
        other => return Err(other),
    }
    Ok(problems)
}
