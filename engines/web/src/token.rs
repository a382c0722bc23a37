//! Random tokens, their digests, and comparison in constant time.

use aws_lc_rs::{constant_time, digest, rand};
use std::fmt::Write as _;

/// A secret of 256 random bits as 64 hexadecimal digits. Give it to the person; keep only its [`digest()`].
pub fn fresh() -> String {
    let mut bytes = [0u8; 32];
    // The system's random source does not fail on any system this program runs on; going on without it would be worse than stopping.
    rand::fill(&mut bytes).unwrap_or_else(|_| panic!("the system gives no random numbers"));
    hex(&bytes)
}

/// The SHA-256 of a token: what the database keeps, so that a copy of it opens no door.
pub fn digest(token: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, token.as_bytes()).as_ref().to_vec()
}

/// Equality that takes the same time wherever the difference is.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(a, b).is_ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
