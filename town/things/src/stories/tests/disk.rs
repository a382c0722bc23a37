use people::{
    site,
    testing::{TestTown, test_site},
};
use testkit::Kind;

use super::newsroom::{Newsroom, a_section};
use crate::{sections, stories::DraftState};

/// Pages of 4 KiB that one long draft takes up, but not publishing it, beside what an empty town takes up.
const ROOM: u64 = 220;

/// Pages of a town that has nothing in it.
fn empty() -> u64 {
    let town = TestTown::new(Kind::Sqlite, crate::routes(), sections::links);
    let pages: i64 = town.town.db.read_now(|tx| tx.one("pragma page_count", db::params![], |row| row.get(0))).unwrap();
    pages.unsigned_abs()
}

#[test]
fn a_full_disk_publishes_nothing_by_halves() {
    testkit::run(async {
        let options = db::Options { durable: false, max_pages: Some(empty() + ROOM), ..db::Options::default() };
        let town = TestTown::with_options(Kind::Sqlite, crate::routes(), sections::links, options);
        let site = test_site();
        town.town.db.write_now(move |tx| site::create(tx, &site, 0)).unwrap();
        town.reload();
        let room = Newsroom {
            ana: town.actor("Ana Duarte", "author"),
            ed: town.actor("Ed Park", "editor"),
            section: a_section(&town, "City Hall", None),
            town,
        };
        let story = room.draft(&room.ana, "Full").await;
        let long = "A long story. ".repeat(40_000);
        room.write(&room.ana, story, &[("body", &long)]).await.assert_status(303);
        let before = room.opened(story);
        let refused = room.write(&room.ana, story, &[("do", "publish")]).await;
        refused.assert_status(507).assert_text("The disk of this site is full");
        assert!(room.listed().is_empty());
        let after = room.opened(story);
        assert_eq!((after.version, after.state), (before.version, DraftState::Draft));
        assert_eq!(after.content, before.content);
        room.read(story).await.assert_status(404);
        // What is already there can still be read and written on.
        room.ana.client.get(&format!("/stories/{story}/edit")).await.assert_status(200);
    });
}
