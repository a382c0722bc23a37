//! Finding people by e-mail addresses that the finder knows. The addresses stay in the finder's browser: it sends digests,
//! salted for this site, and only of members who asked to be found are digests kept to compare them with.
//!
//! Whoever has the salt and much patience can try addresses that they guess. So a batch is small, batches are few
//! ([`crate::town::Limits::contacts`]), and nobody is found who did not ask for it.

use db::{Tx, params};

use crate::{AccountId, accounts::Author, blocks::where_no_block, safety::where_found};

/// Digests of one batch.
pub const MAX_BATCH: usize = 500;
const NAME: &str = "contacts";

/// The site's salt; made when it is first asked for. Public: every finder's browser needs it.
pub fn salt(tx: &mut Tx) -> Result<String, db::Error> {
    let sql = "select value from secrets where name = $1";
    if let Some(bytes) = tx.first(sql, params![NAME], |row| row.get::<Vec<u8>>(0))? {
        return Ok(web::token::hex(&bytes));
    }
    let fresh = &web::token::digest(&web::token::fresh())[..16];
    tx.run("insert into secrets (name, value) values ($1, $2) on conflict (name) do nothing", params![NAME, fresh])?;
    Ok(web::token::hex(&tx.one(sql, params![NAME], |row| row.get::<Vec<u8>>(0))?))
}

/// What a browser makes of an address: SHA-256 of the salt, a colon and the address in small letters.
pub fn digest(salt: &str, email: &str) -> Vec<u8> {
    web::token::digest(&format!("{salt}:{}", email.trim().to_lowercase()))
}

/// Reads digests as a browser sends them, 64 hexadecimal digits each, parted by anything else; those after [`MAX_BATCH`] are
/// left out.
pub fn parse(typed: &str) -> Vec<Vec<u8>> {
    let digests = typed.split(|character: char| !character.is_ascii_hexdigit()).filter(|part| part.len() == 64);
    let bytes = |hex: &str| (0..32).filter_map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()).collect::<Vec<u8>>();
    digests.take(MAX_BATCH).map(bytes).collect()
}

/// Keeps whoever wants to be found by their address findable by the one they have now.
pub fn address_changed(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    if crate::connections::choices(tx, account)?.by_email { be_found(tx, account, true) } else { Ok(()) }
}

/// Lets a member be found by their address, or no longer.
pub fn be_found(tx: &mut Tx, account: AccountId, found: bool) -> Result<(), db::Error> {
    let email = tx.one("select email from accounts where id = $1", params![account], |row| row.get::<Option<String>>(0))?;
    let digest = match email.filter(|_| found) {
        Some(email) => Some(digest(&salt(tx)?, &email)),
        None => None,
    };
    tx.run(
        "insert into connection_choices (account_id, shown_to, email_digest) values ($1, $2, $3)
         on conflict (account_id) do update set email_digest = excluded.email_digest",
        params![account, crate::connections::ShownTo::default().name(), digest.as_deref()],
    )?;
    Ok(())
}

/// The members who asked to be found and whose addresses these are, by handle; without those who are parted from the viewer by
/// a block, and without the viewer.
pub fn by_contacts(tx: &mut Tx, viewer: AccountId, digests: &[Vec<u8>]) -> Result<Vec<Author>, db::Error> {
    let salt = salt(tx)?;
    let sql = format!(
        "select a.id, a.handle, a.name, a.picture, a.email from connection_choices c join accounts a on a.id = c.account_id
         where c.email_digest = $2 and a.id <> $1 and a.suspended_at is null and a.standing = 'member' and {} and {}",
        where_no_block("$1", "a.id"),
        where_found("$1", "a")
    );
    let mut found = Vec::new();
    for wanted in digests.iter().take(MAX_BATCH) {
        let one = tx.first(&sql, params![viewer, wanted], |row| {
            let who = Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? };
            Ok((who, row.get::<Option<String>>(4)?))
        })?;
        // An address that was given up since finds nobody.
        let holds = |email: &Option<String>| email.as_deref().is_some_and(|email| digest(&salt, email) == *wanted);
        found.extend(one.filter(|(_, email)| holds(email)).map(|(who, _)| who));
    }
    found.sort_by(|one, other| one.handle.cmp(&other.handle));
    found.dedup();
    Ok(found)
}
