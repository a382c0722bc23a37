//! A seeded town: filled once through the database layer, kept, and opened again by later runs.

mod fill;
mod people_rows;
mod pool;
mod rows;
mod stories;
mod talks;
mod ties;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::{
    fs,
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

/// Stories under which people talk: those of the last year.
const UNDER: i64 = 100_000;
/// Those who post under load.
const CROWD: usize = 60_000;

/// The program's own name for its database in its data folder.
pub const FILE: &str = "ocotillo.db";

/// A seeded town on the disk.
pub struct Town {
    /// How many stories it was seeded with.
    pub size: usize,
    /// Where it lies, or what is remembered of it when its rows are on a server.
    pub folder: PathBuf,
    /// Where its database is.
    pub database: String,
}

/// What a town was seeded with.
#[derive(Serialize, Deserialize, PartialEq)]
struct Mark {
    version: u32,
    size: usize,
}

/// A town with so many stories: one from an earlier run if it still fits, brought up to date as any site is, else a new one. Its
/// rows are in a file of its own, or in this database, of which nothing else is kept.
pub fn town(keep: &Path, size: usize, database: Option<&str>) -> Result<Town> {
    let folder = keep.join(format!("town-{size}{}", if database.is_some() { "-postgres" } else { "" }));
    let own = format!("sqlite:{}", folder.join(FILE).display());
    let town = Town { size, folder, database: database.map_or(own, ToOwned::to_owned) };
    let mark = Mark { version: VERSION, size };
    if !town.fits(&mark) {
        if town.folder.exists() {
            fs::remove_dir_all(&town.folder)?;
        }
        fs::create_dir_all(&town.folder).with_context(|| format!("cannot make {}", town.folder.display()))?;
        fill::fill(&town)?;
        fs::write(town.folder.join("seeded.json"), serde_json::to_string(&mark)?)?;
    }
    let db = town.open()?;
    talks::fill(&db)?;
    db.close();
    Ok(town)
}

impl Town {
    /// Its database, with the patience to read a million addresses off a cold disk.
    pub fn open(&self) -> Result<db::Db> {
        let options = db::Options { statement_timeout: std::time::Duration::from_secs(300), ..db::Options::default() };
        Ok(db::Db::open(&self.database, options)?)
    }

    /// Reads its file once, so that rounds measure the program and not how fast a cold disk fills the system's cache.
    pub fn warm(&self) -> Result<()> {
        if self.database.starts_with("postgres") {
            return Ok(());
        }
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
            db.migrate(people::schema::MIGRATIONS)?;
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

    /// What stands at this place under each of its newest stories.
    pub fn under_stories(&self, place: &'static str) -> Result<Paths> {
        let db = self.open()?;
        let found = db.read_now(move |tx| {
            let mut paths = Paths::default();
            let sql = "select id from stories where listed_at is not null order by listed_at desc, id desc limit $1";
            tx.all(sql, db::params![UNDER], |row| {
                paths.push(&format!("/posts/{}/{place}", row.get::<i64>(0)?));
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

    /// Sessions of members who only read so far, many enough that each posts once or twice.
    pub fn crowd(&self) -> Result<Vec<String>> {
        self.sessions(WRITERS + READERS, CROWD)
    }

    /// The session of whoever moderates.
    pub fn moderator(&self) -> Result<Vec<String>> {
        self.sessions(talks::moderator(), 1)
    }

    /// Gives so many members a password: the name and the password of each.
    pub async fn with_password(&self, count: usize) -> Result<Vec<(String, String)>> {
        const PASSWORD: &str = "a+long+walk+by+the+wash";
        let hash = people::sign_in::password::hash(&PASSWORD.replace('+', " ")).await.map_err(|error| talks::refused(&error))?;
        let db = self.open()?;
        let first = ACCOUNTS - 100;
        db.write(move |tx| {
            (first..first + count).try_for_each(|place| people::accounts::set_password(tx, rows::account(place), &hash, now()))
        })
        .await
        .map_err(|error: db::Error| error)?;
        db.close();
        Ok((first..first + count).map(|place| (format!("person_{place}"), PASSWORD.to_owned())).collect())
    }

    /// The story that has thousands of comments: number and address.
    pub fn talked_about(&self) -> Result<(i64, String)> {
        let db = self.open()?;
        let (id, address) = db.read_now(talks::subject)?;
        db.close();
        Ok((id.get(), address))
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
