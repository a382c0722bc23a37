//! Codes that change every half minute: TOTP (RFC 6238) over HOTP (RFC 4226), as every such app knows it: SHA-1, six
//! digits, thirty seconds.

use aws_lc_rs::{
    hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign},
    rand,
};
use data_encoding::BASE32_NOPAD;
use url::form_urlencoded::byte_serialize;
use web::Error;

/// A code lasts so long, in milliseconds.
pub const STEP_MS: i64 = 30_000;
/// How many digits a code has.
pub const DIGITS: usize = 6;
/// Bytes of a secret: as many as the hash has (RFC 4226 §4, R6).
pub const SECRET_LENGTH: usize = 20;
/// Codes of the step before and the step after are taken, too: clocks differ, and people type slowly (RFC 6238 §5.2).
const DRIFT: i64 = 1;

/// A new secret.
///
/// # Errors
/// When the system gives no random numbers.
pub fn fresh() -> Result<[u8; SECRET_LENGTH], Error> {
    let mut secret = [0; SECRET_LENGTH];
    rand::fill(&mut secret).map_err(|_| Error::broken("the system gives no random numbers"))?;
    Ok(secret)
}

/// The secret as people type it into an app: groups of four letters and digits of base 32 (RFC 4648 §6).
pub fn spelled(secret: &[u8]) -> String {
    let plain = BASE32_NOPAD.encode(secret);
    let groups: Vec<&str> = (0..plain.len()).step_by(4).map(|at| &plain[at..plain.len().min(at + 4)]).collect();
    groups.join(" ")
}

/// The address that apps read from the picture (the “key URI format” that all of them share).
pub fn address(secret: &[u8], site: &str, handle: &str) -> String {
    // A plus sign would be shown as one: apps do not read it as a space.
    let escaped = |words: &str| byte_serialize(words.as_bytes()).collect::<String>().replace('+', "%20");
    let (site, handle) = (escaped(&site.replace(':', " ")), escaped(handle));
    let secret = BASE32_NOPAD.encode(secret);
    format!("otpauth://totp/{site}:{handle}?secret={secret}&issuer={site}&algorithm=SHA1&digits={DIGITS}&period={}", STEP_MS / 1000)
}

/// Which step a code belongs to, among the steps whose codes are taken now; `None` for a wrong code. Takes the same time
/// for every code of six digits.
pub fn step_of(secret: &[u8], code: &str, now: i64) -> Option<i64> {
    if code.len() != DIGITS {
        return None;
    }
    let current = now.div_euclid(STEP_MS);
    (current - DRIFT..=current + DRIFT)
        .fold(None, |found, step| if web::token::same(code_at(secret, step).as_bytes(), code.as_bytes()) { Some(step) } else { found })
}

/// The code of a step (RFC 4226 §5.3).
pub fn code_at(secret: &[u8], step: i64) -> String {
    let tag = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret), &step.to_be_bytes());
    let hash = tag.as_ref();
    // The last four bits name a place among the first sixteen of twenty bytes.
    let place = usize::from(hash[hash.len() - 1] & 15);
    let word = hash[place..place + 4].iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the examples in RFC 6238, appendix B.
    const KNOWN: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        // Appendix B prints eight digits; six are the last of them.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(KNOWN, seconds * 1000 / STEP_MS), code, "{seconds}");
            assert_eq!(step_of(KNOWN, code, seconds * 1000), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_good_half_a_minute_early_and_late() {
        let code = code_at(KNOWN, 100);
        for (now, found) in [(98, None), (99, Some(100)), (100, Some(100)), (101, Some(100)), (102, None)] {
            assert_eq!(step_of(KNOWN, &code, now * STEP_MS), found, "{now}");
            assert_eq!(step_of(KNOWN, &code, now * STEP_MS + STEP_MS - 1), found, "{now}");
        }
    }

    #[test]
    fn what_is_no_code_is_wrong() {
        let code = code_at(KNOWN, 100);
        for wrong in ["", "1", &code[..5], &format!("{code}0"), "abcdef", "４８２１９３"] {
            assert_eq!(step_of(KNOWN, wrong, 100 * STEP_MS), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_secret_is_spelled_and_addressed_as_apps_read_it() {
        assert_eq!(spelled(KNOWN), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            address(KNOWN, "The Mesa: Lantern & Co", "rosa"),
            "otpauth://totp/The%20Mesa%20%20Lantern%20%26%20Co:rosa?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=The%20Mesa%20%20Lantern%20%26%20Co&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn secrets_differ() {
        assert!(fresh().is_ok_and(|one| fresh().is_ok_and(|other| one != other)));
    }
}
