//! Guessing, and using again what was seen.

use super::*;
use crate::second_factor::{FREE_TRIES, WAIT_MS, passes};

testkit::on_both! {
    async fn a_code_that_was_used_is_not_taken_again(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        // The one that turned it on counts as used.
        let first = town.guest();
        with_password(&first, "rosa").await;
        with_code(&first, &code(&town, &secret)).await.assert_status(422);
        town.pass(STEP_MS);
        let seen = code(&town, &secret);
        with_code(&first, &seen).await.assert_status(303);
        let onlooker = town.guest();
        with_password(&onlooker, "rosa").await;
        with_code(&onlooker, &seen).await.assert_status(422);
        // Nor is one of an earlier half minute, after a later one was used.
        with_code(&onlooker, &code_at(&secret, town.town.now() / STEP_MS - 1)).await.assert_status(422);
        assert!(!is_in(&onlooker).await);
    }

    async fn guessing_at_one_account_is_stopped_wherever_it_comes_from(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, codes) = with_two_steps(&town, "Rosa").await;
        town.pass(STEP_MS);
        let wrong = wrong_code(&town, &secret);
        for number in 0..FREE_TRIES {
            let client = town.guest().from_address(&format!("198.51.100.{number}"));
            with_password(&client, "rosa").await;
            assert_eq!(town.letters().len(), 1, "nobody is told of a slip");
            with_code(&client, &wrong).await.assert_status(422);
        }
        let letter = town.letters().pop().unwrap();
        assert!(letter.text.contains("5 wrong codes in a row were entered after your password"), "{}", letter.text);
        let client = town.guest().from_address("203.0.113.7");
        with_password(&client, "rosa").await;
        for right in [code(&town, &secret), codes[0].clone()] {
            let stopped = with_code(&client, &right).await;
            stopped.assert_status(429);
            assert!(stopped.header("retry-after").unwrap().parse::<i64>().unwrap() <= WAIT_MS / 1000);
        }
        assert!(!is_in(&client).await);
        town.pass(WAIT_MS);
        with_code(&client, &wrong_code(&town, &secret)).await.assert_status(422);
        with_code(&client, &code(&town, &secret)).await.assert_status(429);
        town.pass(WAIT_MS - 1_000);
        with_password(&client, "rosa").await;
        with_code(&client, &code(&town, &secret)).await.assert_status(429);
        town.pass(1_000);
        with_code(&client, &code(&town, &secret)).await.assert_status(303);
        assert!(is_in(&client).await, "what was not used up still lets in");
    }

    async fn whoever_types_rightly_is_never_stopped(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, secret, _) = with_two_steps(&town, "Rosa").await;
        for _ in 0..2 * FREE_TRIES {
            town.pass(STEP_MS);
            assert!(!passes(&town.town, rosa.id, &wrong_code(&town, &secret)).await.unwrap());
            assert!(passes(&town.town, rosa.id, &code(&town, &secret)).await.unwrap());
        }
    }

    async fn guessing_from_one_address_is_stopped(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        town.pass(STEP_MS);
        let client = town.guest();
        with_password(&client, "rosa").await;
        let caller = std::net::IpAddr::from([192, 0, 2, 10]);
        while town.town.limits.sign_in_address.by_address(caller).is_ok() {}
        with_code(&client, &code(&town, &secret)).await.assert_status(429);
        client.get("/sign-in/second-step").await.assert_status(429);
    }

    async fn guessing_while_signed_in_is_stopped_too(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        for _ in 0..8 {
            rosa.client.post("/sign-in/again", &[("password", "a guess")]).await.assert_status(422);
        }
        rosa.client.post("/sign-in/again", &[("password", PASSWORD)]).await.assert_status(429);
    }

    async fn a_half_way_token_is_no_session_and_a_session_none(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, secret, _) = with_two_steps(&town, "Rosa").await;
        town.pass(STEP_MS);
        let client = town.guest();
        with_password(&client, "rosa").await;
        let thief = town.guest();
        thief.set_cookie("session", &client.cookie("half_way").unwrap());
        assert!(!is_in(&thief).await);
        thief.set_cookie("half_way", &rosa.client.cookie("session").unwrap());
        assert_eq!(with_code(&thief, &code(&town, &secret)).await.location(), "/sign-in?next=%2Frules");
    }

    async fn a_session_that_somebody_else_chose_opens_nothing(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, _) = with_two_steps(&town, "Rosa").await;
        town.pass(STEP_MS);
        let mallory = town.member("Mallory", "member");
        let planted = mallory.client.cookie("session").unwrap();
        let client = town.guest();
        client.set_cookie("session", &planted);
        with_password(&client, "rosa").await;
        assert!(client.cookie("session").is_none() && !is_in(&mallory.client).await, "it ended with the first step");
        with_code(&client, &code(&town, &secret)).await.assert_status(303);
        assert_ne!(client.cookie("session").unwrap(), planted);
    }
}
