use super::newsroom::{DAY, Newsroom};
use crate::stories;

testkit::on_both! {
    async fn a_deleted_story_comes_back_as_it_was(kind) {
        let room = Newsroom::new(kind);
        let story = room.published(&room.ana, "Come back").await;
        room.read(story).await.assert_status(200);
        let page = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        room.ana.client.submit(&page, "form[action$='/removal']", &[]).await.assert_status(303);
        room.read(story).await.assert_status(410);
        assert!(room.listed().is_empty());
        room.ana.client.get(&format!("/stories/{story}/edit")).await.assert_status(409);
        let page = room.ana.client.get("/write").await;
        page.assert_text("For 30 days a deleted story can be restored");
        room.town.pass(29 * DAY);
        stories::purge(room.town.town.clone()).await.unwrap();
        room.ana.client.submit(&page, "form[action$='/removal/undo']", &[]).await.assert_status(303);
        room.read(story).await.assert_status(200).assert_text("The council met.");
        assert_eq!((room.shelf(room.section.get()).len(), room.shelf(room.ana.id.get()).len()), (1, 1));
        // A second press of the button finds nothing to do.
        room.ana.client.post(&format!("/stories/{story}/removal/undo"), &[]).await.assert_status(303);
    }

    async fn after_thirty_days_it_is_gone_for_good(kind) {
        let room = Newsroom::new(kind);
        let story = room.published(&room.ana, "Gone").await;
        let kept = room.published(&room.ana, "Stays").await;
        room.ana.client.post(&format!("/stories/{story}/removal"), &[]).await.assert_status(303);
        room.town.pass(31 * DAY);
        // Sessions last a month: sign in anew.
        let ana = room.town.actor("Ana Again", "editor");
        ana.client.post(&format!("/stories/{story}/removal/undo"), &[]).await.assert_status(410);
        stories::purge(room.town.town.clone()).await.unwrap();
        ana.client.get(&format!("/stories/{story}/edit")).await.assert_status(404);
        assert_eq!(room.read(story).await.status, 404);
        assert_eq!(room.read(kept).await.status, 200);
        room.publish_due(story).await.unwrap();
    }

    async fn a_scheduled_story_that_was_deleted_comes_back_as_a_draft(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Scheduled").await;
        room.write(&room.ana, story, &[("published_at", "2999-01-01T08:00"), ("do", "schedule")]).await.assert_status(303);
        room.ana.client.post(&format!("/stories/{story}/removal"), &[]).await.assert_status(303);
        room.ana.client.post(&format!("/stories/{story}/removal/undo"), &[]).await.assert_status(303);
        assert_eq!(room.opened(story).state, stories::DraftState::Draft);
    }
}
