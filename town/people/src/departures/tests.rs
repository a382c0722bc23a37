//! Somebody asks to leave, stays after all, or is forgotten.
#![allow(clippy::unwrap_used)]

use testkit::Page;

use super::{FORMER, GRACE_MS, due, forget, gone, sweep};
use crate::{
    AccountId,
    accounts::{self, Account, Standing},
    sign_in,
    testing::{Actor, PASSWORD, TestTown},
};

const FORM: &str = "form[action='/settings/departure']";

async fn leave(of: &Actor, posts: &str) -> Page {
    of.show_again().await;
    let page = of.client.get("/settings/departure").await;
    page.assert_status(200).assert_landmarks();
    of.client.submit(&page, FORM, &[("posts", posts)]).await
}

fn account(town: &TestTown, id: AccountId) -> Option<Account> {
    town.town.db.read_now(move |tx| accounts::by_id(tx, id)).unwrap()
}

async fn sign_in(town: &TestTown, name: &str) -> testkit::Client {
    let client = town.guest();
    client.post("/sign-in", &[("email", name), ("password", PASSWORD)]).await;
    client
}

testkit::on_both! {
    async fn whoever_asks_to_leave_is_signed_out_and_may_stay_after_all(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let page = leave(&rosa, "stay").await;
        rosa.client.follow(&page).await.assert_status(200).assert_landmarks().assert_text("Farewell");
        assert_eq!(account(&town, rosa.id).unwrap().standing, Standing::Leaving);
        assert!(rosa.client.get("/settings").await.location().starts_with("/sign-in"));
        let letter = town.letters().pop().unwrap();
        assert_eq!(letter.email, "rosa@town.example");
        let again = sign_in(&town, "rosa").await;
        assert_eq!(again.get("/settings").await.location(), "/settings/departure");
        again.get("/settings/email").await.assert_status(403).assert_text("Stay after all");
        let page = again.get("/settings/departure").await;
        page.assert_status(200).assert_landmarks().assert_text("You are about to leave");
        assert_eq!(again.post("/settings/departure/withdrawal", &[]).await.location(), "/settings?done=stayed");
        again.get("/settings").await.assert_status(200);
        let now = town.town.now() + 2 * GRACE_MS;
        assert!(town.town.db.read_now(move |tx| due(tx, now, 9)).unwrap().is_empty());
    }

    async fn nobody_leaves_who_has_not_shown_again_that_it_is_them(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        assert_eq!(rosa.client.get("/settings/departure").await.location(), "/sign-in/again?next=%2Fsettings%2Fdeparture");
        let asked = rosa.client.post("/settings/departure", &[("posts", "go")]).await;
        assert_eq!(asked.location(), "/sign-in/again?next=%2Fsettings%2Fdeparture%3Fposts%3Dgo");
        rosa.show_again().await;
        let page = rosa.client.get("/settings/departure?posts=go").await;
        assert!(page.has("input[value='go'][checked]"), "the choice is kept");
        assert_eq!(account(&town, rosa.id).unwrap().standing, Standing::Member);
        assert!(town.guest().get("/settings/departure").await.location().starts_with("/sign-in"));
        assert_eq!(town.guest().post("/settings/departure/withdrawal", &[]).await.location(), "/sign-in");
    }

    async fn the_last_who_can_look_after_the_site_stays(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "administrator");
        rosa.show_again().await;
        rosa.client.get("/settings/departure").await.assert_text("the only one who can look after");
        let form = [("posts", "stay")];
        rosa.client.post("/settings/departure", &form).await.assert_status(409);
        let jon = town.member("Jon", "administrator");
        let suspended = jon.id;
        town.town.db.write_now(move |tx| accounts::set_suspended(tx, suspended, true, 1)).unwrap();
        rosa.client.post("/settings/departure", &form).await.assert_status(409);
        town.town.db.write_now(move |tx| accounts::set_suspended(tx, suspended, false, 1)).unwrap();
        assert_eq!(rosa.client.post("/settings/departure", &form).await.location(), "/farewell");
    }

    async fn nothing_is_left_of_somebody_but_an_id(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let id = rosa.id;
        leave(&rosa, "go").await;
        let early = town.town.now() + GRACE_MS - 60_000;
        assert!(town.town.db.read_now(move |tx| due(tx, early, 9)).unwrap().is_empty());
        town.pass(GRACE_MS);
        let now = town.town.now();
        let leaving = town.town.db.read_now(move |tx| due(tx, now, 9)).unwrap();
        assert_eq!(leaving.iter().map(|one| (one.account, one.with_posts)).collect::<Vec<_>>(), [(id, true)]);
        assert!(town.town.db.write_now(move |tx| forget(tx, id, "The Mesa Lantern", now)).unwrap());
        assert!(!town.town.db.write_now(move |tx| forget(tx, id, "The Mesa Lantern", now)).unwrap(), "once");
        let left = account(&town, id).unwrap();
        assert_eq!((left.name.as_str(), left.standing), (FORMER, Standing::Gone));
        assert_eq!((left.email, left.bio.as_str(), left.picture, left.level.as_str()), (None, "", None, "guest"));
        let by_name = town.town.db.read_now(|tx| accounts::credentials(tx, "rosa")).unwrap();
        assert!(by_name.0.is_none() && by_name.1.is_none());
        let sessions = town.town.db.read_now(move |tx| sign_in::all_of(tx, id, 0)).unwrap();
        assert!(sessions.is_empty());
        assert_eq!(town.letters().pop().unwrap().email, "rosa@town.example", "the last letter");
        assert_eq!(town.town.db.read_now(|tx| gone(tx, AccountId::new(0), 9)).unwrap(), [id]);
        town.town.db.write_now(move |tx| sweep(tx, id)).unwrap();
        assert!(account(&town, id).is_none());
    }

    async fn whoever_stays_at_the_last_moment_is_not_forgotten(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let id = rosa.id;
        assert!(!town.town.db.write_now(move |tx| forget(tx, id, "Site", 1)).unwrap());
        town.town.db.write_now(move |tx| sweep(tx, id)).unwrap();
        assert_eq!(account(&town, id).unwrap().name, "Rosa");
    }
}
