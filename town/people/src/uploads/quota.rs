//! How much room somebody's files may take up: a limit of their level.

use db::{Tx, params};
use web::Error;

use crate::{AccountId, Town, levels::Limit};

const MEGABYTE: i64 = 1_000_000;

/// Bytes of the pictures and recordings that somebody brought, and the level that says how many they may be.
fn taken_up(tx: &mut Tx, owner: AccountId) -> Result<(i64, String), db::Error> {
    let level = tx.first("select level from accounts where id = $1", params![owner], |row| row.get(0))?.unwrap_or_default();
    let mut bytes = 0;
    for table in ["pictures", "recordings"] {
        let sql = format!("select cast(coalesce(sum(bytes), 0) as bigint) from {table} where account_id = $1");
        bytes += tx.one(&sql, params![owner], |row| row.get::<i64>(0))?;
    }
    Ok((bytes, level))
}

/// Whether a file of so many bytes has room beside what somebody has here already.
///
/// # Errors
/// `TooLarge` with words for those whose level has no room for it.
pub(crate) async fn must_fit(town: &Town, owner: AccountId, size: u64) -> Result<(), Error> {
    let levels = town.levels();
    if levels.all().iter().all(|level| level.limits.of(Limit::Megabytes).is_none()) {
        return Ok(());
    }
    let (there, level) = town.db.read(move |tx| taken_up(tx, owner)).await?;
    let Some(most) = levels.limits(&level).of(Limit::Megabytes) else { return Ok(()) };
    if there.saturating_add(i64::try_from(size).unwrap_or(i64::MAX)) <= most.saturating_mul(MEGABYTE) {
        return Ok(());
    }
    let words = format!(
        "Your files take up {} of the {} MB that your level has, and this one has {} MB. Choose a smaller one, or delete some of yours: \
         their room is free a week later.",
        text::grouped(there / MEGABYTE),
        text::grouped(most),
        text::grouped(i64::try_from(size.div_ceil(1_000_000)).unwrap_or(i64::MAX))
    );
    Err(Error::TooLarge(words.into()))
}

/// How many megabytes of somebody's are here, rounded up.
///
/// # Errors
/// When the database does not answer.
pub fn megabytes(tx: &mut Tx, owner: AccountId) -> Result<i64, db::Error> {
    Ok((taken_up(tx, owner)?.0 + MEGABYTE - 1) / MEGABYTE)
}
