//! How a session ends.

use super::*;
use crate::sign_in::{all_of, end_expired, sessions};

testkit::on_both! {
    async fn signing_out_ends_the_session_itself(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "author");
        let copied = town.guest();
        copied.set_cookie("session", &rosa.client.cookie("session").unwrap());
        let page = rosa.client.get("/settings").await;
        rosa.client.submit(&page, "form[action='/sign-out']", &[]).await.assert_status(303);
        assert!(rosa.client.cookie("session").is_none());
        assert!(!is_in(&copied).await, "a copy of the cookie is worth nothing");
        town.guest().post("/sign-out", &[]).await.assert_status(303);
    }

    async fn signing_out_everywhere_leaves_this_device(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana) = (town.member("Rosa", "author"), town.member("Ana", "author"));
        let phone = another_device(&town, "rosa").await;
        let page = rosa.client.get("/settings").await;
        assert_eq!(page.count("li.session"), 2);
        let page = rosa.client.submit(&page, "form[action='/settings/sessions']", &[]).await;
        rosa.client.follow(&page).await.assert_text("Signed out on every other device.");
        assert!(is_in(&rosa.client).await && is_in(&ana.client).await && !is_in(&phone).await);
    }

    async fn one_device_can_be_signed_out_but_only_ones_own(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana) = (town.member("Rosa", "author"), town.member("Ana", "author"));
        let phone = another_device(&town, "rosa").await;
        let page = rosa.client.get("/settings").await;
        let address = page.form("li.session form").action;
        ana.client.post(&address, &[]).await.assert_status(303);
        assert!(is_in(&phone).await, "another member's request changes nothing");
        rosa.client.post(&address, &[]).await.assert_status(303);
        assert!(is_in(&rosa.client).await && !is_in(&phone).await);
    }

    async fn a_suspended_member_is_out_at_once(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "author");
        let (id, now) = (rosa.id, town.town.now());
        town.town.db.write_now(move |tx| crate::accounts::set_suspended(tx, id, true, now)).unwrap();
        assert!(!is_in(&rosa.client).await);
        try_as(&rosa.client, "rosa", PASSWORD).await.assert_status(422);
        town.town.db.write_now(move |tx| crate::accounts::set_suspended(tx, id, false, now)).unwrap();
        try_as(&rosa.client, "rosa", PASSWORD).await.assert_status(303);
    }

    async fn a_session_lives_while_it_is_used(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "author");
        let page = try_as(&rosa.client, "rosa", PASSWORD).await;
        assert!(page.header("set-cookie").unwrap().contains("Max-Age=34560000"), "the browser does not forget it earlier");
        for _ in 0..3 {
            town.pass(sessions::IDLE_MS - 60_000);
            assert!(is_in(&rosa.client).await);
        }
        town.pass(sessions::IDLE_MS + 1);
        assert!(!is_in(&rosa.client).await);
        let (id, now) = (rosa.id, town.town.now());
        let left: i64 = town.town.db.write_now(move |tx| -> Result<_, db::Error> {
            end_expired(tx, now)?;
            tx.one("select count(*) from sessions where account_id = $1", db::params![id], |row| row.get(0))
        }).unwrap();
        assert_eq!(left, 0, "what has run out is removed");
    }

    async fn reading_pages_seldom_writes(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let (id, now) = (rosa.id, town.town.now());
        let seen = |town: &TestTown| town.town.db.read_now(move |tx| all_of(tx, id, now)).unwrap()[0].seen_at;
        let before = seen(&town);
        town.pass(30 * 60 * 1000);
        assert!(is_in(&rosa.client).await);
        assert_eq!(seen(&town), before);
        town.pass(31 * 60 * 1000);
        assert!(is_in(&rosa.client).await);
        assert!(seen(&town) > before);
    }
}
