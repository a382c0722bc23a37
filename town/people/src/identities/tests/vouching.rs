//! A provider that a test starts: it describes itself, publishes keys, and states what the test has it state.

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair},
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use testkit::{Asked, Client, Kind, Page, Reply, Web};

use crate::{identities::Provider, testing::TestTown};

pub const ISSUER: &str = "http://id.example/town";
pub const TOKEN: &str = "http://id.example/token";
const DISCOVERY: &str = "http://id.example/town/.well-known/openid-configuration";
const KEYS: &str = "http://id.example/keys";

/// What a provider signs with.
pub enum Key {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl Key {
    pub fn ec() -> Self {
        Self::Ec(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    pub fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    /// The public half (RFC 7517).
    pub fn public(&self, id: &str) -> Value {
        match self {
            Self::Ec(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "kid": id, "use": "sig", "x": letters(x), "y": letters(y) })
            }
            Self::Rsa(pair) => {
                let (n, e) = (pair.public_key().modulus(), pair.public_key().exponent());
                let (n, e) = (n.big_endian_without_leading_zero(), e.big_endian_without_leading_zero());
                json!({ "kty": "RSA", "kid": id, "use": "sig", "alg": "RS256", "n": letters(n), "e": letters(e) })
            }
        }
    }

    /// A signed statement (RFC 7515 §3.1).
    pub fn sign(&self, id: &str, claims: &Value) -> String {
        let algorithm = if matches!(self, Self::Ec(_)) { "ES256" } else { "RS256" };
        let signed = unsigned(&json!({ "alg": algorithm, "kid": id, "typ": "JWT" }), claims);
        let signature = match self {
            Self::Ec(pair) => pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap().as_ref().to_vec(),
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
                signature
            }
        };
        format!("{signed}.{}", letters(&signature))
    }
}

/// Header and claims, ready to be signed.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.{}", letters(header.to_string().as_bytes()), letters(claims.to_string().as_bytes()))
}

pub fn letters(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// The provider.
pub struct Voucher {
    pub web: Web,
    pub key: Key,
}

/// What a browser was sent with.
pub struct Sent {
    pub asked: std::collections::HashMap<String, String>,
}

impl Sent {
    pub fn of(page: &Page) -> Self {
        let address = url::Url::parse(&page.location()).unwrap();
        assert_eq!(address.as_str().split('?').next(), Some("http://id.example/authorize"));
        Self { asked: address.query_pairs().into_owned().collect() }
    }

    pub fn get(&self, name: &str) -> &str {
        &self.asked[name]
    }
}

impl Voucher {
    pub fn open() -> Self {
        let this = Self { web: Web::open(), key: Key::ec() };
        this.describe(&json!({}));
        this.publish(&[this.key.public("one")]);
        this
    }

    /// Says what it is, with this said otherwise.
    pub fn describe(&self, otherwise: &Value) {
        let mut description = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "http://id.example/authorize",
            "token_endpoint": TOKEN,
            "jwks_uri": KEYS,
        });
        change(&mut description, otherwise);
        self.web.serve(DISCOVERY, Reply::of("application/json", description.to_string()));
    }

    pub fn publish(&self, keys: &[Value]) {
        self.web.serve(KEYS, Reply::of("application/json", json!({ "keys": keys }).to_string()));
    }

    /// Trades the next code for this statement.
    pub fn states(&self, token: &str) {
        self.web.serve(
            TOKEN,
            Reply::of("application/json", json!({ "access_token": "x", "token_type": "Bearer", "id_token": token }).to_string()),
        );
    }

    /// A town for whose people it vouches.
    pub fn town(&self, kind: Kind) -> TestTown {
        let town = TestTown::with_providers(kind, vec![lantern()]);
        town.pins.set("id.example", self.web.address());
        town
    }

    /// The usual claims about somebody, with this said otherwise.
    pub fn claims(town: &TestTown, sent: &Sent, otherwise: &Value) -> Value {
        let now = town.town.now() / 1000;
        let mut claims = json!({
            "iss": ISSUER, "sub": "4711", "aud": "paper", "exp": now + 300, "iat": now, "nonce": sent.get("nonce"),
            "email": "rosa@home.example", "email_verified": true, "name": "Rosa Ibarra", "preferred_username": "rosa.i@id.example",
        });
        change(&mut claims, otherwise);
        claims
    }

    /// There and back again, for somebody of whom it states this.
    pub async fn vouch(&self, town: &TestTown, client: &Client, way: &str, otherwise: &Value) -> Page {
        let sent = Sent::of(&client.get(way).await);
        self.states(&self.key.sign("one", &Self::claims(town, &sent, otherwise)));
        come_back(client, sent.get("state")).await
    }

    /// What was asked to trade a code since the last time.
    pub fn trades(&self) -> Vec<Asked> {
        self.web.asked().into_iter().filter(|asked| asked.url == TOKEN).collect()
    }
}

/// The provider as the operator configured it.
pub fn lantern() -> Provider {
    Provider {
        name: "lantern".into(),
        title: "Lantern ID".into(),
        issuer: ISSUER.into(),
        client_id: "paper".into(),
        secret: Some("the site's own secret".into()),
    }
}

pub async fn come_back(client: &Client, state: &str) -> Page {
    client.get(&format!("/sign-in/with/lantern/return?code=c0de&state={state}")).await
}

fn change(all: &mut Value, otherwise: &Value) {
    for (name, value) in otherwise.as_object().unwrap() {
        match value {
            Value::Null => drop(all.as_object_mut().unwrap().remove(name)),
            value => all[name] = value.clone(),
        }
    }
}
