//! The link, what it opens, and what stays shut before it.

use super::*;
use crate::{
    accounts::{self, Standing},
    joining::{FORGET_MS, LINK_MS, count_waiting, forget_unconfirmed},
};

fn standing(town: &TestTown, handle: &'static str) -> Option<Standing> {
    town.town.db.read_now(move |tx| accounts::by_handle(tx, handle)).unwrap().map(|account| account.standing)
}

testkit::on_both! {
    async fn the_link_makes_a_member_in_the_browser_that_joined(kind) {
        let town = open_town(kind);
        let client = joined(&town, "rosa", "rosa@home.example").await;
        let before = client.cookie("session").unwrap();
        let page = client.get(&town.link_in_letter()).await;
        page.assert_status(200).assert_landmarks();
        assert!(!page.has("input[type=password]"));
        assert_eq!(standing(&town, "rosa"), Some(Standing::Unconfirmed), "to look is not to confirm");
        let answer = client.submit(&page, "main form", &[]).await;
        assert_eq!(answer.location(), "/welcome?done=welcome");
        client.get("/settings?done=welcome").await.assert_status(200).assert_text("You are one of us now.").assert_text("@rosa");
        assert_ne!(client.cookie("session").unwrap(), before, "a new session");
        let old = town.guest();
        old.set_cookie("session", &before);
        assert_eq!(old.get("/settings").await.location(), "/sign-in?next=%2Fsettings");
    }

    async fn elsewhere_the_password_is_asked_for(kind) {
        let town = open_town(kind);
        joined(&town, "rosa", "rosa@home.example").await;
        let (link, phone) = (town.link_in_letter(), town.guest());
        let page = phone.get(&link).await;
        phone.submit(&page, "main form", &[("password", "not the password")]).await.assert_status(422).assert_text("not the password you chose");
        phone.post(&link, &[]).await.assert_status(422);
        assert_eq!(standing(&town, "rosa"), Some(Standing::Unconfirmed));
        let other = joined(&town, "bert", "bert@home.example").await;
        other.post(&link, &[]).await.assert_status(422);
        let answer = phone.submit(&page, "main form", &[("password", PASSWORD)]).await;
        assert_eq!(answer.location(), "/welcome?done=welcome");
        phone.get("/settings").await.assert_status(200);
    }

    async fn a_session_that_somebody_else_chose_opens_nothing(kind) {
        let town = open_town(kind);
        let client = town.guest();
        client.set_cookie("session", "chosen-by-somebody-else");
        send(&town, &client, &typed("rosa", "Rosa", "rosa@home.example")).await.assert_status(303);
        assert_ne!(client.cookie("session").unwrap(), "chosen-by-somebody-else");
        let stranger = town.guest();
        stranger.set_cookie("session", "chosen-by-somebody-else");
        assert_eq!(stranger.get("/join/confirmation").await.location(), "/sign-in?next=%2Fjoin%2Fconfirmation");
    }

    async fn a_link_works_once_for_a_day_and_only_the_latest(kind) {
        let town = open_town(kind);
        let client = joined(&town, "rosa", "rosa@home.example").await;
        let first = town.link_in_letter();
        assert_eq!(client.post("/join/confirmation", &[("email", "rosa@home.example")]).await.location(), "/join/confirmation?done=sent");
        let second = town.link_in_letter();
        client.post(&first, &[]).await.assert_status(410).assert_landmarks();
        town.pass(LINK_MS);
        client.get(&second).await.assert_status(410);
        client.post(&second, &[]).await.assert_status(410);
        client.post("/join/confirmation", &[("email", "rosa@home.example")]).await.assert_status(303);
        let third = town.link_in_letter();
        client.post(&third, &[]).await.assert_status(303);
        for _ in 0..2 {
            client.post(&third, &[]).await.assert_status(410);
        }
        town.guest().get("/join/confirmation/0000").await.assert_status(410).assert_landmarks();
    }

    async fn a_link_for_something_else_confirms_nothing(kind) {
        let town = open_town(kind);
        let client = joined(&town, "rosa", "rosa@home.example").await;
        let token = town.link_in_letter().replace("/join/confirmation/", "");
        client.get(&format!("/password-reset/{token}")).await.assert_status(410);
        let id = town.town.db.read_now(|tx| accounts::by_handle(tx, "rosa")).unwrap().unwrap().id;
        let now = town.town.now();
        let reset = town.town.db.write_now(move |tx| crate::sign_in::issue(tx, crate::sign_in::Purpose::Reset, Some(id), 60_000, now)).unwrap();
        client.post(&format!("/join/confirmation/{reset}"), &[]).await.assert_status(410);
    }

    async fn a_mistyped_address_is_written_again(kind) {
        let town = open_town(kind);
        let client = joined(&town, "rosa", "rosa@hmoe.example").await;
        let first = town.link_in_letter();
        let page = client.get("/join/confirmation").await;
        let wrong = client.submit(&page, "main form", &[("email", "rosa at home")]).await;
        wrong.assert_status(422).assert_landmarks();
        assert_eq!(wrong.form("main form").value("email"), Some("rosa at home"));
        let answer = client.submit(&page, "main form", &[("email", "rosa@home.example")]).await;
        client.follow(&answer).await.assert_text("A letter is on its way.").assert_text("rosa@home.example");
        assert_eq!(town.letters().pop().unwrap().email, "rosa@home.example");
        client.get(&first).await.assert_status(410);
        client.post(&town.link_in_letter(), &[]).await.assert_status(303);
        let account = town.town.db.read_now(|tx| accounts::by_handle(tx, "rosa")).unwrap().unwrap();
        assert_eq!((account.email.as_deref(), account.claimed_email), (Some("rosa@home.example"), None));
    }

    async fn asking_again_is_limited_by_account(kind) {
        let town = open_town(kind);
        let client = joined(&town, "rosa", "rosa@home.example").await;
        for n in 0..3 {
            client.post("/join/confirmation", &[("email", &format!("rosa{n}@home.example"))]).await.assert_status(303);
        }
        client.post("/join/confirmation", &[("email", "rosa4@home.example")]).await.assert_status(429);
        assert_eq!(town.letters().len(), 4);
        assert_eq!(town.guest().post("/join/confirmation", &[("email", "x@y.example")]).await.location(), "/sign-in");
    }

    async fn before_it_nothing_is_theirs_that_is_members(kind) {
        let town = open_town(kind);
        joined(&town, "rosa", "rosa@home.example").await;
        let client = town.guest();
        for name in ["rosa", "Rosa@Home.example"] {
            client.post("/sign-in", &[("email", name), ("password", PASSWORD)]).await.assert_status(303);
        }
        client.post("/sign-in", &[("email", "rosa@home.example"), ("password", "not the password")]).await.assert_status(422);
        assert_eq!(client.get("/settings").await.location(), "/join/confirmation");
        client.post("/settings", &[("display_name", "Ro")]).await.assert_status(403).assert_text("confirm your e-mail address first");
        client.post("/settings/password", &[("current_password", PASSWORD), ("new_password", "another good password")]).await.assert_status(403);
        let page = client.get("/rules").await;
        assert_eq!(page.select_text("details.menu li"), ["Confirm your address"]);
        town.guest().post("/password-reset", &[("email", "rosa@home.example")]).await.assert_status(200);
        assert_eq!(town.letters().len(), 1, "a claimed address is nobody's, and gets no link to choose a password");
    }

    async fn what_the_level_may_waits_for_the_proof(kind) {
        let town = open_town(kind);
        town.town.db.write_now(|tx| crate::levels::grant(tx, "member", &[crate::Permission::WriteStories])).unwrap();
        town.town.reload().await.unwrap();
        let client = joined(&town, "rosa", "rosa@home.example").await;
        assert!(!client.get("/rules").await.has("a.write"));
        client.post(&town.link_in_letter(), &[]).await.assert_status(303);
        assert!(client.get("/rules").await.has("a.write"));
    }

    async fn by_approval_a_reason_is_asked_and_the_member_waits(kind) {
        let town = TestTown::of_people(kind);
        town.open_to(Mode::Approval);
        let client = town.guest();
        let page = send(&town, &client, &typed("rosa", "Rosa", "rosa@home.example")).await;
        page.assert_status(422).assert_text("why you would like to join");
        let mut fields = typed("rosa", "Rosa", "rosa@home.example");
        fields.push(("reason", "I live by the creek."));
        send(&town, &client, &fields).await.assert_status(303);
        assert_eq!(town.town.db.read_now(|tx| count_waiting(tx, 10)).unwrap(), 0, "robots do not fill the queue");
        assert_eq!(client.post(&town.link_in_letter(), &[]).await.location(), "/join/confirmation");
        client.get("/join/confirmation").await.assert_status(200).assert_landmarks().assert_text("Almost there");
        assert_eq!(client.post("/join/confirmation", &[("email", "x@home.example")]).await.location(), "/join/confirmation");
        client.post("/settings", &[("display_name", "Ro")]).await.assert_status(403).assert_text("have yet to let you in");
        assert_eq!((standing(&town, "rosa"), town.town.db.read_now(|tx| count_waiting(tx, 10)).unwrap()), (Some(Standing::Waiting), 1));
    }

    async fn what_is_not_confirmed_in_a_week_is_forgotten(kind) {
        let town = open_town(kind);
        joined(&town, "rosa", "rosa@home.example").await;
        let bert = joined(&town, "bert", "bert@home.example").await;
        bert.post(&town.link_in_letter(), &[]).await.assert_status(303);
        let sweep = |town: &TestTown| {
            let now = town.town.now();
            town.town.db.write_now(move |tx| forget_unconfirmed(tx, now)).unwrap();
        };
        town.pass(FORGET_MS - 60_000);
        sweep(&town);
        assert_eq!(standing(&town, "rosa"), Some(Standing::Unconfirmed));
        town.pass(60_001);
        sweep(&town);
        assert_eq!((standing(&town, "rosa"), standing(&town, "bert")), (None, Some(Standing::Member)));
        joined(&town, "rosa", "rosa2@home.example").await;
    }
}
