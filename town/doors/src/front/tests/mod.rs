#![allow(clippy::unwrap_used)]

mod composing;

use crate::newsroom::{DAY, HOUR, Newsroom};
use people::testing::Actor;
use talk::PostId;

fn editor(news: &Newsroom) -> Actor {
    news.town.actor("Priya Nair", "editor")
}

fn nine_stories(news: &Newsroom) -> Vec<PostId> {
    (1..=9).map(|hours| news.story(&format!("Story {hours}"), if hours % 2 == 0 { news.arts } else { news.water }, hours * HOUR)).collect()
}

testkit::on_both! {
    async fn an_empty_site_is_warm(kind) {
        let news = Newsroom::new(kind);
        let page = news.town.guest().get("/").await;
        page.assert_status(200).assert_landmarks().assert_text("The Mesa Lantern is just beginning");
        news.ana.client.get("/").await.assert_text("Every newspaper began with an empty page");
    }

    async fn it_fills_itself(kind) {
        let news = Newsroom::new(kind);
        nine_stories(&news);
        let page = news.town.guest().get("/").await;
        page.assert_status(200).assert_landmarks();
        assert_eq!(page.one(".headline.lead"), "Story 1");
        assert_eq!(page.select_text(".front > div > .row .headline"), ["Story 2", "Story 3", "Story 4"]);
        assert_eq!(page.select_text(".front > div > .strand h2"), ["City Hall", "Arts"]);
        assert_eq!(page.select_text(".front > div > .strand .headline"), ["Story 5", "Story 7", "Story 9", "Story 6", "Story 8"]);
        assert!(!page.has("[style]"));
        assert_eq!(page.attr("link[rel=canonical]", "href").as_deref(), Some("http://localhost/"));
    }

    async fn guests_see_news_at_once_and_else_the_kept_page(kind) {
        let news = Newsroom::new(kind);
        nine_stories(&news);
        let guest = news.town.guest();
        guest.get("/").await;
        let before = news.town.town.db.statements();
        guest.get("/").await;
        assert_eq!(news.town.town.db.statements(), before);
        let newest = news.story("Just in", news.arts, 0);
        assert_eq!(guest.get("/").await.one(".headline.lead"), "Just in");
        news.unpublish(newest);
        assert!(!guest.get("/").await.has_text("Just in"));
    }

    async fn the_rail_ranks_what_was_read_and_says_what_was_wrong(kind) {
        let news = Newsroom::new(kind);
        let stories = nine_stories(&news);
        news.count(stories[7], 1_204);
        news.count(stories[8], 1);
        news.correct(stories[3], "It is eleven miles long.");
        let page = news.town.guest().get("/").await;
        assert_eq!(page.select_text(".rail .numbered .headline"), ["Story 8", "Story 9"]);
        assert_eq!(page.select_text(".rail .numbered .meta"), ["1,204 views", "1 view"]);
        page.assert_text("It is eleven miles long.").assert_landmarks();
        let old = news.town.guest().get("/").await;
        assert!(!old.has_text("0 views this"));
        news.town.pass(8 * DAY);
        news.changed();
        assert!(!news.town.guest().get("/").await.has(".rail .numbered"), "a week later it is no longer this week's");
    }

    async fn only_editors_arrange_it(kind) {
        let news = Newsroom::new(kind);
        news.ana.client.get("/admin/front").await.assert_status(403);
        news.ana.client.post("/admin/front", &[("do", "publish")]).await.assert_status(403);
        news.ana.client.post("/admin/front", &[("do", "reset")]).await.assert_status(403);
        let guest = news.town.guest().get("/admin/front").await;
        guest.assert_status(303);
        editor(&news).client.get("/admin/front").await.assert_status(200).assert_landmarks();
    }

    async fn what_an_editor_sets_stands_there(kind) {
        let news = Newsroom::new(kind);
        let stories = nine_stories(&news);
        let priya = editor(&news).client;
        let page = priya.get("/admin/front").await;
        let pasted = format!("http://localhost/stories/{}/story-9", stories[8]);
        let (row, arts) = (stories[4].to_string(), news.arts.to_string());
        let set = [("lead_address", pasted.as_str()), ("row_1", &row), ("row_2_address", &row), ("strand_1", &arts)];
        let preview = [&set[..], &[("do", "preview")]].concat();
        let shown = priya.submit(&page, "main form", &preview).await;
        shown.assert_status(200).assert_text("This is a preview").assert_landmarks();
        assert_eq!(shown.one(".headline.lead"), "Story 9");
        assert_eq!(news.town.guest().get("/").await.one(".headline.lead"), "Story 1", "nothing is saved yet");

        let again = priya.submit(&shown, "form.front-preview", &[("do", "arrange")]).await;
        assert_eq!(again.form("main form").value("lead"), Some(stories[8].to_string().as_str()));
        let published = priya.submit(&shown, "form.front-preview", &[("do", "publish")]).await;
        published.assert_status(303);
        let front = news.town.guest().get("/").await;
        assert_eq!(front.one(".headline.lead"), "Story 9");
        assert_eq!(front.select_text(".front > div > .row .headline")[0], "Story 5");
        assert_eq!(front.select_text(".front > div > .strand h2"), ["Arts"]);

        news.unpublish(stories[8]);
        assert_eq!(news.town.guest().get("/").await.one(".headline.lead"), "Story 1", "what is taken off leaves its place");
        priya.post("/admin/front", &[("do", "reset")]).await.assert_status(303);
        assert_eq!(news.town.guest().get("/").await.select_text(".front > div > .strand h2"), ["City Hall", "Arts"]);
    }

    async fn a_wrong_address_is_given_back(kind) {
        let news = Newsroom::new(kind);
        let stories = nine_stories(&news);
        news.unpublish(stories[0]);
        let priya = editor(&news).client;
        let hidden = format!("/stories/{}", stories[0]);
        for (typed, words) in [("the lead please", "Paste the address of a story"), (hidden.as_str(), "That story is not published")] {
            let page = priya.post("/admin/front", &[("do", "publish"), ("lead_address", typed)]).await;
            page.assert_status(422).assert_text(words).assert_landmarks();
            assert_eq!(page.attr("#lead_address", "value").as_deref(), Some(typed));
        }
        priya.post("/admin/front", &[("do", "publish"), ("strand_1", "77")]).await.assert_status(422);
    }

    async fn an_arrangement_of_another_time_does_no_harm(kind) {
        let news = Newsroom::new(kind);
        nine_stories(&news);
        for json in ["{}", "not json", r#"{"lead":"5","row":["6"],"strands":["7"],"weather":"dry"}"#] {
            let (ana, insert) = (news.ana.id, "insert into front_pages (id, arrangement, account_id, created_at) values ($1, $2, $3, 0)");
            news.town.town.db.write_now(move |tx| tx.run(insert, db::params![db::fresh_id(), json, ana])).unwrap();
            news.changed();
            assert_eq!(news.town.guest().get("/").await.assert_status(200).one(".headline.lead"), "Story 1", "{json}");
        }
    }
}
