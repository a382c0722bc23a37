//! The queue: what was reported, and what waits to be read before it appears ([`held`]), in one place, for one person to clear.
//!
//! A moderator reads a case with everything that bears on it, chooses what is done (a key each), by which rule and why, and it is
//! carried out ([`carry`]) in the transaction that closes the case. Rules: nobody decides about themself, nor about somebody who may
//! more than they may; an appeal is decided by somebody who did not decide before, where there is anybody; whatever was done can be
//! taken back.

mod appeals;
mod carry;
mod case;
mod choice;
mod decide;
mod held;
mod list;
mod rules;
#[cfg(test)]
mod tests;

use axum::Router;
use people::{Caller, Town, Viewer};

use super::frame::{Place, draw_with};

/// The addresses of this room.
pub(super) fn routes() -> Router<Town> {
    Router::new().merge(list::routes()).merge(decide::routes()).merge(appeals::routes()).merge(rules::routes()).merge(held::routes())
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &maud::Markup) -> maud::Markup {
    draw_with(&town.frame(viewer, caller), viewer, Place::Queue, title, body, &["queue.js"])
}
