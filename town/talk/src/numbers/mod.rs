//! Numbers: how often posts were read, when, on what, coming from where, for how long and to which end.
//!
//! Views and readings are counted in the audience (`web::audience`) and come here as sums, once a second, in the
//! transaction in which they are written. Each post's sums are also those of the shelves it stands on, its section, its
//! authors, its topics, and of the whole site, so that the numbers of a section with a million stories are as few rows as
//! those of one story. Hours are kept for two weeks; a job adds every finished hour to its day in the site's time
//! zone, and days are kept for ever. Nothing here says who read anything: there is no row of a reader.

mod calendar;
mod count;
mod fold;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod top;
pub mod whole;

pub use calendar::{date_of, day_of, hour_of, hours_of, number_of};
pub use count::{Entry, count, entries, write};
pub use fold::keep_days;
pub(crate) use routes::routes;
pub use store::{by_day, by_hour, first_day, forget, sites};
pub use top::top;
pub use web::audience::{Tally, Views};

use crate::PostId;

/// Whose numbers are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One post's.
    Post(PostId),
    /// Those of all posts on a shelf, by the shelf's owner: a section, an author, a topic.
    Shelf(i64),
    /// Everything's.
    Site,
}

impl Whose {
    /// How tables name it: shelves by their owner's number negated, so that a post is told from them by its sign.
    fn key(self) -> i64 {
        match self {
            Self::Post(post) => post.get(),
            Self::Shelf(owner) => -owner,
            Self::Site => 0,
        }
    }
}
