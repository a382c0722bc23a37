//! Roles: what somebody may do for an organization.

use db::Tx;
use web::Error;

use super::{Organization, people, store};
use crate::{
    AccountId, Permission,
    accounts::{self, Standing},
    viewer::Viewer,
};

/// What somebody is in an organization. The first may the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Everything: who else runs it, and its end.
    Owner,
    /// Its page, and all its posts.
    Editor,
    /// Posts of their own in its name.
    Contributor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Editor, Self::Contributor];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Editor => "editor",
            Self::Contributor => "contributor",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Editor => "Editor",
            Self::Contributor => "Contributor",
        }
    }

    /// What it means, for people.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Owner => "decides who runs it, and does all that follows",
            Self::Editor => "changes its page, and everything that is posted in its name",
            Self::Contributor => "posts in its name, and changes what they posted themselves",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether it includes the page and all posts.
    pub fn edits(self) -> bool {
        self <= Self::Editor
    }

    /// Whether it includes who runs the organization.
    pub fn owns(self) -> bool {
        self == Self::Owner
    }
}

/// An organization, for somebody who has at least this role in it.
///
/// # Errors
/// `SignIn` for guests; `NotFound` where there is none or it has left; `Forbidden` for those who have no such role.
pub fn must_run(tx: &mut Tx, viewer: &Viewer, id: AccountId, at_least: Role) -> Result<(Organization, Role), Error> {
    let me = viewer.must_be_member()?.id;
    let organization = store::find(tx, id)?.filter(|found| found.account.standing != Standing::Gone).ok_or(Error::NotFound)?;
    let Some(role) = people::role_of(tx, me, id)? else {
        return Err(Error::Forbidden("Only those who run this organization can do that. One of its owners can invite you.".into()));
    };
    if role > at_least {
        let words = format!("Your role here, {}, does not include this. Ask an owner.", role.words().to_lowercase());
        return Err(Error::Forbidden(words.into()));
    }
    Ok((organization, role))
}

/// Whoever may write in the name of an organization just now; answers their role. The same is asked again of what is posted by itself
/// later.
///
/// # Errors
/// `Forbidden` for those who may not, with words that say what to do.
pub fn must_write_for(tx: &mut Tx, writer: AccountId, organization: AccountId, now: i64) -> Result<Role, Error> {
    let account = accounts::by_id(tx, organization)?;
    let Some(role) = people::role_of(tx, writer, organization)? else {
        return Err(Error::Forbidden("You do not write for this organization. One of its owners can invite you.".into()));
    };
    let here = account.is_some_and(|account| account.standing == Standing::Member && account.suspended_at.is_none());
    if !here || accounts::is_limited(tx, organization, now)? {
        return Err(Error::Forbidden("Nothing is posted in the name of this organization for now. Its owners know why.".into()));
    }
    Ok(role)
}

/// Whether a viewer decides about any organization without running it.
pub(super) fn is_staff(viewer: &Viewer) -> bool {
    viewer.may(Permission::ManagePeople) || viewer.may(Permission::Moderate)
}
