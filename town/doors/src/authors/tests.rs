#![allow(clippy::unwrap_used)]
use crate::newsroom::{DAY, HOUR, Newsroom, content};
use things::stories::Content;

testkit::on_both! {
    async fn only_those_who_published_are_listed(kind) {
        let news = Newsroom::new(kind);
        let tom = news.town.actor("Tom Okafor", "author");
        news.town.actor("Priya Nair", "author");
        news.town.guest().get("/authors").await.assert_status(200).assert_landmarks().assert_text("Nobody has published yet");
        news.publish(&Content { coauthors: vec![tom.id], ..content("The new pipe", news.water) }, HOUR);
        let page = news.town.guest().get("/authors").await;
        assert_eq!(page.select_text(".people h2 a"), ["Ana Duarte", "Tom Okafor"]);
    }

    async fn an_author_has_a_page_under_their_handle(kind) {
        let news = Newsroom::new(kind);
        news.story("The old pipe", news.city, 3 * DAY);
        news.story("The new pipe", news.water, HOUR);
        let page = news.town.guest().get("/@ana_duarte").await;
        page.assert_status(200).assert_landmarks().assert_text("@ana_duarte · Author");
        assert_eq!(page.select_text("main .headline"), ["The new pipe", "The old pipe"]);
        let other_case = news.town.guest().get("/@Ana_Duarte").await;
        other_case.assert_status(301);
        assert_eq!(other_case.location(), "/@ana_duarte");
        news.town.guest().get("/@nobody").await.assert_status(404);
        news.town.guest().get("/@").await.assert_status(404);
    }

    async fn a_member_without_stories_has_an_empty_page(kind) {
        let news = Newsroom::new(kind);
        let dee = news.town.actor("Dee Alvarez", "member");
        let page = news.town.guest().get("/@dee_alvarez").await;
        page.assert_status(200).assert_text("No stories yet");
        assert!(!page.has_text("· Member"), "only the staff has a title");
        dee.client.get("/@dee_alvarez").await.assert_text("Your stories will stand here");
    }

    async fn who_was_shown_out_keeps_only_what_they_wrote(kind) {
        let news = Newsroom::new(kind);
        let dee = news.town.actor("Dee Alvarez", "member");
        news.story("The new pipe", news.water, HOUR);
        let ids = [dee.id, news.ana.id];
        for id in ids {
            news.town.town.db.write_now(move |tx| people::accounts::set_suspended(tx, id, true, 1)).unwrap();
        }
        news.town.guest().get("/@dee_alvarez").await.assert_status(404);
        news.town.guest().get("/@ana_duarte").await.assert_status(200).assert_text("The new pipe");
    }
}
