//! Filling a new town: the site, people, sections and topics, then stories by the thousand.

use anyhow::Result;
use std::{
    io::Write as _,
    sync::mpsc,
    time::{Duration, Instant},
};

use super::{Town, people_rows, stories, ties};

/// Stories of one unit of work.
const AT_ONCE: usize = 5_000;

/// Fills an empty folder. Not durable: a town whose seeding was cut off has no mark and is made again.
pub fn fill(town: &Town) -> Result<()> {
    let options = db::Options { durable: false, readers: 1, statement_timeout: Duration::from_secs(600), ..db::Options::default() };
    let db = db::Db::open(&town.database, options)?;
    if db.dialect() == db::Dialect::Postgres {
        db.write_now(|tx| tx.script("drop schema public cascade; create schema public"))?;
    }
    db.migrate(people::schema::MIGRATIONS)?;
    let began = Instant::now();
    eprintln!("Seeding a town of {} stories", town.size);
    db.write_now(|tx| -> Result<(), db::Error> {
        // Thousands of shelves and topics grow at once; the usual page cache is far too small for that.
        if tx.dialect() == db::Dialect::Sqlite {
            tx.script("pragma cache_size = -400000")?;
        }
        people_rows::site(tx)
    })?;
    for first in (0..super::ACCOUNTS).step_by(10_000) {
        db.write_now(move |tx| people_rows::accounts(tx, first..first + 10_000))?;
    }
    db.write_now(people_rows::sections_and_topics)?;
    db.write_now(|tx| tx.script("drop index follows_target"))?;
    for first in (0..super::ACCOUNTS).step_by(2_000) {
        db.write_now(move |tx| ties::follows(tx, first..first + 2_000))?;
    }
    db.write_now(ties::counts)?;
    db.write_now(stories::drafts)?;
    published(&db, town.size, began)?;
    indexed(&db, town.size)?;
    db.close();
    let bytes = std::fs::metadata(town.folder.join(super::FILE)).map_or(0, |file| file.len());
    eprintln!("\rSeeded in {} s, {} MiB on the disk", began.elapsed().as_secs(), bytes >> 20);
    Ok(())
}

/// Puts all stories into the search index, as the program's own sweep does by and by.
fn indexed(db: &db::Db, size: usize) -> Result<()> {
    let (began, now) = (Instant::now(), super::now());
    let (mut last, mut done) = (0, 0);
    loop {
        let sql = "select id from stories where listed_at is not null and id > $1 order by id limit $2";
        let some = db.read_now(move |tx| tx.all(sql, db::params![last, AT_ONCE as i64], |row| row.get::<i64>(0)))?;
        let Some(end) = some.last() else { return Ok(()) };
        (last, done) = (*end, done + some.len());
        db.write_now(move |tx| some.iter().try_for_each(|story| doors::search::index(tx, talk::PostId::new(*story), now)))?;
        eprint!("\r{:3} % indexed after {} s ", done * 100 / size, began.elapsed().as_secs());
        std::io::stderr().flush()?;
    }
}

/// One thread draws the stories, the database's writer stores them.
fn published(db: &db::Db, size: usize, began: Instant) -> Result<()> {
    let (sender, drawn) = mpsc::sync_channel(2);
    let drawing = std::thread::spawn(move || {
        let mut press = stories::Press::new(size);
        for first in (0..size).step_by(AT_ONCE) {
            if sender.send(press.draw(first..(first + AT_ONCE).min(size))).is_err() {
                return;
            }
        }
    });
    let mut done = 0;
    for chunk in drawn {
        done += chunk.len();
        db.write_now(move |tx| stories::store(tx, &chunk))?;
        eprint!("\r{:3} % after {} s ", done * 100 / size, began.elapsed().as_secs());
        std::io::stderr().flush()?;
    }
    drawing.join().map_err(|_| anyhow::anyhow!("the thread that draws stories panicked"))
}
