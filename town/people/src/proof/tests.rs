//! What counts as a proof, and what does not.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::TestTown;

fn a_key() -> Key {
    Key::new(b"a key of a test")
}

/// Solves a challenge as a browser does.
fn solve(asked: &Challenge) -> u32 {
    (0..asked.max).find(|number| of(&asked.salt, *number) == asked.challenge).unwrap()
}

#[test]
fn the_number_is_proof_until_it_is_late() {
    let (key, asked) = (a_key(), challenge_of(&a_key(), 4_321, 1_000));
    let sent = format!("{}:{}:{}", asked.salt, solve(&asked), asked.signature);
    let proved = check(&key, &sent, 1_000 + CHALLENGE_MS - 1).unwrap();
    assert_eq!(proved.expires_at, 1_000 + CHALLENGE_MS);
    assert_eq!(check(&key, &sent, 1_000 + CHALLENGE_MS), Err(Refused::Late));
}

#[test]
fn nothing_that_was_changed_is_proof() {
    let (key, asked) = (a_key(), challenge_of(&a_key(), 45, 1_000));
    let (salt, signature) = (asked.salt.as_str(), asked.signature.as_str());
    let later = salt.replacen(&format!("{}", 1_000 + CHALLENGE_MS), "9999999999999", 1);
    let elsewhere = challenge_of(&Key::new(b"another key"), 45, 1_000);
    for sent in [
        format!("{salt}:44:{signature}"),
        // Digits that move from the number to the salt.
        format!("{salt}4:5:{signature}"),
        format!("{later}:45:{signature}"),
        format!("{salt}:45:{}", "0".repeat(64)),
        format!("{salt}:45:"),
        format!("{salt}:45:{signature}:"),
        format!("{salt}:-45:{signature}"),
        format!("{}:45:{}", elsewhere.salt, elsewhere.signature),
        // A ticket is no proof of work.
        ticket(&key, 1_000),
        String::new(),
        "::".into(),
        "a:1:ä".into(),
    ] {
        assert_eq!(check(&key, &sent, 1_000), Err(Refused::Wrong), "{sent}");
    }
}

#[test]
fn a_ticket_has_to_wait_and_runs_out() {
    let key = a_key();
    let sent = ticket(&key, 1_000);
    assert_eq!(check_ticket(&key, &sent, 1_000), Err(Refused::Early(TICKET_WAIT_MS)));
    assert_eq!(check_ticket(&key, &sent, 1_000 + TICKET_WAIT_MS - 1), Err(Refused::Early(1)));
    assert!(check_ticket(&key, &sent, 1_000 + TICKET_WAIT_MS).is_ok());
    assert_eq!(check_ticket(&key, &sent, 1_000 + TICKET_MS), Err(Refused::Late));
    let earlier = sent.replacen("1000", "0", 1);
    for sent in [earlier.as_str(), "", "0.abc", "0.abc:", "x:y"] {
        assert_eq!(check_ticket(&key, sent, 1_000 + TICKET_WAIT_MS), Err(Refused::Wrong), "{sent}");
    }
}

testkit::on_both! {
    fn the_key_is_made_once_and_kept(kind) {
        let town = TestTown::of_people(kind);
        let again = town.town.db.write_now(key).unwrap();
        let sent = ticket(&town.town.proofs, 0);
        assert!(check_ticket(&again, &sent, TICKET_WAIT_MS).is_ok());
    }

    fn what_was_proved_is_spent_once_and_forgotten_when_it_would_be_late(kind) {
        let town = TestTown::of_people(kind);
        let proved = Proved { digest: vec![1; 32], expires_at: 100 };
        let said = town.town.db.write_now(move |tx| -> Result<_, db::Error> {
            let before = is_spent(tx, &proved)?;
            let spent = [spend(tx, &proved)?, spend(tx, &proved)?];
            forget_expired(tx, 99)?;
            let kept = is_spent(tx, &proved)?;
            forget_expired(tx, 100)?;
            Ok((before, spent, kept, is_spent(tx, &proved)?))
        }).unwrap();
        assert_eq!(said, (false, [true, false], true, false));
    }

    async fn everybody_is_asked_something_else_and_nobody_keeps_it(kind) {
        let town = TestTown::of_people(kind);
        let (one, other) = (town.guest().get("/join/challenge").await, town.guest().get("/join/challenge").await);
        one.assert_status(200);
        assert_eq!(one.header("cache-control"), Some("no-store"));
        assert_ne!(one.json()["challenge"], other.json()["challenge"]);
        assert_eq!(one.json()["max"], MAX_NUMBER);
        assert_eq!(one.json()["challenge"].as_str().unwrap().len(), 64);
        for _ in 0..60 {
            let _ = town.guest().get("/join/challenge").await;
        }
        town.guest().get("/join/challenge").await.assert_status(429);
    }
}
