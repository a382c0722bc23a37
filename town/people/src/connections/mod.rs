//! Connections: who follows whom or what, and who are friends.
//!
//! A **follow** is one way and asks nobody. Its target is an account or the owner of any other shelf (a section, a topic):
//! all draw their ids from one source. A **friendship** is asked for and agreed to by both, and is what the audience
//! "connections" means; by becoming friends both follow each other, which either may take back and stay a friend.
//!
//! Whoever is refused is not told: their request goes on standing for them, and for [`AGAIN_MS`] neither it nor a new one is
//! shown to whom it was for. Asking somebody who has asked is consent.
//!
//! How many there are is kept with every change, never counted. A block ([`crate::blocks`]) ends it all. The pages are a
//! wing above, where sections and topics are known.

mod choices;
mod counts;
mod follows;
mod friends;
mod known;
mod leave;
#[cfg(test)]
mod tests;
pub mod whole;

pub use choices::{Choices, Order, ShownTo, choices, choose, choose_order, home_order, sees_connections};
pub(crate) use counts::add as add_to;
pub use counts::{Counts, counts, drift, touch, version, waiting};
pub use follows::{
    FOLLOW, MAX_FOLLOWS, follow, followed_among, follows, move_followers, must_have_follows_left, remove_follower, targets, unfollow,
    where_follows,
};
pub use friends::{
    AGAIN_MS, Asked, FRIENDS, MAX_FRIENDS, MAX_REQUESTS, REQUEST, accept, are_connected, ask, end, must_have_requests_left, part, refuse,
    requests_by, requests_to, where_connected, withdraw,
};
pub use known::{Before, Between, Connected, Page, between, followers, following, friends};
pub use leave::leave;
