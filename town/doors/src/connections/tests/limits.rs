//! As many follows and requests as a level allows.

use super::*;
use people::levels::{self, Limit, Limits};

const MINUTE: i64 = 60 * 1000;

fn limit(news: &Newsroom, limit: Limit, most: i64) {
    let mut limits = Limits::default();
    limits.set(limit, Some(most));
    news.town.town.db.write_now(move |tx| levels::limit(tx, "member", limits)).unwrap();
    news.town.reload();
}

testkit::on_both! {
    async fn who_has_followed_enough_goes_on_an_hour_later(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, dee] = three(&news);
        limit(&news, Limit::FollowsAnHour, 2);
        act(&rosa, &ben, "follow").await.assert_status(303);
        news.town.pass(20 * MINUTE);
        let water = format!("/connections/{}/follow", news.water);
        rosa.client.post(&water, &[("back", "/sections/water"), ("part", "")]).await.assert_status(303);
        let refused = act(&rosa, &dee, "follow").await;
        refused.assert_status(429).assert_landmarks().assert_text("You have followed 2 more within an hour").assert_text("40 minutes");
        assert!(refused.header("retry-after").unwrap().parse::<i64>().unwrap() > 39 * 60);
        assert!(!follows(&news, rosa.id, dee.id.get()));
        // Pressed once more, what is followed already stays so; others have their own hour.
        act(&rosa, &ben, "follow").await.assert_status(303);
        act(&ben, &dee, "follow").await.assert_status(303);
        let pressed = turbo(&rosa).post(&format!("/connections/{}/follow", dee.id), &[("back", "/"), ("part", "panel")]).await;
        assert_eq!(pressed.status, 429);
        news.town.pass(41 * MINUTE);
        act(&rosa, &dee, "follow").await.assert_status(303);
        assert!(follows(&news, rosa.id, dee.id.get()));
        act(&rosa, &news.ana, "follow").await.assert_status(429);
    }

    async fn who_has_asked_enough_people_to_be_friends_goes_on_a_day_later(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, dee] = three(&news);
        let [kit, sam] = ["Kit Lane", "Sam Park"].map(|name| news.town.actor(name, "member"));
        limit(&news, Limit::RequestsADay, 2);
        act(&rosa, &ben, "request").await.assert_status(303);
        news.town.pass(4 * HOUR);
        act(&rosa, &dee, "request").await.assert_status(303);
        let refused = act(&rosa, &kit, "request").await;
        refused.assert_status(429).assert_landmarks().assert_text("You have asked 2 people within a day").assert_text("20 hours");
        kit.client.get("/connections").await.assert_status(200).assert_text("Kit Lane");
        assert!(!kit.client.get("/connections").await.has_text("They ask to be your friends"), "nobody was asked");
        // Who knows the other is not counted: what was agreed to makes room.
        act(&ben, &rosa, "request/acceptance").await.assert_status(303);
        act(&rosa, &kit, "request").await.assert_status(303);
        act(&rosa, &sam, "request").await.assert_status(429);
        act(&ben, &sam, "request").await.assert_status(303);
        news.town.pass(DAY);
        act(&rosa, &sam, "request").await.assert_status(303);
    }
}
