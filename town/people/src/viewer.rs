//! Whoever looks at a page: a guest or a signed-in member, and what their level lets them do.

use web::Error;

use crate::{
    accounts::AccountId,
    levels::{Permission, Permissions},
    sign_in::SessionId,
};

/// Whoever is asking.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The member, when signed in.
    pub me: Option<Me>,
    pub(crate) permissions: Permissions,
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
}

impl Viewer {
    /// Whether they may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.has(permission)
    }

    /// The member, or the way to the sign-in page.
    pub fn must_be_member(&self) -> Result<&Me, Error> {
        self.me.as_ref().ok_or(Error::SignIn)
    }

    /// The member, if their level lets them do this; otherwise words that say so.
    pub fn must(&self, permission: Permission) -> Result<&Me, Error> {
        let me = self.must_be_member()?;
        if self.may(permission) {
            return Ok(me);
        }
        let words = format!("Your level does not include this: {}. An administrator can change that.", permission.words().to_lowercase());
        Err(Error::Forbidden(words.into()))
    }

    /// Whether this account is theirs.
    pub fn is(&self, account: AccountId) -> bool {
        self.me.as_ref().is_some_and(|me| me.id == account)
    }
}
