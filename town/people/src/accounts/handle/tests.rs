//! A handle changes, and the one before leads on for a while.
#![allow(clippy::unwrap_used)]

use testkit::Page;

use super::{HANDLE_MS, by_former_handle, by_handle_ever};
use crate::{
    accounts,
    testing::{Actor, TestTown},
};

const FORM: &str = "form[action='/settings/handle']";

async fn take(of: &Actor, handle: &str) -> Page {
    let page = of.client.get("/settings/handle").await;
    page.assert_status(200).assert_landmarks();
    of.client.submit(&page, FORM, &[("handle", handle)]).await
}

testkit::on_both! {
    async fn a_handle_changes_and_the_one_before_leads_on(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let page = take(&rosa, "@Rosa_Ibarra").await;
        assert_eq!(page.location(), "/settings?done=handle");
        rosa.client.get("/settings").await.assert_text("@Rosa_Ibarra");
        let (id, now) = (rosa.id, town.town.now());
        let find = |handle: &'static str, now: i64| {
            let found = town.town.db.read_now(move |tx| by_handle_ever(tx, handle, now)).unwrap();
            found.map(|account| (account.id, account.handle))
        };
        let rosa_now = Some((id, "Rosa_Ibarra".to_owned()));
        assert_eq!((find("ROSA", now), find("rosa_ibarra", now)), (rosa_now.clone(), rosa_now));
        assert_eq!(find("rosa", now + HANDLE_MS), None, "after 30 days it is free");
        let pool = town.town.db.read_now(move |tx| by_former_handle(tx, "rosa_ibarra", now)).unwrap();
        assert!(pool.is_none(), "what somebody has is not what they had");
    }

    async fn nobody_else_takes_a_handle_that_leads_to_somebody(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, jon) = (town.actor("Rosa", "member"), town.actor("Jon", "member"));
        take(&rosa, "rosita").await;
        take(&jon, "rosa").await.assert_status(422).assert_text("looks too much like");
        take(&jon, "r0sa").await.assert_status(422).assert_text("looks too much like");
        town.pass(HANDLE_MS + 1);
        // A session ends sooner than that.
        let (id, now) = (jon.id, town.town.now());
        let token = town.town.db.write_now(move |tx| crate::sign_in::open(tx, id, "Test", now)).unwrap();
        jon.client.set_cookie(web::door::SESSION_COOKIE, &token);
        assert_eq!(take(&jon, "rosa").await.location(), "/settings?done=handle");
    }

    async fn a_handle_changes_once_in_a_while_and_may_always_change_back(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        assert_eq!(take(&rosa, "rosita").await.location(), "/settings?done=handle");
        let page = take(&rosa, "rosalie").await;
        page.assert_status(422).assert_text("once in 30 days");
        assert_eq!(page.form(FORM).value("handle"), Some("rosalie"));
        assert_eq!(take(&rosa, "ROSITA").await.location(), "/settings?done=handle", "other letters are no other handle");
        assert_eq!(take(&rosa, "rosa").await.location(), "/settings?done=handle");
        take(&rosa, "rosalie").await.assert_status(422).assert_text("once in 30 days");
        let now = town.town.now();
        let former = town.town.db.read_now(move |tx| by_former_handle(tx, "rosa", now)).unwrap();
        assert!(former.is_none());
    }

    async fn handles_that_are_taken_kept_or_none_are_refused(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, _jon) = (town.actor("Rosa", "member"), town.actor("Jonas", "member"));
        for (typed, words) in [("jonas", "Somebody has this handle"), ("j0nas", "looks too much like"), ("admin", "kept for the site"), ("a b", "only the letters")] {
            let page = take(&rosa, typed).await;
            page.assert_status(422).assert_text(words);
            assert_eq!(page.form(FORM).value("handle"), Some(typed));
        }
        assert!(town.guest().get("/settings/handle").await.location().starts_with("/sign-in"));
    }

    async fn whoever_joins_is_kept_away_from_former_handles(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        take(&rosa, "rosita").await;
        let now = town.town.now();
        let said = town.town.db.read_now(move |tx| {
            let mut problems = web::Problems::default();
            accounts::names::check_handle(tx, &text::handle::parse("rosa").unwrap(), None, now, &mut problems)?;
            Ok::<_, db::Error>(problems.sentence())
        });
        assert!(said.unwrap().contains("looks too much like"));
    }
}
