//! There and back, for members whose account elsewhere is connected.

use super::*;
use crate::second_factor::totp;
use testkit::Reply;
use vouching::{ISSUER, TOKEN, letters};

testkit::on_both! {
    async fn the_way_there_says_who_asks_and_keeps_the_rest_to_itself(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        let client = town.guest();
        let page = client.get("/sign-in?next=/rules").await;
        page.assert_landmarks().assert_text("Continue with Lantern ID");
        let link = page.attr(".providers a", "href").unwrap();
        assert_eq!(link, "/sign-in/with/lantern?next=%2Frules");
        let page = client.get(&link).await;
        assert_eq!((page.status.as_u16(), page.header("cache-control")), (303, Some("no-store")));
        let cookie = page.header("set-cookie").unwrap().to_owned();
        let sent = Sent::of(&page);
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", "paper"),
            ("redirect_uri", "http://localhost/sign-in/with/lantern/return"),
            ("scope", "openid email profile"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(sent.get(name), value);
        }
        for secret in [sent.get("state"), sent.get("nonce"), "the site's own secret"] {
            assert!(!cookie.contains(secret), "{cookie}");
        }
        let other = Sent::of(&town.guest().get(&link).await);
        for name in ["state", "nonce", "code_challenge"] {
            assert_ne!(sent.get(name), other.get(name));
        }
    }

    async fn a_connected_account_signs_in_and_the_code_is_traded_as_the_standard_says(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        connected(&town, &voucher, "Rosa").await;
        voucher.trades();
        let client = town.guest();
        let sent = Sent::of(&client.get(ENTER).await);
        voucher.states(&voucher.key.sign("one", &Voucher::claims(&town, &sent, &json!({ "email": "new@home.example" }))));
        assert_eq!(come_back(&client, sent.get("state")).await.location(), "/rules");
        client.get("/settings").await.assert_text("@rosa");
        assert!(client.cookie("errand").is_none());
        let trade = voucher.trades().pop().unwrap();
        let fields: std::collections::HashMap<String, String> = url::form_urlencoded::parse(trade.body.as_bytes()).into_owned().collect();
        assert_eq!((trade.method.as_str(), fields["grant_type"].as_str(), fields["code"].as_str()), ("POST", "authorization_code", "c0de"));
        assert_eq!(fields["redirect_uri"], sent.get("redirect_uri"));
        assert_eq!((fields["client_id"].as_str(), fields["client_secret"].as_str()), ("paper", "the site's own secret"));
        assert_eq!(letters(&web::token::digest(&fields["code_verifier"])), sent.get("code_challenge"));
        client.get(PATH).await.assert_status(200).assert_landmarks().assert_text("Lantern ID new@home.example").assert_text("last used");
    }

    async fn after_the_provider_a_code_is_asked_for(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        let rosa = connected(&town, &voucher, "Rosa").await;
        let page = rosa.client.get("/settings/two-step").await;
        let secret = data_encoding::BASE32_NOPAD.decode(page.one("#secret").replace(' ', "").as_bytes()).unwrap();
        let code = |town: &TestTown| totp::code_at(&secret, town.town.now() / totp::STEP_MS);
        rosa.client.submit(&page, "form[action='/settings/two-step']", &[("code", &code(&town))]).await.assert_status(200);
        town.pass(totp::STEP_MS);
        let client = town.guest();
        let asked = voucher.vouch(&town, &client, ENTER, &json!({})).await;
        assert_eq!(asked.location(), "/sign-in/second-step?next=%2Frules");
        assert!(!is_in(&client).await);
        client.post("/sign-in/second-step", &[("code", &code(&town)), ("next", "/rules")]).await.assert_status(303);
        assert!(is_in(&client).await);
    }

    async fn only_the_browser_that_was_sent_comes_back_and_once(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        connected(&town, &voucher, "Rosa").await;
        let client = town.guest();
        let sent = Sent::of(&client.get(ENTER).await);
        voucher.states(&voucher.key.sign("one", &Voucher::claims(&town, &sent, &json!({}))));
        voucher.trades();
        // Somebody else's browser, led to the address with a code in it.
        let victim = town.guest();
        come_back(&victim, sent.get("state")).await.assert_status(410).assert_landmarks();
        let of_victim = Sent::of(&victim.get(ENTER).await);
        come_back(&victim, sent.get("state")).await.assert_status(410);
        for state in ["", "x", of_victim.get("state")] {
            let another = client.another();
            another.set_cookie("errand", &client.cookie("errand").unwrap());
            come_back(&another, state).await.assert_status(410);
        }
        assert!(voucher.trades().is_empty(), "the code was not even traded");
        come_back(&client, sent.get("state")).await.assert_status(303);
        come_back(&client, sent.get("state")).await.assert_status(410);
        let late = town.guest();
        let sent = Sent::of(&late.get(ENTER).await);
        town.pass(10 * 60 * 1000);
        come_back(&late, sent.get("state")).await.assert_status(410);
    }

    async fn whoever_stops_at_the_provider_is_told_so(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        for (error, status) in [("access_denied", 403), ("server_error", 502), ("%3Cscript%3E", 502)] {
            let client = town.guest();
            let sent = Sent::of(&client.get(ENTER).await);
            let page = client.get(&format!("/sign-in/with/lantern/return?error={error}&state={}", sent.get("state"))).await;
            page.assert_status(status).assert_landmarks();
            assert!(!page.text().contains("<script>") && client.cookie("errand").is_none());
        }
        assert!(voucher.trades().is_empty());
    }

    async fn a_provider_that_fails_lets_nobody_in(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        connected(&town, &voucher, "Rosa").await;
        for reply in [
            Reply::empty(500),
            Reply::of("application/json", r#"{"error":"invalid_grant"}"#),
            Reply::of("text/html", "<h1>Hello</h1>"),
            Reply::of("application/json", r#"{"id_token":"a.b.c"}"#),
            Reply::of("application/json", "x".repeat(200_000)),
        ] {
            let client = town.guest();
            let sent = Sent::of(&client.get(ENTER).await);
            voucher.web.serve(TOKEN, reply);
            come_back(&client, sent.get("state")).await.assert_status(502).assert_landmarks();
            assert!(!is_in(&client).await);
        }
    }

    async fn the_secret_goes_to_the_provider_and_no_further(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        let client = town.guest();
        let sent = Sent::of(&client.get(ENTER).await);
        voucher.web.serve(TOKEN, Reply::empty(307).header("location", "http://id.example/elsewhere"));
        voucher.web.asked();
        come_back(&client, sent.get("state")).await.assert_status(502);
        let asked: Vec<String> = voucher.web.asked().into_iter().map(|asked| asked.url).collect();
        assert_eq!(asked, [TOKEN]);
    }

    async fn a_provider_that_calls_itself_otherwise_is_not_used(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        voucher.describe(&json!({ "issuer": "http://id.example/other" }));
        town.guest().get(ENTER).await.assert_status(502).assert_landmarks();
        voucher.describe(&json!({ "jwks_uri": "http://127.0.0.1/keys" }));
        town.guest().get(ENTER).await.assert_status(502);
        voucher.describe(&json!({}));
        town.guest().get(ENTER).await.assert_status(303);
        town.guest().get("/sign-in/with/nobody").await.assert_status(404);
    }

    async fn it_says_who_it_is_when_it_sends_somebody_back(kind) {
        let voucher = Voucher::open();
        voucher.describe(&json!({ "authorization_response_iss_parameter_supported": true }));
        let town = voucher.town(kind);
        let rosa = town.member("Rosa", "member");
        let id = rosa.id;
        town.town.db.write_now(move |tx| crate::identities::insert(tx, id, (ISSUER, "4711"), "Rosa", 0)).unwrap();
        for (says, status) in [("", 502), ("&iss=http%3A%2F%2Fevil.example", 502), ("&iss=http%3A%2F%2Fid.example%2Ftown", 303)] {
            let client = town.guest();
            let sent = Sent::of(&client.get(ENTER).await);
            voucher.states(&voucher.key.sign("one", &Voucher::claims(&town, &sent, &json!({}))));
            let page = client.get(&format!("/sign-in/with/lantern/return?code=c0de&state={}{says}", sent.get("state"))).await;
            page.assert_status(status);
            assert_eq!(is_in(&client).await, status == 303);
        }
    }

    async fn nobody_is_led_off_the_site(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        let rosa = connected(&town, &voucher, "Rosa").await;
        for next in ["https://evil.example/", "//evil.example", "/%5Cevil.example"] {
            let way = format!("/sign-in/with/lantern?next={next}");
            assert_eq!(voucher.vouch(&town, &town.guest(), &way, &json!({})).await.location(), "/");
            assert_eq!(rosa.client.get(&way).await.location(), "/", "already signed in");
        }
    }

    async fn a_session_that_somebody_else_chose_opens_nothing(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        let rosa = connected(&town, &voucher, "Rosa").await;
        let client = town.guest();
        let sent = Sent::of(&client.get(ENTER).await);
        let mallory = town.member("Mallory", "member");
        let planted = mallory.client.cookie("session").unwrap();
        client.set_cookie("session", &planted);
        voucher.states(&voucher.key.sign("one", &Voucher::claims(&town, &sent, &json!({}))));
        come_back(&client, sent.get("state")).await.assert_status(303);
        assert_ne!(client.cookie("session").unwrap(), planted);
        assert!(!is_in(&mallory.client).await);
        let (id, now) = (rosa.id, town.town.now());
        town.town.db.write_now(move |tx| crate::accounts::set_suspended(tx, id, true, now)).unwrap();
        voucher.vouch(&town, &town.guest(), ENTER, &json!({})).await.assert_status(403).assert_landmarks().assert_text("suspended");
    }
}
