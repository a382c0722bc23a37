//! Every query about notes.

mod draft;
mod put;
mod take;

pub(super) use draft::{Draft, count_drafts, discard, draft, drafts_of, due, end_draft, keep_draft, set_time};
pub use put::post;
pub(super) use put::{change, publish, tags, write_down};
pub(super) use take::{author_and_state, authors};
pub use take::{find, notes};
