//! Passkeys through the front door, on both databases, with a device in software.
#![allow(clippy::unwrap_used)]

mod authenticator;
mod keeping;
mod refusing;
mod signing_in;

use serde_json::Value;
use testkit::{Client, Page};

use crate::testing::{Actor, PASSWORD, TestTown};
use authenticator::Device;

const PATH: &str = "/settings/passkeys";

/// A challenge: what the device gets, and what comes back with its answer.
async fn challenge(client: &Client, address: &str) -> (Value, String) {
    let page = client.get(address).await;
    page.assert_status(200);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let said: Value = serde_json::from_str(&page.text()).unwrap();
    (said["options"].clone(), said["state"].as_str().unwrap().to_owned())
}

/// Sends the answer of a device that makes a passkey.
async fn add(client: &Client, name: &str, device: &mut Device) -> Page {
    let (options, state) = challenge(client, "/settings/passkeys/challenge").await;
    let credential = device.create(&options).to_string();
    client.post(PATH, &[("name", name), ("state", &state), ("credential", &credential)]).await
}

async fn prove(client: &Client) {
    client.post("/sign-in/again", &[("password", PASSWORD), ("next", PATH)]).await.assert_status(303);
}

/// A member with a passkey on a device.
async fn with_passkey(town: &TestTown, name: &str) -> (Actor, Device) {
    let (actor, mut device) = (town.member(name, "member"), Device::new());
    prove(&actor.client).await;
    add(&actor.client, "Telephone", &mut device).await.assert_status(303);
    (actor, device)
}

/// Sends the answer of a device to a challenge for signing in.
async fn sign_in(client: &Client, device: &mut Device) -> Page {
    let (options, state) = challenge(client, "/sign-in/passkey/challenge").await;
    let credential = device.get(&options).to_string();
    bring(client, &state, &credential).await
}

async fn bring(client: &Client, state: &str, credential: &str) -> Page {
    client.post("/sign-in/passkey", &[("state", state), ("credential", credential), ("next", "/rules")]).await
}

async fn is_in(client: &Client) -> bool {
    client.get("/settings").await.status == 200
}
