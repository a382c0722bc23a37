//! Whoever looks at a page: a guest or a signed-in member, and what their level lets them do.

use web::Error;

use crate::{
    accounts::{Account, AccountId, Standing},
    levels::{GUEST, Levels, Limit, Limits, Permission, Permissions},
    sign_in::SessionId,
};

/// After somebody showed that it is them, they may change how they sign in for a quarter of an hour: long enough to do
/// so, too short for whoever finds the machine open.
pub const PROVED_MS: i64 = 15 * 60 * 1000;

/// How sensitive pictures come before a viewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sensitive {
    /// Behind a cover that they can lift.
    #[default]
    Covered,
    /// As any other.
    Shown,
    /// Not at all.
    Withheld,
}

/// Whoever is asking.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The member, when signed in.
    pub me: Option<Me>,
    pub(crate) permissions: Permissions,
    pub(crate) limits: Limits,
}

/// The signed-in member.
#[derive(Clone, Debug)]
pub struct Me {
    /// Their account.
    pub id: AccountId,
    /// Their handle, without the @.
    pub handle: String,
    /// The name people read.
    pub name: String,
    /// Key of their picture.
    pub picture: Option<String>,
    /// The session this request came with.
    pub session: SessionId,
    /// How far they have come on the way to being a member.
    pub standing: Standing,
    /// How many requests to be friends wait for their answer.
    pub waiting: i64,
    /// How many notices they have not read.
    pub unread: i64,
    /// Until when they may only read, while that lasts.
    pub limited_until: Option<i64>,
    /// How many cases and appeals wait for moderators.
    pub cases: i64,
    /// How many of their notes and comments wait to be read.
    pub held: i64,
    /// Whether they locked their account.
    pub locked: bool,
    /// Whether they are a minor.
    pub minor: bool,
    /// Whether they chose to see sensitive pictures at once.
    pub shows_sensitive: bool,
    pub(crate) proved_at: i64,
}

impl Me {
    /// Whether they have shown [again](crate::sign_in::ask_again) that it is them, within the last minutes.
    pub fn proved_lately(&self, now: i64) -> bool {
        now - self.proved_at < PROVED_MS
    }
}

impl Viewer {
    /// A member who is not asking just now, as the viewer of what is sent to them.
    pub fn away(account: &Account, levels: &Levels) -> Self {
        let me = Me {
            id: account.id,
            handle: account.handle.clone(),
            name: account.name.clone(),
            picture: account.picture.clone(),
            session: SessionId::new(0),
            standing: account.standing,
            proved_at: 0,
            waiting: 0,
            unread: 0,
            limited_until: None,
            cases: 0,
            held: 0,
            locked: false,
            minor: false,
            shows_sensitive: false,
        };
        let level = if account.standing == Standing::Member { account.level.as_str() } else { GUEST };
        Self { me: Some(me), permissions: levels.permissions(level), limits: levels.limits(level) }
    }

    /// Whether they may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.has(permission)
    }

    /// How much of this their level allows; `None` for as much as they like.
    pub fn limit(&self, limit: Limit) -> Option<i64> {
        self.limits.of(limit)
    }

    /// All limits of their level.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The member, or the way to the sign-in page. Whoever has not come so far yet is told what is missing.
    ///
    /// # Errors
    /// `SignIn` for guests, `Forbidden` for those whose address is not proved or who wait to be let in.
    pub fn must_be_member(&self) -> Result<&Me, Error> {
        let me = self.must_be_signed_in()?;
        match me.standing {
            Standing::Member => Ok(me),
            Standing::Unconfirmed => Err(Error::Forbidden(
                "Please confirm your e-mail address first: open the link in the letter we sent you. “Confirm your address” in your menu sends it again.".into(),
            )),
            Standing::Waiting => Err(Error::Forbidden(
                "Your address is confirmed, and the people of this site have yet to let you in. We write to you as soon as they have.".into(),
            )),
            Standing::Leaving => Err(Error::Forbidden(
                "You asked us to delete your account. “Stay after all” in your menu takes that back; until then you can only read.".into(),
            )),
            // Nobody can sign in to such an account.
            Standing::Gone => Err(Error::SignIn),
        }
    }

    /// Whoever is signed in, member or not yet.
    ///
    /// # Errors
    /// `SignIn` for guests.
    pub fn must_be_signed_in(&self) -> Result<&Me, Error> {
        self.me.as_ref().ok_or(Error::SignIn)
    }

    /// The member, if their level lets them do this; otherwise words that say so.
    pub fn must(&self, permission: Permission) -> Result<&Me, Error> {
        let me = self.must_be_member()?;
        if self.may(permission) {
            return Ok(me);
        }
        if me.limited_until.is_some() && Permission::OF_WRITING.contains(&permission) {
            return Err(Error::Forbidden(
                "The moderators decided that you only read here for a while. The letter they sent you says why, until when, and how to \
                 appeal."
                    .into(),
            ));
        }
        let words = format!("Your level does not include this: {}. An administrator can change that.", permission.words().to_lowercase());
        Err(Error::Forbidden(words.into()))
    }

    /// How sensitive pictures come before them: minors never see them, and nobody at once who did not choose so.
    pub fn sensitive(&self) -> Sensitive {
        match &self.me {
            Some(me) if me.minor => Sensitive::Withheld,
            Some(me) if me.shows_sensitive => Sensitive::Shown,
            _ => Sensitive::Covered,
        }
    }

    /// Whether this account is theirs.
    pub fn is(&self, account: AccountId) -> bool {
        self.me.as_ref().is_some_and(|me| me.id == account)
    }
}
