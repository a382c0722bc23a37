#![allow(clippy::unwrap_used)]
use crate::newsroom::{DAY, HOUR, Newsroom, content};
use roxmltree::Document;
use testkit::Client;
use things::stories::{Content, Work};

async fn locations(guest: &Client, address: &str) -> Vec<String> {
    let page = guest.get(address).await;
    page.assert_status(200);
    assert_eq!(page.header("content-type"), Some("application/xml; charset=utf-8"));
    let text = page.text();
    let document = Document::parse(&text).unwrap();
    let found = document.descendants().filter(|node| node.tag_name().name() == "loc");
    found.map(|node| node.text().unwrap().strip_prefix("http://localhost").unwrap().to_owned()).collect()
}

testkit::on_both! {
    async fn the_index_leads_to_every_story(kind) {
        let news = Newsroom::new(kind);
        let mut expected = Vec::new();
        for (number, age) in [(1, HOUR), (2, 40 * DAY), (3, 400 * DAY)] {
            let story = news.story(&format!("Story {number}"), news.water, age);
            expected.push(format!("/stories/{story}/story-{number}"));
        }
        let hidden = news.story("Not any more", news.water, DAY);
        news.unpublish(hidden);
        let guest = news.town.guest();
        let index = locations(&guest, "/sitemap.xml").await;
        assert_eq!(index[..2], ["/sitemaps/sections.xml", "/sitemaps/news.xml"]);
        assert_eq!(index.len(), 5, "three months with stories: {index:?}");
        let mut found = Vec::new();
        for file in &index[2..] {
            found.extend(locations(&guest, file).await);
        }
        assert_eq!(found, expected);
        assert!(locations(&guest, "/sitemaps/sections.xml").await.contains(&"/sections/water".to_owned()));
        for address in found.iter().chain(&index) {
            guest.get(address).await.assert_status(200);
        }
        let before = news.town.town.db.statements();
        news.ana.client.get("/sitemap.xml").await.assert_status(200);
        assert_eq!(news.town.town.db.statements(), before, "counted once for everybody");
    }

    async fn a_full_month_has_several_files(kind) {
        let news = Newsroom::new(kind);
        // 2001-09-09; a second apart.
        news.fill_at(5_003, |number| 1_000_000_000_000 + number * 1_000);
        let guest = news.town.guest();
        assert_eq!(locations(&guest, "/sitemap.xml").await[2..], ["/sitemaps/stories-2001-09.xml", "/sitemaps/stories-2001-09-2.xml"]);
        assert_eq!(locations(&guest, "/sitemaps/stories-2001-09.xml").await.len(), 5_000);
        assert_eq!(locations(&guest, "/sitemaps/stories-2001-09-2.xml").await, ["/stories/5001/story", "/stories/5002/story", "/stories/5003/story"]);
    }

    async fn news_are_two_days_old_at_most_and_not_paid_for(kind) {
        let news = Newsroom::new(kind);
        news.story("Old", news.water, 3 * DAY);
        let new = news.story("New & <fresh>", news.water, DAY);
        news.publish(&Content { work: Work::Sponsored, ..content("Buy this", news.water) }, HOUR);
        let guest = news.town.guest();
        assert_eq!(locations(&guest, "/sitemaps/news.xml").await, [format!("/stories/{new}/new-fresh")]);
        let text = guest.get("/sitemaps/news.xml").await.text();
        let document = Document::parse(&text).unwrap();
        let named = |name: &str| {
            let found = document.descendants().find(|node| node.tag_name().name() == name).unwrap();
            assert_eq!(found.tag_name().namespace(), Some("http://www.google.com/schemas/sitemap-news/0.9"));
            found.text().unwrap().to_owned()
        };
        assert_eq!([named("name"), named("language"), named("title")], ["The Mesa Lantern", "en", "New & <fresh>"]);
        news.story("Newer", news.water, 0);
        assert_eq!(locations(&guest, "/sitemaps/news.xml").await.len(), 2, "seen at once");
    }

    async fn there_are_no_other_files(kind) {
        let news = Newsroom::new(kind);
        news.story("New", news.water, HOUR);
        let guest = news.town.guest();
        for nothing in ["stories-1999-01.xml", "stories-2026-13.xml", "stories.xml", "news.xml?x=1", "..%2fnews.xml"] {
            guest.get(&format!("/sitemaps/{nothing}")).await.assert_status(404);
        }
        guest.get("/sitemap.xml?x=1").await.assert_status(404);
    }
}
