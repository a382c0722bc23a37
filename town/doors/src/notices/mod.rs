//! Notifications: the page of what a member was told, the ways by which they hear of what, and what leaves the site for them: letters,
//! and messages to their devices.
//!
//! Kinds of notices are defined where their causes are ([`people::notices`]) and join by a line in [`kinds`]. What a notice shows is
//! read as its member may see it at that moment; what they may not see any more is not shown, not mailed, not pushed and not counted.

mod devices;
mod items;
mod kinds;
mod letters;
mod pages;
mod routes;
mod settings;
mod staff;
#[cfg(test)]
mod tests;
mod unsubscribing;

pub use devices::push_one;
pub(crate) use letters::{broken, member};
pub use letters::{mail_digest, mail_one};
pub use routes::routes;
pub use staff::{ToAll, tell_all};
pub(crate) use unsubscribing::address as address_that_ends;

use people::Town;

/// Deletes notices that nobody looks for any more. To be run once a day.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn forget_old(town: Town) -> anyhow::Result<()> {
    const AT_ONCE: u32 = 500;
    let now = town.now();
    while town.db.write(move |tx| people::notices::forget_old(tx, now, AT_ONCE)).await? > 0 {}
    Ok(())
}
