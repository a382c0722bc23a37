//! On the way in.

use super::*;
use crate::{
    second_factor::{Passed, pass, remove},
    sign_in::HALF_WAY_MS,
};

const NEW: &str = "ocotillo blooms in april";

testkit::on_both! {
    async fn after_the_password_a_code_is_asked_for(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        town.pass(STEP_MS);
        let client = town.guest();
        let asked = with_password(&client, "rosa").await;
        assert_eq!(asked.location(), "/sign-in/second-step?next=%2Frules");
        assert!(client.cookie("session").is_none() && !is_in(&client).await, "half way in opens nothing");
        let page = client.follow(&asked).await;
        page.assert_status(200).assert_landmarks();
        let wrong = client.submit(&page, "main form", &[("code", &wrong_code(&town, &secret))]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("That code is not right");
        assert!(!is_in(&client).await);
        let spaced = format!(" {} {} ", &code(&town, &secret)[..3], &code(&town, &secret)[3..]);
        let done = client.submit(&wrong, "main form", &[("code", &spaced)]).await;
        assert_eq!(done.location(), "/rules");
        assert!(is_in(&client).await && client.cookie("half_way").is_none());
    }

    async fn whoever_has_it_off_is_not_asked(kind) {
        let town = TestTown::of_people(kind);
        town.member("Bert", "member");
        with_two_steps(&town, "Rosa").await;
        let client = town.guest();
        assert_eq!(with_password(&client, "bert").await.location(), "/rules");
        assert_eq!(client.get("/sign-in/second-step?next=/rules").await.location(), "/sign-in?next=%2Frules");
        assert_eq!(with_code(&client, "123456").await.location(), "/sign-in?next=%2Frules");
    }

    async fn after_a_mailed_link_a_code_is_asked_for(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        town.pass(STEP_MS);
        let client = town.guest();
        client.post("/sign-in/link", &[("email", "rosa@town.example")]).await;
        let asked = client.post(&town.link_in_letter(), &[]).await;
        assert_eq!(asked.location(), "/sign-in/second-step?next=%2F");
        assert!(!is_in(&client).await);
        with_code(&client, &code(&town, &secret)).await.assert_status(303);
        assert!(is_in(&client).await);
    }

    async fn a_new_password_by_letter_does_not_go_around_it(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        town.pass(STEP_MS);
        let (client, waiting) = (town.guest(), town.guest());
        with_password(&waiting, "rosa").await;
        client.post("/password-reset", &[("email", "rosa@town.example")]).await;
        let asked = client.post(&town.link_in_letter(), &[("password", NEW)]).await;
        assert_eq!(asked.location(), "/sign-in/second-step?next=%2Fsettings%3Fdone%3Dpassword");
        assert!(!is_in(&client).await);
        assert_eq!(with_code(&waiting, &code(&town, &secret)).await.location(), "/sign-in?next=%2Frules", "who was half way in with the old password is out");
        town.pass(STEP_MS);
        with_code(&client, &code(&town, &secret)).await.assert_status(303);
        client.get("/settings?done=password").await.assert_text("Your new password is set.");
    }

    async fn a_recovery_code_lets_in_once(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, _, codes) = with_two_steps(&town, "Rosa").await;
        let client = town.guest();
        with_password(&client, "rosa").await;
        with_code(&client, &codes[3].to_uppercase().replace('-', " ")).await.assert_status(303);
        assert!(is_in(&client).await);
        let letter = town.letters().pop().unwrap();
        assert!(letter.text.contains("a recovery code was used, and 9 are left,"), "{}", letter.text);
        rosa.client.get(PATH).await.assert_text("9 are left.");
        let again = town.guest();
        with_password(&again, "rosa").await;
        with_code(&again, &codes[3]).await.assert_status(422);
        assert!(!is_in(&again).await);
    }

    async fn somebody_elses_codes_are_worth_nothing(kind) {
        let town = TestTown::of_people(kind);
        let (_, _, of_mallory) = with_two_steps(&town, "Mallory").await;
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        let client = town.guest();
        with_password(&client, "rosa").await;
        with_code(&client, &of_mallory[0]).await.assert_status(422);
        town.pass(STEP_MS);
        with_code(&client, &code(&town, &secret)).await.assert_status(303);
        client.get("/settings").await.assert_text("@rosa");
    }

    async fn nobody_is_led_off_the_site(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
            town.pass(STEP_MS);
            let client = town.guest();
            let asked = client.post("/sign-in", &[("email", "rosa"), ("password", PASSWORD), ("next", next)]).await;
            assert_eq!(asked.location(), "/sign-in/second-step?next=%2F");
            let done = client.post("/sign-in/second-step", &[("code", &code(&town, &secret)), ("next", next)]).await;
            assert_eq!(done.location(), "/");
            let again = client.post("/sign-in/again", &[("password", PASSWORD), ("next", next)]).await;
            assert_eq!(again.location(), "/");
        }
    }

    async fn half_way_in_lasts_ten_minutes_and_one_code(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        let client = town.guest();
        with_password(&client, "rosa").await;
        let half_way = client.cookie("half_way").unwrap();
        town.pass(HALF_WAY_MS);
        assert_eq!(with_code(&client, &code(&town, &secret)).await.location(), "/sign-in?next=%2Frules");
        with_password(&client, "rosa").await;
        let fresh = client.cookie("half_way").unwrap();
        assert_ne!(fresh, half_way);
        with_code(&client, &code(&town, &secret)).await.assert_status(303);
        town.pass(STEP_MS);
        let thief = town.guest();
        thief.set_cookie("half_way", &fresh);
        assert_eq!(with_code(&thief, &code(&town, &secret)).await.location(), "/sign-in?next=%2Frules");
    }

    async fn two_devices_may_be_half_way_in_at_once(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        let (laptop, phone) = (town.guest(), town.guest());
        with_password(&laptop, "rosa").await;
        with_password(&phone, "rosa").await;
        town.pass(STEP_MS);
        with_code(&laptop, &code(&town, &secret)).await.assert_status(303);
        town.pass(STEP_MS);
        with_code(&phone, &code(&town, &secret)).await.assert_status(303);
        assert!(is_in(&laptop).await && is_in(&phone).await);
    }

    async fn whoever_was_suspended_meanwhile_stays_out(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, secret, _) = with_two_steps(&town, "Rosa").await;
        let (client, id, now) = (town.guest(), rosa.id, town.town.now());
        with_password(&client, "rosa").await;
        town.town.db.write_now(move |tx| crate::accounts::set_suspended(tx, id, true, now)).unwrap();
        assert_eq!(with_code(&client, &code(&town, &secret)).await.location(), "/sign-in?next=%2Frules");
    }

    async fn a_code_is_passed_once_whoever_asks(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, secret, codes) = with_two_steps(&town, "Rosa").await;
        let (inner, id, now) = (town.town.clone(), rosa.id, 1_000 * STEP_MS + town.town.now());
        let passed = town.town.db.write_now(move |tx| -> web::Result<_> {
            let code = code_at(&secret, now / STEP_MS);
            let mut passed = Vec::new();
            for typed in [&code, &code, &code_at(&secret, now / STEP_MS - 1), &codes[0], &codes[0], &String::new()] {
                passed.push(pass(tx, &inner.seal, id, typed, now)?);
            }
            assert!(remove(tx, id)? && !remove(tx, id)?);
            passed.push(pass(tx, &inner.seal, id, &codes[1], now)?);
            Ok(passed)
        }).unwrap();
        let not = |wrong| Passed::Not { wrong };
        assert_eq!(passed, [Passed::Code, not(1), not(2), Passed::Recovery { left: 9 }, not(1), not(2), not(0)]);
    }
}
