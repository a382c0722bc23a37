//! Recovery codes: ten ways in for whoever lost the telephone, each good once.

use aws_lc_rs::rand;
use data_encoding::BASE32_NOPAD;
use web::Error;

/// How many there are.
pub const HOW_MANY: usize = 10;
/// Random bytes of each: 80 bits, so that nobody finds a code from its digest.
const BYTES: usize = 10;

/// Codes as people get them, once: sixteen letters and digits in groups of four.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryCodes(Vec<String>);

impl RecoveryCodes {
    /// Ten new ones.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn fresh() -> Result<Self, Error> {
        (0..HOW_MANY).map(|_| fresh()).collect::<Result<_, _>>().map(Self)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// One a line.
    pub fn lines(&self) -> String {
        self.0.join("\n")
    }

    /// What is kept of each.
    pub fn digests(&self) -> impl Iterator<Item = Vec<u8>> {
        self.iter().map(digest)
    }
}

fn fresh() -> Result<String, Error> {
    let mut bytes = [0; BYTES];
    rand::fill(&mut bytes).map_err(|_| Error::broken("the system gives no random numbers"))?;
    let plain = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
    Ok([&plain[..4], &plain[4..8], &plain[8..12], &plain[12..]].join("-"))
}

/// What is kept of a code, however somebody types it: capitals, spaces and hyphens do not count.
pub fn digest(code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    web::token::digest(&plain.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ten_codes_differ_and_are_easy_to_copy() {
        let codes = RecoveryCodes::fresh().unwrap();
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), HOW_MANY);
        for code in codes.iter() {
            assert_eq!(code.len(), 19, "{code}");
            assert!(
                code.split('-').all(|group| group.len() == 4 && group.chars().all(|c| c.is_ascii_lowercase() || ('2'..='7').contains(&c)))
            );
        }
        assert_eq!(codes.lines().lines().count(), HOW_MANY);
    }

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let known = digest("abcd-efgh-2345-ijkl");
        for typed in ["ABCD-EFGH-2345-IJKL", " abcd efgh 2345 ijkl ", "abcdefgh2345ijkl", "abcd\u{2013}efgh\u{2013}2345\u{2013}ijkl"] {
            assert_eq!(digest(typed), known, "{typed}");
        }
        assert_ne!(digest("abcd-efgh-2345-ijkm"), known);
    }
}
