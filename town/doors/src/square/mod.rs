//! The square: what the people, sections and topics that a member follows have put on their shelves, the newest first.
//!
//! Nothing is written for anybody when something is published: a feed is read from the shelves. That alone would cost a look
//! at each of five hundred shelves for every page. So the newest places of a reader's feed are kept in memory ([`home`]) and
//! brought up to date by what changed on any shelf since ([`talk::posts::shelf_changes`]); the database says with every page
//! whether what is kept still holds. Older pages, and the feeds of lists, are read from the shelves ([`fan`]).
//!
//! [`near`] is what is said about the place where a member is at home, and by those who say that they are at home there, too.
//! [`discussed`] is what most people talk about, for everybody to read.
//!
//! A member reads it in the order of time, or ranked by one small function ([`ranking`]), as they choose; nothing chooses for them.
//!
//! Kinds of post come onto the square by a line in [`kinds`]. Each shows only what its viewer may see.

mod discussed;
mod fan;
mod feed;
mod home;
mod kinds;
mod near;
mod pages;
mod ranking;
mod routes;
#[cfg(test)]
mod tests;
mod why;

pub(crate) use feed::{Feed, of_list};
pub(crate) use kinds::Name;
pub(crate) use pages::{caught_up, feeds, items, new_posts, tabs};
pub use routes::routes;
pub(crate) use why::of as names_of;
