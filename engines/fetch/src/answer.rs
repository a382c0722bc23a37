//! What came back.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header::HeaderName};
use url::Url;

/// What came back, whatever its status.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status of the last hop.
    pub status: StatusCode,
    /// Where the redirects ended.
    pub url: Url,
    /// Its headers; those about compression are gone with it.
    pub headers: HeaderMap,
    /// All of it, decompressed.
    pub body: Bytes,
}

impl Answer {
    /// A header's first value, when it is text.
    pub fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type in small letters, without its parameters: `text/html`. Empty when there is none.
    pub fn media_type(&self) -> String {
        let stated = self.header(http::header::CONTENT_TYPE).unwrap_or_default();
        stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The body as UTF-8; what is none becomes U+FFFD.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
