//! A seeded town: filled once through the database layer, kept, and opened again by later runs.

mod fill;
mod people_rows;
mod pool;
mod rows;
mod stories;
mod ties;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
};

use crate::load::Paths;

pub use ties::READERS;

/// Raise it when seeding changes: older towns are made again.
const VERSION: u32 = 5;
/// Everyone.
pub const ACCOUNTS: usize = 100_000;
/// Those who may write.
pub const WRITERS: usize = 5_000;
/// Those among them who wrote what is published.
pub const AUTHORS: usize = 500;
/// One draft each for the first of those who may write.
pub const DRAFTS: usize = 4_000;

/// The program's own name for its database in its data folder.
pub const FILE: &str = "ocotillo.db";

/// A seeded town on the disk.
pub struct Town {
    /// How many stories it was seeded with.
    pub size: usize,
    /// Where it lies.
    pub folder: PathBuf,
}

/// What a town was seeded with.
#[derive(Serialize, Deserialize, PartialEq)]
struct Mark {
    version: u32,
    size: usize,
    schema: u64,
}

/// A town with so many stories: one from an earlier run if it still fits, else a new one.
pub fn town(keep: &Path, size: usize) -> Result<Town> {
    let town = Town { size, folder: keep.join(format!("town-{size}")) };
    let mark = Mark { version: VERSION, size, schema: schema() };
    if town.fits(&mark) {
        return Ok(town);
    }
    if town.folder.exists() {
        fs::remove_dir_all(&town.folder)?;
    }
    fs::create_dir_all(&town.folder).with_context(|| format!("cannot make {}", town.folder.display()))?;
    fill::fill(&town)?;
    fs::write(town.folder.join("seeded.json"), serde_json::to_string(&mark)?)?;
    Ok(town)
}

/// The database of the town in this folder.
pub fn url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join(FILE).display())
}

/// The migrations, as one number.
fn schema() -> u64 {
    let mut hasher = DefaultHasher::new();
    for migration in people::schema::MIGRATIONS {
        (migration.name, migration.sqlite).hash(&mut hasher);
    }
    hasher.finish()
}

impl Town {
    /// Its database, with the patience to read a million addresses off a cold disk.
    pub fn open(&self) -> Result<db::Db> {
        let options = db::Options { statement_timeout: std::time::Duration::from_secs(300), ..db::Options::default() };
        Ok(db::Db::open(&url(&self.folder), options)?)
    }

    /// Reads its file once, so that rounds measure the program and not how fast a cold disk fills the system's cache.
    pub fn warm(&self) -> Result<()> {
        std::io::copy(&mut fs::File::open(self.folder.join(FILE))?, &mut std::io::sink())?;
        Ok(())
    }

    /// Whether what lies on the disk can be measured again. Runs publish stories; past a twentieth more it is another size.
    fn fits(&self, mark: &Mark) -> bool {
        let read = || -> Result<bool> {
            let found: Mark = serde_json::from_slice(&fs::read(self.folder.join("seeded.json"))?)?;
            if found != *mark {
                return Ok(false);
            }
            let db = self.open()?;
            let ceiling = (self.size + self.size / 20) as i64;
            let count: i64 = db
                .read_now(move |tx| {
                    tx.one("select count(*) from (select 1 as one from stories limit $1) found", db::params![ceiling + 1], |row| row.get(0))
                })
                .map_err(|error: db::Error| error)?;
            db.close();
            Ok(count <= ceiling)
        };
        read().unwrap_or(false)
    }

    /// Addresses of its newest stories.
    pub fn newest(&self, limit: usize) -> Result<Paths> {
        let db = self.open()?;
        let found = db.read_now(move |tx| {
            let mut paths = Paths::default();
            let sql = "select id, slug from stories where listed_at is not null order by listed_at desc, id desc limit $1";
            tx.all(sql, db::params![limit as i64], |row| {
                paths.push(&things::stories::address(talk::PostId::new(row.get(0)?), row.text(1)?));
                Ok(())
            })?;
            Ok::<_, db::Error>(paths)
        })?;
        db.close();
        Ok(found)
    }

    /// Opens a session for each of so many accounts, beginning with this one. Those of earlier runs end.
    pub fn sessions(&self, first: usize, count: usize) -> Result<Vec<String>> {
        let db = self.open()?;
        let now = now();
        let tokens = db.write_now(move |tx| {
            tx.run("delete from sessions where created_at < $1", db::params![now - 3_600_000])?;
            let open = |number| people::sign_in::open(tx, rows::account(number), "Bench", now);
            (first..first + count).map(open).collect::<Result<Vec<_>, db::Error>>()
        })?;
        db.close();
        Ok(tokens)
    }

    /// The drafts: number and version, each by the writer of the same place.
    pub fn drafts(&self) -> Result<Vec<(i64, i64)>> {
        let db = self.open()?;
        let found = db
            .read_now(|tx| {
                let sql = "select story_id, version from drafts where story_id >= $1 and story_id < $2 order by story_id";
                let (first, end) = (rows::draft(0).get(), rows::draft(DRAFTS).get());
                tx.all(sql, db::params![first, end], |row| Ok((row.get(0)?, row.get(1)?)))
            })
            .map_err(|error: db::Error| error)?;
        db.close();
        Ok(found)
    }

    /// A section at the top with much in it: number and address.
    pub fn section(&self) -> (i64, String) {
        (rows::section(0).get(), "/sections/section-0".to_owned())
    }
}

/// Names of places that stories are from.
pub fn places() -> Vec<String> {
    (0..pool::PLACES).map(pool::place).collect()
}

/// Somebody who writes.
pub fn author() -> people::AccountId {
    rows::account(0)
}

/// Milliseconds since 1970.
pub fn now() -> i64 {
    people::clock::Clock::default().now()
}

/// The write form, filled in, without headline and base.
pub fn form(town: &Town) -> String {
    let mut dice = crate::dice::Dice::new(99);
    let body = pool::bodies(&mut dice, 1).swap_remove(0);
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    let section = town.section().0.to_string();
    for (name, value) in [
        ("standfirst", pool::sentence(&mut dice).as_str()),
        ("body", &body.source),
        ("section", &section),
        ("topics", "topic1, topic7"),
        ("place", "Long Mesa"),
        ("coauthors", ""),
        ("work", "news"),
        ("sources", "Minutes of the meeting | https://longmesa.example/minutes/1"),
        ("picture_id", ""),
        ("published_at", ""),
    ] {
        form.append_pair(name, value);
    }
    form.finish()
}
