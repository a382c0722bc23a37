//! Turning it on and off, and the codes for a drawer.

use super::*;
use crate::{second_factor::store, viewer::PROVED_MS};

testkit::on_both! {
    async fn the_page_is_for_members_who_show_that_it_is_them(kind) {
        let town = TestTown::of_people(kind);
        assert_eq!(town.guest().get(PATH).await.location(), "/sign-in?next=%2Fsettings%2Ftwo-step");
        let rosa = town.member("Rosa", "member");
        let asked = rosa.client.get(PATH).await;
        assert_eq!(asked.location(), "/sign-in/again?next=%2Fsettings%2Ftwo-step");
        let page = rosa.client.follow(&asked).await;
        page.assert_status(200).assert_landmarks();
        let wrong = rosa.client.submit(&page, "main form", &[("password", "a guess")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("That is not your password.");
        let before = rosa.client.cookie("session").unwrap();
        let done = rosa.client.submit(&wrong, "main form", &[("password", PASSWORD)]).await;
        assert_eq!(done.location(), PATH);
        assert_ne!(rosa.client.cookie("session").unwrap(), before, "whoever copied the cookie before has nothing");
        rosa.client.follow(&done).await.assert_status(200).assert_landmarks();
        town.pass(PROVED_MS);
        assert!(rosa.client.get(PATH).await.location().starts_with("/sign-in/again"), "it is asked again after a while");
    }

    async fn it_is_turned_on_by_a_code_of_the_new_secret(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let phone = town.guest();
        with_password(&phone, "rosa").await.assert_status(303);
        prove(&rosa.client).await;
        let page = rosa.client.get(PATH).await;
        assert!(page.has("svg.qr path.ink"));
        let secret = secret_on(&page);
        assert!(page.text().contains("otpauth://totp/The%20Mesa%20Lantern:rosa?secret="));
        let wrong = rosa.client.submit(&page, TURN_ON, &[("code", &wrong_code(&town, &secret))]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("not the code of this moment");
        assert_eq!(secret_on(&wrong), secret, "what was shown to the app still counts");
        assert!(is_in(&phone).await);
        let shown = rosa.client.submit(&wrong, TURN_ON, &[("code", &code(&town, &secret))]).await;
        shown.assert_status(200).assert_landmarks();
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        assert_eq!(shown.select_text(".on-paper li").len(), 10);
        assert!(!is_in(&phone).await && is_in(&rosa.client).await, "other devices are signed out, this one is not");
        let letter = town.letters().pop().unwrap();
        assert_eq!(letter.email, "rosa@town.example");
        assert!(letter.text.contains("two-step sign-in was turned on"), "{}", letter.text);
        let page = rosa.client.get(PATH).await;
        page.assert_status(200).assert_landmarks().assert_text("10 are left.");
        assert!(!page.text().contains(shown.select_text(".on-paper li")[0].as_str()), "codes are shown once");
        rosa.client.get("/settings").await.assert_text("Two-step sign-in On");
    }

    async fn the_database_shows_neither_secret_nor_codes(kind) {
        let town = TestTown::of_people(kind);
        let (_, secret, codes) = with_two_steps(&town, "Rosa").await;
        let (kept, digests): (Vec<u8>, Vec<Vec<u8>>) = town.town.db.read_now(|tx| -> Result<_, db::Error> {
            let kept = tx.one("select secret from second_factors", db::params![], |row| row.get(0))?;
            Ok((kept, tx.all("select digest from recovery_codes", db::params![], |row| row.get(0))?))
        }).unwrap();
        assert!(!kept.windows(4).any(|part| secret.windows(4).any(|other| part == other)));
        assert_eq!(digests.len(), 10);
        for digest in digests {
            assert_eq!(digest.len(), 32);
            assert!(!codes.iter().any(|code| digest.windows(4).any(|part| code.as_bytes().windows(4).any(|other| part == other))));
        }
    }

    async fn a_secret_that_was_shown_to_somebody_else_is_not_taken(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mallory) = (town.member("Rosa", "member"), town.member("Mallory", "member"));
        prove(&rosa.client).await;
        prove(&mallory.client).await;
        let page = mallory.client.get(PATH).await;
        let (secret, sealed) = (secret_on(&page), page.form(TURN_ON).value("setup").unwrap().to_owned());
        for setup in [sealed.as_str(), "", "made up"] {
            let answer = rosa.client.post(PATH, &[("setup", setup), ("code", &code(&town, &secret))]).await;
            assert_eq!(answer.location(), PATH);
        }
        assert!(rosa.client.get(PATH).await.has(TURN_ON), "it is still off");
    }

    async fn turning_it_off_asks_for_the_password_again(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, secret, _) = with_two_steps(&town, "Rosa").await;
        town.pass(PROVED_MS);
        for address in ["/settings/two-step/removal", "/settings/two-step/codes"] {
            let asked = rosa.client.post(address, &[]).await;
            assert_eq!(asked.location(), "/sign-in/again?next=%2Fsettings%2Ftwo-step", "{address}");
        }
        let phone = town.guest();
        with_password(&phone, "rosa").await;
        with_code(&phone, &code(&town, &secret)).await.assert_status(303);
        assert_eq!(phone.post("/settings/two-step/removal", &[]).await.location(), "/sign-in/again?next=%2Fsettings%2Ftwo-step", "just signed in is not asked again");
        assert!(is_in(&phone).await);
        prove(&rosa.client).await;
        let page = rosa.client.get(PATH).await;
        let before = rosa.client.cookie("session").unwrap();
        let off = rosa.client.submit(&page, "form[action='/settings/two-step/removal']", &[]).await;
        assert_ne!(rosa.client.cookie("session").unwrap(), before);
        rosa.client.follow(&off).await.assert_text("Two-step sign-in is off.");
        assert!(!is_in(&phone).await, "other devices are signed out");
        assert!(town.letters().pop().unwrap().text.contains("two-step sign-in was turned off"));
        assert_eq!(with_password(&town.guest(), "rosa").await.location(), "/rules");
    }

    async fn new_recovery_codes_take_the_place_of_the_old_ones(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, _, old) = with_two_steps(&town, "Rosa").await;
        let page = rosa.client.get(PATH).await;
        let shown = rosa.client.submit(&page, "form[action='/settings/two-step/codes']", &[]).await;
        let new = shown.select_text(".on-paper li");
        assert!(new.len() == 10 && !new.iter().any(|code| old.contains(code)));
        assert!(town.letters().pop().unwrap().text.contains("new recovery codes were made"));
        let client = town.guest();
        with_password(&client, "rosa").await;
        with_code(&client, &old[0]).await.assert_status(422);
        with_code(&client, &new[0]).await.assert_status(303);
    }

    async fn another_site_changes_nothing(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ..) = with_two_steps(&town, "Rosa").await;
        let forged = rosa.client.clone().with_header("sec-fetch-site", "cross-site");
        for address in ["/settings/two-step", "/settings/two-step/removal", "/settings/two-step/codes", "/sign-in/again", "/sign-in/second-step"] {
            forged.post(address, &[("password", PASSWORD)]).await.assert_status(403);
        }
        let id = rosa.id;
        assert!(town.town.db.read_now(move |tx| store::is_on(tx, id)).unwrap());
    }

    async fn whoever_has_no_password_shows_it_by_a_code_or_a_letter(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let asked = rosa.client.follow(&rosa.client.get(PATH).await).await;
        asked.assert_status(200).assert_landmarks().assert_text("Have a link mailed to you");
        rosa.client.post("/sign-in/again", &[("next", PATH), ("password", "")]).await.assert_status(422).assert_landmarks();
        rosa.client.post("/sign-in/link", &[("email", "rosa@town.example")]).await;
        rosa.client.post(&town.link_in_letter(), &[]).await.assert_status(303);
        let (secret, _) = turn_on(&town, &rosa.client).await;
        town.pass(PROVED_MS);
        let asked = rosa.client.follow(&rosa.client.get(PATH).await).await;
        asked.assert_status(200).assert_landmarks().assert_text("Six digits from your app");
        rosa.client.submit(&asked, "main form", &[("code", &wrong_code(&town, &secret))]).await.assert_status(422).assert_landmarks();
        let done = rosa.client.submit(&asked, "main form", &[("code", &code(&town, &secret))]).await;
        rosa.client.follow(&done).await.assert_status(200).assert_text("10 are left.");
    }
}
