#![allow(clippy::unwrap_used)]
use super::{checker, hard_story};
use crate::newsroom::{DAY, HOUR, Newsroom, content, section};
use people::site::Licence;
use roxmltree::Document;
use things::{sections, stories::Content};

/// Statements that a feed may cost, however many stories stand in it.
const BUDGET: u64 = 8;

testkit::on_both! {
    async fn every_list_has_its_feeds_beside_it(kind) {
        let news = Newsroom::new(kind);
        let (_, hard) = hard_story(&news);
        news.story("A brass band", news.arts, DAY);
        let guest = news.town.guest();
        let (both, water) = (vec![hard.headline.clone(), "A brass band".into()], vec![hard.headline.clone()]);
        for (list, expected) in [
            ("/feed", &both),
            ("/sections/city-hall", &water),
            ("/sections/water", &water),
            ("/@ana_duarte", &both),
            ("/topics/waterline", &water),
        ] {
            for (ending, kind) in [("rss", "application/rss+xml"), ("atom", "application/atom+xml"), ("json", "application/feed+json")] {
                let page = guest.get(&format!("{list}.{ending}")).await;
                page.assert_status(200);
                assert_eq!(page.header("content-type"), Some(&*format!("{kind}; charset=utf-8")), "{list}.{ending}");
                let headlines = match ending {
                    "rss" => checker::rss(&page.text()),
                    "atom" => checker::atom(&page.text()),
                    _ => checker::json(&page.json()),
                };
                assert_eq!(&headlines, expected, "{list}.{ending}");
                assert!(page.text().contains(&format!("\"http://localhost{list}.{ending}\"")), "a feed names its own address");
            }
        }
    }

    async fn a_story_in_another_language_says_so(kind) {
        let news = Newsroom::new(kind);
        news.publish(&Content { language: "es".into(), ..content("La banda vuelve", news.arts) }, HOUR);
        news.publish(&content("The band is back", news.arts), 2 * HOUR);
        let guest = news.town.guest();
        let json = guest.get("/feed.json").await.json();
        assert_eq!((&json["language"], &json["items"][0]["language"], &json["items"][1]["language"]), (&"en".into(), &"es".into(), &serde_json::Value::Null));
        let (rss, atom) = (guest.get("/feed.rss").await.text(), guest.get("/feed.atom").await.text());
        let rss = Document::parse(&rss).unwrap();
        let languages: Vec<_> = rss.descendants().filter(|node| node.has_tag_name(("http://purl.org/dc/elements/1.1/", "language"))).map(|node| node.text()).collect();
        assert_eq!(languages, [Some("es")]);
        let atom = Document::parse(&atom).unwrap();
        let entries = atom.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry")));
        let languages: Vec<_> = entries.map(|entry| entry.attribute(("http://www.w3.org/XML/1998/namespace", "lang"))).collect();
        assert_eq!(languages, [Some("es"), None]);
        let front = guest.get("/").await;
        assert_eq!(front.attr("[lang=es] a", "href").map(|address| address.ends_with("la-banda-vuelve")), Some(true));
    }

    async fn a_story_travels_whole(kind) {
        let news = Newsroom::new(kind);
        let (story, hard) = hard_story(&news);
        news.town.pass(HOUR);
        news.correct(story, "An earlier version gave the <wrong> length.");
        let guest = news.town.guest();
        let feed = guest.get("/feed.json").await.json();
        let item = &feed["items"][0];
        assert_eq!(item["id"], format!("http://localhost/stories/{story}"));
        assert_eq!(item["summary"], hard.standfirst);
        assert_eq!(item["authors"][0]["url"], "http://localhost/@ana_duarte");
        assert_eq!(item["tags"], serde_json::json!(["Water", "WaterLine"]));
        assert!(item["date_modified"].as_str() > item["date_published"].as_str());
        let html = item["content_html"].as_str().unwrap();
        let url = item["url"].as_str().unwrap();
        for part in [
            "<strong>Opinion</strong>", "A &lt; B &amp;&amp; C", "The &lt;old&gt; pipe", "http://localhost/sections/water", &format!("{url}#the-pipe"),
            "&lt;a href=\"/x\"&gt;", "gave the &lt;wrong&gt; length", "https://records.example/?a=1&amp;b=2", "A talk",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(html.matches(super::JPEG).count(), 2, "over the story and in it: {html}");
        let rss = guest.get("/feed.rss").await.text();
        let atom = guest.get("/feed.atom").await.text();
        for (text, element) in [(&rss, "encoded"), (&atom, "content")] {
            let document = Document::parse(text).unwrap();
            let found = document.descendants().find(|node| node.tag_name().name() == element && node.text().is_some()).unwrap();
            assert_eq!(found.text(), Some(html), "the same story in every format");
        }
        let document = Document::parse(&rss).unwrap();
        let enclosure = document.descendants().find(|node| node.tag_name().name() == "enclosure").unwrap();
        assert_eq!(enclosure.attribute("url"), Some(super::JPEG));
    }

    async fn the_terms_travel_with_the_stories(kind) {
        let news = Newsroom::new(kind);
        news.story("The old pipe", news.water, DAY);
        news.publish(&Content { licence: Some(Licence::Zero), ..content("Open to all", news.water) }, HOUR);
        let guest = news.town.guest();
        assert!(!guest.get("/feed.rss").await.text().contains("<copyright>"), "nothing is said where nobody has said anything");
        let admin = news.town.actor("Priya Nair", "administrator");
        let desk = admin.client.get("/admin/site").await;
        admin.client.submit(&desk, "form.narrow", &[("licence", "by-sa")]).await.assert_status(303);
        let (zero, shared) = ("https://creativecommons.org/publicdomain/zero/1.0/", "https://creativecommons.org/licenses/by-sa/4.0/");
        let text = guest.get("/feed.rss").await.text();
        let document = Document::parse(&text).unwrap();
        let module = |node: &roxmltree::Node| node.tag_name().namespace() == Some("http://backend.userland.com/creativeCommonsRssModule");
        assert_eq!(document.descendants().filter(module).filter_map(|node| node.text()).collect::<Vec<_>>(), [shared, zero, shared]);
        assert_eq!(document.descendants().filter(|node| node.tag_name().name() == "copyright").count(), 1);
        let text = guest.get("/feed.atom").await.text();
        let document = Document::parse(&text).unwrap();
        let links = document.descendants().filter(|node| node.attribute("rel") == Some("license"));
        assert_eq!(links.filter_map(|node| node.attribute("href")).collect::<Vec<_>>(), [shared, zero, shared]);
        let rights: Vec<&str> = document.descendants().filter(|node| node.tag_name().name() == "rights").filter_map(|node| node.text()).collect();
        assert!(rights[0].starts_with("© ") && rights[0].ends_with("The Mesa Lantern. CC BY-SA 4.0") && rights[1].ends_with(": CC0 1.0"), "{rights:?}");
    }

    async fn an_id_outlives_the_headline(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("The old pipe", news.water, HOUR);
        let guest = news.town.guest();
        let before = guest.get("/feed.json").await.json();
        let (author, now, water) = (news.ana.id, news.town.town.now(), news.water);
        news.town.town.db.write_now(move |tx| {
            let base = things::stories::open_draft(tx, story)?.version;
            things::stories::save(tx, story, base, &content("The new pipe", water), author, now)?;
            things::stories::publish(tx, story, None, author, now)
        }).unwrap();
        news.changed();
        let after = guest.get("/feed.json").await.json();
        assert_eq!(before["items"][0]["id"], after["items"][0]["id"]);
        assert_ne!(before["items"][0]["url"], after["items"][0]["url"]);
        let id = after["items"][0]["id"].as_str().unwrap().strip_prefix("http://localhost").unwrap();
        assert_eq!(guest.get(id).await.location(), after["items"][0]["url"].as_str().unwrap().strip_prefix("http://localhost").unwrap());
    }

    async fn what_is_taken_off_the_site_leaves_the_feeds(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("The old pipe", news.water, HOUR);
        let guest = news.town.guest();
        assert_eq!(checker::rss(&guest.get("/sections/water.rss").await.text()), ["The old pipe"]);
        news.unpublish(story);
        assert!(checker::rss(&guest.get("/sections/water.rss").await.text()).is_empty());
    }

    async fn empty_lists_have_valid_feeds(kind) {
        let news = Newsroom::new(kind);
        for list in ["/feed", "/sections/arts", "/@ana_duarte"] {
            let guest = news.town.guest();
            assert!(checker::rss(&guest.get(&format!("{list}.rss")).await.text()).is_empty());
            assert!(checker::atom(&guest.get(&format!("{list}.atom")).await.text()).is_empty());
            assert!(checker::json(&guest.get(&format!("{list}.json")).await.json()).is_empty());
        }
    }

    async fn an_old_address_leads_to_the_new_one(kind) {
        let news = Newsroom::new(kind);
        news.publish(&Content { topics: vec!["ماء".into()], ..content("The well", news.water) }, HOUR);
        let arts = news.arts;
        news.town.town.db.write_now(move |tx| sections::save(tx, arts, &section("Culture", "culture", None, 2))).unwrap();
        let guest = news.town.guest();
        for (old, new) in [("/sections/arts.rss", "/sections/culture.rss"), ("/@ANA_Duarte.json", "/@ana_duarte.json")] {
            let page = guest.get(old).await;
            page.assert_status(301);
            assert_eq!(page.location(), new);
        }
        guest.get("/topics/%d9%85%d8%a7%d8%a1.atom").await.assert_status(200);
        for nothing in ["/sections/nothing.rss", "/@nobody.atom", "/topics/nothing.json", "/topics/%FF.rss", "/feed.xml", "/sections/.rss"] {
            let status = guest.get(nothing).await.status.as_u16();
            assert!(status == 404 || status == 400, "{nothing}: {status}");
        }
        guest.get("/sections/culture").await.assert_status(200);
    }

    async fn thirty_stories_cost_what_one_does_and_views_nothing(kind) {
        let news = Newsroom::new(kind);
        news.fill(100);
        let db = &news.town.town.db;
        let guest = news.town.guest();
        let before = db.statements();
        let page = guest.get("/sections/arts.atom").await;
        assert_eq!(checker::atom(&page.text()).len(), 30);
        let cost = db.statements() - before;
        assert!(cost <= BUDGET, "{cost} statements");
        let before = db.statements();
        news.town.town.pages.changed(&[talk::views::tag(1)]);
        let again = guest.get("/sections/arts.atom").await;
        assert_eq!(db.statements(), before, "kept for guests, and no view changes it");
        assert_eq!((again.header("content-type"), &again.body), (page.header("content-type"), &page.body));
        let etag = page.header("etag").unwrap();
        guest.clone().with_header("if-none-match", etag).get("/sections/arts.atom").await.assert_status(304);
        let packed = guest.clone().with_header("accept-encoding", "gzip").get("/sections/arts.atom").await;
        assert_eq!(packed.header("content-encoding"), Some("gzip"));
    }

    async fn what_is_too_long_to_travel_is_read_on_the_site(kind) {
        let news = Newsroom::new(kind);
        for number in 0..9 {
            let body = format!("{number} {}", "All about the pipe. ".repeat(11_000));
            news.publish(&Content { body, ..content(&format!("Part {number}"), news.water) }, HOUR);
        }
        news.publish(&Content { body: "word ".repeat(60_000), ..content("Too long", news.water) }, 2 * HOUR);
        let page = news.town.guest().get("/feed.json").await;
        assert!(page.body.len() < 2_000_000);
        let feed = page.json();
        let items = feed["items"].as_array().unwrap();
        let short = |item: &&serde_json::Value| item["content_html"].as_str().unwrap().contains("Read the whole story");
        assert_eq!(items.len(), 10);
        assert_eq!(items.iter().filter(short).count(), 4, "six whole parts fit; three do not, nor does the longest");
    }

    async fn pages_and_footer_lead_to_the_feeds(kind) {
        let news = Newsroom::new(kind);
        news.publish(&Content { topics: vec!["Water".into()], ..content("The well", news.water) }, HOUR);
        let guest = news.town.guest();
        for (page, base) in [("/", "/feed"), ("/sections/water", "/sections/water"), ("/@ana_duarte", "/@ana_duarte"), ("/topics/water", "/topics/water")] {
            let shown = guest.get(page).await;
            for (ending, kind) in [("rss", "rss+xml"), ("atom", "atom+xml"), ("json", "feed+json")] {
                let link = shown.attr(&format!("head link[rel=alternate][type='application/{kind}']"), "href").unwrap();
                assert_eq!(link, format!("http://localhost{base}.{ending}"));
            }
            assert!(shown.has("footer a[href='/feed.rss']"));
        }
    }
}
