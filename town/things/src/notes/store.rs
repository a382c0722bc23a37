//! Every query about notes.

mod draft;
mod put;
mod take;

pub(super) use draft::{Draft, count_drafts, discard, draft, drafts_of, due, end_draft, hold_draft, keep_draft, set_time};
pub use draft::{Waiting, waiting, waiting_of, waiting_one};
pub(super) use put::{Times, change, publish, publish_and, write_down};
pub use put::{post, tags};
pub(super) use take::{author_and_state, authors};
pub use take::{find, notes};
