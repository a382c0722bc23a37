//! Who may comment where, how often, and how that is said.

use db::{Tx, params};
use people::{
    AccountId, Permission, Viewer,
    levels::{self, Limit},
};
use web::{Error, Problems};

use super::Content;
use crate::{PostId, files};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// The same words by the same member under the same post within this time are a slip of the finger, or worse.
const AGAIN_MS: i64 = 10 * MINUTE_MS;
/// Minutes between two comments of a member that can be chosen.
pub(super) const SLOW: [i64; 6] = [0, 1, 5, 15, 60, 24 * 60];

/// Who may comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenTo {
    /// Everyone whose level lets them.
    #[default]
    Everyone,
    /// Those of them whom an author of the post follows.
    Followed,
    /// Nobody any more.
    Nobody,
}

impl OpenTo {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Followed, Self::Nobody];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Followed => "followed",
            Self::Nobody => "nobody",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone who may comment here",
            Self::Followed => "Only people whom its authors follow",
            Self::Nobody => "Nobody: comments are closed",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|open| open.name() == name)
    }
}

/// What holds under a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Who may comment.
    pub open_to: OpenTo,
    /// Minutes that a member waits between two comments; 0 for none.
    pub slow_minutes: i64,
}

/// Whether somebody may comment, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum May {
    /// They may.
    Yes,
    /// They are not signed in.
    Guest,
    /// They are no member yet; in words what is missing.
    NotYet(String),
    /// Their level does not include it.
    Level,
    /// An author of the post and they are parted by a block.
    Parted,
    /// Nobody may any more.
    Closed,
    /// No author of the post follows them.
    NotFollowed,
    /// They may again at this time.
    Slow(i64),
}

impl May {
    /// What a member is told who may not; nothing where they may.
    pub fn words(&self, now: i64) -> Option<String> {
        Some(match self {
            Self::Yes => return None,
            Self::Guest => "Sign in to comment.".into(),
            Self::NotYet(words) => words.clone(),
            Self::Level => "Your level does not include commenting. An administrator can change that.".into(),
            Self::Parted => "You cannot comment here.".into(),
            Self::Closed => "Comments are closed.".into(),
            Self::NotFollowed => "Only people whom its authors follow can comment here.".into(),
            Self::Slow(at) => format!("This conversation is slowed down. You can write again in {}.", wait(*at - now)),
        })
    }
}

/// A time in words, rounded up to minutes.
fn wait(ms: i64) -> String {
    match (ms.max(1) + MINUTE_MS - 1) / MINUTE_MS {
        1 => "a minute".into(),
        minutes @ 2..=90 => format!("{minutes} minutes"),
        minutes => format!("{} hours", (minutes + 59) / 60),
    }
}

/// Whether a viewer may set what holds under a post of these authors.
pub(super) fn sets(viewer: &Viewer, authors: &[AccountId]) -> bool {
    viewer.must_be_member().is_ok() && (viewer.may(Permission::EditStories) || authors.iter().any(|author| viewer.is(*author)))
}

/// Whether a viewer who reads a post of these authors, from one of whom a block may part them, may comment there.
pub(super) fn may(
    tx: &mut Tx,
    viewer: &Viewer,
    (subject, authors, parted): (PostId, &[AccountId], bool),
    rules: Rules,
    now: i64,
) -> Result<May, db::Error> {
    let Some(me) = viewer.me.as_ref().map(|me| me.id) else { return Ok(May::Guest) };
    if let Err(error) = viewer.must_be_member() {
        return Ok(May::NotYet(error.words()));
    }
    if !viewer.may(Permission::WriteComments) {
        return Ok(May::Level);
    }
    if rules.open_to == OpenTo::Nobody {
        return Ok(May::Closed);
    }
    // Those whose conversation it is are bound by nothing else.
    if sets(viewer, authors) {
        return Ok(May::Yes);
    }
    if parted {
        return Ok(May::Parted);
    }
    if rules.open_to == OpenTo::Followed {
        let sql = "select 1 from post_authors x join follows f on f.account_id = x.account_id where x.post_id = $1 and f.target_id = $2";
        if tx.first(sql, params![subject, me], |row| row.get::<i64>(0))?.is_none() {
            return Ok(May::NotFollowed);
        }
    }
    if rules.slow_minutes > 0 {
        let window = rules.slow_minutes * MINUTE_MS;
        let sql = "select p.created_at from posts p join comments c on c.id = p.id
             where p.author_id = $1 and p.created_at > $3 and c.subject_id = $2 order by p.created_at desc limit 1";
        if let Some(last) = tx.first(sql, params![me, subject, now - window], |row| row.get::<i64>(0))? {
            return Ok(May::Slow(last + window));
        }
    }
    Ok(May::Yes)
}

/// Lets nobody by who may not.
///
/// # Errors
/// `SignIn` for guests, `Enough` for whoever has to wait, else `Forbidden`.
pub(super) fn must(may: &May, now: i64) -> Result<(), Error> {
    let Some(words) = may.words(now) else { return Ok(()) };
    Err(match may {
        May::Guest => Error::SignIn,
        May::Slow(at) => Error::Enough { seconds: u64::try_from((*at - now).max(1000) / 1000).unwrap_or(1), words },
        _ => Error::Forbidden(words.into()),
    })
}

/// Whether a member may post something more just now.
///
/// # Errors
/// `Enough` when it is too much.
pub(super) fn must_have_left(tx: &mut Tx, viewer: &Viewer, now: i64) -> Result<(), Error> {
    let me = viewer.must_be_member()?.id;
    if let Some(most) = viewer.limit(Limit::CommentsAnHour) {
        let sql = "select created_at from posts where author_id = $1 and created_at > $2 and kind = 'comment'
             order by created_at desc limit 1 offset $3";
        let nth = tx.first(sql, params![me, now - HOUR_MS, (most - 1).max(0)], |row| row.get::<i64>(0))?;
        if let Some(at) = nth {
            return Err(levels::enough(Limit::CommentsAnHour, most, (at + HOUR_MS, now)));
        }
    }
    Ok(())
}

/// Whether a member has not said just this under a post already: of what the gate does not know the words of.
///
/// # Errors
/// `Invalid` when it was said.
pub(super) fn must_be_new(tx: &mut Tx, me: AccountId, subject: PostId, content: &Content, now: i64) -> Result<(), Error> {
    let sql = "select 1 from posts p join comments c on c.id = p.id
         where p.author_id = $1 and p.created_at > $2 and p.deleted_at is null and c.subject_id = $3 and c.body = $4 and c.pictures = $5";
    match tx.first(sql, params![me, now - AGAIN_MS, subject, &content.body, &files::to_keep(&content.pictures)], |row| row.get::<i64>(0))? {
        Some(_) => {
            Err(Error::invalid("body", "You said just this a moment ago, and it stands there. Say something else, or leave it at that."))
        }
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
        Error::TooMany { .. } | Error::Enough { .. } | Error::Forbidden(_) => {
            problems.add("body", format!("{} Nothing of what you wrote is lost.", error.words()));
        }
        other => return Err(other),
    }
    Ok(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_said_in_minutes_and_hours() {
        for (ms, words) in
            [(1, "a minute"), (MINUTE_MS, "a minute"), (MINUTE_MS + 1, "2 minutes"), (HOUR_MS, "60 minutes"), (5 * HOUR_MS, "5 hours")]
        {
            assert_eq!(wait(ms), words);
        }
        assert!(May::Slow(2 * MINUTE_MS).words(0).is_some_and(|words| words.contains("2 minutes")));
        assert_eq!(May::Yes.words(0), None);
    }
}
