//! What a browser keeps for us while its person is at the provider, and while they fill in the form of joining.

use axum::response::{IntoResponse as _, Response};
use data_encoding::BASE64URL_NOPAD;
use http::{HeaderMap, HeaderValue, header};
use serde::{Deserialize, Serialize};
use url::Url;
use web::{Error, cookies, see_other, token};

use super::{claims::Claims, discovery::Known, provider::Provider};
use crate::{AccountId, Town, sign_in::SessionId};

/// Signing in at a provider takes a minute or two.
const LASTS_MS: i64 = 10 * 60 * 1000;
/// Somebody who joins chooses a handle and reads the rules.
const NEWCOMER_MS: i64 = 60 * 60 * 1000;
const COOKIE: &str = "errand";
const NEWCOMER_COOKIE: &str = "newcomer";

/// Why somebody is sent to a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Why {
    /// To sign in, or to join, perhaps by an invitation.
    Enter { invitation: Option<String> },
    /// To connect an identity to this account, in this session.
    Connect { account: AccountId, session: SessionId },
}

/// What must match when they come back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Errand {
    pub provider: String,
    pub why: Why,
    pub next: String,
    /// Comes back in the address: it is this browser that was sent.
    pub state: String,
    /// Comes back in the statement: it was made for this errand (Core §15.5.2).
    pub nonce: String,
    /// Shows the provider that whoever has the code is who asked for it (RFC 7636).
    pub verifier: String,
}

impl Errand {
    pub(super) fn new(provider: &Provider, why: Why, next: &str) -> Self {
        let (state, nonce, verifier) = (token::fresh(), token::fresh(), token::fresh());
        Self { provider: provider.name.clone(), why, next: next.to_owned(), state, nonce, verifier }
    }

    /// Sends the browser on its way.
    pub(super) fn send(&self, town: &Town, provider: &Provider, known: &Known) -> Result<Response, Error> {
        let mut address = Url::parse(&known.metadata.authorization_endpoint).map_err(Error::broken)?;
        let challenge = BASE64URL_NOPAD.encode(&token::digest(&self.verifier));
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &provider.client_id)
            .append_pair("redirect_uri", &provider.return_address(town.origin()))
            .append_pair("scope", "openid email profile")
            .append_pair("state", &self.state)
            .append_pair("nonce", &self.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        let kept = town.seal.lend(COOKIE, self, town.now() + LASTS_MS)?;
        let head = [
            (header::SET_COOKIE, cookies::write(COOKIE, &kept, LASTS_MS / 1000, town.secure)),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        Ok((head, see_other(address.as_str())).into_response())
    }

    /// The errand on which this browser was sent.
    pub(super) fn of(town: &Town, headers: &HeaderMap) -> Option<Self> {
        town.seal.take_back(COOKIE, cookies::read(headers, COOKIE)?, town.now())
    }
}

/// An errand counts once.
pub(super) fn forget(town: &Town) -> (http::HeaderName, HeaderValue) {
    (header::SET_COOKIE, cookies::write(COOKIE, "", 0, town.secure))
}

/// Somebody whom a provider vouches for and who has no account here yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Newcomer {
    /// The provider's name in addresses.
    pub provider: String,
    /// What people call it.
    pub title: String,
    /// Who vouches.
    pub issuer: String,
    /// For whom.
    pub subject: String,
    /// Their name there; may be empty.
    pub name: String,
    /// Their handle there; may be empty, or none that we take.
    pub handle: String,
    /// Their address; empty when the provider tells none.
    pub email: String,
    /// Whether the provider has seen that mail to it arrives.
    pub verified: bool,
    /// The invitation they came by.
    pub invitation: Option<String>,
}

impl Newcomer {
    pub(super) fn of(claims: &Claims, provider: &Provider, invitation: Option<String>) -> Self {
        Self {
            provider: provider.name.clone(),
            title: provider.title.clone(),
            issuer: claims.iss.clone(),
            subject: claims.sub.clone(),
            name: text::clean_line(claims.name.as_deref().unwrap_or_default()),
            handle: claims.preferred_username.clone().unwrap_or_default(),
            email: claims.email.clone().unwrap_or_default(),
            verified: claims.email_is_verified(),
            invitation,
        }
    }

    /// How the account elsewhere is called among one's own.
    pub fn label(&self) -> String {
        let label = [&self.email, &self.name, &self.handle].into_iter().find(|label| !label.is_empty());
        label.map_or_else(String::new, |label| label.chars().take(254).collect())
    }

    /// The cookie with which the browser keeps it until the form of joining is sent.
    pub(super) fn keep(&self, town: &Town) -> Result<(http::HeaderName, HeaderValue), Error> {
        let kept = town.seal.lend(NEWCOMER_COOKIE, self, town.now() + NEWCOMER_MS)?;
        Ok((header::SET_COOKIE, cookies::write(NEWCOMER_COOKIE, &kept, NEWCOMER_MS / 1000, town.secure)))
    }

    /// Whom this browser's provider vouches for.
    pub fn in_browser(town: &Town, headers: &HeaderMap, provider: &str) -> Option<Self> {
        let newcomer: Self = town.seal.take_back(NEWCOMER_COOKIE, cookies::read(headers, NEWCOMER_COOKIE)?, town.now())?;
        (newcomer.provider == provider).then_some(newcomer)
    }
}

/// They have joined.
pub(crate) fn forget_newcomer(town: &Town) -> (http::HeaderName, HeaderValue) {
    (header::SET_COOKIE, cookies::write(NEWCOMER_COOKIE, "", 0, town.secure))
}
