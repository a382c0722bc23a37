//! Who may review what, and which reviews are looked at before they appear.

use db::{Tx, params};
use people::{AccountId, Permission, Viewer, blocks::where_no_block, organizations};
use web::{Error, Problems};

use crate::{PostId, gate::Why};

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Reviews of an account wait until it is this old: whoever comes for the sake of one review has to wait as long as anybody's anger
/// lasts.
pub(super) const NEW_MS: i64 = 3 * DAY_MS;
/// So do those of the level of this name, where a site has made one.
pub(super) const NEWCOMER: &str = "newcomer";
/// So many reviews of one subject within an hour are a burst, wherever there are usually none. More than a reading circle writes.
pub(super) const BURST: i64 = 8;
/// A subject that gets many reviews anyway bears as many times what an hour usually brings.
pub(super) const TIMES_USUAL: i64 = 4;
/// What is usual is counted over so long, in hours.
const USUAL_HOURS: i64 = 7 * 24;
/// After a burst, reviews of the subject are looked at for so long.
pub(super) const WATCH_MS: i64 = 24 * HOUR_MS;

/// Why a review is looked at before it appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its author is new here.
    New,
    /// Its subject got many at once.
    Burst,
    /// A filter holds it.
    Filter,
    /// The front porch does.
    Porch,
    /// Others said the same, or link to the same host.
    Flood,
}

impl Reason {
    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Burst => "burst",
            Self::Filter => "filter",
            Self::Porch => "porch",
            Self::Flood => "flood",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Self {
        [Self::Burst, Self::Filter, Self::Porch, Self::Flood].into_iter().find(|reason| reason.name() == name).unwrap_or(Self::New)
    }

    /// What those who look at it are told.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "Its author is new here",
            Self::Burst => "Many reviews came at once",
            Self::Filter => "A filter holds it",
            Self::Porch => "The front porch",
            Self::Flood => "Others said the same, or link to the same host",
        }
    }
}

impl From<Why> for Reason {
    fn from(why: Why) -> Self {
        match why {
            Why::Filter => Self::Filter,
            Why::Porch => Self::Porch,
            Why::Repeated | Why::Links => Self::Flood,
        }
    }
}

/// Why a review that somebody writes now has to wait; `None` where it need not. A subject with too many at once is watched from now on.
pub(super) fn why_held(tx: &mut Tx, viewer: &Viewer, subject: PostId, now: i64) -> Result<Option<Reason>, Error> {
    // Whoever would look at it has.
    if viewer.may(Permission::ModerateNotes) {
        return Ok(None);
    }
    let me = viewer.must_be_member()?.id;
    if is_watched(tx, subject, now)?.is_some() {
        return Ok(Some(Reason::Burst));
    }
    let new = "select 1 from accounts where id = $1 and (created_at > $2 or level = $3)";
    if tx.first(new, params![me, now - NEW_MS, NEWCOMER], |row| row.get::<i64>(0))?.is_some() {
        return Ok(Some(Reason::New));
    }
    let mut since = |from: i64, to: i64| {
        let sql = "select count(*) from reviews where subject_id = $1 and posted_at > $2 and posted_at <= $3 and author_id <> $4";
        tx.one(sql, params![subject, from, to, me], |row| row.get::<i64>(0))
    };
    let (hour, before) = (since(now - HOUR_MS, now)?, since(now - HOUR_MS - USUAL_HOURS * HOUR_MS, now - HOUR_MS)?);
    if hour < BURST.max(TIMES_USUAL * before / USUAL_HOURS) {
        return Ok(None);
    }
    tx.run(
        "insert into review_watches (subject_id, since, until) values ($1, $2, $3)
         on conflict (subject_id) do update set since = excluded.since, until = excluded.until",
        params![subject, now, now + WATCH_MS],
    )?;
    Ok(Some(Reason::Burst))
}

/// Until when reviews of a subject are looked at before they appear, if they are.
pub(super) fn is_watched(tx: &mut Tx, subject: PostId, now: i64) -> Result<Option<i64>, db::Error> {
    tx.first("select until from review_watches where subject_id = $1 and until > $2", params![subject, now], |row| row.get(0))
}

/// Whether somebody may review a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum May {
    Yes,
    Guest,
    /// They are no member yet: what is missing.
    NotYet(String),
    /// Their level does not include it.
    Level,
    /// It is their own work.
    Own,
    /// A block parts them from an author.
    Parted,
}

impl May {
    /// What somebody is told who may not; nothing where they may.
    pub fn words(&self) -> Option<String> {
        Some(match self {
            Self::Yes => return None,
            Self::Guest => "Sign in to review this.".into(),
            Self::NotYet(words) => words.clone(),
            Self::Level => "Your level does not include reviewing. An administrator can change that.".into(),
            Self::Own => "This is your own work, and nobody reviews their own. You can answer what others write.".into(),
            Self::Parted => "You cannot review this.".into(),
        })
    }

    /// Lets nobody by who may not.
    ///
    /// # Errors
    /// `SignIn` for guests, else `Forbidden`.
    pub fn must(&self) -> Result<(), Error> {
        match (self, self.words()) {
            (Self::Guest, _) => Err(Error::SignIn),
            (_, Some(words)) => Err(Error::Forbidden(words.into())),
            (_, None) => Ok(()),
        }
    }
}

/// Whether a viewer who reads a subject of these authors may review it.
pub(super) fn may(tx: &mut Tx, viewer: &Viewer, authors: &[AccountId]) -> Result<May, db::Error> {
    let Some(me) = viewer.me.as_ref().map(|me| me.id) else { return Ok(May::Guest) };
    if let Err(error) = viewer.must_be_member() {
        return Ok(May::NotYet(error.words()));
    }
    // Who writes for an organization does not judge it.
    if authors.contains(&me) || organizations::writes_for(tx, me, authors)? {
        return Ok(May::Own);
    }
    if !viewer.may(Permission::WriteReviews) {
        return Ok(May::Level);
    }
    let parted =
        format!("select 1 from accounts x where x.id in ({}) and not {}", db::places(2, authors.len()), where_no_block("$1", "x.id"));
    let parted = tx.first(&parted, &[params![me], &db::padded(authors)].concat(), |row| row.get::<i64>(0))?;
    Ok(if parted.is_some() { May::Parted } else { May::Yes })
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
