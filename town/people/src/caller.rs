//! What a request says of its sender, before the database is asked. An extractor that cannot fail.

use axum::extract::FromRequestParts;
use http::{header, request::Parts};
use std::{convert::Infallible, net::IpAddr};
use web::door::{ClientAddress, SESSION_COOKIE};

/// The sender of a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Digest of the session's token, when the browser sent one.
    pub(crate) session: Option<Vec<u8>>,
    /// Where the request came from.
    pub address: IpAddr,
    /// What the browser calls itself, at most 300 characters.
    pub agent: String,
    /// The `done` word of the query: what the last form did, to be said once.
    pub done: Option<String>,
}

impl Caller {
    /// Whether this is surely a guest: the browser sent no session. One that was sent may have ended all the same.
    pub fn has_no_session(&self) -> bool {
        self.session.is_none()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let ClientAddress(address) = ClientAddress::from_request_parts(parts, state).await?;
        let session = web::cookies::read(&parts.headers, SESSION_COOKIE).map(web::token::digest);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let done = parts.uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("done=")));
        Ok(Self { session, address, agent: agent.chars().take(300).collect(), done: done.map(ToOwned::to_owned) })
    }
}
