//! What becomes of words that somebody is about to post.

use db::{Tx, params};
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    prevention::{Filter, Prevention, State},
};
use std::{net::IpAddr, sync::Arc};
use web::{Error, Form};

use super::said::{self, Words};
use crate::PostId;

/// Notes and comments of one member that wait at a time: more are a flood of work for those who read them.
pub const MOST_WAITING: i64 = 20;
/// The field that says that its writer is sure.
const SURE: &str = "sure";

/// Why something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A filter holds it.
    Filter,
    /// The front porch does.
    Porch,
    /// Several people said the same of late.
    Repeated,
    /// Many new members linked to the same host of late.
    Links,
}

impl Why {
    const ALL: [Self; 4] = [Self::Filter, Self::Porch, Self::Repeated, Self::Links];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Filter => "filter",
            Self::Porch => "porch",
            Self::Repeated => "repeated",
            Self::Links => "links",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }

    /// What those who read it are told.
    pub fn words(self) -> &'static str {
        match self {
            Self::Filter => "A filter holds it",
            Self::Porch => "The front porch",
            Self::Repeated => "Several people said the same",
            Self::Links => "Many new members link there",
        }
    }
}

/// That something waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Why.
    pub why: Why,
    /// What it was held for, for those who read it: a filter, a host; may be empty.
    pub what: String,
}

/// What may be posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Whether it waits first.
    pub held: Option<Held>,
    /// The sentence that stands over it; empty for none.
    pub label: String,
}

/// The gate, as it stands now.
#[derive(Clone)]
pub struct Gate {
    pub(super) prevention: Arc<Prevention>,
    /// The site's own host: who links to their own town floods nobody.
    pub(super) host: String,
    pub(super) sure: bool,
    /// Where its writer is; nowhere for what is posted by itself.
    pub(super) from: Option<IpAddr>,
    pub(super) now: i64,
}

/// Whether somebody's posts need not be looked at: they would be the one to look.
pub fn is_trusted(viewer: &Viewer) -> bool {
    viewer.may(Permission::ModerateNotes) || viewer.may(Permission::Moderate)
}

/// Whether the gate asks by itself whether a viewer said these words already: they are long enough, and it looks at what they say.
pub fn knows(viewer: &Viewer, words: &Words) -> bool {
    words.is_told_apart() && !is_trusted(viewer)
}

impl Gate {
    /// The gate of a town, for a form whose writer may have said that they are sure.
    pub fn of(town: &Town, caller: &Caller, form: &Form) -> Self {
        Self { sure: form.ticked(SURE), from: Some(caller.address), ..Self::unasked(town) }
    }

    /// The same for what is posted by itself: nobody can be asked.
    pub fn unasked(town: &Town) -> Self {
        let host = town.origin().split_once("://").map_or("", |(_, host)| host);
        let host = host.split(':').next().unwrap_or_default().trim_start_matches("www.").to_owned();
        Self { prevention: town.prevention(), host, sure: true, from: None, now: town.now() }
    }

    /// What becomes of these words of a viewer's; `post` names what says them where that is there already.
    ///
    /// # Errors
    /// `Invalid` when they are not taken, or their writer is asked whether they are sure (of the field `sure`).
    pub fn judge(&self, tx: &mut Tx, viewer: &Viewer, (words, post): (&Words, Option<PostId>)) -> Result<Passed, Error> {
        let me = viewer.must_be_member()?;
        if is_trusted(viewer) {
            return Ok(Passed::default());
        }
        self.must_be_let_in(tx, me.id)?;
        let found = self.prevention.filters.look(words.text());
        self.refuse(&found)?;
        let others = said::by_whom(tx, me.id, (words, post), self.now)?;
        if others.mine {
            return Err(Error::invalid(
                "body",
                "You said just this within the last hour, and it stands there or waits to be read. Say something else.",
            ));
        }
        let mut held = found.hold.map(|filter| Held { why: Why::Filter, what: filter.pattern.clone() });
        if held.is_none() && others.several {
            held = Some(Held { why: Why::Repeated, what: String::new() });
        }
        if held.is_none() {
            let flooded = said::flooded(tx, me.id, &self.hosts_of(words), self.now)?;
            held = flooded.map(|what| Held { why: Why::Links, what });
        }
        if held.is_none() && self.porch(tx, me.id)? {
            held = Some(Held { why: Why::Porch, what: String::new() });
        }
        if held.is_some() && me.held >= MOST_WAITING {
            let words = format!("{MOST_WAITING} posts of yours wait to be read by a moderator. Post this when they have been.");
            return Err(Error::invalid("body", words));
        }
        Ok(Passed { held, label: found.label.map(Filter::words).unwrap_or_default() })
    }

    /// Whether a post that stands may be changed from these words to those; answers the sentence that stands over it then.
    ///
    /// # Errors
    /// `Invalid` when it would have to be read first, or as [`Gate::judge`] says.
    pub fn judge_change(&self, tx: &mut Tx, viewer: &Viewer, (before, words): (&str, &str)) -> Result<String, Error> {
        let me = viewer.must_be_member()?;
        if is_trusted(viewer) || before == words {
            return Ok(String::new());
        }
        let found = self.prevention.filters.look(words);
        self.refuse(&found)?;
        // What was read with these words in it may keep them.
        let known = self.prevention.filters.look(before).hold.map(|filter| filter.id);
        let new = found.hold.is_some_and(|filter| known != Some(filter.id));
        if new || self.porch(tx, me.id)? {
            return Err(Error::invalid(
                "body",
                "These words have to be read by a moderator before others see them, which cannot be done with a post that stands already. \
                 Delete it and post it anew, or leave it as it is.",
            ));
        }
        Ok(found.label.map(Filter::words).unwrap_or_default())
    }

    /// Whoever joined of late posts nothing from where nobody joins.
    fn must_be_let_in(&self, tx: &mut Tx, me: AccountId) -> Result<(), Error> {
        let barred = self.from.and_then(|address| self.prevention.bars.of_address(address, self.now));
        if barred.is_some() && said::is_new(tx, me, self.now)? {
            return Err(Error::invalid(
                "body",
                "Nothing is posted from this network by people who are new here, just now. Try from another one, or write to the people who \
                 run this site.",
            ));
        }
        Ok(())
    }

    fn refuse(&self, found: &people::prevention::Found) -> Result<(), Error> {
        match (found.refuse, found.nudge) {
            (Some(filter), _) => Err(Error::invalid("body", filter.words())),
            (None, Some(filter)) if !self.sure => Err(Error::invalid(SURE, filter.words())),
            _ => Ok(()),
        }
    }

    /// Whether the front porch holds what somebody writes.
    fn porch(&self, tx: &mut Tx, me: AccountId) -> Result<bool, db::Error> {
        let porch = self.prevention.porch;
        match porch.state {
            State::Off => Ok(false),
            State::All => Ok(true),
            State::New => Ok(standing(tx, me, porch.posts)? < porch.posts),
        }
    }

    /// Keeps in mind that this was said, so that floods are seen.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn remember(&self, tx: &mut Tx, viewer: &Viewer, post: PostId, words: &Words) -> Result<(), Error> {
        let me = viewer.must_be_member()?.id;
        if is_trusted(viewer) {
            return Ok(());
        }
        Ok(said::remember(tx, (post, me), words, &self.hosts_of(words), self.now)?)
    }

    fn hosts_of<'a>(&self, words: &'a Words) -> Vec<&'a str> {
        words.hosts().iter().map(String::as_str).filter(|host| *host != self.host).collect()
    }
}

/// How many posts of somebody's others read, counted up to `most`.
fn standing(tx: &mut Tx, author: AccountId, most: i64) -> Result<i64, db::Error> {
    tx.one(
        "select count(*) from (select 1 as one from posts p where p.author_id = $1 and p.kind in ('note', 'comment', 'review', 'story')
           and p.published_at is not null and p.deleted_at is null and p.visibility <> 'only_me'
           and not exists (select 1 from reviews r where r.id = p.id and r.held_at is not null)
           and not exists (select 1 from comments c where c.id = p.id and c.brought = 1) limit $2) counted",
        params![author, most],
        |row| row.get(0),
    )
}
