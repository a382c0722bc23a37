//! Who may change whom.

use db::{Tx, params};
use people::{
    Permission, Viewer,
    accounts::Account,
    levels::{Level, Levels},
};
use web::{Error, Problems};

/// Checks, after a change and in its transaction, that somebody can still manage people and the site.
///
/// # Errors
/// `Invalid` on `field` when nobody can, which undoes the change.
pub fn somebody_manages(tx: &mut Tx, field: &'static str) -> Result<(), Error> {
    for permission in [Permission::ManagePeople, Permission::ManageSite] {
        let somebody = tx.first(
            "select 1 from accounts a join level_permissions p on p.level = a.level
             where p.permission = $1 and a.suspended_at is null and a.kind = 'person' limit 1",
            params![permission.name()],
            |row| row.get::<i64>(0),
        )?;
        if somebody.is_none() {
            let words =
                format!("Nobody would be left who can do this: {}. Give it to somebody else first.", permission.words().to_lowercase());
            return Err(Error::invalid(field, words));
        }
    }
    Ok(())
}

/// Whether everything a level may do, this viewer may too: otherwise they could give themselves anything.
pub(super) fn may_give(viewer: &Viewer, level: &Level) -> bool {
    Permission::of_staff().all(|permission| viewer.may(permission) || !level.permissions.has(permission))
}

/// The levels that a viewer may give.
pub(super) fn levels_to_give<'a>(viewer: &Viewer, levels: &'a Levels) -> Vec<&'a Level> {
    levels.all().iter().filter(|level| level.name != "guest" && may_give(viewer, level)).collect()
}

/// Changing this account, or words that say why not.
pub(super) fn must_change(viewer: &Viewer, levels: &Levels, account: &Account) -> Result<(), Error> {
    viewer.must(Permission::ManagePeople)?;
    match levels.named(&account.level) {
        Some(level) if !may_give(viewer, level) => {
            Err(Error::Forbidden("This account may do more than yours, so only somebody of its level can change it.".into()))
        }
        _ => Ok(()),
    }
}

/// That this account is somebody's who signs in: not an organization, which several members run.
pub(super) fn must_be_somebody(account: &Account) -> Result<(), Error> {
    if account.is_organization {
        let words = "Nobody signs in as an organization. Its owners run it; at “Organizations” on the desk you can appoint one.";
        return Err(Error::Conflict(words.into()));
    }
    Ok(())
}

/// A level that was chosen, if this viewer may give it.
pub(super) fn chosen_level(viewer: &Viewer, levels: &Levels, name: &str, problems: &mut Problems) -> String {
    if !levels_to_give(viewer, levels).iter().any(|level| level.name == name) {
        problems.add("level", "Choose one of the levels in the list.");
    }
    name.to_owned()
}
