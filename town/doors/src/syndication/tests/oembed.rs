#![allow(clippy::unwrap_used)]
use super::{JPEG, hard_story};
use crate::newsroom::{HOUR, Newsroom};
use roxmltree::Document;

testkit::on_both! {
    async fn a_link_to_a_story_is_described_in_both_formats(kind) {
        let news = Newsroom::new(kind);
        let (story, hard) = hard_story(&news);
        let guest = news.town.guest();
        let page = guest.get(&format!("/oembed?url=http%3A%2F%2Flocalhost%2Fstories%2F{story}%2Fwhatever")).await;
        page.assert_status(200);
        assert_eq!(page.header("content-type"), Some("application/json"));
        let link = page.json();
        assert_eq!((&link["version"], &link["type"]), (&"1.0".into(), &"link".into()));
        assert_eq!(link["title"], hard.headline);
        assert_eq!((&link["author_name"], &link["author_url"]), (&"Ana Duarte".into(), &"http://localhost/@ana_duarte".into()));
        assert_eq!((&link["provider_name"], &link["provider_url"]), (&"The Mesa Lantern".into(), &"http://localhost/".into()));
        assert_eq!(link["thumbnail_url"], JPEG);
        assert_eq!((&link["thumbnail_width"], &link["thumbnail_height"]), (&1080.into(), &608.into()));
        let page = guest.get(&format!("/oembed?format=xml&url=http%3A%2F%2Flocalhost%2Fstories%2F{story}")).await;
        assert_eq!(page.header("content-type"), Some("text/xml; charset=utf-8"));
        let text = page.text();
        let document = Document::parse(&text).unwrap();
        let title = document.descendants().find(|node| node.tag_name().name() == "title").unwrap();
        assert_eq!(title.text(), Some(&*hard.headline));
        let small = guest.get(&format!("/oembed?maxwidth=600&url=http%3A%2F%2Flocalhost%2Fstories%2F{story}")).await.json();
        assert!(small["thumbnail_url"].is_null(), "no larger than asked for");
    }

    async fn what_is_not_ours_or_not_public_is_not_described(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("The old pipe", news.water, HOUR);
        let address = format!("/oembed?url=http%3A%2F%2Flocalhost%2Fstories%2F{story}");
        let guest = news.town.guest();
        guest.get(&address).await.assert_status(200);
        guest.get(&format!("{address}&format=yaml")).await.assert_status(501);
        guest.get("/oembed").await.assert_status(400);
        for other in ["http%3A%2F%2Felse.example%2Fstories%2F1", "http%3A%2F%2Flocalhost%2Fstories%2F1", "http%3A%2F%2Flocalhost%2F", "words"] {
            guest.get(&format!("/oembed?url={other}")).await.assert_status(404);
        }
        news.unpublish(story);
        guest.get(&address).await.assert_status(404);
    }
}
