//! Signing in without typing anything.

use super::*;
use crate::{second_factor::totp, viewer::PROVED_MS};

testkit::on_both! {
    async fn a_passkey_signs_in_without_a_name(kind) {
        let town = TestTown::of_people(kind);
        let (_, mut device) = with_passkey(&town, "Rosa").await;
        let client = town.guest();
        let page = client.get("/sign-in?next=/rules").await;
        assert!(page.has("passkey-form[hidden] form[action='/sign-in/passkey']"), "the script shows it");
        let (options, _) = challenge(&client, "/sign-in/passkey/challenge").await;
        assert_eq!((options["rpId"].as_str(), options["userVerification"].as_str()), (Some("localhost"), Some("required")));
        assert_eq!(options["allowCredentials"], serde_json::json!([]), "nobody is named");
        device.counter = 1;
        assert_eq!(sign_in(&client, &mut device).await.location(), "/rules");
        client.get("/settings").await.assert_text("@rosa");
        prove(&client).await;
        client.get(PATH).await.assert_text("last used");
    }

    async fn devices_that_do_not_count_are_taken_again_and_again(kind) {
        let town = TestTown::of_people(kind);
        let (_, mut device) = with_passkey(&town, "Rosa").await;
        for _ in 0..3 {
            sign_in(&town.guest(), &mut device).await.assert_status(303);
        }
    }

    async fn a_passkey_is_both_factors(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mut device) = with_passkey(&town, "Rosa").await;
        let (id, now, inner) = (rosa.id, town.town.now(), town.town.clone());
        let page = rosa.client.get("/settings/two-step").await;
        let secret = data_encoding::BASE32_NOPAD.decode(page.one("#secret").replace(' ', "").as_bytes()).unwrap();
        let code = totp::code_at(&secret, now / totp::STEP_MS);
        rosa.client.submit(&page, "form[action='/settings/two-step']", &[("code", &code)]).await.assert_status(200);
        assert!(inner.db.read_now(move |tx| crate::second_factor::is_on(tx, id)).unwrap());
        let client = town.guest();
        assert_eq!(sign_in(&client, &mut device).await.location(), "/rules", "no code is asked for");
        assert!(is_in(&client).await);
        client.get("/settings/two-step").await.assert_status(200);
    }

    async fn a_passkey_shows_again_that_it_is_them(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mut device) = with_passkey(&town, "Rosa").await;
        town.pass(PROVED_MS);
        let asked = rosa.client.follow(&rosa.client.get(PATH).await).await;
        asked.assert_status(200).assert_landmarks();
        assert_eq!(asked.attr("form[action='/sign-in/passkey'] input[name=next]", "value").as_deref(), Some(PATH));
        sign_in(&rosa.client, &mut device).await.assert_status(303);
        rosa.client.get(PATH).await.assert_status(200);
    }

    async fn a_session_that_somebody_else_chose_opens_nothing(kind) {
        let town = TestTown::of_people(kind);
        let (_, mut device) = with_passkey(&town, "Rosa").await;
        let mallory = town.member("Mallory", "member");
        let planted = mallory.client.cookie("session").unwrap();
        let client = town.guest();
        client.set_cookie("session", &planted);
        sign_in(&client, &mut device).await.assert_status(303);
        assert_ne!(client.cookie("session").unwrap(), planted);
        assert!(!is_in(&mallory.client).await);
    }

    async fn nobody_is_led_off_the_site(kind) {
        let town = TestTown::of_people(kind);
        let (_, mut device) = with_passkey(&town, "Rosa").await;
        for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
            let (options, state) = challenge(&town.guest(), "/sign-in/passkey/challenge").await;
            let fields = [("state", state.as_str()), ("credential", &device.get(&options).to_string()), ("next", next)];
            assert_eq!(town.guest().post("/sign-in/passkey", &fields).await.location(), "/");
        }
    }
}
