use super::newsroom::{Newsroom, SOON};
use crate::stories::DraftState;

fn in_two_minutes(room: &Newsroom) -> String {
    // The field has no seconds: at least two minutes from now.
    text::times::to_local(room.town.town.now() + 180_000, &room.town.town.zone())
}

testkit::on_both! {
    async fn a_scheduled_story_is_published_when_its_time_comes(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Tomorrow").await;
        let at = in_two_minutes(&room);
        let sent = room.write(&room.ana, story, &[("published_at", &at), ("do", "publish")]).await;
        assert!(sent.assert_status(303).location().ends_with("?done=scheduled"), "a time to come means scheduling");
        room.publish_due(story).await.unwrap();
        assert!(room.listed().is_empty(), "its time has not come");
        room.ana.client.get("/write").await.assert_text("Scheduled for");
        room.read(story).await.assert_status(404);
        room.town.pass(SOON + 60_000);
        room.publish_due(story).await.unwrap();
        assert_eq!(room.listed(), ["Tomorrow"]);
        assert_eq!(text::times::to_local(room.shelf(room.section.get())[0].published_at, &room.town.town.zone()), at);
        room.read(story).await.assert_status(200);
    }

    async fn a_schedule_needs_a_time_to_come(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "When").await;
        room.write(&room.ana, story, &[("do", "schedule")]).await.assert_status(422).assert_text("Choose the time");
        let past = room.write(&room.ana, story, &[("published_at", "2001-01-01T10:00"), ("do", "schedule")]).await;
        past.assert_status(422).assert_text("That time has passed");
        assert_eq!(past.form("form#story").value("published_at"), Some("2001-01-01T10:00"));
        room.write(&room.ana, story, &[("published_at", "soon"), ("do", "schedule")]).await.assert_status(422);
        assert_eq!(room.opened(story).state, DraftState::Draft);
    }

    async fn taken_back_it_is_not_published(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "On second thoughts").await;
        room.write(&room.ana, story, &[("published_at", &in_two_minutes(&room)), ("do", "schedule")]).await.assert_status(303);
        room.ana.client.post(&format!("/stories/{story}/submission/remove"), &[]).await.assert_status(303);
        room.town.pass(SOON * 2);
        room.publish_due(story).await.unwrap();
        assert!(room.listed().is_empty());
    }

    async fn a_later_date_moves_the_publication(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Later").await;
        room.write(&room.ana, story, &[("published_at", &in_two_minutes(&room)), ("do", "schedule")]).await.assert_status(303);
        room.write(&room.ana, story, &[("published_at", "2999-01-01T08:00"), ("do", "save")]).await.assert_status(303);
        room.town.pass(SOON * 2);
        room.publish_due(story).await.unwrap();
        assert!(room.listed().is_empty());
        assert_eq!(room.opened(story).state, DraftState::Scheduled);
        // Clearing the date and publishing is publishing now.
        room.write(&room.ana, story, &[("published_at", ""), ("do", "publish")]).await.assert_status(303);
        assert_eq!(room.listed(), ["Later"]);
    }

    async fn what_can_no_longer_be_published_goes_back_to_its_author(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Nowhere").await;
        room.write(&room.ana, story, &[("published_at", &in_two_minutes(&room)), ("do", "schedule")]).await.assert_status(303);
        // As if the section had gone behind the program's back.
        room.town.town.db.write_now(|tx| tx.run("delete from section_addresses", db::params![]).and(tx.run("delete from sections", db::params![]))).unwrap();
        room.town.pass(SOON * 2);
        room.publish_due(story).await.unwrap();
        assert_eq!(room.opened(story).state, DraftState::Draft);
    }

    async fn what_was_scheduled_before_review_was_asked_for_waits_for_an_editor(kind) {
        let room = Newsroom::new(kind);
        let [story, approved] = [room.draft(&room.ana, "Unread").await, room.draft(&room.ana, "Read").await];
        let at = in_two_minutes(&room);
        room.write(&room.ana, story, &[("published_at", &at), ("do", "schedule")]).await.assert_status(303);
        room.write(&room.ed, approved, &[("published_at", &at), ("do", "schedule")]).await.assert_status(303);
        let room = room.require_review();
        room.town.pass(SOON * 2);
        for story in [story, approved] {
            room.publish_due(story).await.unwrap();
        }
        assert_eq!(room.listed(), ["Read"]);
        assert_eq!(room.opened(story).state, DraftState::Submitted);
    }

    async fn nothing_is_published_for_somebody_who_was_shown_out(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Parting words").await;
        room.write(&room.ana, story, &[("published_at", &in_two_minutes(&room)), ("do", "schedule")]).await.assert_status(303);
        let ana = room.ana.id;
        room.town.town.db.write_now(move |tx| people::accounts::set_suspended(tx, ana, true, 0)).unwrap();
        room.town.pass(SOON * 2);
        room.publish_due(story).await.unwrap();
        assert!(room.listed().is_empty());
        assert_eq!(room.opened(story).state, DraftState::Submitted);
    }
}
