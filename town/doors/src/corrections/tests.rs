#![allow(clippy::unwrap_used)]
use crate::newsroom::{HOUR, Newsroom};

testkit::on_both! {
    async fn corrections_stand_on_their_page_newest_first(kind) {
        let news = Newsroom::new(kind);
        let guest = news.town.guest();
        guest.get("/corrections").await.assert_status(200).assert_landmarks().assert_text("No corrections");
        let pipe = news.story("The new pipe", news.water, 5 * HOUR);
        let band = news.story("A brass band", news.arts, 4 * HOUR);
        news.correct(pipe, "It is eleven miles long.");
        news.town.pass(2 * HOUR);
        news.correct(band, "There were nine trumpets.");
        let page = guest.get("/corrections").await;
        page.assert_landmarks();
        assert_eq!(page.select_text(".correction h2"), ["A brass band", "The new pipe"]);
        assert_eq!(page.select_text(".correction time"), ["a few seconds ago", "2 hours ago"]);
        assert_eq!(page.attr(".correction .meta a", "href"), Some(format!("/stories/{band}/history/2")));
        news.unpublish(band);
        assert_eq!(guest.get("/corrections").await.select_text(".correction h2"), ["The new pipe"], "not of what nobody can read");
    }

    async fn corrections_come_in_pages(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("The new pipe", news.water, 5 * HOUR);
        for number in 1..=23 {
            news.town.pass(60_000);
            news.correct(story, &format!("Note {number}."));
        }
        let first = news.town.guest().get("/corrections").await;
        assert_eq!(first.count(".correction"), 20);
        let before = news.town.town.db.statements();
        let second = news.town.guest().get(&first.attr("a[rel=next]", "href").unwrap()).await;
        assert_eq!(second.select_text(".correction > p:not(.meta)"), ["Note 3.", "Note 2.", "Note 1."]);
        assert_eq!(news.town.town.db.statements() - before, 2);
        assert!(!second.has("a[rel=next]") && second.has("a[rel=prev]"));
    }
}
