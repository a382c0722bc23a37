//! Levels: what somebody may do, as a table that the site edits.
//!
//! Rooms ask `viewer.may(Permission::…)`; nobody compares the names of levels. Guests have a level too. The whole
//! table is a few dozen rows and is kept in memory with the site.

use db::{Tx, params};
use std::collections::HashMap;

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Permission {
    /// Write stories and work on one's own.
    WriteStories,
    /// Publish one's own stories, unless the site asks for review first.
    PublishStories,
    /// Edit, publish, correct and remove anybody's stories.
    EditStories,
    /// Change sections.
    EditSections,
    /// Arrange the front page.
    ArrangeFront,
    /// Invite people to the staff, set levels, suspend.
    ManagePeople,
    /// Change the site's identity and rules.
    ManageSite,
}

impl Permission {
    /// All of them, in the order the desk shows them.
    pub const ALL: [Self; 7] = [
        Self::WriteStories,
        Self::PublishStories,
        Self::EditStories,
        Self::EditSections,
        Self::ArrangeFront,
        Self::ManagePeople,
        Self::ManageSite,
    ];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::WriteStories => "stories.write",
            Self::PublishStories => "stories.publish",
            Self::EditStories => "stories.edit",
            Self::EditSections => "sections.edit",
            Self::ArrangeFront => "front.arrange",
            Self::ManagePeople => "people.manage",
            Self::ManageSite => "site.manage",
        }
    }

    /// What it means, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::WriteStories => "Write stories",
            Self::PublishStories => "Publish their own stories",
            Self::EditStories => "Edit, publish and remove anybody’s stories",
            Self::EditSections => "Change sections",
            Self::ArrangeFront => "Arrange the front page",
            Self::ManagePeople => "Manage people",
            Self::ManageSite => "Change the site’s settings",
        }
    }

    fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.name() == name)
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    /// Whether this is among them.
    pub fn has(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u8) != 0
    }

    fn add(&mut self, permission: Permission) {
        self.0 |= 1 << permission as u8;
    }
}

/// One level.
#[derive(Clone, Debug)]
pub struct Level {
    /// Its name in tables.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Higher may more; only for the order of lists.
    pub rank: i64,
    /// What it may do.
    pub permissions: Permissions,
}

/// The whole table, lowest rank first.
#[derive(Clone, Debug, Default)]
pub struct Levels(Vec<Level>);

impl Levels {
    /// All levels.
    pub fn all(&self) -> &[Level] {
        &self.0
    }

    /// One level.
    pub fn named(&self, name: &str) -> Option<&Level> {
        self.0.iter().find(|level| level.name == name)
    }

    /// What a level may do; nothing when there is no such level.
    pub fn permissions(&self, name: &str) -> Permissions {
        self.named(name).map(|level| level.permissions).unwrap_or_default()
    }
}

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
    let levels = tx.all("select name, title, rank from levels order by rank, name", params![], |row| {
        let name: String = row.get(0)?;
        let permissions = by_level.get(&name).copied().unwrap_or_default();
        Ok(Level { name, title: row.get(1)?, rank: row.get(2)?, permissions })
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

#[cfg(test)]
mod tests;
