use db::params;
use people::{pictures, removals};
use testkit::Attachment;

use super::newsroom::{DAY, Newsroom};
use crate::stories;

/// A plain brown picture of 8 by 6 pixels.
const PNG: [u8; 74] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 8, 0, 0, 0, 6, 8, 2, 0, 0, 0, 113, 103, 72, 172, 0, 0, 0, 17,
    73, 68, 65, 84, 120, 218, 99, 56, 17, 37, 135, 21, 49, 12, 164, 4, 0, 181, 117, 60, 1, 20, 103, 37, 82, 0, 0, 0, 0, 73, 69, 78, 68,
    174, 66, 96, 130,
];

impl Newsroom {
    /// The address of a picture that Ana has uploaded.
    async fn picture(&self) -> String {
        self.ana.client.upload("/pictures", &[], &[Attachment::new("file", "creek.png", "image/png", &PNG[..])]).await.location()
    }

    /// Two looks with a good week between: what became unused before is noticed by the first and gone after the second.
    async fn two_weeks_pass(&self) {
        for _ in 0..2 {
            self.town.pass(8 * DAY);
            removals::collect(self.town.town.clone()).await.unwrap();
        }
    }

    async fn is_there(&self, address: &str) -> bool {
        self.town.guest().get(address).await.status == 200
    }
}

testkit::on_both! {
    async fn what_a_working_copy_shows_stays_until_it_is_taken_out(kind) {
        let room = Newsroom::new(kind);
        let picture = room.picture().await;
        let story = room.draft(&room.ana, "Creek").await;
        room.write(&room.ana, story, &[("body", &format!("Look:\n\n![]({picture})")), ("do", "save")]).await.assert_status(303);
        room.two_weeks_pass().await;
        assert!(room.is_there(&picture).await);
        room.write(&room.ana, story, &[("body", "Nothing to see."), ("do", "save")]).await.assert_status(303);
        room.two_weeks_pass().await;
        assert!(!room.is_there(&picture).await);
    }

    async fn what_a_revision_shows_stays_as_long_as_its_history_can_be_read(kind) {
        let room = Newsroom::new(kind);
        let picture = room.picture().await;
        let story = room.draft(&room.ana, "Creek").await;
        room.write(&room.ana, story, &[("body", &format!("![]({picture})")), ("do", "publish")]).await.assert_status(303);
        room.write(&room.ana, story, &[("body", "Nothing to see."), ("do", "publish")]).await.assert_status(303);
        room.two_weeks_pass().await;
        assert!(room.is_there(&picture).await, "the first revision shows it");
        room.ana.client.post(&format!("/stories/{story}/removal"), &[]).await.assert_status(303);
        room.two_weeks_pass().await;
        assert!(room.is_there(&picture).await, "the story can be restored");
        room.town.pass(15 * DAY);
        stories::purge(room.town.town.clone()).await.unwrap();
        room.two_weeks_pass().await;
        assert!(!room.is_there(&picture).await);
    }

    async fn a_picture_over_a_story_and_words_that_lost_a_race_count(kind) {
        let room = Newsroom::new(kind);
        let picture = room.picture().await;
        let key = pictures::key_in(&picture).unwrap().to_owned();
        let story = room.draft(&room.ana, "Creek").await;
        let over = [("picture_id", key.as_str()), ("picture_alt", "A creek")];
        let base = room.opened(story).version.to_string();
        room.autosave(&room.ana, story, &[("headline", "Dry"), ("base", &base)]).await.assert_status(200);
        let lost = [&over[..], &[("headline", "Wet"), ("base", &base)]].concat();
        let place = room.autosave(&room.ana, story, &lost).await.assert_status(409).json()["mine"].as_str().unwrap().to_owned();
        room.two_weeks_pass().await;
        assert!(room.is_there(&picture).await, "the copy shows it");
        room.ana.client.post(&format!("{place}/removal"), &[]).await.assert_status(303);
        room.town.pass(DAY);
        let section = room.section.to_string();
        let whole = [("body", "It ran dry."), ("section", &*section), ("do", "publish")];
        room.write(&room.ana, story, &[&over[..], &whole].concat()).await.assert_status(303);
        room.two_weeks_pass().await;
        assert!(room.is_there(&picture).await, "the story shows it");
        // Whoever shows a picture and forgot to say so does not lose it while a row points at it.
        room.town.town.db.write_now(|tx| tx.run("delete from media_uses", params![])).unwrap();
        room.two_weeks_pass().await;
        assert!(room.is_there(&picture).await);
    }

    async fn stories_from_before_are_gone_through_once(kind) {
        let room = Newsroom::new(kind);
        let picture = room.picture().await;
        let story = room.draft(&room.ana, "Creek").await;
        room.write(&room.ana, story, &[("body", &format!("![]({picture})")), ("do", "publish")]).await.assert_status(303);
        for number in 0..25 {
            room.draft(&room.ana, &format!("Story {number}")).await;
        }
        room.town.town.db.write_now(|tx| tx.script("delete from media_uses; insert into media_recounts (after_id) values (0)")).unwrap();
        stories::recount(&room.town.town).await.unwrap();
        let left: i64 = room.town.town.db.read_now(|tx| tx.one("select count(*) from media_recounts", params![], |row| row.get(0))).unwrap();
        assert_eq!(left, 0);
        room.two_weeks_pass().await;
        assert!(room.is_there(&picture).await);
    }
}
