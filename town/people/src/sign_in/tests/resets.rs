//! Passwords that were forgotten.

use super::*;
use crate::sign_in::{Purpose, RESET_MS, issue, peek, redeem};

const NEW: &str = "ocotillo blooms in april";

async fn ask(town: &TestTown, email: &str) -> Page {
    town.guest().post("/password-reset", &[("email", email)]).await
}

/// The path of the link in the latest letter.
fn link(town: &TestTown) -> String {
    let letter = town.letters().pop().unwrap();
    let line = letter.text.lines().find(|line| line.starts_with("http://localhost/")).unwrap();
    line.trim_start_matches("http://localhost").to_owned()
}

testkit::on_both! {
    async fn a_forgotten_password_is_replaced_by_a_link(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "author");
        ask(&town, "Rosa@town.example").await.assert_status(200).assert_landmarks();
        let (client, link) = (town.guest(), link(&town));
        let form = client.get(&link).await;
        form.assert_status(200).assert_landmarks();
        let done = client.submit(&form, "main form", &[("password", NEW)]).await;
        assert_eq!(done.location(), "/settings?done=password");
        client.follow(&done).await.assert_status(200).assert_text("Your new password is set.");
        assert!(!is_in(&rosa.client).await, "whoever was in with the old password is out");
        assert!(town.letters().pop().unwrap().text.contains("a new password was chosen, by a link, for your account @rosa"));
        try_as(&town.guest(), "rosa", PASSWORD).await.assert_status(422);
        try_as(&town.guest(), "rosa", NEW).await.assert_status(303);
    }

    async fn an_unknown_address_gets_the_same_answer_and_no_letter(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        let (known, unknown) = (ask(&town, "rosa@town.example").await, ask(&town, "nobody@town.example").await);
        assert_eq!((known.status, known.text()), (unknown.status, unknown.text()));
        let letters = town.letters();
        assert_eq!(letters.len(), 1);
        assert_eq!((letters[0].email.as_str(), letters[0].name.as_str()), ("rosa@town.example", "Rosa"));
        assert!(letters[0].subject.contains("The Mesa Lantern"));
        ask(&town, "no address").await.assert_status(422);
    }

    async fn the_letter_goes_to_the_address_on_file(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        // A fullwidth letter folds to the plain one, but the domain it names may be somebody else's.
        ask(&town, "rosa@ｔown.example").await.assert_status(200);
        assert_eq!(town.letters()[0].email, "rosa@town.example");
    }

    async fn a_suspended_member_gets_no_letter(kind) {
        let town = TestTown::of_people(kind);
        let (id, now) = (town.member("Rosa", "author").id, town.town.now());
        town.town.db.write_now(move |tx| crate::accounts::set_suspended(tx, id, true, now)).unwrap();
        ask(&town, "rosa@town.example").await.assert_status(200);
        assert!(town.letters().is_empty());
    }

    async fn a_link_works_once_and_only_the_latest(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        ask(&town, "rosa@town.example").await;
        let first = link(&town);
        ask(&town, "rosa@town.example").await;
        let second = link(&town);
        town.guest().get(&first).await.assert_status(410);
        town.guest().post(&second, &[("password", NEW)]).await.assert_status(303);
        town.guest().get(&second).await.assert_status(410);
        town.guest().post(&second, &[("password", "somebody elses choice")]).await.assert_status(410);
        try_as(&town.guest(), "rosa", NEW).await.assert_status(303);
    }

    async fn a_link_runs_out_after_an_hour(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        ask(&town, "rosa@town.example").await;
        town.pass(RESET_MS - 60_000);
        town.guest().get(&link(&town)).await.assert_status(200);
        town.pass(60_001);
        town.guest().get(&link(&town)).await.assert_status(410).assert_landmarks();
        town.guest().post(&link(&town), &[("password", NEW)]).await.assert_status(410);
    }

    async fn a_made_up_link_opens_nothing(kind) {
        let town = TestTown::of_people(kind);
        let setup = town.town.db.write_now(|tx| issue(tx, Purpose::Setup, None, i64::from(u32::MAX), 0)).unwrap();
        for token in [web::token::fresh(), setup, "%00".into(), "x".repeat(2_000)] {
            let address = format!("/password-reset/{token}");
            town.guest().get(&address).await.assert_status(410);
            town.guest().post(&address, &[("password", "short")]).await.assert_status(410);
        }
    }

    async fn a_password_that_is_too_short_leaves_the_link_alone(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        ask(&town, "rosa@town.example").await;
        let link = link(&town);
        town.guest().post(&link, &[("password", "short")]).await.assert_status(422).assert_text("at least 10 characters");
        town.guest().post(&link, &[("password", &"x".repeat(201))]).await.assert_status(422);
        town.guest().post(&link, &[("password", NEW)]).await.assert_status(303);
    }

    async fn letters_to_one_person_are_limited(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        for _ in 0..3 {
            ask(&town, "rosa@town.example").await.assert_status(200);
        }
        ask(&town, "ROSA@town.example").await.assert_status(429);
        assert_eq!(town.letters().len(), 3);
    }

    fn a_link_is_used_up_by_its_first_use(kind) {
        let town = TestTown::of_people(kind);
        let id = town.actor("Rosa", "author").id;
        let uses = town.town.db.write_now(move |tx| -> Result<_, db::Error> {
            let token = issue(tx, Purpose::Reset, Some(id), 100, 0)?;
            let wrong_purpose = redeem(tx, Purpose::Setup, &token, 0)?;
            let late = redeem(tx, Purpose::Reset, &token, 100)?;
            let looked = peek(tx, Purpose::Reset, &token, 99)?;
            Ok([wrong_purpose, late, looked, redeem(tx, Purpose::Reset, &token, 99)?, redeem(tx, Purpose::Reset, &token, 99)?])
        }).unwrap();
        assert_eq!(uses, [None, None, Some(Some(id)), Some(Some(id)), None]);
    }
}
