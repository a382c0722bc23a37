//! Keys by which services of browsers know that messages are ours (RFC 8292).

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use data_encoding::BASE64URL_NOPAD;
use db::Tx;
use std::fmt;
use url::Url;
use web::Error;

use crate::{seal::Seal, secrets};

const NAME: &str = "push";
/// What is signed counts for so long, in seconds; services take at most a day (RFC 8292 §2).
const VALID_S: i64 = 12 * 60 * 60;

/// The site's pair of keys.
pub struct Keys(EcdsaKeyPair);

impl Keys {
    /// Those of this site: made at its first start, and kept sealed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn of_site(tx: &mut Tx, seal: &Seal) -> Result<Self, Error> {
        let sealed = secrets::kept(tx, NAME, || seal.close(NAME, &fresh()?))?;
        let pair = seal.open(NAME, &sealed).ok_or_else(|| Error::broken("the keys of push messages cannot be opened"))?;
        Self::new(&pair)
    }

    fn new(pkcs8: &[u8]) -> Result<Self, Error> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map(Self).map_err(Error::broken)
    }

    /// The public one, as browsers take it.
    pub fn public(&self) -> String {
        BASE64URL_NOPAD.encode(self.0.public_key().as_ref())
    }

    /// The header `Authorization` of a message to a service (RFC 8292 §3). `contact` is whom its people may turn to.
    ///
    /// # Errors
    /// When the address is none.
    pub fn authorization(&self, endpoint: &str, contact: &str, now: i64) -> Result<String, Error> {
        let audience = Url::parse(endpoint).map_err(Error::broken)?.origin().ascii_serialization();
        let claims = serde_json::json!({ "aud": audience, "exp": now / 1000 + VALID_S, "sub": contact });
        let head = BASE64URL_NOPAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{head}.{}", BASE64URL_NOPAD.encode(claims.to_string().as_bytes()));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| Error::broken("nothing could be signed"))?;
        Ok(format!("vapid t={signed}.{}, k={}", BASE64URL_NOPAD.encode(signature.as_ref()), self.public()))
    }
}

fn fresh() -> Result<Vec<u8>, Error> {
    let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    pair.map(|pair| pair.as_ref().to_vec()).map_err(|_| Error::broken("no keys could be made"))
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    #[test]
    fn a_service_can_see_that_a_message_is_ours() {
        let keys = Keys::new(&fresh().unwrap()).unwrap();
        let said = keys.authorization("https://push.example/send/abc?x=1", "https://town.example", 1_800_000_000_000).unwrap();
        let (token, key) = said.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(key, keys.public());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let read = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, read(key)).verify(signed.as_bytes(), &read(signature)).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&read(signed.split_once('.').unwrap().1)).unwrap();
        assert_eq!(claims, serde_json::json!({ "aud": "https://push.example", "exp": 1_800_043_200, "sub": "https://town.example" }));
    }
}
