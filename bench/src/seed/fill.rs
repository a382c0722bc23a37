//! Filling a new town: the site, people, sections and topics, then stories by the thousand.

use anyhow::Result;
use std::{
    io::Write as _,
    sync::mpsc,
    time::{Duration, Instant},
};

use super::{Town, people_rows, stories, url};

/// Stories of one unit of work.
const AT_ONCE: usize = 5_000;

/// Fills an empty folder. Not durable: a town whose seeding was cut off has no mark and is made again.
pub fn fill(town: &Town) -> Result<()> {
    let options = db::Options { durable: false, readers: 1, statement_timeout: Duration::from_secs(600), ..db::Options::default() };
    let db = db::Db::open(&url(&town.folder), options)?;
    db.migrate(people::schema::MIGRATIONS)?;
    let began = Instant::now();
    eprintln!("Seeding a town of {} stories", town.size);
    db.write_now(|tx| -> Result<(), db::Error> {
        // Thousands of shelves and topics grow at once; the usual page cache is far too small for that.
        tx.script("pragma cache_size = -400000")?;
        people_rows::site(tx)
    })?;
    for first in (0..super::ACCOUNTS).step_by(10_000) {
        db.write_now(move |tx| people_rows::accounts(tx, first..first + 10_000))?;
    }
    db.write_now(people_rows::sections_and_topics)?;
    db.write_now(stories::drafts)?;
    published(&db, town.size, began)?;
    db.write_now(passes_for_indexed)?;
    db.close();
    let bytes = std::fs::metadata(town.folder.join(super::FILE))?.len();
    eprintln!("\rSeeded in {} s, {} MiB on the disk", began.elapsed().as_secs(), bytes >> 20);
    Ok(())
}

/// Search is not measured here: a town that believes its index complete does not fill it while pages are measured.
fn passes_for_indexed(tx: &mut db::Tx) -> Result<(), db::Error> {
    tx.run(
        "insert into search_stories (story_id, section_id, updated_at, indexed_at, form)
         select t.id, t.section_id, p.updated_at, $1, 2 from stories t join posts p on p.id = t.id",
        db::params![i64::MAX],
    )?;
    Ok(())
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
