//! Which statements are believed.

use super::*;
use std::sync::atomic::{AtomicU16, Ordering::Relaxed};
use vouching::{Key, letters, unsigned};

static NEXT: AtomicU16 = AtomicU16::new(1);

/// Somebody comes back with this statement; whether they are in.
async fn believed(town: &TestTown, voucher: &Voucher, statement: impl FnOnce(&Sent) -> String) -> bool {
    // Each from somewhere else: tries from one address are limited.
    let client = town.guest().from_address(&format!("2001:db8:{:x}::1", NEXT.fetch_add(1, Relaxed)));
    let sent = Sent::of(&client.get(ENTER).await);
    voucher.states(&statement(&sent));
    let page = come_back(&client, sent.get("state")).await;
    let (status, inside) = (page.status.as_u16(), is_in(&client).await);
    assert_eq!(status, if inside { 303 } else { 502 });
    inside
}

testkit::on_both! {
    async fn a_statement_for_somebody_else_or_of_another_time_is_not_believed(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        connected(&town, &voucher, "Rosa").await;
        let now = town.town.now() / 1000;
        for lie in [
            json!({ "iss": "http://id.example/other" }),
            json!({ "iss": null }),
            json!({ "aud": "another site" }),
            json!({ "aud": [] }),
            json!({ "aud": ["paper", "another site"] }),
            json!({ "aud": ["paper", "another site"], "azp": "another site" }),
            json!({ "azp": "another site" }),
            json!({ "exp": now - 61 }),
            json!({ "exp": null }),
            json!({ "iat": now + 3_600 }),
            json!({ "nonce": null }),
            json!({ "nonce": "of another errand" }),
            json!({ "sub": "" }),
            json!({ "sub": null }),
            json!({ "sub": "4".repeat(256) }),
        ] {
            assert!(!believed(&town, &voucher, |sent| voucher.key.sign("one", &Voucher::claims(&town, sent, &lie))).await, "{lie}");
        }
        for truth in [json!({}), json!({ "aud": ["paper"] }), json!({ "aud": ["paper", "another site"], "azp": "paper" }), json!({ "exp": now - 30 })] {
            assert!(believed(&town, &voucher, |sent| voucher.key.sign("one", &Voucher::claims(&town, sent, &truth))).await, "{truth}");
        }
    }

    async fn a_forged_signature_is_not_believed(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        connected(&town, &voucher, "Rosa").await;
        let claims = |sent: &Sent| Voucher::claims(&town, sent, &json!({}));
        let forger = Key::ec();
        assert!(!believed(&town, &voucher, |sent| forger.sign("one", &claims(sent))).await, "another key of the same name");
        assert!(!believed(&town, &voucher, |sent| forger.sign("two", &claims(sent))).await, "a name nobody published");
        assert!(!believed(&town, &voucher, |sent| Key::rsa().sign("one", &claims(sent))).await, "another kind of key");
        assert!(!believed(&town, &voucher, |sent| format!("{}.", unsigned(&json!({ "alg": "none" }), &claims(sent)))).await, "no signature");
        // By what everybody knows, as if it were a shared secret.
        let public = voucher.key.public("one").to_string();
        assert!(!believed(&town, &voucher, |sent| {
            let signed = unsigned(&json!({ "alg": "HS256", "kid": "one" }), &claims(sent));
            let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, public.as_bytes());
            format!("{signed}.{}", letters(aws_lc_rs::hmac::sign(&key, signed.as_bytes()).as_ref()))
        }).await, "a shared secret");
        assert!(!believed(&town, &voucher, |sent| {
            let honest = voucher.key.sign("one", &claims(sent));
            let (_, signature) = honest.rsplit_once('.').unwrap();
            let lie = Voucher::claims(&town, sent, &json!({ "sub": "4712" }));
            format!("{}.{signature}", unsigned(&json!({ "alg": "ES256", "kid": "one" }), &lie))
        }).await, "the signature of another statement");
    }

    async fn keys_change_and_kinds_differ(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        connected(&town, &voucher, "Rosa").await;
        let (next, claims) = (Key::rsa(), |sent: &Sent| Voucher::claims(&town, sent, &json!({})));
        let nonsense = json!({ "kty": "quantum", "kid": "three" });
        voucher.publish(&[nonsense, next.public("two"), voucher.key.public("one")]);
        assert!(!believed(&town, &voucher, |sent| next.sign("two", &claims(sent))).await, "it was asked a moment ago");
        town.pass(60_000);
        assert!(believed(&town, &voucher, |sent| next.sign("two", &claims(sent))).await, "it is asked again for a new key");
        assert!(believed(&town, &voucher, |sent| voucher.key.sign("one", &claims(sent))).await);
        voucher.publish(&[next.public("two")]);
        town.pass(60 * 60 * 1000);
        assert!(!believed(&town, &voucher, |sent| voucher.key.sign("one", &claims(sent))).await, "a key that was withdrawn");
    }
}
