//! The signed statement on who somebody is: the ID token (OpenID Connect Core §2, §3.1.3.7).

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;

use super::{discovery::Known, errand::Errand, provider::Provider};

/// Signatures that are taken: those by a key of which the public half is published. Never one by a shared secret, and never none.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];
/// Clocks differ by so many seconds.
const DRIFT: i64 = 60;
/// Longest name of somebody at a provider (Core §2, `sub`).
const MAX_SUBJECT: usize = 255;

/// What it states.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Claims {
    pub iss: String,
    pub sub: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    azp: Option<String>,
    pub email: Option<String>,
    #[serde(default)]
    email_verified: Value,
    pub name: Option<String>,
    pub preferred_username: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Why a statement is not believed. For the log.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unbelievable {
    #[error("it is signed with a key that is not known")]
    UnknownKey,
    #[error("{0}")]
    Token(#[from] jsonwebtoken::errors::Error),
    #[error("it is signed by {0:?}")]
    Algorithm(Algorithm),
    #[error("its {0} is wrong")]
    Wrong(&'static str),
}

impl Claims {
    /// Whether the provider has seen that mail to the address arrives. Some say so in words.
    pub(super) fn email_is_verified(&self) -> bool {
        self.email_verified == Value::Bool(true) || self.email_verified == "true"
    }

    /// What a statement says, when it is to be believed: signed by this provider, for this site, on this errand, and not too
    /// long ago.
    pub(super) fn read(token: &str, known: &Known, provider: &Provider, errand: &Errand, now: i64) -> Result<Self, Unbelievable> {
        let header = decode_header(token)?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(Unbelievable::Algorithm(header.alg));
        }
        let key = known.key(header.kid.as_deref()).ok_or(Unbelievable::UnknownKey)?;
        // The signature alone: times are told by the town's clock, and every name is looked at below.
        let mut signature = Validation::new(header.alg);
        (signature.validate_exp, signature.validate_aud) = (false, false);
        signature.required_spec_claims.clear();
        let claims = decode::<Self>(token, &DecodingKey::from_jwk(key)?, &signature)?.claims;
        claims.check(provider, errand, now / 1000)?;
        Ok(claims)
    }

    fn check(&self, provider: &Provider, errand: &Errand, now: i64) -> Result<(), Unbelievable> {
        let many = matches!(&self.aud, Audience::Many(all) if all.len() > 1);
        let for_us = match &self.aud {
            Audience::One(one) => *one == provider.client_id,
            Audience::Many(all) => all.contains(&provider.client_id),
        };
        let party = self.azp.as_deref().map_or(!many, |party| party == provider.client_id);
        let nonce = self.nonce.as_deref().unwrap_or_default();
        for (right, what) in [
            (self.iss == provider.issuer, "issuer"),
            (for_us, "audience"),
            (party, "authorized party"),
            (self.exp > now - DRIFT, "expiry"),
            (self.iat < now + DRIFT, "time of issue"),
            (web::token::same(nonce.as_bytes(), errand.nonce.as_bytes()), "nonce"),
            (!self.sub.is_empty() && self.sub.len() <= MAX_SUBJECT && !self.sub.contains('\0'), "subject"),
        ] {
            if !right {
                return Err(Unbelievable::Wrong(what));
            }
        }
        Ok(())
    }
}
