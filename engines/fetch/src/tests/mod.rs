//! Against servers on loopback, which only pinned names reach.

#![allow(clippy::unwrap_used)]

mod addresses;
mod bounds;
mod going;
mod guard;

use testkit::Web;

use crate::{Fetcher, Pins};

const AGENT: &str = "Ocotillo (+http://town.example/)";

/// A fetcher that finds this web under these names.
fn fetcher(web: &Web, names: &[&str]) -> Fetcher {
    let pins = Pins::default();
    for name in names {
        pins.set(name, web.address());
    }
    Fetcher::with_pins(AGENT, pins).unwrap()
}
