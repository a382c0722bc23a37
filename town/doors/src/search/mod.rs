//! Search: over headline, standfirst, authors, topics, place and body of everything published.
//!
//! The index holds words, not texts ([`words`] folds and parts them, the same for both databases), and is kept by jobs
//! that are written down with each change ([`index`]); whatever it says is checked against the stories themselves before
//! anybody sees it, so a story that was taken down is gone from the results at once.
//!
//! Stories are indexed by the stems of their words in their own language, and a question is understood in every language
//! of the index ([`tongues`]); headlines are held as they are written, too, for the beginnings of words, and so that the
//! form that was typed stands above others.
//!
//! Rules: no question is an error ([`query`]); at most [`store::MOST`] stories are ranked for one, the newest, so that a
//! common word costs no more than a rare one; filters are marks in the index ([`matching`]); a word that no story has is
//! taken for the nearest that some have ([`near`]), and the page says so. Every search has its feeds beside it ([`feed`]).

mod feed;
mod filters;
mod find;
mod highlight;
mod index;
mod matching;
mod near;
mod opensearch;
mod pages;
mod places;
mod query;
mod routes;
mod store;
mod suggest;
#[cfg(test)]
mod tests;
mod tongues;
mod words;

pub(crate) use feed::INDEX;
pub(crate) use index::take_up;
pub use index::{Sweep, index, look_through, sweep};
pub use routes::routes;
