//! Messages to browsers while no page is open: Web Push (RFC 8030), with keys of our own (RFC 8292, VAPID), readable by the browser
//! alone (RFC 8291).
//!
//! A subscription belongs to the session in which it was made: whoever signs out of a device hears nothing more on it.

mod keys;
mod sealing;
mod store;

pub use keys::Keys;
pub use sealing::{Refused, seal};
pub use store::{Device, DeviceId, MOST_DEVICES, devices, find, forget, forget_all, remove, subscribe};

use data_encoding::BASE64URL_NOPAD;
use url::Url;

/// Longest address of a browser's push service that is taken.
const MAX_ENDPOINT: usize = 1_000;

/// What a browser says when it subscribes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Where messages for it go.
    pub endpoint: String,
    /// Its public key: a point of P-256, uncompressed.
    pub public_key: Vec<u8>,
    /// A secret that it shares with us, 16 bytes.
    pub auth: Vec<u8>,
}

impl Subscription {
    /// Reads what a browser says; `None` for what is none. Services elsewhere are spoken with over HTTPS alone, `plainly` those of a
    /// test.
    pub fn parse(endpoint: &str, public_key: &str, auth: &str, plainly: bool) -> Option<Self> {
        let url = Url::parse(endpoint).ok().filter(|_| endpoint.len() <= MAX_ENDPOINT)?;
        if url.scheme() != "https" && !(plainly && url.scheme() == "http") || !url.has_host() {
            return None;
        }
        let read = |text: &str| BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes()).ok();
        let (public_key, auth) = (read(public_key)?, read(auth)?);
        let sound = public_key.len() == 65 && public_key[0] == 4 && auth.len() == 16;
        sound.then(|| Self { endpoint: url.into(), public_key, auth })
    }
}
