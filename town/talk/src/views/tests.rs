#![allow(clippy::unwrap_used)]
use super::*;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use people::testing::TestTown;
use web::audience::{Tally, Views};

use crate::posts;

/// A post's page that shows its views and is kept for guests.
async fn show(State(town): State<Town>, Path(post): Path<i64>) -> web::Result {
    let views: i64 =
        town.db.read(move |tx| tx.one("select views from post_counts where post_id = $1", db::params![post], |row| row.get(0))).await?;
    let about = web::Cacheable { tags: vec![tag(post)], fresh_for: Duration::from_secs(60), subject: Some(post) };
    Ok(web::kept(maud::html! { p { (text::count(views, "view", "views")) } }, about))
}

/// A town with one post, and its address.
fn town_with_post(kind: testkit::Kind) -> (TestTown, i64, String) {
    let town = TestTown::new(kind, Router::new().route("/posts/{id}", get(show)), |_| Ok(Vec::new()));
    let rosa = town.actor("Rosa", "author").id;
    let post = town.town.db.write_now(move |tx| posts::insert(tx, "story", rosa, 0)).unwrap().get();
    (town, post, format!("/posts/{post}"))
}

fn stored(town: &TestTown, post: i64) -> i64 {
    town.town
        .db
        .read_now(move |tx| tx.one("select views from post_counts where post_id = $1", db::params![post], |row| row.get(0)))
        .unwrap()
}

testkit::on_both! {
    async fn readers_are_counted_and_the_page_says_so(kind) {
        let (town, post, address) = town_with_post(kind);
        for reader in ["192.0.2.1", "192.0.2.2", "192.0.2.2"] {
            town.guest().from_address(reader).get(&address).await.assert_text("0 views");
        }
        Counter::new(town.town.clone()).flush().await;
        assert_eq!(stored(&town, post), 2);
        town.guest().from_address("192.0.2.1").get(&address).await.assert_text("2 views");
        town.pass(31 * 60 * 1000);
        town.guest().from_address("192.0.2.1").get(&address).await;
        Counter::new(town.town.clone()).flush().await;
        assert_eq!(stored(&town, post), 3, "half an hour later it is a view again");
    }

    async fn programs_are_not_readers(kind) {
        let (town, post, address) = town_with_post(kind);
        town.guest().as_agent("Mozilla/5.0 (compatible; Googlebot/2.1)").get(&address).await.assert_status(200);
        Counter::new(town.town.clone()).flush().await;
        assert_eq!(stored(&town, post), 0);
    }

    async fn nothing_is_written_when_nobody_looked(kind) {
        let (town, _, _) = town_with_post(kind);
        let before = town.town.db.statements();
        Counter::new(town.town.clone()).flush().await;
        assert_eq!(town.town.db.statements(), before);
    }

    async fn views_wait_while_the_database_is_away(kind) {
        let (town, post, address) = town_with_post(kind);
        town.guest().get(&address).await.assert_status(200);
        town.town.db.close();
        Counter::new(town.town.clone()).flush().await;
        assert_eq!(town.town.audience.take().counts(), [(post, 1)]);
    }

    async fn the_last_views_are_written_at_the_stop(kind) {
        let (town, post, address) = town_with_post(kind);
        town.guest().get(&address).await.assert_status(200);
        let (stop, stopping) = watch::channel(true);
        keep_writing(town.town.clone(), stopping).await;
        assert_eq!(stored(&town, post), 1);
        drop(stop);
    }

    async fn a_busy_seconds_views_are_noted_at_once_and_counted_when_it_is_quiet(kind) {
        let (town, posts) = town_with_posts(kind, BUSY);
        let mut counter = Counter::new(town.town.clone());
        read_all(&town, &posts);
        counter.flush().await;
        assert_eq!((noted(&town), total(&town)), (1, 0), "on the disk, not counted yet");
        read_all(&town, &posts);
        counter.flush().await;
        assert!(!counter.count_part().await, "it is still busy");
        assert_eq!((noted(&town), total(&town)), (2, 0));
        town.pass(1_000);
        counter.flush().await;
        while counter.count_part().await {}
        assert_eq!((noted(&town), total(&town)), (0, 2 * BUSY));
        assert_eq!(stored(&town, posts[0]), 2);
    }

    async fn what_waits_for_long_is_counted_though_it_stays_busy(kind) {
        let (town, posts) = town_with_posts(kind, BUSY);
        let mut counter = Counter::new(town.town.clone());
        read_all(&town, &posts);
        counter.flush().await;
        town.pass(15_000);
        read_all(&town, &posts);
        counter.flush().await;
        while counter.count_part().await {}
        assert_eq!((noted(&town), total(&town)), (1, BUSY), "the newest batch waits for its turn");
    }

    async fn a_counting_that_was_cut_off_counts_nothing_twice_and_forgets_nothing(kind) {
        let (town, posts) = town_with_posts(kind, BUSY);
        let mut cut_off = Counter::new(town.town.clone());
        read_all(&town, &posts);
        cut_off.flush().await;
        town.pass(1_000);
        cut_off.flush().await;
        assert!(cut_off.count_part().await, "there is more than one part");
        let begun = total(&town);
        assert!(begun > 0 && begun < BUSY);
        // Noted meanwhile: no part of what was begun.
        let mut after = Counter::new(town.town.clone());
        read_all(&town, &posts[..1]);
        read_all(&town, &posts);
        after.flush().await;
        town.pass(1_000);
        after.flush().await;
        while after.count_part().await {}
        assert!(!cut_off.count_part().await, "somebody else has moved on");
        while after.count_part().await {}
        assert_eq!((noted(&town), total(&town)), (0, 2 * BUSY + 1));
    }
}

/// More posts than a quiet second has, and than one part counts.
const BUSY: i64 = 1_200;

fn town_with_posts(kind: testkit::Kind, count: i64) -> (TestTown, Vec<i64>) {
    let town = TestTown::of_people(kind);
    let rosa = town.actor("Rosa", "author").id;
    let made =
        town.town.db.write_now(move |tx| (0..count).map(|_| posts::insert(tx, "story", rosa, 0)).collect::<Result<Vec<_>, db::Error>>());
    (town, made.unwrap().into_iter().map(posts::PostId::get).collect())
}

/// As if somebody had read each of them.
fn read_all(town: &TestTown, posts: &[i64]) {
    let once = Tally { views: 1, ..Tally::default() };
    town.town.audience.put_back(Views { tallies: posts.iter().map(|post| (*post, once)).collect(), ..Views::default() });
}

fn noted(town: &TestTown) -> i64 {
    town.town.db.read_now(|tx| tx.one("select count(*) from view_batches", db::params![], |row| row.get(0))).unwrap()
}

fn total(town: &TestTown) -> i64 {
    town.town.db.read_now(|tx| tx.one("select cast(sum(views) as bigint) from post_counts", db::params![], |row| row.get(0))).unwrap()
}
