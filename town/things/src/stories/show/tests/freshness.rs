#![allow(clippy::unwrap_used)]
use super::*;
use crate::stories::show::fresh_for;

#[test]
fn the_younger_the_sooner_drawn_again() {
    let seconds = |age: i64| fresh_for(0, age).as_secs();
    assert_eq!([seconds(-5_000), seconds(0), seconds(59_999)], [10, 10, 10]);
    assert_eq!([seconds(60_000), seconds(3_599_999)], [20, 20]);
    assert_eq!([seconds(3_600_000), seconds(86_399_999)], [60, 60]);
    assert_eq!([seconds(86_400_000), seconds(i64::MAX)], [600, 600]);
    assert_eq!(fresh_for(i64::MIN, i64::MAX).as_secs(), 600);
}

testkit::on_both! {
    async fn guests_see_an_update_at_once(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let address = format!("/stories/{story}/council-votes-tonight");
        let guest = news.town.guest();
        guest.get(&address).await.assert_text("eleven miles");
        news.publish_again(story, &Content { body: "It is twelve miles long.".into(), ..news.content() }, None);
        let page = guest.get(&address).await;
        page.assert_text("twelve miles");
        assert!(!page.has_text("eleven miles"));
    }

    async fn a_new_story_appears_below_its_neighbours(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let address = format!("/stories/{story}/council-votes-tonight");
        let guest = news.town.guest();
        assert!(!guest.get(&address).await.has(".more"));
        let other = news.publish(&Content { headline: "Well six goes quiet".into(), ..news.content() });
        news.changed(other);
        assert_eq!(guest.get(&address).await.select_text(".more .headline"), ["Well six goes quiet"]);
    }

    async fn a_like_is_seen_at_once_by_everybody(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let address = format!("/stories/{story}/council-votes-tonight");
        let (guest, dee) = (news.town.guest(), news.town.actor("Dee Alvarez", "member"));
        assert_eq!(guest.get(&address).await.select_text("header .counts span")[2], "0 likes");
        let shown = dee.client.get(&address).await;
        assert_eq!(dee.client.submit(&shown, ".story-tools form.react", &[]).await.location(), format!("{address}#reactions-{story}"));
        for reader in [&guest, &dee.client] {
            let page = reader.get(&address).await;
            assert_eq!((page.select_text("header .counts span")[2].as_str(), page.one(".react button")), ("1 like", "Like 1 like".into()));
        }
        assert_eq!(guest.get(&address).await.attr(".react button", "aria-pressed").unwrap(), "false", "a guest's page shows nobody's own");
        dee.client.post(&format!("/posts/{story}/reaction"), &[("kind", "thanks")]).await.assert_status(303);
        let page = guest.get(&address).await;
        assert_eq!((page.select_text("header .counts span")[2].as_str(), page.one(".reacted a")), ("0 likes", "🙏 1 Thanks.".into()));
        dee.client.post(&format!("/posts/{story}/reaction/undo"), &[]).await.assert_status(303);
        assert!(!guest.get(&address).await.has(".reacted a"));
    }

    async fn every_reader_is_counted_and_seen(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let address = format!("/stories/{story}/council-votes-tonight");
        for reader in 1..=3 {
            news.town.guest().from_address(&format!("198.51.100.{reader}")).get(&address).await.assert_status(200);
        }
        news.ana.client.get(&address).await.assert_status(200);
        let member = news.town.actor("Dee Alvarez", "member");
        member.client.clone().from_address("198.51.100.9").get(&address).await.assert_status(200);
        talk::views::Counter::new(news.town.town.clone()).flush().await;
        let page = news.town.guest().from_address("198.51.100.1").get(&address).await;
        assert_eq!(page.select_text("header .counts span")[0], "4 views", "three guests and a member; authors are no readers of their own");
    }
}
