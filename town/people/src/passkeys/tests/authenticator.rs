//! A device that keeps passkeys, in software: what a browser and a key would answer (WebAuthn §6, §7), and what they never
//! should.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use passki::Passki;
use serde_json::{Value, json};

/// The owner was there.
pub const PRESENT: u8 = 0x01;
/// The owner was recognised: finger, face, PIN.
pub const RECOGNISED: u8 = 0x04;
/// A new credential follows.
const ATTESTED: u8 = 0x40;

/// One passkey on one device. Public fields say what it claims; tests make it lie.
pub struct Device {
    key: EcdsaKeyPair,
    pub credential: Vec<u8>,
    pub user_handle: Vec<u8>,
    pub counter: u32,
    pub origin: String,
    pub party: String,
    pub flags: u8,
    pub cross_origin: bool,
}

impl Device {
    /// One that has made nothing yet.
    pub fn new() -> Self {
        Self {
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(),
            credential: web::token::digest(&web::token::fresh()),
            user_handle: Vec::new(),
            counter: 0,
            origin: "http://localhost".into(),
            party: "localhost".into(),
            flags: PRESENT | RECOGNISED,
            cross_origin: false,
        }
    }

    /// Makes a passkey as these options ask (`navigator.credentials.create`).
    pub fn create(&mut self, options: &Value) -> Value {
        self.user_handle = bytes(&options["user"]["id"]);
        let client_data = self.client_data("webauthn.create", &options["challenge"]);
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let data = self.attested();
        let length = u16::try_from(data.len()).unwrap().to_be_bytes();
        let attestation = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59", &length[..], &data].concat();
        json!({
            "rawId": letters(&self.credential),
            "response": { "clientDataJSON": letters(client_data.as_bytes()), "attestationObject": letters(&attestation), "transports": ["internal"] },
        })
    }

    /// Signs a challenge (`navigator.credentials.get`).
    pub fn get(&mut self, options: &Value) -> Value {
        let client_data = self.client_data("webauthn.get", &options["challenge"]);
        let data = self.data(self.flags);
        let signed = [&data[..], digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "rawId": letters(&self.credential),
            "response": {
                "clientDataJSON": letters(client_data.as_bytes()),
                "authenticatorData": letters(&data),
                "signature": letters(signature.as_ref()),
                "userHandle": letters(&self.user_handle),
            },
        })
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> String {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.cross_origin }).to_string()
    }

    /// Authenticator data (WebAuthn §6.1).
    fn data(&self, flags: u8) -> Vec<u8> {
        [digest(&SHA256, self.party.as_bytes()).as_ref(), &[flags], &self.counter.to_be_bytes()].concat()
    }

    /// The same with the credential and its public key, a COSE_Key of P-256 (RFC 9053 §7.1.1).
    fn attested(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        let length = u16::try_from(self.credential.len()).unwrap().to_be_bytes();
        let key = [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", x, b"\x22\x58\x20", y].concat();
        [&self.data(self.flags | ATTESTED)[..], &[0; 16], &length, &self.credential, &key].concat()
    }
}

fn bytes(value: &Value) -> Vec<u8> {
    Passki::base64_decode(value.as_str().unwrap()).unwrap()
}

pub fn letters(bytes: &[u8]) -> String {
    Passki::base64_encode(bytes)
}
