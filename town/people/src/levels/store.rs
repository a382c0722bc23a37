//! Every query about levels.

use db::{Tx, params};
use std::collections::HashMap;

use super::{Conditions, GUEST, Level, Levels, Limit, Limits, Permission, Permissions};
use crate::AccountId;

/// Reads the table.
pub fn all(tx: &mut Tx) -> Result<Levels, db::Error> {
    let granted =
        tx.all("select level, permission from level_permissions", params![], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    let mut by_level: HashMap<String, Permissions> = HashMap::new();
    for (level, permission) in granted {
        // A permission of a newer program means nothing here and grants nothing.
        if let Some(permission) = Permission::by_name(&permission) {
            by_level.entry(level).or_default().add(permission);
        }
    }
    let mut limits: HashMap<String, Limits> = HashMap::new();
    tx.all("select level, name, most from level_limits", params![], |row| {
        if let Some(limit) = Limit::by_name(row.text(1)?) {
            limits.entry(row.get(0)?).or_default().set(limit, Some(row.get(2)?));
        }
        Ok(())
    })?;
    let sql =
        "select name, title, rank, from_level, needs_days, needs_posts, needs_quiet_days, needs_email from levels order by rank, name";
    let levels = tx.all(sql, params![], |row| {
        let name: String = row.get(0)?;
        let conditions = match row.get::<Option<String>>(3)? {
            Some(from) => Some(Conditions { from, days: row.get(4)?, posts: row.get(5)?, quiet_days: row.get(6)?, email: row.get(7)? }),
            None => None,
        };
        let permissions = by_level.get(&name).copied().unwrap_or_default();
        let limits = limits.get(&name).copied().unwrap_or_default();
        Ok(Level { title: row.get(1)?, rank: row.get(2)?, permissions, limits, conditions, name })
    })?;
    Ok(Levels(levels))
}

/// Sets what a level may do.
pub fn grant(tx: &mut Tx, level: &str, permissions: &[Permission]) -> Result<(), db::Error> {
    tx.run("delete from level_permissions where level = $1", params![level])?;
    for permission in permissions {
        tx.run(
            "insert into level_permissions (level, permission) values ($1, $2) on conflict (level, permission) do nothing",
            params![level, permission.name()],
        )?;
    }
    Ok(())
}

/// Sets how much of everything a level allows.
pub fn limit(tx: &mut Tx, level: &str, limits: Limits) -> Result<(), db::Error> {
    tx.run("delete from level_limits where level = $1", params![level])?;
    for (limit, most) in limits.iter() {
        tx.run("insert into level_limits (level, name, most) values ($1, $2, $3)", params![level, limit.name(), most])?;
    }
    Ok(())
}

/// Makes a level. A name that there is already is a uniqueness error.
pub fn add(tx: &mut Tx, name: &str, title: &str, rank: i64) -> Result<(), db::Error> {
    tx.run("insert into levels (name, title, rank) values ($1, $2, $3)", params![name, title, rank])?;
    Ok(())
}

/// Changes a level's title, its place, and how somebody comes to it.
pub fn save(tx: &mut Tx, name: &str, title: &str, rank: i64, conditions: Option<&Conditions>) -> Result<(), db::Error> {
    let none = Conditions::default();
    let of = conditions.unwrap_or(&none);
    tx.run(
        "update levels set title = $2, rank = $3, from_level = $4, needs_days = $5, needs_posts = $6, needs_quiet_days = $7, needs_email = $8
         where name = $1",
        params![name, title, rank, conditions.map(|of| of.from.as_str()), of.days, of.posts, of.quiet_days, i64::from(of.email)],
    )?;
    Ok(())
}

/// Moves some members of one level to another, those after an id; answers the last of them while there may be more. A level may
/// have a hundred thousand, and whoever writes meanwhile must not wait for all of them.
pub fn move_members(tx: &mut Tx, from: &str, to: &str, now: i64, limit: u32) -> Result<Vec<AccountId>, db::Error> {
    let some: Vec<AccountId> =
        tx.all("select id from accounts where level = $1 order by id limit $2", params![from, limit], |row| row.get(0))?;
    if let Some(last) = some.last() {
        tx.run("update accounts set level = $2, updated_at = $3 where level = $1 and id <= $4", params![from, to, now, *last])?;
    }
    Ok(some)
}

/// Removes a level that nobody is at; `false` while somebody is.
pub fn remove(tx: &mut Tx, name: &str) -> Result<bool, db::Error> {
    let gone = tx.run("delete from levels where name = $1 and not exists (select 1 from accounts where level = $1)", params![name])?;
    Ok(gone > 0)
}

/// Gives levels what this program gives them by itself, of permissions that whoever wrote the table did not know: an export of
/// an older program. As migrations did for sites that were there.
pub fn usual(tx: &mut Tx, unknown: &[Permission]) -> Result<(), db::Error> {
    for permission in unknown {
        let sql = match permission {
            Permission::React
            | Permission::WriteNotes
            | Permission::WriteComments
            | Permission::WriteReviews
            | Permission::FoundOrganizations => {
                "insert into level_permissions (level, permission) select name, $1 from levels where name <> $2"
            }
            Permission::WelcomePeople | Permission::ModerateNotes => {
                "insert into level_permissions (level, permission)
                 select distinct level, $1 from level_permissions where permission in ('people.manage', 'stories.edit') and level <> $2"
            }
            Permission::Moderate => {
                "insert into level_permissions (level, permission)
                 select name, $1 from levels l where name <> $2 and (name = 'moderator'
                   or exists (select 1 from level_permissions p where p.level = l.name and p.permission = 'people.manage'))"
            }
            Permission::GiveBadges => {
                "insert into level_permissions (level, permission)
                 select level, $1 from level_permissions where permission = 'people.manage' and level <> $2"
            }
            // These every program knew.
            _ => continue,
        };
        tx.run(&format!("{sql} on conflict (level, permission) do nothing"), params![permission.name(), GUEST])?;
    }
    Ok(())
}
