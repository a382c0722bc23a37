//! Every query about bars.

use db::{Row, Tx, params};
use web::Error;

use super::{Bar, BarId, Changes, Kind, MOST};
use crate::{AccountId, accounts::Author};

const COLUMNS: &str = "select b.id, b.kind, b.value, b.reason, b.until_at, b.created_at, a.id, a.handle, a.name, a.picture
    from bars b left join accounts a on a.id = b.by_id";

fn bar(row: &Row) -> Result<Bar, db::Error> {
    let by = match row.get::<Option<AccountId>>(6)? {
        Some(id) => Some(Author { id, handle: row.get(7)?, name: row.get(8)?, picture: row.get(9)? }),
        None => None,
    };
    Ok(Bar {
        id: row.get(0)?,
        kind: Kind::named(row.text(1)?).unwrap_or(Kind::Email),
        value: row.get(2)?,
        reason: row.get(3)?,
        until: row.get(4)?,
        at: row.get(5)?,
        by,
    })
}

/// All bars, the latest first.
///
/// # Errors
/// When the database does not answer.
pub fn all(tx: &mut Tx) -> Result<Vec<Bar>, db::Error> {
    tx.all(&format!("{COLUMNS} order by b.created_at desc, b.id desc"), params![], bar)
}

/// One of them.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(tx: &mut Tx, id: BarId) -> Result<Bar, Error> {
    tx.first(&format!("{COLUMNS} where b.id = $1"), params![id], bar)?.ok_or(Error::NotFound)
}

/// Bars something. What was barred already is from now on barred as this says.
///
/// # Errors
/// `Conflict` when there are too many.
pub fn put(tx: &mut Tx, changes: &Changes, by: AccountId, now: i64) -> Result<(), Error> {
    if tx.one("select count(*) from bars", params![], |row| row.get::<i64>(0))? >= MOST {
        return Err(Error::Conflict(format!("There are {MOST} blocks, which is all there is room for. Lift one first.").into()));
    }
    let Changes { kind, value, reason, until } = changes;
    tx.run(
        "insert into bars (id, kind, value, reason, until_at, by_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (kind, value) do update set reason = excluded.reason, until_at = excluded.until_at, by_id = excluded.by_id,
           created_at = excluded.created_at",
        params![BarId::fresh(), kind.name(), value, reason, *until, by, now],
    )?;
    Ok(())
}

/// Lifts one.
///
/// # Errors
/// When the database does not answer.
pub fn lift(tx: &mut Tx, id: BarId) -> Result<(), db::Error> {
    tx.run("delete from bars where id = $1", params![id]).map(drop)
}

/// Forgets those whose time is over.
///
/// # Errors
/// When the database does not answer.
pub fn end_expired(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("delete from bars where until_at <= $1", params![now]).map(drop)
}
