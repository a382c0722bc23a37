//! What is not taken: other sites' answers, copies, forgeries.

use super::{
    authenticator::{PRESENT, RECOGNISED, letters},
    *,
};
use crate::passkeys::challenge::LASTS_MS;

/// A device that lies in one way.
type Lie = fn(&mut Device);

testkit::on_both! {
    async fn what_another_site_got_from_a_device_signs_nobody_in(kind) {
        let town = TestTown::of_people(kind);
        let (_, mut device) = with_passkey(&town, "Rosa").await;
        let lies: [(&str, Lie); 9] = [
            ("another site", |device| device.origin = "https://evil.example".into()),
            ("another scheme", |device| device.origin = "https://localhost".into()),
            ("another port", |device| device.origin = "http://localhost:8080".into()),
            ("a name below", |device| device.origin = "http://evil.localhost".into()),
            ("another relying party", |device| device.party = "evil.example".into()),
            ("inside another site", |device| device.cross_origin = true),
            ("nobody was there", |device| device.flags = RECOGNISED),
            ("somebody was there, but who", |device| device.flags = PRESENT),
            ("somebody else's account", |device| device.user_handle = vec![7; 32]),
        ];
        for (lie, tell) in lies {
            let client = town.guest();
            let honest = (device.origin.clone(), device.party.clone(), device.flags, device.user_handle.clone());
            tell(&mut device);
            sign_in(&client, &mut device).await.assert_status(422).assert_landmarks().assert_text("That did not work.");
            assert!(client.cookie("session").is_none(), "{lie}");
            (device.origin, device.party, device.flags, device.user_handle) = honest;
            device.cross_origin = false;
        }
        sign_in(&town.guest(), &mut device).await.assert_status(303);
    }

    async fn a_passkey_made_for_another_site_is_not_kept(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        prove(&rosa.client).await;
        let lies: [Lie; 6] = [
            |device| device.origin = "https://evil.example".into(),
            |device| device.origin = "http://localhost.evil.example".into(),
            |device| device.party = "evil.example".into(),
            |device| device.cross_origin = true,
            |device| device.flags = RECOGNISED,
            |device| device.flags = PRESENT,
        ];
        for tell in lies {
            let mut device = Device::new();
            tell(&mut device);
            add(&rosa.client, "Mine", &mut device).await.assert_status(422).assert_landmarks().assert_text("did not make a passkey for this site");
        }
        assert_eq!(rosa.client.get(PATH).await.count(".passkey"), 0);
    }

    async fn an_answer_counts_once(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mut device) = with_passkey(&town, "Rosa").await;
        let (options, state) = challenge(&town.guest(), "/sign-in/passkey/challenge").await;
        let answer = device.get(&options).to_string();
        bring(&town.guest(), &state, &answer).await.assert_status(303);
        bring(&town.guest(), &state, &answer).await.assert_status(422);
        let (options, state) = challenge(&rosa.client, "/settings/passkeys/challenge").await;
        let made = Device::new().create(&options).to_string();
        rosa.client.post(PATH, &[("name", "One"), ("state", &state), ("credential", &made)]).await.assert_status(303);
        rosa.client.post(PATH, &[("name", "Two"), ("state", &state), ("credential", &made)]).await.assert_status(422);
        assert_eq!(rosa.client.get(PATH).await.count(".passkey"), 2);
    }

    async fn an_answer_to_another_challenge_or_too_late_is_refused(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mut device) = with_passkey(&town, "Rosa").await;
        let (options, state) = challenge(&town.guest(), "/sign-in/passkey/challenge").await;
        let (other, _) = challenge(&town.guest(), "/sign-in/passkey/challenge").await;
        bring(&town.guest(), &state, &device.get(&other).to_string()).await.assert_status(422);
        let (_, for_making) = challenge(&rosa.client, "/settings/passkeys/challenge").await;
        for state in [&for_making, "", "made up"] {
            bring(&town.guest(), state, &device.get(&options).to_string()).await.assert_status(422);
        }
        let answer = device.get(&options).to_string();
        town.pass(LASTS_MS);
        bring(&town.guest(), &state, &answer).await.assert_status(422);
    }

    async fn a_counter_that_goes_back_is_a_copy(kind) {
        let town = TestTown::of_people(kind);
        let (_, mut device) = with_passkey(&town, "Rosa").await;
        device.counter = 5;
        sign_in(&town.guest(), &mut device).await.assert_status(303);
        for counter in [5, 4, 0] {
            device.counter = counter;
            sign_in(&town.guest(), &mut device).await.assert_status(422);
        }
        device.counter = 6;
        sign_in(&town.guest(), &mut device).await.assert_status(303);
    }

    async fn a_forged_signature_is_refused(kind) {
        let town = TestTown::of_people(kind);
        let (_, device) = with_passkey(&town, "Rosa").await;
        // Another key that says it is the known one.
        let mut forger = Device::new();
        (forger.credential, forger.user_handle) = (device.credential.clone(), device.user_handle.clone());
        sign_in(&town.guest(), &mut forger).await.assert_status(422);
        // A key nobody knows.
        sign_in(&town.guest(), &mut Device::new()).await.assert_status(422).assert_text("This passkey is not known here");
    }

    async fn nonsense_is_refused(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mut device) = with_passkey(&town, "Rosa").await;
        let (options, state) = challenge(&town.guest(), "/sign-in/passkey/challenge").await;
        let good = device.get(&options);
        for credential in [
            String::new(),
            "{}".into(),
            "null".into(),
            serde_json::json!({ "rawId": "%", "response": good["response"] }).to_string(),
            serde_json::json!({ "rawId": letters(&device.credential), "response": { "clientDataJSON": "", "authenticatorData": "", "signature": "" } }).to_string(),
        ] {
            bring(&town.guest(), &state, &credential).await.assert_status(422).assert_landmarks();
        }
        let (_, state) = challenge(&rosa.client, "/settings/passkeys/challenge").await;
        for credential in ["", "{}", "[]", r#"{"rawId":"","response":{"clientDataJSON":"e30","attestationObject":"oA"}}"#] {
            rosa.client.post(PATH, &[("name", "x"), ("state", &state), ("credential", credential)]).await.assert_status(422).assert_landmarks();
        }
    }

    async fn a_challenge_is_bound_to_the_session_it_was_made_for(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mallory) = (town.member("Rosa", "member"), town.member("Mallory", "member"));
        prove(&rosa.client).await;
        prove(&mallory.client).await;
        // Mallory's device answers a challenge of hers; the answer is put into Rosa's browser.
        let (options, state) = challenge(&mallory.client, "/settings/passkeys/challenge").await;
        let credential = Device::new().create(&options).to_string();
        rosa.client.post(PATH, &[("name", "Planted"), ("state", &state), ("credential", &credential)]).await.assert_status(422);
        let forged = rosa.client.clone().with_header("sec-fetch-site", "cross-site");
        forged.post(PATH, &[("name", "Planted")]).await.assert_status(403);
        forged.post("/sign-in/passkey", &[]).await.assert_status(403);
    }

    async fn one_credential_belongs_to_one_account(kind) {
        let town = TestTown::of_people(kind);
        let (_, device) = with_passkey(&town, "Rosa").await;
        let mallory = town.member("Mallory", "member");
        prove(&mallory.client).await;
        let mut copy = Device::new();
        copy.credential.clone_from(&device.credential);
        add(&mallory.client, "Mine now", &mut copy).await.assert_status(422).assert_text("This passkey is here already.");
    }

    async fn whoever_is_suspended_stays_out(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mut device) = with_passkey(&town, "Rosa").await;
        let (id, now) = (rosa.id, town.town.now());
        town.town.db.write_now(move |tx| crate::accounts::set_suspended(tx, id, true, now)).unwrap();
        sign_in(&town.guest(), &mut device).await.assert_status(422);
    }

    async fn trying_from_one_address_is_stopped(kind) {
        let town = TestTown::of_people(kind);
        let (_, mut device) = with_passkey(&town, "Rosa").await;
        let caller = std::net::IpAddr::from([192, 0, 2, 10]);
        while town.town.limits.sign_in_address.by_address(caller).is_ok() {}
        sign_in(&town.guest(), &mut device).await.assert_status(429);
        while town.town.limits.challenge.by_address(caller).is_ok() {}
        town.guest().get("/sign-in/passkey/challenge").await.assert_status(429);
    }
}
