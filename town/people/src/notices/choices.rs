//! How members want to hear of what.

use db::{Tx, params};
use std::collections::HashMap;

use super::{Email, Kind, Ways};
use crate::AccountId;

/// What a member chose, by the names of kinds. What is not in it is as usual.
pub fn choices(tx: &mut Tx, account: AccountId) -> Result<HashMap<String, Ways>, db::Error> {
    let found = tx.all("select kind, site, email, push from notice_choices where account_id = $1", params![account], |row| {
        let ways = Ways { site: row.get::<i64>(1)? == 1, email: Email::named(row.text(2)?), push: row.get::<i64>(3)? == 1 };
        Ok((row.get(0)?, ways))
    })?;
    Ok(found.into_iter().collect())
}

/// A member hears of a kind by these ways from now on.
pub fn choose(tx: &mut Tx, account: AccountId, kind: &str, ways: Ways) -> Result<(), db::Error> {
    tx.run(
        "insert into notice_choices (account_id, kind, site, email, push) values ($1, $2, $3, $4, $5)
         on conflict (account_id, kind) do update set site = excluded.site, email = excluded.email, push = excluded.push",
        params![account, kind, i64::from(ways.site), ways.email.name(), i64::from(ways.push)],
    )?;
    Ok(())
}

/// A member gets no more letters about these kinds that come so often; the other ways stay as they are.
pub fn no_letters(tx: &mut Tx, account: AccountId, kinds: &[&Kind], so_often: Email) -> Result<(), db::Error> {
    let chosen = choices(tx, account)?;
    for kind in kinds {
        let ways = chosen.get(kind.name).copied().unwrap_or(kind.usual);
        if ways.email == so_often {
            choose(tx, account, kind.name, Ways { email: Email::Never, ..ways })?;
        }
    }
    Ok(())
}
