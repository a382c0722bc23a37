//! Reviews: what members think of a story, or of anything else that can be reviewed, in stars and words.
//!
//! A review is a post under its **subject**, one a member and subject: whoever writes a second one changes the first. It gives stars
//! to the whole and to the **criteria** that hold where the subject stands ([`criteria`]). It is read by whoever reads its subject,
//! unless its author was shown out or the two are parted by a block ([`crate::posts::readable`]); whoever mutes its author does not
//! see it in lists. It stands on no shelf and in no feed.
//!
//! Rules ([`rules`]): nobody reviews their own work. Authors of the subject answer a review once. Any other member may find it
//! helpful. Reviews of those who are new here, and all of a subject that suddenly gets many, wait until somebody looked at them;
//! those count nowhere. Counts change in the transaction of their cause ([`store`]).
//!
//! A kind of post becomes reviewable by joining the list that [`routes`] is given ([`Reviewable`]).

mod answers;
pub mod criteria;
mod desk;
mod helpful;
mod pages;
mod read;
mod review;
mod rules;
mod store;
mod subject;
mod takedown;
mod tally;
#[cfg(test)]
mod tests;
mod told;
pub mod whole;
mod write;

pub use desk::{Waiting, Watched, count_waiting, end_watch, waiting, waiting_one, watched};
pub use pages::{
    Standing,
    card::{listed, waiting as waiting_card},
    section::section,
    stars,
};
pub use review::{Answer, Content, Held, Rating, Review, address};
pub use rules::Reason;
pub(crate) use store::forget_under;
pub use store::{
    Summary, answer, approve, drift, find, forget_answers, has_any, leave, of_author, put, remove, restore, seen, set_helpful, summary,
    take_down,
};
pub use subject::{About, Reviewable, Reviewables};
pub use takedown::{carry_out as refuse, reason};
pub use tally::Tally;
pub use told::{ANSWERED, HELPFUL, REVIEWED};

use axum::{Extension, Router};
use people::Town;

/// The addresses of this room, where posts of these kinds can be reviewed.
pub fn routes(kinds: Reviewables) -> Router<Town> {
    Router::new()
        .merge(read::routes())
        .merge(write::routes())
        .merge(helpful::routes())
        .merge(answers::routes())
        .merge(takedown::routes())
        .layer(Extension(kinds))
}
