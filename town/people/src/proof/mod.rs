//! Proof of work: whoever joins, or reports something as a guest, lets their machine calculate for a second or two. One person does
//! not notice; a robot that wants a thousand accounts pays a thousand times.
//!
//! After ALTCHA (<https://altcha.org/docs/v2/>): the site names a salt and the SHA-256 of salt and a number that it keeps to
//! itself, signed; the browser finds the number by trying. Nothing is kept until it is spent, then its digest, until the
//! challenge would have run out. No third party takes part. Where no script runs, a [ticket](ticket) takes the place of the
//! proof: it has to be half a minute old, and few are taken.

mod form;
mod key;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use form::{SPENT, Sent, field, read, same_ticket, slowly};
pub use key::Key;
pub use routes::routes;
pub use store::{forget_expired, is_spent, key, spend};

use std::fmt::Write as _;

/// The number lies below this. A laptop tries them all in about a second, an old phone in five.
pub const MAX_NUMBER: u32 = 400_000;
/// A challenge is for somebody whose form is open: it is asked for when they begin to write.
pub const CHALLENGE_MS: i64 = 30 * 60 * 1000;
/// A ticket is this old before it is taken: nobody who reads and writes is faster.
pub const TICKET_WAIT_MS: i64 = 30 * 1000;
/// A ticket lasts as long as somebody may leave a form open.
pub const TICKET_MS: i64 = 3 * 60 * 60 * 1000;

/// What a browser is asked to solve.
#[derive(Debug, serde::Serialize)]
pub struct Challenge {
    /// When it runs out, and 128 random bits.
    pub salt: String,
    /// SHA-256 of `salt:number`, in hexadecimal digits.
    pub challenge: String,
    /// The number is smaller than this.
    pub max: u32,
    /// Says that the challenge is ours.
    pub signature: String,
}

/// Something that was proved and can be spent once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// Names what is spent.
    pub digest: Vec<u8>,
    /// When it would have run out.
    pub expires_at: i64,
}

/// Why a proof is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is not ours, or does not solve what was asked.
    Wrong,
    /// It has run out.
    Late,
    /// A ticket that must wait, so many milliseconds.
    Early(i64),
}

/// A new challenge.
pub fn challenge(key: &Key, now: i64) -> Challenge {
    // Bits of another token than the salt's: the number must not follow from it.
    challenge_of(key, u32::from_str_radix(&web::token::fresh()[..8], 16).unwrap_or_default() % MAX_NUMBER, now)
}

fn challenge_of(key: &Key, number: u32, now: i64) -> Challenge {
    let token = web::token::fresh();
    let salt = format!("{}.{}", now + CHALLENGE_MS, &token[..32]);
    let challenge = of(&salt, number);
    let signature = key.sign(&signed(&salt, &challenge));
    Challenge { salt, challenge, max: MAX_NUMBER, signature }
}

/// Checks `salt:number:signature`, as the browser sends it.
///
/// # Errors
/// Why it is not taken.
pub fn check(key: &Key, sent: &str, now: i64) -> Result<Proved, Refused> {
    let mut parts = sent.split(':');
    let (Some(salt), Some(number), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(Refused::Wrong);
    };
    let number: u32 = number.parse().map_err(|_| Refused::Wrong)?;
    let challenge = of(salt, number);
    if !key.signed(&signed(salt, &challenge), signature) {
        return Err(Refused::Wrong);
    }
    let expires_at = stamp(salt)?;
    if expires_at <= now {
        return Err(Refused::Late);
    }
    Ok(Proved { digest: web::token::digest(&challenge), expires_at })
}

/// A ticket for a form that may be sent without a proof: `time.random:signature`.
pub fn ticket(key: &Key, now: i64) -> String {
    let body = format!("{now}.{}", &web::token::fresh()[..32]);
    let signature = key.sign(&format!("ticket {body}"));
    format!("{body}:{signature}")
}

/// Checks a ticket.
///
/// # Errors
/// Why it is not taken.
pub fn check_ticket(key: &Key, sent: &str, now: i64) -> Result<Proved, Refused> {
    let (body, signature) = sent.split_once(':').ok_or(Refused::Wrong)?;
    if !key.signed(&format!("ticket {body}"), signature) {
        return Err(Refused::Wrong);
    }
    let made_at = stamp(body)?;
    if made_at + TICKET_MS <= now {
        return Err(Refused::Late);
    }
    if now < made_at + TICKET_WAIT_MS {
        return Err(Refused::Early(made_at + TICKET_WAIT_MS - now));
    }
    Ok(Proved { digest: web::token::digest(body), expires_at: made_at + TICKET_MS })
}

fn stamp(part: &str) -> Result<i64, Refused> {
    part.split_once('.').and_then(|(time, _)| time.parse().ok()).ok_or(Refused::Wrong)
}

fn signed(salt: &str, challenge: &str) -> String {
    format!("challenge {salt} {challenge}")
}

/// The colon keeps digits of the number from passing for digits of the salt.
fn of(salt: &str, number: u32) -> String {
    web::token::digest(&format!("{salt}:{number}")).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A solved challenge, for tests of this wing and those above that are about something else.
#[cfg(any(test, feature = "testing"))]
pub fn solved(key: &Key, now: i64) -> String {
    let asked = challenge_of(key, 7, now);
    format!("{}:7:{}", asked.salt, asked.signature)
}
