//! What follows when somebody changes how they sign in.

use db::Tx;
use web::Error;

use super::{Purpose, end_all, issue, sessions};
use crate::{
    AccountId, Me, Town, accounts,
    letters::{Given, Kind, Values, send},
};

/// The way to the lock in a letter about a change stays open for so long: people read their mail at the weekend.
const LOCK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Tells somebody how they sign in has changed.
pub(super) const CHANGED: Kind = Kind {
    name: "sign_in.changed",
    when: "How somebody signs in was changed",
    placeholders: &["site", "name", "handle", "what"],
    draw: changed,
};

fn changed(of: &Given) -> (String, String) {
    let (site, name, handle, what, origin, lock) =
        (of.get("site"), of.get("name"), of.get("handle"), of.get("what"), of.get("origin"), of.get("lock"));
    let text = format!(
        "Hello {name},\n\n{what} for your account @{handle} at {site}.\n\n\
         If it was you, there is nothing to do. If it was not, choose a new password at once, which signs everybody else out,\n\
         and then look at the ways to sign in under Settings:\n\n{origin}/password-reset\n\n\
         Or lock your account, if you cannot see to it now. Nobody but your friends sees you then, and only a letter lets anybody in:\n\n\
         {lock}\n\n\
         If you cannot get in any more, answer this letter.\n"
    );
    (format!("How you sign in to {site} has changed"), text)
}

/// What becomes of the sessions on other devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// They go on.
    GoOn,
    /// They end: they were opened with less than is asked for now, or with what is no longer good.
    End,
}

/// A change of how somebody signs in, as the letter about it says it.
#[derive(Clone, Debug)]
pub struct Change {
    account: AccountId,
    site: String,
    origin: String,
    what: String,
    now: i64,
}

impl Change {
    /// `what` is a sentence without its full stop, such as “two-step sign-in was turned on”.
    pub fn new(town: &Town, account: AccountId, what: impl Into<String>) -> Self {
        Self { account, site: town.site().name.clone(), origin: town.origin().to_owned(), what: what.into(), now: town.now() }
    }

    /// The same where no town is open: on the command line.
    pub fn by_operator(account: AccountId, site: &str, origin: &str, what: &str, now: i64) -> Self {
        Self { account, site: site.to_owned(), origin: origin.to_owned(), what: what.to_owned(), now }
    }

    /// Gives this device's session a new token, which is returned, does to the others as it says, and tells the member by
    /// a letter. All in the transaction of the change.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn follow(&self, tx: &mut Tx, me: &Me, others: Others) -> Result<String, Error> {
        if others == Others::End {
            end_all(tx, me.id, Some(me.session))?;
        }
        self.tell(tx)?;
        Ok(sessions::renew(tx, me.session, self.now)?)
    }

    /// The letter alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn tell(&self, tx: &mut Tx) -> Result<(), Error> {
        let Some(account) = accounts::by_id(tx, self.account)? else { return Ok(()) };
        let Some(email) = &account.email else { return Ok(()) };
        let lock = format!("{}/lock/{}", self.origin, issue(tx, Purpose::Lock, Some(self.account), LOCK_MS, self.now)?);
        let values: Values = &[
            ("site", &self.site),
            ("name", &account.name),
            ("handle", &account.handle),
            ("what", &self.what),
            ("origin", &self.origin),
            ("lock", &lock),
        ];
        send(tx, &CHANGED, (&account.name, email), values, self.now)
    }
}
