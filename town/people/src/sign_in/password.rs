//! Passwords: argon2id (RFC 9106) with the OWASP parameters that the crate has as its default (19 MiB, 2 passes).

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use web::Error;

/// Fewest characters. Length is what keeps guessers out (NIST SP 800-63B §5.1.1).
pub const MIN: usize = 10;
/// Most characters: hashing a novel would be work for nothing.
pub const MAX: usize = 200;

/// Hashing at most so many at once keeps sign-in from starving pages, and memory bounded.
static TURNS: Semaphore = Semaphore::const_new(2);
/// Verified against when there is no such account, so that both cases take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// Says what is wrong with a new password.
pub fn check(password: &str) -> Result<(), String> {
    match password.chars().count() {
        0..MIN => Err(format!("Use at least {MIN} characters. Four or five unrelated words make a good password.")),
        MIN..=MAX => Ok(()),
        _ => Err(format!("Use at most {MAX} characters.")),
    }
}

/// The hash to keep, as a PHC string. Takes a few hundredths of a second on a thread of its own.
pub async fn hash(password: &str) -> Result<String, Error> {
    let password = password.to_owned();
    in_turn(move || hash_now(&password)).await?
}

/// The same, blocking: for commands and tests.
pub fn hash_now(password: &str) -> Result<String, Error> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Error::broken(error.to_string()))
}

/// Whether the password is right. `None` stands for an account that does not exist or has no password.
pub async fn verify(password: &str, hash: Option<String>) -> Result<bool, Error> {
    let password = password.to_owned();
    in_turn(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let right = PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && right
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _turn = TURNS.acquire().await.map_err(Error::broken)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::broken)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn length_is_counted_in_characters() {
        assert!(check(&"ñ".repeat(MIN)).is_ok() && check(&"ñ".repeat(MAX)).is_ok());
        assert!(check(&"ñ".repeat(MIN - 1)).is_err() && check(&"ñ".repeat(MAX + 1)).is_err() && check("").is_err());
    }

    #[test]
    fn a_hash_is_salted_argon2id_as_owasp_asks() {
        let (one, two) = (hash_now("the same words").unwrap(), hash_now("the same words").unwrap());
        assert_ne!(one, two);
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
    }

    #[tokio::test]
    async fn only_the_right_password_of_somebody_is_right() {
        let hash = hash_now("the right words").unwrap();
        assert!(verify("the right words", Some(hash.clone())).await.unwrap());
        for (password, hash) in
            [("the right word", Some(hash.clone())), ("", Some(hash)), ("nobody has this password", None), ("x", Some("no hash".into()))]
        {
            assert!(!verify(password, hash).await.unwrap(), "{password:?}");
        }
    }
}
