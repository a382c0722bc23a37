//! What a provider says of itself (OpenID Connect Discovery 1.0), and the keys it signs with.

use fetch::{Asking, Limits};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use serde::Deserialize;
use std::sync::Arc;

use super::provider::Kept;
use crate::Town;

/// It is asked again after an hour.
const FRESH_MS: i64 = 60 * 60 * 1000;
/// For a key that we do not know it is asked again at once, but not more often than this: anybody may bring any key's name.
const AGAIN_MS: i64 = 60 * 1000;
/// A description and a set of keys have some kilobytes.
const BYTES: u64 = 512 * 1024;

/// The parts of its description that are used.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    jwks_uri: String,
    /// Whether it says who it is when it sends somebody back (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// What is known of a provider.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub metadata: Metadata,
    keys: Vec<Jwk>,
    at: i64,
}

/// Why a provider cannot be used. For the log; people are told that it did not answer as it should.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unusable {
    #[error("{0}")]
    Fetch(#[from] fetch::Error),
    #[error("{0} answered with {1}")]
    Status(String, u16),
    #[error("{0} is not what it should be: {1}")]
    Format(String, serde_json::Error),
    #[error("it calls itself {0}")]
    OtherIssuer(String),
    #[error("its address {0} is not as safe as its own")]
    Unsafe(String),
}

impl Known {
    /// The key of this name, or the only one when the statement names none (OpenID Connect Core §10.1).
    pub(super) fn key(&self, id: Option<&str>) -> Option<&Jwk> {
        match id {
            Some(id) => self.keys.iter().find(|key| key.common.key_id.as_deref() == Some(id)),
            None => self.keys.first().filter(|_| self.keys.len() == 1),
        }
    }
}

impl Kept {
    /// What is known of it, asked for when that is old.
    pub(super) async fn look_up(&self, town: &Town) -> Result<Arc<Known>, Unusable> {
        match self.known() {
            Some(known) if town.now() - known.at < FRESH_MS => Ok(known),
            _ => self.ask(town).await,
        }
    }

    /// The same, asked for again if it may be: it may have new keys.
    pub(super) async fn look_up_again(&self, town: &Town) -> Result<Arc<Known>, Unusable> {
        match self.known() {
            Some(known) if town.now() - known.at < AGAIN_MS => Ok(known),
            _ => self.ask(town).await,
        }
    }

    async fn ask(&self, town: &Town) -> Result<Arc<Known>, Unusable> {
        let issuer = &self.provider.issuer;
        let metadata: Metadata = get(town, &format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))).await?;
        // Else a provider could speak for another (Discovery §4.3).
        if metadata.issuer != *issuer {
            return Err(Unusable::OtherIssuer(metadata.issuer));
        }
        if issuer.starts_with("https://") {
            for address in [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri] {
                if !address.starts_with("https://") {
                    return Err(Unusable::Unsafe(address.clone()));
                }
            }
        }
        let set: Set = get(town, &metadata.jwks_uri).await?;
        // A key of a kind that we do not know is none of ours; the others are good all the same.
        let keys = set.keys.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok());
        let keys = keys.filter(|key| key.common.public_key_use != Some(PublicKeyUse::Encryption)).collect();
        let known = Arc::new(Known { metadata, keys, at: town.now() });
        self.known.store(Some(Arc::clone(&known)));
        Ok(known)
    }
}

#[derive(Deserialize)]
struct Set {
    keys: Vec<serde_json::Value>,
}

async fn get<T: serde::de::DeserializeOwned>(town: &Town, address: &str) -> Result<T, Unusable> {
    let answer = town.fetch.ask(Asking::get(address).accept("application/json").within(Limits::of_bytes(BYTES))).await?;
    if !answer.status.is_success() {
        return Err(Unusable::Status(address.to_owned(), answer.status.as_u16()));
    }
    serde_json::from_slice(&answer.body).map_err(|error| Unusable::Format(address.to_owned(), error))
}
