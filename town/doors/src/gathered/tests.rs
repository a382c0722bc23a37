#![allow(clippy::unwrap_used)]
use crate::newsroom::{HOUR, Newsroom, content};
use things::stories::{self, Content, Places};

testkit::on_both! {
    async fn a_topic_gathers_its_stories_in_any_case(kind) {
        let news = Newsroom::new(kind);
        let tagged = |headline: &str, topic: &str| Content { topics: vec![topic.into()], ..content(headline, news.water) };
        news.publish(&tagged("The old pipe", "WaterLine"), 2 * HOUR);
        let newest = news.publish(&tagged("The new pipe", "waterline"), HOUR);
        news.story("A brass band", news.arts, HOUR);
        let guest = news.town.guest();
        let page = guest.get("/topics/waterline").await;
        page.assert_status(200).assert_landmarks();
        assert_eq!(page.one("h1"), "#WaterLine");
        assert_eq!(page.select_text("main .headline"), ["The new pipe", "The old pipe"]);
        let other_case = guest.get("/topics/WaterLine").await;
        other_case.assert_status(301);
        assert_eq!(other_case.location(), "/topics/waterline");
        news.unpublish(newest);
        assert_eq!(guest.get("/topics/waterline").await.select_text("main .headline"), ["The old pipe"]);
    }

    async fn a_place_gathers_the_stories_set_in_it_and_what_is_posted_about_it(kind) {
        let news = Newsroom::new(kind);
        let set = |headline: &str, place: &str| Content { place: place.into(), ..content(headline, news.water) };
        let old = news.publish(&set("The old pipe", "Depot Street"), 2 * HOUR);
        news.publish(&set("The new pipe", "depot  street"), HOUR);
        news.publish(&set("A brass band", "The tank"), HOUR);
        let rosa = news.town.actor("Rosa Mora", "member");
        rosa.client.post("/notes", &[("body", "The bakery window is fogged."), ("place", "DEPOT STREET")]).await.assert_status(303);
        let guest = news.town.guest();
        let page = guest.get("/places/depot-street").await;
        page.assert_status(200).assert_landmarks();
        assert_eq!((page.one(".section-header .kicker"), page.one("h1")), ("Place".into(), "Depot Street".into()));
        assert_eq!(page.select_text("main .headline"), ["The new pipe", "The old pipe"]);
        guest.get("/places/depot-street/posts").await.assert_status(200).assert_text("The bakery window is fogged.");
        guest.get("/places/depot-street.rss").await.assert_status(200).assert_text("The new pipe");
        let other = guest.get("/places/Depot%20Street?before=1-2").await;
        assert_eq!((other.status.as_u16(), other.location()), (301, "/places/depot-street?before=1-2".to_owned()));
        // A story leads to its place, and leaves it when it leaves the site.
        let story = guest.get(&format!("/stories/{old}/the-old-pipe")).await;
        assert_eq!(story.attr(".tags .place a", "href").unwrap(), "/places/depot-street");
        news.unpublish(old);
        assert_eq!(guest.get("/places/depot-street").await.select_text("main .headline"), ["The new pipe"]);
        for address in ["/places/nowhere", "/places/%20", "/places/%00", "/places/--"] {
            let status = guest.get(address).await.status.as_u16();
            assert!(status == 404 || status == 400, "{address}: {status}");
        }
    }

    async fn a_place_is_followed_and_a_place_of_any_script_has_an_address(kind) {
        let news = Newsroom::new(kind);
        let (rosa, sam) = (news.town.actor("Rosa Mora", "member"), news.town.actor("Sam Park", "member"));
        sam.client.post("/notes", &[("body", "Dates are in."), ("place", "ساحة السوق")]).await.assert_status(303);
        let posted = rosa.client.get("/square/local").await;
        let address = posted.attr(".post-place a", "href").unwrap();
        let page = rosa.client.get(&address).await;
        page.assert_status(200).assert_text("Dates are in.");
        rosa.client.submit(&page, "form.follow", &[]).await.assert_status(303);
        let home = rosa.client.get("/square").await;
        home.assert_text("Dates are in.").assert_text("Because you follow ساحة السوق");
        assert_eq!(home.attr(".why a", "href").unwrap(), address);
        rosa.client.get("/@rosa_mora/following").await.assert_text("ساحة السوق");
    }

    async fn what_is_said_among_few_names_no_topic_and_no_place_to_others(kind) {
        let news = Newsroom::new(kind);
        let (rosa, sam) = (news.town.actor("Rosa Mora", "member"), news.town.actor("Sam Park", "member"));
        let say = async |audience: &str, word: &str| {
            let body = format!("Not a word about this. #{word}Feast @sam_park");
            rosa.client.post("/notes", &[("body", &body), ("place", &format!("{word} barn")), ("audience", audience)]).await.assert_status(303);
        };
        for (audience, word, reads) in [("only_me", "Own", [true, false, false]), ("mentioned", "Named", [true, true, false]), ("members", "Here", [true, true, false]), ("quiet", "Quiet", [true, true, true])] {
            say(audience, word).await;
            let key = word.to_lowercase();
            for (client, reads) in [&rosa.client, &sam.client, &news.town.guest()].into_iter().zip(reads) {
                for address in [format!("/topics/{key}feast"), format!("/topics/{key}feast/posts"), format!("/places/{key}-barn"), format!("/places/{key}-barn/posts")] {
                    let page = client.get(&address).await;
                    assert_eq!(page.status.as_u16(), if reads { 200 } else { 404 }, "{audience}, {address}");
                    assert!(reads || !String::from_utf8_lossy(&page.body).contains(word), "{audience}, {address}");
                }
            }
            for ending in ["rss", "atom", "json"] {
                for address in [format!("/topics/{key}feast.{ending}"), format!("/places/{key}-barn.{ending}")] {
                    assert_eq!(sam.client.get(&address).await.status.as_u16(), if audience == "quiet" { 200 } else { 404 }, "{audience}, {address}");
                }
            }
            let completed = sam.client.get(&format!("/notes/completions?q=%23{key}")).await;
            assert_eq!(completed.json()["completions"].as_array().unwrap().len(), usize::from(reads[1]), "{audience}");
        }
        // Nor to those who try their numbers.
        let ids = news.town.town.db.read_now(|tx| {
            tx.all("select id from topics where key = 'ownfeast' union all select id from places where key = 'own-barn'", db::params![], |row| row.get::<i64>(0))
        }).unwrap();
        assert_eq!(ids.len(), 2);
        for id in ids {
            sam.client.post(&format!("/connections/{id}/follow"), &[]).await.assert_status(404);
            rosa.client.post(&format!("/connections/{id}/follow"), &[]).await.assert_status(303);
            rosa.client.post(&format!("/connections/{id}/follow/removal"), &[]).await.assert_status(303);
        }
    }

    async fn stories_that_named_a_place_before_come_onto_its_shelf(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&Content { place: "Depot Street".into(), ..content("The old pipe", news.water) }, HOUR);
        let draft = news.publish(&Content { place: "Depot Street".into(), ..content("Unsaid", news.water) }, HOUR);
        news.unpublish(draft);
        news.town.town.db.write_now(|tx| {
            tx.run("delete from post_places", db::params![])?;
            tx.run("delete from shelves where owner_id in (select id from places)", db::params![])?;
            tx.run("delete from places", db::params![])
        }).unwrap();
        news.town.guest().get("/places/depot-street").await.assert_status(404);
        stories::place_all(news.town.town.clone(), Places { after: talk::PostId::new(0) }).await.unwrap();
        let page = news.town.guest().get("/places/depot-street").await;
        assert_eq!(page.select_text("main .headline"), ["The old pipe"]);
        news.town.guest().get(&format!("/stories/{story}/the-old-pipe")).await.assert_status(200);
    }

    async fn unknown_topics_are_not_there(kind) {
        let news = Newsroom::new(kind);
        for address in ["/topics/nothing", "/topics/%20", "/topics/%00", "/topics/two%20words", "/topics/%FF"] {
            let status = news.town.guest().get(address).await.status.as_u16();
            assert!(status == 404 || status == 400, "{address}: {status}");
        }
    }

    async fn a_topic_of_any_script_has_an_address(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&Content { topics: vec!["ماء".into()], ..content("The well", news.water) }, HOUR);
        let page = news.town.guest().get(&format!("/stories/{story}/the-well")).await;
        let address = page.attr(".tags a", "href").unwrap();
        news.town.guest().get(&address).await.assert_status(200).assert_text("The well");
    }
}
