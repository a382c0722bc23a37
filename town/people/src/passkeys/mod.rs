//! Passkeys: signing in with what a device keeps and its owner unlocks, without typing anything (WebAuthn level 3).
//!
//! A device makes a pair of keys for this site and shows us the public one; later it signs a challenge of ours. It answers
//! this site's address alone, so nobody can be talked into giving one away on another, and it asks its owner for a finger, a
//! face or a PIN first: what they have, and what they are or know. That is why a passkey is asked for nothing more.
//!
//! Challenges are kept by the browser, [sealed](crate::seal), and each counts once. Without a script, and for whoever has
//! none, the password stays as it was.

mod challenge;
mod pages;
mod relying;
mod routes;
mod sign_in;
mod store;
#[cfg(test)]
mod tests;

pub use pages::button;
pub use relying::are_possible;
pub use routes::routes;
pub use store::count_of;

db::id! {
    /// Names a passkey in lists; it opens nothing.
    pub struct PasskeyId;
}

/// Most passkeys of one account: more than anybody has devices.
pub const MAX: i64 = 25;
/// Longest name of one, in characters.
pub const MAX_NAME: usize = 60;

/// A passkey as its owner sees it.
#[derive(Clone, Debug)]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: i64,
    /// When it last signed in.
    pub used_at: Option<i64>,
}
