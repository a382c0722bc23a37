//! Signing in with an account elsewhere, on both databases, with a provider that the tests start.
#![allow(clippy::unwrap_used)]

mod believing;
mod connecting;
mod entering;
mod joining;
mod vouching;

use serde_json::json;
use testkit::{Client, Page};

use crate::testing::{Actor, PASSWORD, TestTown};
use vouching::{Sent, Voucher, come_back};

const ENTER: &str = "/sign-in/with/lantern?next=/rules";
const PATH: &str = "/settings/identities";

async fn prove(client: &Client) {
    client.post("/sign-in/again", &[("password", PASSWORD), ("next", PATH)]).await.assert_status(303);
}

/// A member whose account there is connected.
async fn connected(town: &TestTown, voucher: &Voucher, name: &str) -> Actor {
    let actor = town.member(name, "member");
    prove(&actor.client).await;
    let page = voucher.vouch(town, &actor.client, "/settings/identities/new/lantern", &json!({})).await;
    assert_eq!(page.location(), "/settings/identities?done=connected");
    actor
}

async fn is_in(client: &Client) -> bool {
    client.get("/settings").await.status == 200
}
