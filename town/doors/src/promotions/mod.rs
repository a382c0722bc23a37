//! Good standing: what a member's level lets them do, what they lack for the next one, and the daily look at who has come to it.
//!
//! The conditions are the site's ([`people::levels::Conditions`]); what somebody has to show for themselves is gathered here, where
//! posts are known.

mod daily;
mod page;
#[cfg(test)]
mod tests;

pub(crate) use daily::RISEN;
pub use daily::promote;

use db::Tx;
use people::{
    Town,
    accounts::Account,
    decisions,
    levels::{Conditions, Record},
};
use talk::posts;

/// The addresses of this room.
pub fn routes() -> axum::Router<Town> {
    page::routes()
}

/// What somebody has to show for themselves where this is asked.
fn record(tx: &mut Tx, account: &Account, asked: &Conditions) -> Result<Record, db::Error> {
    Ok(Record {
        joined_at: account.created_at,
        posts: if asked.posts > 0 { posts::count_out(tx, account.id, asked.posts)? } else { 0 },
        trouble_at: decisions::trouble_at(tx, account.id)?,
        email: account.email.is_some(),
    })
}
