//! Joining through the front door, on both databases.
#![allow(clippy::unwrap_used)]

mod confirming;
mod forms;
mod names;
mod no_telling;

use testkit::{Client, Page};

use super::Mode;
use crate::testing::{PASSWORD, TestTown};

/// What somebody types, as fields of the form.
fn typed<'a>(handle: &'a str, name: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("display_name", name), ("handle", handle), ("email", email), ("password", PASSWORD), ("rules", "1")]
}

/// Sends the form with a proof.
async fn send(town: &TestTown, client: &Client, fields: &[(&str, &str)]) -> Page {
    send_to(town, client, "/join", fields).await
}

async fn send_to(town: &TestTown, client: &Client, address: &str, fields: &[(&str, &str)]) -> Page {
    let proof = town.proof();
    let fields: Vec<_> = fields.iter().copied().chain([("proof", proof.as_str())]).collect();
    client.post(address, &fields).await
}

/// Somebody who has joined and not yet confirmed.
async fn joined(town: &TestTown, handle: &str, email: &str) -> Client {
    let client = town.guest();
    let answer = send(town, &client, &typed(handle, "Rosa Ibarra", email)).await;
    assert_eq!(answer.location(), "/join/confirmation", "{}", answer.text());
    client
}

/// A town that everybody may join.
fn open_town(kind: testkit::Kind) -> TestTown {
    let town = TestTown::of_people(kind);
    town.open_to(Mode::Open);
    town
}

/// How many accounts there are.
fn accounts(town: &TestTown) -> i64 {
    town.town.db.read_now(|tx| tx.one("select count(*) from accounts", db::params![], |row| row.get(0))).unwrap()
}
