#![allow(clippy::unwrap_used)]
use super::*;
use crate::stories::show::social::sweep;

async fn address_of(news: &Newsroom, story: PostId) -> String {
    let page = news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await;
    let address = page.attr("meta[property='og:image']", "content").unwrap();
    address.strip_prefix("http://localhost").unwrap().to_owned()
}

testkit::on_both! {
    async fn a_link_shows_the_headline_as_a_picture(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let guest = news.town.guest();
        let address = address_of(&news, story).await;
        let picture = guest.get(&address).await;
        picture.assert_status(200);
        assert_eq!(picture.header("content-type"), Some("image/jpeg"));
        assert!(picture.header("cache-control").unwrap().contains("immutable"));
        assert_eq!(picture.body[..3], [0xff, 0xd8, 0xff], "a JPEG");
        let again = guest.get(&address).await;
        assert_eq!(again.body, picture.body);
        let bare = guest.get(&format!("/stories/{story}/social.jpg")).await;
        bare.assert_status(301);
        assert_eq!(bare.location(), address);
    }

    async fn another_headline_is_another_picture(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let before = address_of(&news, story).await;
        let first = news.town.guest().get(&before).await;
        news.publish_again(story, &Content { headline: "Council voted".into(), ..news.content() }, None);
        let page = news.town.guest().get(&format!("/stories/{story}/council-voted")).await;
        let after = page.attr("meta[property='og:image']", "content").unwrap();
        let led = news.town.guest().get(&before).await;
        assert_eq!(format!("http://localhost{}", led.location()), after, "the old address leads to the new one");
        assert_ne!(news.town.guest().get(&led.location()).await.body, first.body);
    }

    async fn what_readers_do_not_see_has_none(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let address = address_of(&news, story).await;
        let (by, now) = (news.ana.id, news.town.town.now());
        news.town.town.db.write_now(move |tx| stories::unpublish(tx, story, by, now)).unwrap();
        news.town.guest().get(&address).await.assert_status(404);
        news.town.guest().get("/stories/1/social.jpg").await.assert_status(404);
    }

    async fn pictures_are_removed_after_a_month_and_drawn_anew(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let address = address_of(&news, story).await;
        news.town.guest().get(&address).await.assert_status(200);
        let town = &news.town.town;
        let kept = async || town.db.read(|tx| tx.all("select name from social_pictures", db::params![], |row| row.get::<String>(0))).await.unwrap();
        let names = kept().await;
        assert!(town.media.read(&names[0]).await.is_ok());
        sweep(town.clone()).await.unwrap();
        assert_eq!(kept().await, names, "not before its time");
        news.town.pass(31 * 24 * 3_600_000);
        sweep(town.clone()).await.unwrap();
        assert_eq!((kept().await.len(), town.media.read(&names[0]).await.is_ok()), (0, false));
        news.town.guest().get(&address).await.assert_status(200);
        assert_eq!(kept().await, names);
    }
}
