#![allow(clippy::unwrap_used)]
use super::*;
use crate::stories::LeadPicture;
use people::{
    site::{self, Licence, Site},
    testing::test_site,
};
use serde_json::Value;
use testkit::Page;

/// The structured data of a page: the article, and the breadcrumbs.
#[track_caller]
fn data(page: &Page) -> (Value, Value) {
    let blocks = page.select_text("head script[type='application/ld+json']");
    assert_eq!(blocks.len(), 1);
    let block: Value = serde_json::from_str(&blocks[0]).unwrap();
    assert_eq!(block["@context"], "https://schema.org");
    (block["@graph"][0].clone(), block["@graph"][1].clone())
}

const PICTURE: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-1280";

fn pictured(news: &Newsroom) -> Content {
    let owner = news.ana.id;
    let picture = people::pictures::Picture {
        key: PICTURE.into(),
        width: 1280,
        height: 720,
        colour: "#888888".into(),
        ..people::pictures::Picture::default()
    };
    news.town.town.db.write_now(move |tx| people::pictures::insert(tx, &picture, owner, 0)).unwrap();
    let lead = LeadPicture { key: PICTURE.into(), caption: "The dais.".into(), credit: "Lou Martin".into(), alt: "Five chairs".into() };
    Content { picture: Some(lead), ..news.content() }
}

testkit::on_both! {
    async fn search_engines_are_told_all_that_readers_see(kind) {
        let news = Newsroom::new(kind);
        let content = pictured(&news);
        let story = news.publish(&content);
        news.town.pass(3_600_000);
        news.publish_again(story, &content, Some("It is </script> eleven miles."));
        let page = news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await;
        let (article, breadcrumbs) = data(&page);
        let url = format!("http://localhost/stories/{story}/council-votes-tonight");
        for (name, value) in [
            ("@type", "AnalysisNewsArticle".to_owned()),
            ("url", url.clone()),
            ("headline", content.headline.clone()),
            ("description", content.standfirst.clone()),
            ("inLanguage", "en".into()),
        ] {
            assert_eq!(article[name], value, "{name}");
        }
        assert_eq!(article["author"][0]["name"], "Ana Duarte");
        assert_eq!(article["author"][0]["url"], "http://localhost/@ana_duarte");
        assert_eq!(article["publisher"]["name"], "The Mesa Lantern");
        assert!(article["publisher"]["logo"]["url"].as_str().unwrap().starts_with("http://localhost"));
        assert_eq!(article["articleSection"], serde_json::json!(["Water", "City Hall"]));
        assert_eq!(article["keywords"], serde_json::json!(["WaterLine", "Council"]));
        assert_eq!(article["image"]["url"], format!("http://localhost{}", people::pictures::social_address(PICTURE)));
        assert_eq!(article["image"]["creditText"], "Lou Martin");
        assert_eq!(article["isBasedOn"][0]["url"], "https://www.records.example/minutes");
        assert_eq!(article["isBasedOn"][1], serde_json::json!({ "@type": "CreativeWork", "name": "A talk with the engineer" }));
        assert_eq!(article["correction"][0]["@type"], "CorrectionComment");
        assert_eq!(article["correction"][0]["text"], "It is </script> eleven miles.", "words cannot end the block");
        assert_eq!(article["contentLocation"]["name"], "Mesa Verde Springs");
        assert!(article["wordCount"].as_i64() > Some(5));
        assert!(article["dateModified"].as_str() > article["datePublished"].as_str());
        let steps = breadcrumbs["itemListElement"].as_array().unwrap();
        let names: Vec<&str> = steps.iter().map(|step| step["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["The Mesa Lantern", "City Hall", "Water", "Council votes tonight"]);
        assert_eq!((&steps[3]["position"], &steps[3]["item"]), (&4.into(), &url.into()));
    }

    async fn each_type_of_work_is_called_what_it_is(kind) {
        let news = Newsroom::new(kind);
        for (work, name) in [
            (Work::News, "NewsArticle"),
            (Work::Opinion, "OpinionNewsArticle"),
            (Work::Review, "ReviewNewsArticle"),
            (Work::Sponsored, "AdvertiserContentArticle"),
            (Work::Press, "Article"),
        ] {
            let story = news.publish(&Content { work, sources: vec![], topics: vec![], place: String::new(), ..news.content() });
            let page = news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await;
            let (article, _) = data(&page);
            assert_eq!(article["@type"], name);
            for absent in ["image", "keywords", "isBasedOn", "correction", "contentLocation"] {
                assert!(article.get(absent).is_none(), "{absent}");
            }
        }
    }

    async fn a_link_to_it_has_a_card_and_an_answer(kind) {
        let news = Newsroom::new(kind);
        let (bare, shown) = (news.publish(&news.content()), news.publish(&pictured(&news)));
        let guest = news.town.guest();
        let page = guest.get(&format!("/stories/{bare}/council-votes-tonight")).await;
        assert_eq!(page.attr("meta[name='twitter:card']", "content").as_deref(), Some("summary_large_image"));
        for (name, value) in [("type", "image/jpeg"), ("width", "1200"), ("height", "630"), ("alt", "Council votes tonight")] {
            assert_eq!(page.attr(&format!("meta[property='og:image:{name}']"), "content").as_deref(), Some(value));
        }
        assert_eq!(page.attr("meta[property='article:section']", "content").as_deref(), Some("Water"));
        for (kind, format) in [("application/json+oembed", "json"), ("text/xml+oembed", "xml")] {
            let link = page.attr(&format!("head link[rel=alternate][type='{kind}']"), "href").unwrap();
            assert_eq!(link, format!("http://localhost/oembed?format={format}&url=http%3A%2F%2Flocalhost%2Fstories%2F{bare}"));
        }
        let page = guest.get(&format!("/stories/{shown}/council-votes-tonight")).await;
        assert_eq!(page.attr("meta[name='twitter:card']", "content").as_deref(), Some("summary_large_image"));
        let image = page.attr("meta[property='og:image']", "content").unwrap();
        assert!(image.starts_with(&format!("http://localhost/stories/{shown}/social.jpg?v=")), "{image}");
    }

    async fn the_terms_of_the_site_hold_unless_a_story_has_its_own(kind) {
        let news = Newsroom::new(kind);
        let silent = news.publish(&news.content());
        let guest = news.town.guest();
        let page = guest.get(&format!("/stories/{silent}/council-votes-tonight")).await;
        assert!(!page.has(".licence") && data(&page).0.get("license").is_none(), "nothing is said where nobody has said anything");
        let by = Site { licence: Some(Licence::By), ..test_site() };
        news.town.town.db.write_now(move |tx| site::save(tx, &by, 1)).unwrap();
        news.town.reload();
        let own = news.publish(&Content { licence: Some(Licence::Reserved), ..news.content() });
        let year = text::times::date(news.town.town.now(), &news.town.town.zone()).0;
        let page = guest.get(&format!("/stories/{silent}/council-votes-tonight")).await;
        assert_eq!(page.attr("a[rel=license]", "href").as_deref(), Some("https://creativecommons.org/licenses/by/4.0/"));
        let (article, _) = data(&page);
        assert_eq!(article["license"], "https://creativecommons.org/licenses/by/4.0/");
        assert_eq!(article["copyrightNotice"], format!("© {year} The Mesa Lantern. CC BY 4.0"));
        let page = guest.get(&format!("/stories/{own}/council-votes-tonight")).await;
        page.assert_text("All rights reserved.");
        assert!(!page.has("a[rel=license]") && data(&page).0.get("license").is_none());
        let form = news.ana.client.get(&format!("/stories/{own}/edit")).await;
        assert_eq!(form.attr("select[name=licence] option[selected]", "value").as_deref(), Some("reserved"), "kept in the revision");
    }

    async fn a_preview_is_told_to_nobody(kind) {
        let news = Newsroom::new(kind);
        let (author, content, now) = (news.ana.id, news.content(), news.town.town.now());
        let story = news.town.town.db.write_now(move |tx| stories::create(tx, author, &content, now)).unwrap();
        let page = news.ana.client.get(&format!("/stories/{story}/preview")).await;
        page.assert_status(200);
        assert!(!page.has("script[type='application/ld+json']") && !page.has("link[type$=oembed]"));
    }
}
