//! Carrying decisions out, and taking them back.

use db::Tx;
use people::{
    AccountId, Permission, Viewer,
    accounts::{self, Account, Standing},
    decisions::{Entry, SUSPENDED, TAKEN_DOWN},
    levels::{Levels, Permissions},
    notices::{News, tell},
    town::SITE,
};
use talk::{
    comments,
    context::{self, ContextId},
    moderation::{
        self, APPEAL_MS, Act, Kind, LETTER, OUTCOME, REVIEWED, Statement, Subject,
        cases::{self, Case},
        guests, letter_to,
        statements::{self, Before, New, Replaced},
    },
    posts, reviews,
};
use things::{albums, notes, stories};
use web::{Error, Result, Tag};

use super::choice::Choice;
use crate::{
    desk::{ends_at, somebody_manages},
    moderation::{Seen, find},
};

/// What is hidden is never deleted for good by itself: longer than any site lasts.
const FOR_EVER_MS: i64 = 200 * 365 * 24 * 60 * 60 * 1000;
/// What the log calls decisions that take nothing away.
const DECIDED: &str = "moderation.decided";

/// The site as letters speak of it: its name and origin.
pub(super) type Spoken<'a> = (&'a str, &'a str);

/// Whether a viewer may decide about this person.
///
/// # Errors
/// `Forbidden` about themself, and about somebody who may more than they may.
pub(super) fn must_decide_about(viewer: &Viewer, levels: &Levels, account: &Account) -> Result<()> {
    if viewer.is(account.id) {
        return Err(Error::Forbidden("This is about you. Somebody else has to decide.".into()));
    }
    if outranked(levels.permissions(&account.level), |power| viewer.may(power)).is_some() {
        return Err(Error::Forbidden("Whoever this is about may do more than you, so only somebody of their level can decide.".into()));
    }
    Ok(())
}

/// What somebody with these permissions may and whoever would decide about them may not, if there is anything.
pub(super) fn outranked(theirs: Permissions, may: impl Fn(Permission) -> bool) -> Option<Permission> {
    // Whoever writes stories may do so without standing above those who keep the peace.
    let mut powers = Permission::of_staff().filter(|permission| !Permission::OF_WRITING.contains(permission));
    powers.find(|power| theirs.has(*power) && !may(*power))
}

/// Closes a case with a decision, carries it out, and tells everybody whom it concerns. Answers the pages that change.
///
/// # Errors
/// `Conflict` when somebody else decided meanwhile, `Forbidden` where the viewer may not.
pub(super) fn carry_out(
    tx: &mut Tx,
    (viewer, levels): (&Viewer, &Levels),
    (case, seen): (&Case, Option<&Seen>),
    choice: &Choice,
    (spoken, now): (Spoken, i64),
) -> Result<Vec<Tag>> {
    let me = viewer.must_be_member()?.id;
    let owner = match &case.account {
        Some(who) => accounts::by_id(tx, who.id)?,
        None => None,
    };
    if let Some(owner) = &owner {
        must_decide_about(viewer, levels, owner)?;
    }
    if seen.is_some_and(|seen| seen.is_of(me)) {
        return Err(Error::Forbidden("This is yours. Somebody else has to decide.".into()));
    }
    let told = cases::close(tx, (case.id, case.version), choice.act != Act::Keep, now)?;
    let mut tags = seen.map(|seen| seen.tags.clone()).unwrap_or_default();
    if let Some(owner) = &owner {
        let (replaced, more) = act(tx, (me, owner), case.subject, choice, now)?;
        tags.extend(more);
        write_down(tx, viewer, (case, owner.id), (choice, seen, replaced), (spoken, now))?;
    } else if choice.act != Act::Keep {
        return Err(Error::invalid("act", "Whoever this was of has left, and nothing of it can be changed. Keep it."));
    }
    for reporter in told {
        tell(tx, reporter, &News { kind: &OUTCOME, by: None, about: case.id.get(), post: None, with: None }, now)?;
    }
    let place = seen.map_or_else(|| case.subject.report_address(), |seen| seen.address.clone());
    guests::tell(tx, (case.id, choice.act != Act::Keep), (case.subject, &place), spoken, now)?;
    Ok(tags)
}

/// The statement, the log, the letter.
fn write_down(
    tx: &mut Tx,
    viewer: &Viewer,
    (case, owner): (&Case, AccountId),
    (choice, seen, replaced): (&Choice, Option<&Seen>, Replaced),
    (spoken, now): (Spoken, i64),
) -> Result<()> {
    let facts = seen.map(Seen::facts).unwrap_or_default();
    let new = New {
        case: Some(case.id),
        account: owner,
        by: viewer.must_be_member()?.id,
        act: choice.act,
        subject: case.subject,
        rule: &choice.rule,
        reason: &choice.reason,
        facts: &facts,
        label: &choice.label,
        until: choice.until,
        replaced,
    };
    let id = statements::issue(tx, &new, now)?;
    let named = match choice.act {
        Act::Hide | Act::Remove => TAKEN_DOWN,
        Act::Suspend | Act::Ban => SUSPENDED,
        _ => DECIDED,
    };
    let entry = Entry::new(named, choice.act.done(case.subject.kind)).about(owner).because(&choice.reason);
    let entry = if let Some(post) = case.subject.post() { entry.post(post.get()) } else { entry };
    entry.by(tx, viewer, now)?;
    if choice.act != Act::Keep {
        let statement = statements::find(tx, id)?;
        letter_to(tx, &LETTER, &statement, spoken, now)?;
    }
    Ok(())
}

/// Does what was decided. Answers what it replaced, and the pages that change besides those of the subject.
fn act(tx: &mut Tx, (me, owner): (AccountId, &Account), subject: Subject, choice: &Choice, now: i64) -> Result<(Replaced, Vec<Tag>)> {
    let mut replaced = Replaced::default();
    let mut tags = Vec::new();
    if owner.standing == Standing::Gone && matches!(choice.act, Act::Warn | Act::Limit) {
        return Err(Error::invalid(
            "act",
            "Whoever this is of has no account here, so they cannot be warned or limited. Hide or remove it, or keep it.",
        ));
    }
    match choice.act {
        Act::Keep | Act::Warn => {}
        Act::Label => {
            if let Some(post) = subject.post() {
                replaced.label = Some(posts::set_label(tx, post, &choice.label)?);
            }
        }
        Act::Hide | Act::Remove => {
            let until = kept_until(choice.act, now);
            tags = take_down(tx, subject, (me, &choice.reason), (choice.act == Act::Hide, until), &mut replaced, now)?;
        }
        Act::Limit => {
            let until = accounts::limited_until(tx, owner.id)?.filter(|until| *until > now);
            replaced.limited = Some(Before { held: until.is_some(), until, why: String::new() });
            accounts::limit(tx, owner.id, choice.until, now)?;
        }
        Act::Suspend | Act::Ban => {
            if owner.standing != Standing::Member {
                return Err(Error::invalid("act", "They are no member any more, so they cannot be suspended."));
            }
            replaced.suspended =
                Some(Before { held: owner.suspended_at.is_some(), until: owner.suspended_until, why: owner.suspended_why.clone() });
            suspend(tx, owner.id, choice.until, &choice.reason, now)?;
            tags.push(SITE);
        }
    }
    Ok((replaced, tags))
}

/// How long what was taken down is kept.
fn kept_until(act: Act, decided_at: i64) -> i64 {
    decided_at + if act == Act::Hide { FOR_EVER_MS } else { 2 * APPEAL_MS }
}

fn suspend(tx: &mut Tx, account: AccountId, until: Option<i64>, why: &str, now: i64) -> Result<()> {
    accounts::suspend(tx, account, until, why, now)?;
    somebody_manages(tx, "act")?;
    if let Some(until) = until {
        ends_at(tx, account, until)?;
    }
    Ok(())
}

fn take_down(
    tx: &mut Tx,
    subject: Subject,
    (me, why): (AccountId, &str),
    (hidden, until): (bool, i64),
    replaced: &mut Replaced,
    now: i64,
) -> Result<Vec<Tag>> {
    let Some(seen) = find(tx, subject)? else { return Ok(Vec::new()) };
    // What its author deleted meanwhile stays theirs to bring back, but not before this is undone.
    replaced.taken = !seen.removed;
    if subject.kind == Kind::Context {
        return context::take_down(tx, ContextId::new(subject.id), me, why, now);
    }
    let Some(post) = subject.post() else { return Ok(Vec::new()) };
    let tags = match subject.kind {
        Kind::Story => stories::take_off(tx, post, me, now)?,
        Kind::Album => albums::take_off(tx, post, now)?,
        Kind::Comment => comments::remove(tx, post, now)?,
        Kind::Note => {
            posts::remove(tx, post, now)?;
            Vec::new()
        }
        Kind::Review => reviews::remove(tx, post, now)?,
        Kind::Context | Kind::Profile => Vec::new(),
    };
    replaced.held = seen.removed && posts::taken_down(tx, post)?.is_none();
    posts::hold(tx, post, (me, why), hidden, until)?;
    Ok(tags)
}

/// Takes a decision back, and tells whoever it was about. Answers the pages that change.
///
/// # Errors
/// `Conflict` when somebody did already; `Gone` when what was removed is no longer there.
pub(super) fn undo(tx: &mut Tx, of: &Statement, (spoken, now): (Spoken, i64)) -> Result<Vec<Tag>> {
    if !moderation::take_back(tx, of.id, now)? {
        return Err(Error::Conflict("Somebody else has taken this back already.".into()));
    }
    let left = moderation::left_of(tx, of)?;
    let mut tags = find(tx, of.subject)?.map(|seen| seen.tags).unwrap_or_default();
    if let (Some(post), Some(label)) = (of.subject.post(), &left.label) {
        posts::set_label(tx, post, label)?;
    }
    if left.held
        && let Some(post) = of.subject.post()
    {
        posts::release(tx, post)?;
    }
    // Of somebody who has left nothing comes back.
    if left.taken && of.account.is_some() {
        tags.extend(bring_back(tx, of.subject, now)?);
    }
    if matches!(of.act, Act::Hide | Act::Remove) {
        stays_down(tx, of.subject)?;
    }
    if let Some(who) = &of.account {
        if let Some(before) = &left.limited {
            accounts::limit(tx, who.id, before.until, now)?;
        }
        if let Some(before) = &left.suspended {
            if before.held {
                suspend(tx, who.id, before.until, &before.why, now)?;
            } else {
                accounts::set_suspended(tx, who.id, false, now)?;
            }
            tags.push(SITE);
        }
    }
    if of.act != Act::Keep {
        let now_read = statements::find(tx, of.id)?;
        letter_to(tx, &REVIEWED, &now_read, spoken, now)?;
    }
    Ok(tags)
}

/// What another decision keeps down is down as that one says, whichever was made first.
fn stays_down(tx: &mut Tx, subject: Subject) -> Result<()> {
    let Some(other) = moderation::keeps_down(tx, subject)? else { return Ok(()) };
    let by = (other.by.as_ref().map(|by| by.id), other.reason.as_str());
    if subject.kind == Kind::Context {
        context::mark(tx, ContextId::new(subject.id), by)?;
    } else if let Some(post) = subject.post() {
        posts::hold_anew(tx, post, by, other.act == Act::Hide, kept_until(other.act, other.at))?;
    }
    Ok(())
}

fn bring_back(tx: &mut Tx, subject: Subject, now: i64) -> Result<Vec<Tag>> {
    // Somebody may have brought it back by hand.
    let Some(seen) = find(tx, subject)?.filter(|seen| seen.removed) else { return Ok(Vec::new()) };
    let Some(post) = subject.post() else {
        return if subject.kind == Kind::Context { context::bring_back(tx, ContextId::new(subject.id), now) } else { Ok(Vec::new()) };
    };
    match subject.kind {
        Kind::Story => stories::bring_back(tx, post, now),
        Kind::Album => albums::bring_back(tx, post, now),
        Kind::Comment => comments::restore(tx, post, now),
        Kind::Note if !posts::restore(tx, post, now)? => Err(Error::Gone),
        Kind::Note => Ok(notes::tags(tx, post, seen.author.id)?),
        Kind::Review => reviews::restore(tx, post, now),
        Kind::Context | Kind::Profile => Ok(Vec::new()),
    }
}
