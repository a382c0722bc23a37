//! Migrations: texts embedded in the program, applied once each, in order, under a lock.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hasher;

use crate::id::now_ms;
use crate::{Db, Dialect, Error, Kind, Tx, params};

/// One step in the history of the tables. Once released it is never edited; the next step is a new one.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its name, ordered: `0001_people`.
    pub name: &'static str,
    /// Its statements for SQLite, separated by semicolons.
    pub sqlite: &'static str,
    /// Its statements for PostgreSQL; mostly the same text.
    pub postgres: &'static str,
}

const TABLE: &str = "create table if not exists migrations (
    name text not null primary key,
    checksum text not null,
    applied_at bigint not null
)";

pub(crate) fn apply(db: &Db, migrations: &[Migration]) -> Result<usize, Error> {
    ordered(migrations)?;
    let applied = db.migrate_now(|tx| {
        tx.script(TABLE)?;
        history(tx)
    })?;
    refuse_newer(&applied, migrations)?;
    let mut count = 0;
    for migration in migrations {
        let migration = *migration;
        if step(db, migration)? {
            count += 1;
        }
    }
    Ok(count)
}

fn ordered(migrations: &[Migration]) -> Result<(), Error> {
    match migrations.windows(2).find(|pair| pair[0].name >= pair[1].name) {
        Some(pair) => Err(Error::other(format!(
            "migrations must be listed in the order of their names: {} stands before {}",
            pair[0].name, pair[1].name
        ))),
        None => Ok(()),
    }
}

type History = HashMap<String, String>;

fn history(tx: &mut Tx<'_>) -> Result<History, Error> {
    let rows = tx.all("select name, checksum from migrations", params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

fn refuse_newer(applied: &History, migrations: &[Migration]) -> Result<(), Error> {
    let unknown = applied.keys().filter(|name| migrations.iter().all(|known| known.name != *name));
    let Some(found) = unknown.max().cloned() else {
        return Ok(());
    };
    let known = migrations.last().map_or("", |last| last.name).to_owned();
    let message = format!(
        "the database is newer than this program: it holds the migration {found}, and the newest that \
         this program knows is {}. Install the newer program again, or restore a backup made before",
        if known.is_empty() { "none" } else { &known }
    );
    Err(Error::new(Kind::Newer { found, known }, message))
}

/// Applies one migration unless another program has just done so; true when it was applied.
fn step(db: &Db, migration: Migration) -> Result<bool, Error> {
    let result = db.migrate_now(move |tx| {
        let text = match tx.dialect() {
            Dialect::Sqlite => migration.sqlite,
            Dialect::Postgres => migration.postgres,
        };
        let sum = checksum(text);
        match history(tx)?.get(migration.name) {
            Some(applied) if *applied == sum => return Ok(false),
            Some(_) => return Err(changed(migration.name)),
            None => {}
        }
        tx.script(&in_dialect(text, tx.dialect()))?;
        tx.run("insert into migrations (name, checksum, applied_at) values ($1, $2, $3)", params![migration.name, sum, now_ms()])?;
        Ok(true)
    });
    result.map_err(|error| {
        let message = format!("migration {}: {error}", migration.name);
        Error::caused(error.kind(), message, error)
    })
}

/// SQLite finds a row by its number in one look-up, not two, but only if the key is spelled `integer`, which holds
/// 64 bits there. Rows with a key of several columns stand in that key's own order only where it is asked for. The checksum
/// is that of the text as written.
fn in_dialect(text: &str, dialect: Dialect) -> Cow<'_, str> {
    if dialect == Dialect::Postgres {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut by_several = false;
    for line in text.lines() {
        written.push_str(if by_several && line == ");" { ") without rowid;" } else { line });
        written.push('\n');
        by_several = line.trim_start().starts_with("primary key (");
    }
    Cow::Owned(written.replace("bigint primary key", "integer primary key").replace("bigint not null primary key", "integer primary key"))
}

fn changed(name: &str) -> Error {
    Error::other(format!(
        "{name} was changed after it had been applied to this database. Put its text back as it was, and \
         write what is new as the next migration"
    ))
}

/// FNV-1a, stable for ever. It notices an edit by mistake; it is no defence against a forger, who
/// could change the table as well. Line ends do not count, because checkouts differ in them.
fn checksum(text: &str) -> String {
    struct Fnv(u64);
    impl Hasher for Fnv {
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes.iter().filter(|byte| **byte != b'\r') {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        fn finish(&self) -> u64 {
            self.0
        }
    }
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.write(text.as_bytes());
    format!("{:016x}", hash.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_laid_out_as_sqlite_reads_them_best() {
        let text = "create table a (\n  id bigint primary key\n);\ncreate table b (\n  x bigint not null,\n  primary key (x, y)\n);\n";
        let laid_out = "create table a (\n  id integer primary key\n);\ncreate table b (\n  x bigint not null,\n  primary key (x, y)\n) without rowid;\n";
        assert_eq!(in_dialect(text, Dialect::Sqlite), laid_out);
        assert_eq!(in_dialect(text, Dialect::Postgres), text);
    }
}
