//! Every query about filters and the front porch.

use db::{Row, Tx, params};
use web::Error;

use super::{Act, Changes, Filter, FilterId, Kind, MOST, Porch, State};

const COLUMNS: &str = "select id, kind, pattern, folded, act, sentence from filters";

fn filter(row: &Row) -> Result<Filter, db::Error> {
    Ok(Filter {
        id: row.get(0)?,
        kind: Kind::named(row.text(1)?).unwrap_or(Kind::Words),
        pattern: row.get(2)?,
        folded: row.get(3)?,
        act: Act::named(row.text(4)?).unwrap_or(Act::Nudge),
        sentence: row.get(5)?,
    })
}

/// All filters, in the order of what they look for.
///
/// # Errors
/// When the database does not answer.
pub fn all(tx: &mut Tx) -> Result<Vec<Filter>, db::Error> {
    tx.all(&format!("{COLUMNS} order by kind desc, folded, id"), params![], filter)
}

/// One of them.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(tx: &mut Tx, id: FilterId) -> Result<Filter, Error> {
    tx.first(&format!("{COLUMNS} where id = $1"), params![id], filter)?.ok_or(Error::NotFound)
}

/// Adds one.
///
/// # Errors
/// `Conflict` when there are too many, `Invalid` when there is one for the same.
pub fn add(tx: &mut Tx, changes: &Changes, now: i64) -> Result<FilterId, Error> {
    if tx.one("select count(*) from filters", params![], |row| row.get::<i64>(0))? >= MOST {
        return Err(Error::Conflict(format!("There are {MOST} filters, which is all there is room for. Remove one first.").into()));
    }
    let id = FilterId::fresh();
    let Changes { kind, pattern, folded, act, sentence } = changes;
    tx.run(
        "insert into filters (id, kind, pattern, folded, act, sentence, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        params![id, kind.name(), pattern, folded, act.name(), sentence, now],
    )
    .map_err(taken)?;
    Ok(id)
}

/// Changes one.
///
/// # Errors
/// `Invalid` when there is another for the same.
pub fn change(tx: &mut Tx, id: FilterId, changes: &Changes) -> Result<(), Error> {
    let Changes { kind, pattern, folded, act, sentence } = changes;
    tx.run(
        "update filters set kind = $2, pattern = $3, folded = $4, act = $5, sentence = $6 where id = $1",
        params![id, kind.name(), pattern, folded, act.name(), sentence],
    )
    .map_err(taken)?;
    Ok(())
}

fn taken(error: db::Error) -> Error {
    if error.violates("filters.folded") {
        return Error::invalid("pattern", "There is a filter for this already. Change that one.");
    }
    error.into()
}

/// Removes one.
///
/// # Errors
/// When the database does not answer.
pub fn remove(tx: &mut Tx, id: FilterId) -> Result<(), db::Error> {
    tx.run("delete from filters where id = $1", params![id]).map(drop)
}

/// The front porch.
///
/// # Errors
/// When the database does not answer.
pub fn porch(tx: &mut Tx) -> Result<Porch, db::Error> {
    tx.one("select state, posts, letter_hour from porch where one = 1", params![], |row| {
        Ok(Porch { state: State::named(row.text(0)?).unwrap_or_default(), posts: row.get(1)?, hour: row.get(2)? })
    })
}

/// Changes it. What appeared before every post was read stands in no letter.
///
/// # Errors
/// When the database does not answer.
pub fn set_porch(tx: &mut Tx, porch: Porch, now: i64) -> Result<(), db::Error> {
    tx.run(
        "update porch set state = $1, posts = $2, letter_hour = $3 where one = 1",
        params![porch.state.name(), porch.posts, porch.hour],
    )?;
    match porch.state {
        State::All => tx.run("update porch set since = coalesce(since, $1) where one = 1", params![now]).map(drop),
        State::Off | State::New => tx.run("update porch set since = null, letter_after = null where one = 1", params![]).map(drop),
    }
}
