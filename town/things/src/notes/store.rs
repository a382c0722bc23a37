//! Every query about notes.

mod draft;
mod put;
mod take;

pub(super) use draft::{Draft, count_drafts, discard, draft, drafts_of, due, end_draft, keep_draft, set_time};
pub(super) use put::{change, publish, write_down};
pub use put::{post, tags};
pub(super) use take::{author_and_state, authors};
pub use take::{find, notes};
