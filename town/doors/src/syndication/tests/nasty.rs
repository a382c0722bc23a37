//! Stories that break other people's feeds.
#![allow(clippy::unwrap_used)]
use super::{PICTURE, checker, hard_story};
use crate::newsroom::{HOUR, Newsroom, content};
use people::recordings::{self, Recording};
use things::stories::{Content, LeadPicture, Work};

const EVERYTHING: &str = "A line with `<b>`, <b>raw</b> & &amp; &nbsp; and a [link](/a?b=1&c=2 \"Title\").\n\n\
    | Left | Right |\n|:--|--:|\n| 1 | <script>alert(1)</script> |\n\n\
    - [ ] to do\n- [x] done\n\n3. three\n4. four\n\n> quoted\n\n+++ Folded\nInside, [far](https://else.example/?a=1&b=2)\n+++\n\n\
    ```html\n<a href=\"/x\" onclick=\"y()\">\n```\n\n![](/media/RECORDING \"What she said\")\n\n\
    <iframe src=\"https://evil.example/\"></iframe>\n\n[bad](javascript:alert(1)) [rel](../up) [next](next.html) [two](//evil.example/x)\n\n\
    ![From afar](https://pictures.example/a.jpg?w=1&h=2)\n\n~~gone~~ **bold** *soft*\n\n---\n\nEnd\u{b}\u{1}\u{9f}\u{85}.";

fn recording(news: &Newsroom) -> String {
    let key = format!("{}.mp3", "c".repeat(32));
    let recording = Recording {
        key: key.clone(),
        kind: recordings::Kind::Audio,
        content_type: "audio/mpeg".into(),
        bytes: 9,
        duration_ms: Some(1000),
        width: None,
        height: None,
        words: recordings::Words { name: "a.mp3".into(), title: "A > \"B\"".into(), ..recordings::Words::default() },
        poster: None,
        owner: None,
        created_at: 0,
        removed_at: None,
    };
    let owner = news.ana.id;
    news.town.town.db.write_now(move |tx| recordings::insert(tx, &recording, owner, 0)).unwrap();
    key
}

testkit::on_both! {
    async fn nothing_that_people_write_breaks_a_feed(kind) {
        let news = Newsroom::new(kind);
        let key = recording(&news);
        hard_story(&news);
        let plain = content("", news.water);
        let bare = Content { standfirst: String::new(), ..plain.clone() };
        for (age, story) in [
            (2, Content { headline: "No standfirst".into(), body: EVERYTHING.replace("RECORDING", &key), ..bare.clone() }),
            (3, Content { headline: "</b>&amp; &lt;i&gt;x<script>alert(1)</script>".into(), body: "---".into(), ..bare.clone() }),
            (4, Content { headline: "Left over\u{1}\u{80}\u{85}\u{9f}\u{fdd0}\u{fffe} \u{1f335}".into(), standfirst: "\u{7f}?".into(), ..plain.clone() }),
            (5, Content {
                headline: "الفوانيس".into(),
                topics: vec!["فوانيس".into(), "R&D".into(), "C++".into()],
                work: Work::Sponsored,
                picture: Some(LeadPicture { key: PICTURE.into(), caption: String::new(), credit: "<Lou>".into(), alt: "Lamps \"and\" lanterns".into() }),
                ..plain.clone()
            }),
            (24 * 365 * 45, Content { headline: "Found in the attic".into(), ..plain }),
        ] {
            news.publish(&story, age * HOUR);
        }
        let guest = news.town.guest();
        for list in ["/feed", "/sections/water", "/@ana_duarte", "/topics/%D9%81%D9%88%D8%A7%D9%86%D9%8A%D8%B3"] {
            let atom = checker::atom(&guest.get(&format!("{list}.atom")).await.text());
            assert_eq!(checker::rss(&guest.get(&format!("{list}.rss")).await.text()), atom);
            let json: Vec<String> = checker::json(&guest.get(&format!("{list}.json")).await.json());
            assert_eq!(json.len(), atom.len());
            assert_eq!(json.len(), if list.starts_with("/topics") { 1 } else { 6 });
        }
        let feed = guest.get("/feed.json").await.json();
        let item = feed["items"].as_array().unwrap().iter().find(|item| item["title"] == "No standfirst").unwrap();
        assert!(item["summary"].as_str().unwrap().starts_with("A line with <b>,"), "{}", item["summary"]);
        assert!(item["content_html"].as_str().unwrap().contains("<audio src=\"http://localhost/media/c"), "{}", item["content_html"]);
    }

    async fn short_words_are_html_in_rss_alone(kind) {
        let news = Newsroom::new(kind);
        news.publish(&content("A < B", news.water), HOUR);
        news.publish(&Content { standfirst: "Write <b> for bold & mean it".into(), ..content("Bold", news.water) }, HOUR / 2);
        let guest = news.town.guest();
        let text = |page: &str, element: &str| {
            let document = roxmltree::Document::parse(page).unwrap();
            let item = document.descendants().find(|node| matches!(node.tag_name().name(), "item" | "entry")).unwrap();
            item.children().find(|node| node.has_tag_name(element) || node.tag_name().name() == element).unwrap().text().unwrap().to_owned()
        };
        assert_eq!(text(&guest.get("/feed.rss").await.text(), "description"), "Write &lt;b&gt; for bold &amp; mean it");
        assert_eq!(text(&guest.get("/feed.atom").await.text(), "summary"), "Write <b> for bold & mean it");
    }
}
