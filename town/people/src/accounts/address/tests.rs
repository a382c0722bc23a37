//! An address changes by a letter, and comes back by another.
#![allow(clippy::unwrap_used)]

use testkit::Page;

use crate::{
    accounts,
    testing::{Actor, PASSWORD, TestTown},
};

const FORM: &str = "form[action='/settings/email']";

fn email_of(town: &TestTown, of: &Actor) -> Option<String> {
    let id = of.id;
    town.town.db.read_now(move |tx| accounts::by_id(tx, id)).unwrap().unwrap().email
}

async fn ask(of: &Actor, email: &str) -> Page {
    of.show_again().await;
    let page = of.client.get("/settings/email").await;
    page.assert_status(200).assert_landmarks();
    of.client.submit(&page, FORM, &[("email", email)]).await
}

async fn press(of: &testkit::Client, address: &str) -> Page {
    let page = of.get(address).await;
    page.assert_status(200).assert_landmarks();
    of.post(address, &[]).await
}

testkit::on_both! {
    async fn an_address_changes_once_its_letter_is_answered(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        assert_eq!(ask(&rosa, "rosa@mesa.example").await.location(), "/settings?done=address-asked");
        assert_eq!(email_of(&town, &rosa).as_deref(), Some("rosa@town.example"), "nothing changed yet");
        assert_eq!(town.letters()[0].email, "rosa@mesa.example");
        let link = town.link_in_letter();
        assert_eq!(press(&rosa.client, &link).await.location(), "/settings?done=address");
        assert_eq!(email_of(&town, &rosa).as_deref(), Some("rosa@mesa.example"));
        let told = town.letters().pop().unwrap();
        assert_eq!(told.email, "rosa@town.example", "the address before is told");
        rosa.client.post(&link, &[]).await.assert_status(410);
        rosa.client.get("/settings").await.assert_text("rosa@mesa.example");
    }

    async fn the_address_before_takes_itself_back(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        // Somebody at her unlocked machine who knows her password.
        ask(&rosa, "thief@elsewhere.example").await;
        press(&rosa.client, &town.link_in_letter()).await;
        let back = town.link_in_letter();
        ask(&rosa, "thief@other.example").await;
        press(&rosa.client, &town.link_in_letter()).await;
        let of_the_thief = town.link_in_letter();
        let rosa_at_home = town.guest();
        let answer = press(&rosa_at_home, &back).await;
        assert!(answer.location().starts_with("/password-reset/"), "she chooses a new password at once");
        rosa_at_home.get(&answer.location()).await.assert_status(200);
        assert_eq!(email_of(&town, &rosa).as_deref(), Some("rosa@town.example"));
        assert_eq!(rosa.client.get("/settings").await.location(), "/sign-in?next=%2Fsettings", "everybody is signed out");
        let again = town.guest();
        again.post("/sign-in", &[("email", "rosa"), ("password", PASSWORD)]).await.assert_status(422);
        again.post(&of_the_thief, &[]).await.assert_status(410);
        assert_eq!(email_of(&town, &rosa).as_deref(), Some("rosa@town.example"), "the way back of the thief is closed");
    }

    async fn whose_an_address_is_already_is_said_to_its_owner_alone(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let _jon = town.member("Jon", "member");
        let free = ask(&rosa, "free@town.example").await;
        let taken = ask(&rosa, "JON@town.example").await;
        assert_eq!((free.status, free.location()), (taken.status, taken.location()));
        let letter = town.letters().pop().unwrap();
        assert_eq!(letter.email, "jon@town.example");
        assert!(letter.text.contains("belongs to @jon already"));
    }

    async fn an_address_that_was_taken_meanwhile_is_a_conflict(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, jon) = (town.member("Rosa", "member"), town.member("Jon", "member"));
        ask(&rosa, "desk@mesa.example").await;
        let rosas = town.link_in_letter();
        ask(&jon, "desk@mesa.example").await;
        press(&jon.client, &town.link_in_letter()).await;
        rosa.client.post(&rosas, &[]).await.assert_status(409).assert_text("in use");
        assert_eq!(email_of(&town, &rosa).as_deref(), Some("rosa@town.example"));
    }

    async fn what_cannot_be_taken_comes_back(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let page = ask(&rosa, "rosa at home").await;
        page.assert_status(422).assert_text("such as rosa@example.com");
        assert_eq!(page.form(FORM).value("email"), Some("rosa at home"));
        ask(&rosa, "rosa@town.example").await.assert_status(422).assert_text("your address already");
        assert!(town.letters().is_empty());
        town.pass(60 * 60 * 1000);
        let later = rosa.client.post("/settings/email", &[("email", "a@b.example")]).await;
        assert_eq!(later.location(), "/sign-in/again?next=%2Fsettings%2Femail%3Femail%3Da%2540b.example");
        rosa.show_again().await;
        let page = rosa.client.get("/settings/email?email=a%40b.example").await;
        assert_eq!(page.form(FORM).value("email"), Some("a@b.example"), "what was typed is still there");
        assert!(town.guest().get("/settings/email").await.location().starts_with("/sign-in"));
    }

    async fn only_the_account_itself_takes_a_new_address_and_only_in_time(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, jon) = (town.member("Rosa", "member"), town.member("Jon", "member"));
        ask(&rosa, "new@mesa.example").await;
        let link = town.link_in_letter();
        jon.client.get(&link).await.assert_status(403);
        jon.client.post(&link, &[]).await.assert_status(403);
        assert!(town.guest().get(&link).await.location().starts_with("/sign-in"));
        assert!(town.guest().get("/settings/email/nothing").await.text().contains("no longer works"));
        town.pass(super::LINK_MS + 1);
        rosa.client.get(&link).await.assert_status(410);
        rosa.client.post(&link, &[]).await.assert_status(410);
        assert_eq!(email_of(&town, &rosa).as_deref(), Some("rosa@town.example"));
    }
}
