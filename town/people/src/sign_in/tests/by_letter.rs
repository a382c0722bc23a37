//! Signing in by a mailed link.

use super::*;
use crate::sign_in::{Purpose, SIGN_IN_MS, issue};

async fn ask(town: &TestTown, email: &str) -> Page {
    town.guest().post("/sign-in/link", &[("email", email)]).await
}

testkit::on_both! {
    async fn a_letter_signs_in_without_a_password(kind) {
        let town = TestTown::of_people(kind);
        town.actor("Rosa", "member");
        let page = town.guest().get("/sign-in").await;
        assert!(page.has("main a[href='/sign-in/link']"));
        let client = town.guest();
        let form = client.get("/sign-in/link").await;
        form.assert_status(200).assert_landmarks();
        client.submit(&form, "main form", &[("email", "Rosa@town.example")]).await.assert_status(200).assert_landmarks();
        let link = town.link_in_letter();
        let page = client.get(&link).await;
        page.assert_status(200).assert_landmarks().assert_text("@rosa");
        assert!(!is_in(&client).await, "to look is not to sign in");
        assert_eq!(client.submit(&page, "main form", &[]).await.location(), "/");
        assert!(is_in(&client).await);
    }

    async fn an_unknown_address_gets_the_same_answer_and_no_letter(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, now) = (town.member("Rosa", "member"), town.town.now());
        town.member("Bert", "member");
        let id = rosa.id;
        town.town.db.write_now(move |tx| crate::accounts::set_suspended(tx, id, true, now)).unwrap();
        let said = [ask(&town, "bert@town.example").await, ask(&town, "nobody@town.example").await, ask(&town, "rosa@town.example").await];
        for other in &said[1..] {
            assert_eq!((said[0].status, said[0].text()), (other.status, other.text()));
        }
        let letters = town.letters();
        assert_eq!((letters.len(), letters[0].email.as_str()), (1, "bert@town.example"));
        ask(&town, "no address").await.assert_status(422).assert_landmarks();
        ask(&town, "bert@town.example\r\nBcc: all@town.example").await.assert_status(422);
    }

    async fn a_link_works_once_for_a_quarter_of_an_hour_and_only_the_latest(kind) {
        let town = TestTown::of_people(kind);
        town.actor("Rosa", "member");
        ask(&town, "rosa@town.example").await;
        let first = town.link_in_letter();
        ask(&town, "rosa@town.example").await;
        let second = town.link_in_letter();
        town.guest().post(&first, &[]).await.assert_status(410).assert_landmarks();
        town.guest().post(&second, &[]).await.assert_status(303);
        town.guest().get(&second).await.assert_status(410);
        town.guest().post(&second, &[]).await.assert_status(410);
        ask(&town, "rosa@town.example").await;
        let third = town.link_in_letter();
        town.pass(SIGN_IN_MS);
        town.guest().get(&third).await.assert_status(410);
        town.guest().post(&third, &[]).await.assert_status(410);
        ask(&town, "ROSA@town.example").await.assert_status(429);
    }

    async fn a_link_for_something_else_signs_nobody_in(kind) {
        let town = TestTown::of_people(kind);
        let (id, now) = (town.actor("Rosa", "member").id, town.town.now());
        let reset = town.town.db.write_now(move |tx| issue(tx, Purpose::Reset, Some(id), 60_000, now)).unwrap();
        town.guest().post(&format!("/sign-in/link/{reset}"), &[]).await.assert_status(410);
        ask(&town, "rosa@town.example").await;
        let token = town.link_in_letter().replace("/sign-in/link/", "");
        town.guest().get(&format!("/password-reset/{token}")).await.assert_status(410);
    }

    async fn whoever_was_suspended_meanwhile_stays_out(kind) {
        let town = TestTown::of_people(kind);
        let (id, now) = (town.actor("Rosa", "member").id, town.town.now());
        ask(&town, "rosa@town.example").await;
        town.town.db.write_now(move |tx| crate::accounts::set_suspended(tx, id, true, now)).unwrap();
        town.guest().get(&town.link_in_letter()).await.assert_status(410);
        town.guest().post(&town.link_in_letter(), &[]).await.assert_status(410);
    }

    async fn a_session_that_somebody_else_chose_opens_nothing(kind) {
        let town = TestTown::of_people(kind);
        let bert = town.actor("Bert", "member");
        town.actor("Rosa", "member");
        ask(&town, "rosa@town.example").await;
        let (client, before) = (town.guest(), bert.client.cookie("session").unwrap());
        client.set_cookie("session", &before);
        client.post(&town.link_in_letter(), &[]).await.assert_status(303);
        let after = client.cookie("session").unwrap();
        assert_ne!(after, before);
        client.get("/settings").await.assert_text("@rosa");
        assert!(!is_in(&bert.client).await, "the session that this browser came with has ended");
        let forged = town.guest().with_header("sec-fetch-site", "cross-site");
        ask(&town, "rosa@town.example").await;
        forged.post(&town.link_in_letter(), &[]).await.assert_status(403);
    }
}
