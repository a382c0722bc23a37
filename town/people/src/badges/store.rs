//! Every query about badges.

use db::{Row, Tx, params};
use std::collections::HashMap;

use super::{Badge, BadgeId, Looks};
use crate::{AccountId, accounts::Author};

const BADGE: &str = "select b.id, b.name, b.meaning, b.icon, b.colour";

fn badge(row: &Row) -> Result<Badge, db::Error> {
    Ok(Badge { id: row.get(0)?, looks: Looks { name: row.get(1)?, meaning: row.get(2)?, icon: row.get(3)?, colour: row.get(4)? } })
}

/// All badges, in order.
pub fn all(tx: &mut Tx) -> Result<Vec<Badge>, db::Error> {
    tx.all(&format!("{BADGE} from badges b order by b.position, b.id"), params![], badge)
}

/// One badge.
pub fn find(tx: &mut Tx, id: BadgeId) -> Result<Option<Badge>, db::Error> {
    tx.first(&format!("{BADGE} from badges b where b.id = $1"), params![id], badge)
}

/// Makes one, after all others. A name that there is already is a uniqueness error on `badges.name_key`.
pub fn insert(tx: &mut Tx, looks: &Looks, now: i64) -> Result<BadgeId, db::Error> {
    let id = BadgeId::fresh();
    let last: i64 = tx.one("select coalesce(max(position), 0) from badges", params![], |row| row.get(0))?;
    tx.run(
        "insert into badges (id, name, name_key, meaning, icon, colour, position, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, &looks.name, text::fold(&looks.name).as_str(), &looks.meaning, &looks.icon, &looks.colour, last + 1, now],
    )?;
    Ok(id)
}

/// Changes one.
///
/// # Errors
/// As [`insert`].
pub fn change(tx: &mut Tx, id: BadgeId, looks: &Looks) -> Result<(), db::Error> {
    tx.run(
        "update badges set name = $2, name_key = $3, meaning = $4, icon = $5, colour = $6 where id = $1",
        params![id, &looks.name, text::fold(&looks.name).as_str(), &looks.meaning, &looks.icon, &looks.colour],
    )?;
    Ok(())
}

/// Puts a badge before the one above it.
pub fn swap(tx: &mut Tx, id: BadgeId) -> Result<(), db::Error> {
    let mut order: Vec<BadgeId> = all(tx)?.iter().map(|badge| badge.id).collect();
    if let Some(at) = order.iter().position(|other| *other == id).filter(|at| *at > 0) {
        order.swap(at, at - 1);
    }
    for (position, id) in order.iter().enumerate() {
        tx.run("update badges set position = $2 where id = $1", params![*id, position])?;
    }
    Ok(())
}

/// Removes one, from everybody who has it.
pub fn remove(tx: &mut Tx, id: BadgeId) -> Result<bool, db::Error> {
    Ok(tx.run("delete from badges where id = $1", params![id])? > 0)
}

/// Gives it to somebody; `false` when they have it already.
pub fn give(tx: &mut Tx, to: AccountId, badge: BadgeId, by: Option<AccountId>, now: i64) -> Result<bool, db::Error> {
    let new = tx.run(
        "insert into account_badges (account_id, badge_id, given_by, created_at) values ($1, $2, $3, $4) on conflict (account_id, badge_id) do nothing",
        params![to, badge, by, now],
    )?;
    Ok(new > 0)
}

/// Takes it from somebody; `false` when they do not have it.
pub fn take(tx: &mut Tx, from: AccountId, badge: BadgeId) -> Result<bool, db::Error> {
    Ok(tx.run("delete from account_badges where account_id = $1 and badge_id = $2", params![from, badge])? > 0)
}

/// The badges of one account.
pub fn of(tx: &mut Tx, account: AccountId) -> Result<Vec<Badge>, db::Error> {
    Ok(held(tx, &[account])?.remove(&account).unwrap_or_default())
}

/// The badges of each of these accounts that has any.
pub fn held(tx: &mut Tx, accounts: &[AccountId]) -> Result<HashMap<AccountId, Vec<Badge>>, db::Error> {
    let mut held: HashMap<AccountId, Vec<Badge>> = HashMap::new();
    if accounts.is_empty() {
        return Ok(held);
    }
    let sql = format!(
        "{BADGE}, h.account_id from account_badges h join badges b on b.id = h.badge_id
         where h.account_id in ({}) order by h.account_id, b.position, b.id",
        db::places(1, accounts.len())
    );
    tx.all(&sql, &db::padded(accounts), |row| {
        held.entry(row.get(5)?).or_default().push(badge(row)?);
        Ok(())
    })?;
    Ok(held)
}

/// Somebody who has a badge.
#[derive(Clone, Debug)]
pub struct Held {
    /// Who.
    pub author: Author,
    /// Since when.
    pub since: i64,
}

/// Who has a badge, the latest first, after an account.
pub fn holders(tx: &mut Tx, badge: BadgeId, before: Option<AccountId>, limit: u32) -> Result<Vec<Held>, db::Error> {
    tx.all(
        "select a.id, a.handle, a.name, a.picture, h.created_at from account_badges h join accounts a on a.id = h.account_id
         where h.badge_id = $1 and h.account_id < $2 order by h.account_id desc limit $3",
        params![badge, before.map_or(i64::MAX, AccountId::get), limit],
        |row| {
            let author = Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? };
            Ok(Held { author, since: row.get(4)? })
        },
    )
}
