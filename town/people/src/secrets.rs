//! Keys that the program makes for itself, one row each: every node of a site shares them through the database.
//!
//! They are in no export. A site that is read back from one makes new ones.

use aws_lc_rs::hmac;
use db::{Tx, params};

/// What is kept under this name; made when it is first asked for.
///
/// # Errors
/// When it cannot be made, or the database does not answer.
pub fn kept(tx: &mut Tx, name: &str, make: impl FnOnce() -> Result<Vec<u8>, web::Error>) -> Result<Vec<u8>, web::Error> {
    let sql = "select value from secrets where name = $1";
    if let Some(bytes) = tx.first(sql, params![name], |row| row.get(0))? {
        return Ok(bytes);
    }
    tx.run("insert into secrets (name, value) values ($1, $2) on conflict (name) do nothing", params![name, make()?])?;
    // Another node may have been faster.
    Ok(tx.one(sql, params![name], |row| row.get(0))?)
}

/// 256 random bits under this name; made when they are first asked for.
///
/// # Errors
/// When the database does not answer.
pub fn named(tx: &mut Tx, name: &str) -> Result<Vec<u8>, db::Error> {
    let sql = "select value from secrets where name = $1";
    if let Some(bytes) = tx.first(sql, params![name], |row| row.get(0))? {
        return Ok(bytes);
    }
    let fresh = web::token::digest(&web::token::fresh());
    tx.run("insert into secrets (name, value) values ($1, $2) on conflict (name) do nothing", params![name, fresh])?;
    // Another node may have been faster.
    tx.one(sql, params![name], |row| row.get(0))
}

/// A digest of words that nobody makes who has not the key under this name: HMAC-SHA-256 (RFC 2104), of which 64 bits are kept.
///
/// # Errors
/// When the database does not answer.
pub fn keyed(tx: &mut Tx, name: &str, words: &str) -> Result<i64, db::Error> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &named(tx, name)?);
    let signed = hmac::sign(&key, words.as_bytes());
    Ok(signed.as_ref().iter().take(8).fold(0, |digest, byte| (digest << 8) | i64::from(*byte)))
}
