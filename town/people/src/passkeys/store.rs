//! Every query about passkeys.

use db::{Row, Tx, params};
use passki::StoredPasskey;

use super::{MAX, Passkey, PasskeyId};
use crate::AccountId;

/// A passkey with what is needed to check a signature of it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub id: PasskeyId,
    pub account: AccountId,
    pub user_handle: Vec<u8>,
    pub stored: StoredPasskey,
}

/// A passkey that was just made.
#[derive(Clone, Debug)]
pub(super) struct NewPasskey {
    pub account: AccountId,
    pub user_handle: Vec<u8>,
    pub stored: StoredPasskey,
    pub name: String,
}

/// Those of an account, the oldest first.
pub(super) fn all_of(tx: &mut Tx, account: AccountId) -> Result<Vec<Passkey>, db::Error> {
    tx.all("select id, name, created_at, used_at from passkeys where account_id = $1 order by id limit $2", params![account, MAX], |row| {
        Ok(Passkey { id: row.get(0)?, name: row.get(1)?, created_at: row.get(2)?, used_at: row.get(3)? })
    })
}

/// How many an account has.
pub fn count_of(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    tx.one("select count(*) from passkeys where account_id = $1", params![account], |row| row.get(0))
}

const COLUMNS: &str = "p.id, p.account_id, p.user_handle, p.credential, p.public_key, p.algorithm, p.counter";

fn known(row: &Row) -> Result<Known, db::Error> {
    let mut stored = StoredPasskey::default();
    stored.credential_id = row.get(3)?;
    stored.public_key = row.get(4)?;
    stored.algorithm = row.get(5)?;
    stored.counter = row.get(6)?;
    Ok(Known { id: row.get(0)?, account: row.get(1)?, user_handle: row.get(2)?, stored })
}

/// The same with their keys.
pub(super) fn known_of(tx: &mut Tx, account: AccountId) -> Result<Vec<Known>, db::Error> {
    tx.all(&format!("select {COLUMNS} from passkeys p where p.account_id = $1 order by p.id limit $2"), params![account, MAX], known)
}

/// The passkey that a device names, of somebody who may sign in: whoever is about to leave may, to stay after all.
pub(super) fn by_credential(tx: &mut Tx, credential: &[u8]) -> Result<Option<Known>, db::Error> {
    tx.first(
        &format!(
            "select {COLUMNS} from passkeys p join accounts a on a.id = p.account_id
             where p.credential = $1 and a.suspended_at is null and a.standing <> 'gone'"
        ),
        params![credential],
        known,
    )
}

/// Adds one. A credential that is known already, whoever's it is, is a uniqueness error on `passkeys.credential`.
pub(super) fn insert(tx: &mut Tx, new: &NewPasskey, now: i64) -> Result<PasskeyId, db::Error> {
    let id = PasskeyId::fresh();
    let stored = &new.stored;
    tx.run(
        "insert into passkeys (id, account_id, user_handle, credential, public_key, algorithm, counter, name, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![id, new.account, new.user_handle, stored.credential_id, stored.public_key, stored.algorithm, stored.counter, new.name, now],
    )?;
    Ok(id)
}

/// Notes that one signed in. `false` when it was used or removed while its signature was checked.
pub(super) fn used(tx: &mut Tx, known: &Known, counter: u32, now: i64) -> Result<bool, db::Error> {
    let sql = "update passkeys set counter = $3, used_at = $4 where id = $1 and counter = $2";
    Ok(tx.run(sql, params![known.id, known.stored.counter, counter, now])? > 0)
}

/// Removes one of an account; its name.
pub(super) fn remove(tx: &mut Tx, account: AccountId, id: PasskeyId) -> Result<Option<String>, db::Error> {
    tx.first("delete from passkeys where id = $1 and account_id = $2 returning name", params![id, account], |row| row.get(0))
}
