#![allow(clippy::unwrap_used)]
use crate::newsroom::{HOUR, Newsroom, content};
use things::stories::Content;

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
