#![allow(clippy::unwrap_used)]
use crate::newsroom::{HOUR, Newsroom, content};
use crate::syndication::{Ping, ping};
use roxmltree::Document;
use testkit::{Reply, Web};
use things::stories::{self, Changed, Content};

const HUB: &str = "http://hub.example/";

/// A newsroom with a hub, which this web is.
fn with_a_hub(kind: testkit::Kind, web: &Web) -> Newsroom {
    let news = Newsroom::new(kind);
    news.town.pins.set("hub.example", web.address());
    // People can only name a hub by https; the web of a test speaks plainly.
    news.town.town.db.write_now(|tx| tx.run("update site set hub = $1", db::params![HUB])).unwrap();
    news.town.reload();
    news
}

/// Runs what is due; answers how many runs that were.
async fn run(news: &Newsroom) -> usize {
    let (town, pinging, clock) = (news.town.town.clone(), news.town.town.clone(), news.town.town.clone());
    let queue = jobs::Queue::builder(town.db.clone())
        .clock(move || clock.now())
        .on(move |_, changed: Changed| crate::story_changed(town.clone(), changed))
        .on(move |_, told: Ping| ping(pinging.clone(), told))
        .build();
    queue.run_due().await
}

/// Paths that the hub was told of, sorted.
fn told(web: &Web) -> Vec<String> {
    let mut told: Vec<String> = web
        .asked()
        .into_iter()
        .map(|asked| {
            assert_eq!((asked.method.as_str(), asked.url.as_str()), ("POST", HUB));
            let pairs: Vec<(String, String)> = url::form_urlencoded::parse(asked.body.as_bytes()).into_owned().collect();
            assert_eq!((pairs.len(), pairs[0].0.as_str(), pairs[0].1.as_str()), (2, "hub.mode", "publish"));
            assert_eq!(pairs[1].0, "hub.url");
            pairs[1].1.strip_prefix("http://localhost").unwrap().to_owned()
        })
        .collect();
    told.sort_unstable();
    told
}

fn lists(bases: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = ["/", "/feed.rss", "/feed.atom", "/feed.json"].map(ToOwned::to_owned).to_vec();
    all.extend(bases.iter().flat_map(|base| ["", ".rss", ".atom", ".json"].map(|ending| format!("{base}{ending}"))));
    all.sort_unstable();
    all
}

testkit::on_both! {
    async fn the_hub_is_told_of_every_list_that_changed(kind) {
        let web = Web::open();
        web.serve(HUB, Reply::empty(204));
        let news = with_a_hub(kind, &web);
        let story = news.publish(&Content { topics: vec!["ماء".into()], ..content("The well", news.water) }, HOUR);
        run(&news).await;
        let topic = "/topics/%D9%85%D8%A7%D8%A1";
        assert_eq!(told(&web), lists(&["/sections/city-hall", "/sections/water", "/@ana_duarte", topic]));
        // Moved to another section: both have changed.
        let (author, now, arts) = (news.ana.id, news.town.town.now(), news.arts);
        news.town.town.db.write_now(move |tx| {
            let base = stories::open_draft(tx, story)?.version;
            stories::save(tx, story, base, &content("The well", arts), author, now)?;
            stories::publish(tx, story, None, author, now)
        }).unwrap();
        run(&news).await;
        assert_eq!(told(&web), lists(&["/sections/arts", "/sections/city-hall", "/sections/water", "/@ana_duarte", topic]));
        news.unpublish(story);
        run(&news).await;
        assert_eq!(told(&web), lists(&["/sections/arts", "/@ana_duarte"]));
        assert_eq!(run(&news).await, 0);
    }

    async fn a_hub_that_is_down_is_told_later_and_one_that_refuses_is_not(kind) {
        let web = Web::open();
        web.serve(HUB, Reply::empty(503));
        let news = with_a_hub(kind, &web);
        news.story("The well", news.water, HOUR);
        run(&news).await;
        assert_eq!(told(&web).len(), 1, "it is not asked again and again");
        assert_eq!(run(&news).await, 0);
        web.serve(HUB, Reply::empty(202));
        news.town.pass(HOUR);
        run(&news).await;
        assert_eq!(told(&web), lists(&["/sections/city-hall", "/sections/water", "/@ana_duarte"]));
        web.serve(HUB, Reply::empty(400));
        news.story("Another", news.water, HOUR);
        run(&news).await;
        let dead = news.town.town.db.read(|tx| jobs::dead(tx, 9)).await.unwrap();
        assert_eq!((dead.len(), dead[0].kind.as_str()), (1, "websub.ping"));
    }

    async fn nobody_is_told_where_there_is_no_hub(kind) {
        let web = Web::open();
        let news = with_a_hub(kind, &web);
        news.town.town.db.write_now(|tx| tx.run("update site set hub = ''", db::params![])).unwrap();
        news.town.reload();
        news.story("The well", news.water, HOUR);
        run(&news).await;
        assert!(web.asked().is_empty());
        let guest = news.town.guest();
        assert!(guest.get("/feed.atom").await.header("link").is_none() && !guest.get("/").await.has("link[rel=hub]"));
    }

    async fn a_hub_on_our_own_network_is_never_asked(kind) {
        let web = Web::open();
        let news = with_a_hub(kind, &web);
        let local = format!("http://{}/", web.address());
        news.town.town.db.write_now(move |tx| tx.run("update site set hub = $1", db::params![&local])).unwrap();
        news.story("The well", news.water, HOUR);
        run(&news).await;
        assert!(web.asked().is_empty());
    }

    async fn feeds_and_pages_name_the_hub(kind) {
        let web = Web::open();
        let news = with_a_hub(kind, &web);
        news.story("The well", news.water, HOUR);
        let guest = news.town.guest();
        for _ in 0..2 {
            // The second time from what is kept for guests.
            let feed = guest.get("/sections/water.atom").await;
            assert_eq!(feed.header("link"), Some("<http://hub.example/>; rel=\"hub\", <http://localhost/sections/water.atom>; rel=\"self\""));
        }
        for ending in ["rss", "atom"] {
            let text = guest.get(&format!("/feed.{ending}")).await.text();
            let document = Document::parse(&text).unwrap();
            let hub = document.descendants().find(|node| node.attribute("rel") == Some("hub")).unwrap();
            assert_eq!((hub.tag_name().namespace(), hub.attribute("href")), (Some("http://www.w3.org/2005/Atom"), Some(HUB)));
        }
        let feed = guest.get("/feed.json").await.json();
        assert_eq!(feed["hubs"], serde_json::json!([{ "type": "WebSub", "url": HUB }]));
        let page = guest.get("/sections/water").await;
        assert_eq!(page.attr("head link[rel=hub]", "href").as_deref(), Some(HUB));
        assert_eq!(page.attr("head link[rel=self]", "href").as_deref(), Some("http://localhost/sections/water"));
        assert!(guest.get("/search.atom?q=well").await.header("link").is_none(), "nobody is told of searches");
    }
}
