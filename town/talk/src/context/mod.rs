//! Readers' context: what members add under a story or a note of the square that others should know, with a source.
//!
//! Members of good standing ([`standing`]) write it under what others posted, once each, and rate that of others. What people find
//! helpful who usually disagree is shown to everybody under the post; which that is, is computed from the ratings by a public model
//! ([`model`]) and by nobody's hand. Whoever may `notes.moderate` can take one down, with a reason that its author is told.
//!
//! Who wrote a context is not shown beside it: it is rated for what it says. A rating brings about a job that judges all contexts anew
//! ([`judging`]); how many are shown is kept with the post's counts, so that pages without any cost nothing. The page `/context` says
//! how it works and how it stands, and hands all that goes into it to administrators.

mod content;
mod judging;
mod loss;
pub mod model;
mod pages;
mod routes;
mod standing;
mod state;
mod store;
mod takedown;
#[cfg(test)]
mod tests;
mod told;
pub mod whole;

pub use content::{Content, MAX_BODY, MAX_SOURCES};
pub use judging::{Judge, judge, look_through};
pub use loss::{drift, leave, take_along};
pub use pages::shown::{beside, section};
pub(crate) use routes::routes;
pub use store::{Shown, bring_back, mark, rate, readable_by, shown, shown_of, take_down, write};
pub use told::{GIVEN, SHOWN};

db::id! {
    /// Names a context.
    pub struct ContextId;
}
