//! Every query about reviews.

mod answer;
mod change;
mod count;
mod helpful;
mod list;
mod take;

pub(super) use answer::take_back as take_answer_back;
pub use answer::{answer, forget as forget_answers};
pub(crate) use change::forget_under;
pub use change::{approve, put, remove, restore, take_down};
pub(super) use change::{counted_as, draw, must_not_be_down, revision_of, tags, write_down};
pub use count::drift;
pub(super) use helpful::vote;
pub use helpful::{leave, set as set_helpful};
pub(super) use list::with_subjects;
pub(super) use list::{Head, Listing, head, of, of_mine};
pub use list::{Summary, has_any, of_author, summary};
pub(super) use take::{COLUMNS, Place, dress, from, place, review, versions};
pub use take::{find, seen};
