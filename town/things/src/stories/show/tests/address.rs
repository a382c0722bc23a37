#![allow(clippy::unwrap_used)]
use super::*;

/// Statements that one page may cost.
const BUDGET: u64 = 10;

testkit::on_both! {
    async fn the_id_decides_and_the_slug_follows(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let guest = news.town.guest();
        for wrong in [format!("/stories/{story}"), format!("/stories/{story}/another-headline")] {
            let page = guest.get(&wrong).await;
            page.assert_status(301);
            assert_eq!(page.location(), format!("/stories/{story}/council-votes-tonight"));
        }
        for nothing in ["/stories/1/none", "/stories/words/none", "/stories/99999999999999999999/x", "/stories/-1"] {
            guest.get(nothing).await.assert_status(404);
        }
    }

    async fn what_was_removed_is_gone(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let (by, now) = (news.ana.id, news.town.town.now());
        news.town.town.db.write_now(move |tx| stories::remove(tx, story, by, now)).unwrap();
        news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await.assert_status(410);
    }

    async fn what_is_not_published_shows_only_to_those_who_write_it(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let (by, now) = (news.ana.id, news.town.town.now());
        news.town.town.db.write_now(move |tx| stories::unpublish(tx, story, by, now)).unwrap();
        let address = format!("/stories/{story}/council-votes-tonight");
        let stranger = news.town.actor("Tom Okafor", "author");
        let editor = news.town.actor("Priya Nair", "editor");
        for client in [&news.town.guest(), &stranger.client] {
            let page = client.get(&address).await;
            page.assert_status(404);
            assert!(!page.has_text("Open it for writing"));
        }
        for client in [&news.ana.client, &editor.client] {
            let page = client.get(&address).await;
            page.assert_status(404);
            assert_eq!(page.attr("main a.primary", "href"), Some(format!("/stories/{story}/edit")));
        }
    }

    async fn only_those_who_may_are_offered_to_edit(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let address = format!("/stories/{story}/council-votes-tonight");
        let edit = format!("a[href='/stories/{story}/edit']");
        let editor = news.town.actor("Priya Nair", "editor");
        let other = news.town.actor("Tom Okafor", "author");
        assert!(news.ana.client.get(&address).await.has(&edit));
        assert!(editor.client.get(&address).await.has(&edit));
        assert!(!other.client.get(&address).await.has(&edit));
        assert!(!news.town.guest().get(&address).await.has(&edit));
    }

    async fn a_page_costs_few_statements(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        for _ in 0..5 {
            news.publish(&news.content());
        }
        let address = format!("/stories/{story}/council-votes-tonight");
        for client in [&news.town.guest(), &news.ana.client] {
            let before = news.town.town.db.statements();
            client.get(&address).await.assert_status(200);
            let cost = news.town.town.db.statements() - before;
            assert!(cost <= BUDGET, "{cost} statements");
        }
        let before = news.town.town.db.statements();
        news.town.guest().get(&address).await.assert_status(200);
        assert_eq!(news.town.town.db.statements(), before, "the second guest costs the database nothing");
    }
}
