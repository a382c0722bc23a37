//! Signing in and out through the front door, on both databases.
#![allow(clippy::unwrap_used)]

mod by_letter;
mod coming_in;
mod going_out;
mod resets;

use testkit::{Client, Page};

use crate::testing::{PASSWORD, TestTown};

/// Tries to sign in as this person.
async fn try_as(client: &Client, name: &str, password: &str) -> Page {
    client.post("/sign-in", &[("email", name), ("password", password)]).await
}

/// A second browser of the same person.
async fn another_device(town: &TestTown, name: &str) -> Client {
    let client = town.guest();
    try_as(&client, name, PASSWORD).await.assert_status(303);
    client
}

/// Whether somebody is signed in on this browser.
async fn is_in(client: &Client) -> bool {
    client.get("/settings").await.status == 200
}
