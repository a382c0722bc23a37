//! What is asked for.

use std::time::Duration;

use bytes::Bytes;
use http::Method;

/// Bounds of one request, its redirects included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body, counted after decompression.
    pub bytes: u64,
    /// From the first connection to the last byte.
    pub total: Duration,
    /// Without a byte of answer.
    pub idle: Duration,
}

impl Default for Limits {
    /// A page: 2 MiB, 30 seconds, 10 of them in silence.
    fn default() -> Self {
        Self { bytes: 2 << 20, total: Duration::from_secs(30), idle: Duration::from_secs(10) }
    }
}

impl Limits {
    /// A page's patience with another size.
    #[must_use]
    pub fn of_bytes(bytes: u64) -> Self {
        Self { bytes, ..Self::default() }
    }

    /// For files: so many bytes in five minutes, 20 seconds of silence at most.
    #[must_use]
    pub fn of_file(bytes: u64) -> Self {
        Self { bytes, total: Duration::from_secs(300), idle: Duration::from_secs(20) }
    }
}

/// What is asked for. There is no way to add headers but those of a [message](Asking::message): whoever is asked learns the site's
/// name and no secret.
#[derive(Clone, Debug)]
pub struct Asking {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) accept: &'static str,
    pub(crate) body: Option<(String, Bytes)>,
    pub(crate) limits: Limits,
    pub(crate) follows: bool,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Asking {
    /// For what is at this address.
    #[must_use]
    pub fn get(url: &str) -> Self {
        Self {
            method: Method::GET,
            url: url.to_owned(),
            accept: "*/*",
            body: None,
            limits: Limits::default(),
            follows: true,
            headers: Vec::new(),
        }
    }

    /// For the headers of what is at this address.
    #[must_use]
    pub fn head(url: &str) -> Self {
        Self { method: Method::HEAD, ..Self::get(url) }
    }

    /// Sends a form.
    #[must_use]
    pub fn form(url: &str, fields: &[(&str, &str)]) -> Self {
        // Pairs of strings can always be encoded.
        let body = serde_urlencoded::to_string(fields).unwrap_or_default();
        Self::post(url, "application/x-www-form-urlencoded", body)
    }

    /// Sends these bytes of this type.
    #[must_use]
    pub fn post(url: &str, kind: &str, body: impl Into<Bytes>) -> Self {
        Self { method: Method::POST, body: Some((kind.to_owned(), body.into())), ..Self::get(url) }
    }

    /// A message for a browser, to be kept by its service for so many seconds (RFC 8030 §5): its body is sealed for that browser
    /// (RFC 8291), and `authorization` says whose it is (RFC 8292).
    #[must_use]
    pub fn message(url: &str, authorization: String, seconds: u32, body: impl Into<Bytes>) -> Self {
        let headers = vec![("authorization", authorization), ("content-encoding", "aes128gcm".to_owned()), ("ttl", seconds.to_string())];
        Self { headers, ..Self::post(url, "application/octet-stream", body) }.staying()
    }

    /// Says which types are wanted, as in the header `Accept`.
    #[must_use]
    pub fn accept(self, accept: &'static str) -> Self {
        Self { accept, ..self }
    }

    /// Goes where it was sent and nowhere else: a redirect is the answer. For forms that hold a secret.
    #[must_use]
    pub fn staying(self) -> Self {
        Self { follows: false, ..self }
    }

    /// Holds it to these limits.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}
