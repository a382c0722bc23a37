#![allow(clippy::unwrap_used)]

use crate::newsroom::{DAY, Newsroom};
use people::{
    AccountId,
    accounts::by_id,
    decisions::{Entry, TAKEN_DOWN},
    levels::{self, Conditions},
};
use talk::posts::Visibility;
use things::notes::{Content, Written, post};

fn level(news: &Newsroom, id: AccountId) -> String {
    news.town.town.db.read_now(move |tx| by_id(tx, id)).unwrap().unwrap().level
}

fn ask(news: &Newsroom, conditions: Conditions) {
    news.town
        .town
        .db
        .write_now(move |tx| {
            levels::add(tx, "neighbour", "Neighbour", 15)?;
            levels::save(tx, "neighbour", "Neighbour", 15, Some(&conditions))
        })
        .unwrap();
    news.town.reload();
}

fn say(news: &Newsroom, by: AccountId, words: &str) {
    let (now, body) = (news.town.town.now(), words.to_owned());
    let written =
        Written { content: Content { body, ..Content::default() }, audience: Visibility::Public.into(), speaker: None, poll: None };
    news.town.town.db.write_now(move |tx| post(tx, by, &written, now)).unwrap();
}

testkit::on_both! {
    async fn members_rise_when_they_meet_what_is_asked(kind) {
        let news = Newsroom::new(kind);
        ask(&news, Conditions { from: "member".into(), days: 10, posts: 2, quiet_days: 5, email: true });
        let (rosa, sam, bo) = (news.town.actor("Rosa", "member"), news.town.actor("Sam", "member"), news.town.actor("Bo", "author"));
        let id = sam.id;
        for who in [rosa.id, sam.id, bo.id] {
            say(&news, who, "One");
            say(&news, who, "Two");
        }
        let page = rosa.client.get("/settings/level").await;
        page.assert_status(200).assert_landmarks().assert_text("Neighbour").assert_text("10 days more here");
        assert!(!page.has_text("more posts"));
        super::promote(news.town.town.clone()).await.unwrap();
        assert_eq!(level(&news, rosa.id), "member");
        news.town.pass(11 * DAY);
        let now = news.town.town.now();
        news.town.town.db.write_now(move |tx| Entry::new(TAKEN_DOWN, "Took down a post").about(id).by_itself(tx, now - DAY)).unwrap();
        super::promote(news.town.town.clone()).await.unwrap();
        assert_eq!([rosa.id, sam.id, bo.id].map(|id| level(&news, id)), ["neighbour", "member", "author"]);
        let letter = news.town.letters().pop().unwrap();
        assert_eq!((letter.email.as_str(), letter.subject.as_str()), ("rosa@town.example", "Your level at The Mesa Lantern: Neighbour"));
        let logged = news.town.town.db.read_now(move |tx| people::decisions::about(tx, rosa.id, 5)).unwrap();
        assert_eq!(logged[0].words, "Came to the level “Neighbour” by good standing");
        sam.client.get("/settings/level").await.assert_text("4 days more in which nothing of yours is taken down");
        news.town.pass(5 * DAY);
        super::promote(news.town.town.clone()).await.unwrap();
        assert_eq!(level(&news, sam.id), "neighbour");
        news.town.guest().get("/settings/level").await.assert_status(303);
    }

    async fn what_nobody_else_reads_does_not_count(kind) {
        let news = Newsroom::new(kind);
        ask(&news, Conditions { from: "member".into(), posts: 1, ..Conditions::default() });
        let rosa = news.town.actor("Rosa", "member");
        let (id, now) = (rosa.id, news.town.town.now());
        let own = Written { content: Content { body: "Mine".into(), ..Content::default() }, audience: Visibility::OnlyMe.into(), speaker: None, poll: None };
        news.town.town.db.write_now(move |tx| post(tx, id, &own, now)).unwrap();
        rosa.client.get("/settings/level").await.assert_text("1 more post that others can read");
        super::promote(news.town.town.clone()).await.unwrap();
        assert_eq!(level(&news, id), "member");
        say(&news, id, "Ours");
        super::promote(news.town.town.clone()).await.unwrap();
        assert_eq!(level(&news, id), "neighbour");
    }

    async fn nobody_rises_to_where_they_could_give_themselves_anything(kind) {
        let news = Newsroom::new(kind);
        ask(&news, Conditions { from: "member".into(), posts: 1, ..Conditions::default() });
        news.town.town.db.write_now(|tx| levels::grant(tx, "neighbour", &[people::Permission::ManagePeople])).unwrap();
        news.town.reload();
        let rosa = news.town.actor("Rosa", "member");
        say(&news, rosa.id, "One");
        super::promote(news.town.town.clone()).await.unwrap();
        assert_eq!(level(&news, rosa.id), "member");
    }
}
