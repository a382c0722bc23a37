//! Signing in with an account elsewhere: OpenID Connect with any provider that the operator configured.
//!
//! The browser is sent to the provider and comes back with a code, which we trade for a signed statement on who it is (the
//! authorization code flow, OpenID Connect Core §3.1, with PKCE, RFC 7636). What has to match when it comes back is kept by
//! the browser itself, [sealed](crate::seal), so that nobody comes back with somebody else's code.
//!
//! Whose an identity is, is decided by issuer and subject alone and never by an e-mail address: who controls an address at
//! a provider may change. An identity comes to an account in two ways: its member connects it under Settings, or somebody
//! [joins](crate::joining) by it, as the site's way of joining allows.

mod claims;
mod coming_back;
mod discovery;
mod errand;
mod pages;
mod provider;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use errand::Newcomer;
pub use pages::links;
pub use provider::{Provider, Providers};
pub use routes::routes;
pub use store::{count_of, insert};

pub(crate) use errand::forget_newcomer;

db::id! {
    /// Names an identity in lists; it opens nothing.
    pub struct IdentityId;
}

/// An account elsewhere, as its owner sees it.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Its id.
    pub id: IdentityId,
    /// Who vouches for it.
    pub issuer: String,
    /// Its address or name there.
    pub label: String,
    /// When it was connected.
    pub created_at: i64,
    /// When it last signed in.
    pub used_at: Option<i64>,
}
