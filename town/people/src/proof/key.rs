//! The key with which challenges and tickets are signed.

use aws_lc_rs::hmac;
use std::{fmt, fmt::Write as _};

/// A key for HMAC-SHA-256 (RFC 2104), shared by all nodes of a site through its database.
#[derive(Clone)]
pub struct Key(hmac::Key);

impl Key {
    /// From the bytes that the database keeps.
    pub fn new(bytes: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// The signature in hexadecimal digits.
    pub(super) fn sign(&self, words: &str) -> String {
        hmac::sign(&self.0, words.as_bytes()).as_ref().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Whether we signed this. Takes the same time wherever a forgery is wrong.
    pub(super) fn signed(&self, words: &str, signature: &str) -> bool {
        web::token::same(self.sign(words).as_bytes(), signature.as_bytes())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}
