//! Writing that only this site can read: AES-256-GCM (NIST SP 800-38D) with a random nonce and a key of the site's own.
//!
//! Some of it is kept in the database, so that whoever reads a table does not read the secrets in it. Some of it people's
//! browsers keep for us for a few minutes: nothing is written down for somebody who may never come back. Each is bound to
//! what it is [about](Seal::close): what was sealed for one thing opens as no other.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use data_encoding::BASE64URL_NOPAD;
use db::Tx;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;
use web::Error;

use crate::secrets;

const NAME: &str = "seal";

/// The site's seal.
pub struct Seal(RandomizedNonceKey);

/// What a browser keeps, and until when it counts.
#[derive(Serialize, Deserialize)]
struct Note<T> {
    expires_at: i64,
    value: T,
}

impl Seal {
    /// The seal of this site; its key is made when it is first asked for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn of_site(tx: &mut Tx) -> Result<Self, Error> {
        Self::new(&secrets::named(tx, NAME)?)
    }

    /// A seal with this key of 32 bytes.
    ///
    /// # Errors
    /// When it has another length.
    pub fn new(key: &[u8]) -> Result<Self, Error> {
        RandomizedNonceKey::new(&AES_256_GCM, key).map(Self).map_err(|_| Error::broken("the key of the seal has a wrong length"))
    }

    /// Seals bytes. `about` names what they are and whose: the same words open them.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn close(&self, about: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let mut inner = plain.to_vec();
        let nonce = self.0.seal_in_place_append_tag(Aad::from(about.as_bytes()), &mut inner);
        let nonce = nonce.map_err(|_| Error::broken("nothing could be sealed"))?;
        Ok([&nonce.as_ref()[..], &inner].concat())
    }

    /// What was sealed under these words; `None` for anything else.
    pub fn open(&self, about: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, inner) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut inner = inner.to_vec();
        let plain = self.0.open_in_place(nonce, Aad::from(about.as_bytes()), &mut inner).ok()?;
        Some(plain.to_vec())
    }

    /// Seals something for a browser to keep until then, in letters that a cookie or a field can hold.
    ///
    /// # Errors
    /// As [`Seal::close`].
    pub fn lend<T: Serialize>(&self, about: &str, value: T, expires_at: i64) -> Result<String, Error> {
        let note = serde_json::to_vec(&Note { expires_at, value }).map_err(Error::broken)?;
        Ok(BASE64URL_NOPAD.encode(&self.close(about, &note)?))
    }

    /// What a browser brought back in time.
    pub fn take_back<T: DeserializeOwned>(&self, about: &str, brought: &str, now: i64) -> Option<T> {
        let note = self.open(about, &BASE64URL_NOPAD.decode(brought.as_bytes()).ok()?)?;
        let Note { expires_at, value } = serde_json::from_slice(&note).ok()?;
        (now < expires_at).then_some(value)
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn seal(key: u8) -> Seal {
        Seal::new(&[key; 32]).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_under_its_own_words_alone() {
        let sealed = seal(1).close("secret of 7", b"quiet").unwrap();
        assert_eq!(seal(1).open("secret of 7", &sealed).unwrap(), b"quiet");
        assert!(!sealed.windows(5).any(|part| part == b"quiet"));
        assert_ne!(seal(1).close("secret of 7", b"quiet").unwrap(), sealed, "never the same twice");
        assert!(seal(1).open("secret of 8", &sealed).is_none() && seal(2).open("secret of 7", &sealed).is_none());
    }

    #[test]
    fn a_changed_or_shortened_seal_opens_nothing() {
        let sealed = seal(1).close("x", b"quiet").unwrap();
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(seal(1).open("x", &changed).is_none(), "byte {place}");
            assert!(seal(1).open("x", &sealed[..place]).is_none(), "the first {place} bytes");
        }
    }

    #[test]
    fn what_is_lent_comes_back_in_time_or_not_at_all() {
        let lent = seal(1).lend("x", ("rosa", 5), 1_000).unwrap();
        assert_eq!(seal(1).take_back::<(String, i64)>("x", &lent, 999), Some(("rosa".to_owned(), 5)));
        assert_eq!(seal(1).take_back::<(String, i64)>("x", &lent, 1_000), None);
        assert_eq!(seal(1).take_back::<i64>("x", &lent, 0), None);
        assert_eq!(seal(1).take_back::<i64>("x", "%%%", 0), None);
    }

    #[test]
    fn a_key_has_one_length() {
        assert!(Seal::new(&[1; 31]).is_err());
    }
}
