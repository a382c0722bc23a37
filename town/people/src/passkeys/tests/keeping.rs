//! Making, naming and removing one's own.

use super::*;
use crate::{passkeys::store, viewer::PROVED_MS};

testkit::on_both! {
    async fn the_page_is_for_members_who_show_that_it_is_them(kind) {
        let town = TestTown::of_people(kind);
        assert_eq!(town.guest().get(PATH).await.location(), "/sign-in?next=%2Fsettings%2Fpasskeys");
        let rosa = town.member("Rosa", "member");
        assert_eq!(rosa.client.get(PATH).await.location(), "/sign-in/again?next=%2Fsettings%2Fpasskeys");
        rosa.client.get("/settings/passkeys/challenge").await.assert_status(403);
        town.guest().get("/settings/passkeys/challenge").await.assert_status(303);
        prove(&rosa.client).await;
        rosa.client.get(PATH).await.assert_status(200).assert_landmarks().assert_text("You have none yet.");
        town.pass(PROVED_MS);
        rosa.client.get("/settings/passkeys/challenge").await.assert_status(403);
    }

    async fn a_member_keeps_several_with_names(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, _) = with_passkey(&town, "Rosa").await;
        let letter = town.letters().pop().unwrap();
        assert!(letter.email == "rosa@town.example" && letter.text.contains("a passkey, “Telephone”, was added"), "{}", letter.text);
        let before = rosa.client.cookie("session").unwrap();
        let added = add(&rosa.client, "  Blue\tkey <b> ", &mut Device::new()).await;
        rosa.client.follow(&added).await.assert_landmarks().assert_text("Your passkey is ready.");
        assert_ne!(rosa.client.cookie("session").unwrap(), before);
        let page = rosa.client.get(PATH).await;
        assert_eq!(page.select_text(".passkey strong"), ["Telephone", "Blue key <b>"]);
        page.assert_text("not used yet");
        rosa.client.get("/settings").await.assert_text("Passkeys 2");
        let ana = town.member("Ana", "member");
        prove(&ana.client).await;
        assert_eq!(ana.client.get(PATH).await.count(".passkey"), 0, "one's own only");
    }

    async fn a_device_is_told_what_to_make(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, device) = with_passkey(&town, "Rosa").await;
        let (options, _) = challenge(&rosa.client, "/settings/passkeys/challenge").await;
        assert_eq!(options["rp"]["id"], "localhost");
        assert_eq!(options["rp"]["name"], "The Mesa Lantern");
        assert_eq!(options["user"]["name"], "rosa");
        assert_eq!(options["user"]["id"], authenticator::letters(&device.user_handle), "one account on a device");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["attestation"], "none");
        assert_eq!(options["excludeCredentials"][0]["id"], authenticator::letters(&device.credential));
        assert!(!options.to_string().contains(&rosa.id.to_string()), "the account's number is nobody's business");
        let (other, _) = challenge(&rosa.client, "/settings/passkeys/challenge").await;
        assert_ne!(options["challenge"], other["challenge"]);
    }

    async fn a_name_that_cannot_be_taken_comes_back(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        prove(&rosa.client).await;
        for (name, words) in [(" ", "Give the passkey a name"), ("n".repeat(61).as_str(), "at most 60 characters")] {
            let page = add(&rosa.client, name, &mut Device::new()).await;
            page.assert_status(422).assert_landmarks().assert_text(words);
            assert_eq!(page.attr("#name", "value").as_deref(), Some(name));
        }
        assert_eq!(rosa.client.get(PATH).await.count(".passkey"), 0);
    }

    async fn a_removed_passkey_signs_nobody_in(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mut device) = with_passkey(&town, "Rosa").await;
        let phone = town.guest();
        sign_in(&phone, &mut device).await.assert_status(303);
        let page = rosa.client.get(PATH).await;
        let removed = rosa.client.submit(&page, ".passkey form", &[]).await;
        rosa.client.follow(&removed).await.assert_text("That passkey no longer signs you in.").assert_text("You have none yet.");
        assert!(!is_in(&phone).await && is_in(&rosa.client).await);
        assert!(town.letters().pop().unwrap().text.contains("the passkey “Telephone” was removed"));
        let page = sign_in(&town.guest(), &mut device).await;
        page.assert_status(422).assert_landmarks().assert_text("it may have been removed");
    }

    async fn nobody_removes_somebody_elses_or_without_showing_who_they_are(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mut device) = with_passkey(&town, "Rosa").await;
        let address = rosa.client.get(PATH).await.form(".passkey form").action;
        let mallory = town.member("Mallory", "member");
        assert!(mallory.client.post(&address, &[]).await.location().starts_with("/sign-in/again"));
        prove(&mallory.client).await;
        mallory.client.post(&address, &[]).await.assert_status(303);
        town.guest().post(&address, &[]).await.assert_status(303);
        town.pass(PROVED_MS);
        assert!(rosa.client.post(&address, &[]).await.location().starts_with("/sign-in/again"));
        sign_in(&town.guest(), &mut device).await.assert_status(303);
    }

    async fn there_is_an_end_to_them(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, device) = with_passkey(&town, "Rosa").await;
        let (id, credential) = (rosa.id, device.credential);
        town.town.db.write_now(move |tx| -> Result<(), db::Error> {
            let known = store::by_credential(tx, &credential)?.unwrap();
            for number in 1..crate::passkeys::MAX {
                let mut stored = known.stored.clone();
                stored.credential_id = number.to_be_bytes().to_vec();
                store::insert(tx, &store::NewPasskey { account: id, user_handle: known.user_handle.clone(), stored, name: "x".into() }, 0)?;
            }
            Ok(())
        }).unwrap();
        add(&rosa.client, "One more", &mut Device::new()).await.assert_status(422).assert_text("You have 25 passkeys.");
    }
}
