//! Two-step sign-in through the front door, on both databases.
#![allow(clippy::unwrap_used)]

mod asking;
mod guarding;
mod settings;

use data_encoding::BASE32_NOPAD;
use testkit::{Client, Page};

use super::totp::{STEP_MS, code_at};
use crate::testing::{Actor, PASSWORD, TestTown};

const PATH: &str = "/settings/two-step";
const TURN_ON: &str = "form[action='/settings/two-step']";

/// Shows again that it is them.
async fn prove(client: &Client) -> Page {
    client.post("/sign-in/again", &[("password", PASSWORD), ("next", PATH)]).await
}

/// A member who has turned it on: the secret, and the recovery codes as they were shown.
async fn with_two_steps(town: &TestTown, name: &str) -> (Actor, Vec<u8>, Vec<String>) {
    let actor = town.member(name, "member");
    assert_eq!(prove(&actor.client).await.location(), PATH);
    let (secret, codes) = turn_on(town, &actor.client).await;
    (actor, secret, codes)
}

async fn turn_on(town: &TestTown, client: &Client) -> (Vec<u8>, Vec<String>) {
    let page = client.get(PATH).await;
    let secret = secret_on(&page);
    let shown = client.submit(&page, TURN_ON, &[("code", &code(town, &secret))]).await;
    shown.assert_status(200).assert_landmarks();
    (secret, shown.select_text(".on-paper li"))
}

/// The key that the page spells out.
fn secret_on(page: &Page) -> Vec<u8> {
    BASE32_NOPAD.decode(page.one("#secret").replace(' ', "").as_bytes()).unwrap()
}

/// What the app shows now.
fn code(town: &TestTown, secret: &[u8]) -> String {
    code_at(secret, town.town.now() / STEP_MS)
}

/// A code of six digits that is not the right one.
fn wrong_code(town: &TestTown, secret: &[u8]) -> String {
    let now = town.town.now() / STEP_MS;
    let right: Vec<String> = (now - 2..=now + 2).map(|step| code_at(secret, step)).collect();
    (0..10).map(|digit| digit.to_string().repeat(6)).find(|code| !right.contains(code)).unwrap()
}

async fn with_password(client: &Client, name: &str) -> Page {
    client.post("/sign-in", &[("email", name), ("password", PASSWORD), ("next", "/rules")]).await
}

async fn with_code(client: &Client, code: &str) -> Page {
    client.post("/sign-in/second-step", &[("code", code), ("next", "/rules")]).await
}

async fn is_in(client: &Client) -> bool {
    client.get("/settings").await.status == 200
}
