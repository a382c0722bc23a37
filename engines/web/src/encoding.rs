//! Content encodings (RFC 9110 §8.4): which one a client takes, and compressing into it.

use bytes::Bytes;
use http::{HeaderMap, header};
use std::io::Write as _;

/// The encodings this program speaks, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `br` (RFC 7932).
    Brotli,
    /// `gzip` (RFC 1952).
    Gzip,
    /// As it is.
    Identity,
}

/// Pages are compressed while somebody waits; assets were compressed at build time.
const BROTLI_QUALITY: i32 = 4;
/// Below this, compressing costs more than it saves.
const WORTH_IT: usize = 1_000;

impl Encoding {
    /// The best encoding that the request's `Accept-Encoding` allows.
    pub fn accepted(headers: &HeaderMap) -> Self {
        let Some(accepted) = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()) else {
            return Self::Identity;
        };
        let takes = |name: &str| {
            accepted.split(',').any(|offer| {
                let (coding, parameters) = offer.trim().split_once(';').unwrap_or((offer.trim(), ""));
                coding.trim().eq_ignore_ascii_case(name) && !matches!(parameters.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
            })
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    /// The name for `Content-Encoding`, if any.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// This encoding, unless the body is too small to be worth it.
    pub fn for_length(self, length: usize) -> Self {
        if length < WORTH_IT { Self::Identity } else { self }
    }

    /// The body in this encoding.
    pub fn encode(self, body: &Bytes) -> Bytes {
        match self {
            Self::Identity => body.clone(),
            Self::Brotli => {
                let parameters = brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, ..Default::default() };
                let mut packed = Vec::with_capacity(body.len() / 3);
                // Writing into memory cannot fail; should it, the page would be empty rather than wrong.
                let _ = brotli::BrotliCompress(&mut body.as_ref(), &mut packed, &parameters);
                packed.into()
            }
            Self::Gzip => {
                let mut packer = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 3), flate2::Compression::new(4));
                let _ = packer.write_all(body);
                packer.finish().unwrap_or_default().into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(line: &str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, http::HeaderValue::from_str(line).expect("ascii"));
        Encoding::accepted(&headers)
    }

    #[test]
    fn the_best_allowed_encoding_is_chosen() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(accepted("gzip;q=0.5, br;q=0"), Encoding::Gzip);
        assert_eq!(accepted("identity"), Encoding::Identity);
        assert_eq!(accepted("brotli"), Encoding::Identity);
    }
}
