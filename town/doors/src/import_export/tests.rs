//! What the tests of every format share: a town that takes in, and a look at what came of it.

#![allow(clippy::unwrap_used)]

use std::sync::atomic::AtomicBool;
use talk::PostId;
use testkit::Kind;
use things::stories::{self, Content};

use super::{
    import::{Report, Wanted, take_in},
    item::Source,
};
use crate::newsroom::Newsroom;

pub struct Workshop {
    pub news: Newsroom,
}

impl Workshop {
    pub fn new(kind: Kind) -> Self {
        Self { news: Newsroom::with_old_addresses(kind) }
    }

    fn story(&self, headline: &str) -> PostId {
        let headline = headline.to_owned();
        let sql = "select id from stories where headline = $1";
        self.news.town.town.db.read_now(move |tx| tx.one(sql, db::params![&headline], |row| row.get(0))).unwrap()
    }

    /// An editor gives a story another headline.
    pub fn edit(&self, headline: &str, new: &str) {
        let (story, new, by, now) = (self.story(headline), new.to_owned(), self.news.ana.id, self.news.town.town.now());
        let edited = self.news.town.town.db.write_now(move |tx| {
            let draft = stories::open_draft(tx, story)?;
            stories::save(tx, story, draft.version, &Content { headline: new.clone(), ..draft.content }, by, now)?;
            stories::publish(tx, story, None, by, now)
        });
        edited.unwrap();
    }

    pub fn remove(&self, headline: &str) {
        let (story, by, now) = (self.story(headline), self.news.ana.id, self.news.town.town.now());
        self.news.town.town.db.write_now(move |tx| stories::remove(tx, story, by, now)).unwrap();
    }

    /// How many rows a table has.
    pub fn count(&self, table: &str) -> i64 {
        let sql = format!("select count(*) from {table}");
        self.news.town.town.db.read_now(move |tx| tx.one(&sql, db::params![], |row| row.get(0))).unwrap()
    }
}

pub fn wanted() -> Wanted {
    Wanted { media: None, section: None, author: None, dry_run: false, download: None }
}

/// Takes a source in, and has every page drawn anew as the server does then.
pub fn run(workshop: &Workshop, source: &mut dyn Source) -> Report {
    run_with(workshop, source, &wanted())
}

pub fn run_with(workshop: &Workshop, source: &mut dyn Source, wanted: &Wanted) -> Report {
    let report = take_in(&workshop.news.town.town, source, wanted, &|_| {}, &AtomicBool::new(false)).unwrap();
    workshop.news.town.reload();
    report
}

/// The headlines that readers see in a section.
pub async fn headlines(workshop: &Workshop, section: &str) -> Vec<String> {
    let page = workshop.news.town.guest().get(&format!("/sections/{section}")).await;
    page.assert_status(200);
    page.select_text("main .headline")
}

/// A picture of one colour.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![120; (width * height * 3) as usize]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// Runs what blocks as a command's own thread does, apart from the test's runtime.
pub fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap()
}
