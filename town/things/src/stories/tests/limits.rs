//! As many stories as a level allows.

use super::newsroom::{DAY, Newsroom, SOON};
use people::levels::{self, Limit, Limits};

const HOUR: i64 = 60 * 60 * 1000;

testkit::on_both! {
    async fn who_has_begun_enough_stories_goes_on_a_day_later(kind) {
        let room = Newsroom::new(kind);
        let mut limits = Limits::default();
        limits.set(Limit::StoriesADay, Some(2));
        room.town.town.db.write_now(move |tx| levels::limit(tx, "author", limits)).unwrap();
        room.town.reload();
        let first = room.draft(&room.ana, "One").await;
        room.town.pass(3 * HOUR);
        let second = room.draft(&room.ana, "Two").await;
        // What was deleted was begun all the same.
        room.ana.client.post(&format!("/stories/{first}/removal"), &[]).await.assert_status(303);
        room.town.pass(SOON);
        let refused = room.ana.client.post("/stories", &[]).await;
        refused.assert_status(429).assert_landmarks().assert_text("You have begun 2 stories within a day").assert_text("21 hours");
        assert!(refused.header("retry-after").unwrap().parse::<i64>().unwrap() > 20 * 60 * 60);
        // Those that are begun are written on, and nobody else is kept from theirs.
        room.write(&room.ana, second, &[("body", "More of it."), ("do", "publish")]).await.assert_status(303);
        room.begun(&room.ed).await;
        room.begun(&room.town.actor("Bea Quill", "author")).await;
        room.town.pass(DAY - 3 * HOUR);
        let third = room.begun(&room.ana).await;
        assert_ne!(third, second);
        room.town.pass(SOON);
        room.ana.client.post("/stories", &[("headline", "Four")]).await.assert_status(429);
    }
}
