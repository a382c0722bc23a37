//! What becomes of the words of somebody who leaves.
#![allow(clippy::unwrap_used)]

use people::{
    AccountId,
    connections::{self, Counts},
    departures::GRACE_MS,
    testing::PASSWORD,
};
use talk::PostId;
use things::stories::{self, Content};

use crate::newsroom::{DAY, Newsroom, content};

/// Ana asks to leave, and her time comes.
async fn leave(news: &Newsroom, posts: &str) {
    let (id, now) = (news.ana.id, news.town.town.now());
    let hash = people::sign_in::password::hash(PASSWORD).await.unwrap();
    news.town.town.db.write_now(move |tx| people::accounts::set_password(tx, id, &hash, now)).unwrap();
    news.ana.show_again().await;
    assert_eq!(news.ana.client.post("/settings/departure", &[("posts", posts)]).await.location(), "/farewell");
    super::carry_out(news.town.town.clone()).await.unwrap();
    news.town.guest().get("/@ana_duarte").await.assert_status(410);
    news.town.pass(GRACE_MS);
    super::carry_out(news.town.town.clone()).await.unwrap();
}

fn draft(news: &Newsroom, content: Content, authors: &[AccountId]) -> PostId {
    let (author, now, authors) = (news.ana.id, news.town.town.now(), authors.to_vec());
    let made = news.town.town.db.write_now(move |tx| {
        let story = stories::create(tx, author, &content, now)?;
        talk::posts::set_authors(tx, story, &authors)?;
        Ok::<_, web::Error>(story)
    });
    made.unwrap()
}

fn is_removed(news: &Newsroom, story: PostId) -> bool {
    let sql = "select 1 from posts where id = $1 and deleted_at is not null";
    news.town.town.db.read_now(move |tx| tx.first(sql, db::params![story], |row| row.get::<i64>(0))).unwrap().is_some()
}

testkit::on_both! {
    async fn whoever_leaves_is_nobodys_friend_and_follower_any_more(kind) {
        let news = Newsroom::new(kind);
        let (ana, rosa, water) = (news.ana.id, news.town.actor("Rosa Mora", "member").id, news.water.get());
        news.town.town.db.write_now(move |tx| {
            connections::ask(tx, ana, rosa, 1)?;
            connections::accept(tx, rosa, ana, 2)?;
            connections::follow(tx, ana, water, 3)?;
            let list = people::lists::make(tx, rosa, "Choir", 4)?;
            people::lists::put(tx, rosa, list, ana, 5)
        }).unwrap();
        leave(&news, "keep").await;
        let left = news.town.town.db.read_now(move |tx| {
            let counts = [rosa.get(), water].map(|owner| connections::counts(tx, owner)).into_iter().collect::<Result<Vec<_>, _>>()?;
            Ok::<_, db::Error>((counts, people::lists::all_of(tx, rosa)?[0].members))
        }).unwrap();
        assert_eq!(left, (vec![Counts::default(); 2], 0));
    }

    async fn whoever_leaves_likes_nothing_any_more(kind) {
        let news = Newsroom::new(kind);
        let (ana, rosa, story) = (news.ana.id, news.town.actor("Rosa Mora", "member").id, news.story("Wells run low", news.city, DAY));
        let left = |news: &Newsroom| news.town.town.db.read_now(move |tx| {
            let seen = talk::reactions::of_one(tx, &people::Viewer::default(), story)?;
            assert_eq!(talk::reactions::drift(tx, false)?, []);
            Ok::<_, db::Error>((seen.likes, seen.typed.iter().map(|(_, count)| count).sum::<i64>()))
        }).unwrap();
        news.town.town.db.write_now(move |tx| {
            let other = talk::posts::insert(tx, "note", rosa, 0)?;
            for (post, by, kind) in [(story, ana, "like"), (story, rosa, "like"), (other, ana, "thanks")] {
                talk::reactions::whole::take_in(tx, &talk::reactions::whole::Line { post, by, kind: kind.into(), at: 1 })?;
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        assert_eq!(left(&news), (2, 0));
        leave(&news, "stay").await;
        assert_eq!(left(&news), (1, 0));
    }

    async fn words_stay_under_the_name_of_a_former_member(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("Wells run low", news.city, DAY);
        let alone = draft(&news, content("Not yet told", news.city), &[news.ana.id]);
        leave(&news, "stay").await;
        let guest = news.town.guest();
        let page = guest.get(&format!("/stories/{story}/wells-run-low")).await;
        page.assert_status(200).assert_text("Former member");
        assert!(!page.text().contains("Ana Duarte"), "nor in what machines read");
        for list in ["/", "/sections/city-hall", "/archive"] {
            assert!(!guest.get(list).await.text().contains("Ana Duarte"), "{list}");
        }
        assert!(is_removed(&news, alone), "what readers never saw goes");
        guest.get("/@ana_duarte").await.assert_status(410);
        assert!(!guest.get("/authors").await.text().contains("Former member"));
        let id = news.ana.id;
        let left = news.town.town.db.read_now(move |tx| people::accounts::by_id(tx, id)).unwrap().unwrap();
        guest.get(&format!("/@{}", left.handle)).await.assert_status(410);
    }

    async fn words_go_with_whoever_wants_that_but_for_those_of_two(kind) {
        let news = Newsroom::new(kind);
        let jon = news.town.actor("Jon", "author");
        let story = news.story("Wells run low", news.city, DAY);
        let shared = news.story("Two of us", news.city, DAY);
        let both = [news.ana.id, jon.id];
        news.town.town.db.write_now(move |tx| talk::posts::set_authors(tx, shared, &both)).unwrap();
        leave(&news, "go").await;
        let guest = news.town.guest();
        guest.get(&format!("/stories/{story}/wells-run-low")).await.assert_status(410);
        guest.get(&format!("/stories/{shared}/two-of-us")).await.assert_status(200).assert_text("Former member");
        assert!(is_removed(&news, story) && !is_removed(&news, shared));
    }

    async fn nothing_is_left_of_whoever_wrote_nothing(kind) {
        let news = Newsroom::new(kind);
        leave(&news, "stay").await;
        let id = news.ana.id;
        assert!(news.town.town.db.read_now(move |tx| people::accounts::by_id(tx, id)).unwrap().is_none());
    }
}
