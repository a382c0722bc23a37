//! Random tokens, their digests, and comparison in constant time.

use aws_lc_rs::{constant_time, digest, rand};

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

/// Two small hexadecimal digits for each byte.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    text
}
