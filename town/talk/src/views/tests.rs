#![allow(clippy::unwrap_used)]
use super::*;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use people::testing::TestTown;

/// A post's page that shows its views and is kept for guests.
async fn show(State(town): State<Town>, Path(post): Path<i64>) -> web::Result {
    let views: i64 = town.db.read(move |tx| tx.one("select views from posts where id = $1", db::params![post], |row| row.get(0))).await?;
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
    town.town.db.read_now(move |tx| tx.one("select views from posts where id = $1", db::params![post], |row| row.get(0))).unwrap()
}

testkit::on_both! {
    async fn readers_are_counted_and_the_page_says_so(kind) {
        let (town, post, address) = town_with_post(kind);
        for reader in ["192.0.2.1", "192.0.2.2", "192.0.2.2"] {
            town.guest().from_address(reader).get(&address).await.assert_text("0 views");
        }
        flush(&town.town).await;
        assert_eq!(stored(&town, post), 2);
        town.guest().from_address("192.0.2.1").get(&address).await.assert_text("2 views");
        town.pass(31 * 60 * 1000);
        town.guest().from_address("192.0.2.1").get(&address).await;
        flush(&town.town).await;
        assert_eq!(stored(&town, post), 3, "half an hour later it is a view again");
    }

    async fn programs_are_not_readers(kind) {
        let (town, post, address) = town_with_post(kind);
        town.guest().as_agent("Mozilla/5.0 (compatible; Googlebot/2.1)").get(&address).await.assert_status(200);
        flush(&town.town).await;
        assert_eq!(stored(&town, post), 0);
    }

    async fn nothing_is_written_when_nobody_looked(kind) {
        let (town, _, _) = town_with_post(kind);
        let before = town.town.db.statements();
        flush(&town.town).await;
        assert_eq!(town.town.db.statements(), before);
    }

    async fn views_wait_while_the_database_is_away(kind) {
        let (town, post, address) = town_with_post(kind);
        town.guest().get(&address).await.assert_status(200);
        town.town.db.close();
        flush(&town.town).await;
        assert_eq!(town.town.audience.take(), [(post, 1)]);
    }

    async fn the_last_views_are_written_at_the_stop(kind) {
        let (town, post, address) = town_with_post(kind);
        town.guest().get(&address).await.assert_status(200);
        let (stop, stopping) = watch::channel(true);
        keep_writing(town.town.clone(), stopping).await;
        assert_eq!(stored(&town, post), 1);
        drop(stop);
    }
}
