//! Every query about comments.

mod brought;
mod count;
mod cover;
mod discussed;
mod drift;
mod put;
mod take;
mod talk;
mod thread;
mod tops;
mod waiting;

pub(super) use brought::mark;
pub use brought::{Brought, By, bring, bring_anew, brought, guest_name};
pub(super) use count::counted;
pub use count::{empty_removed, remove, restore, take_down};
pub(super) use cover::set_covered;
pub use discussed::{Discussed, discussed};
pub use drift::drift;
pub(super) use put::{change, choose, tags, write_down};
pub use put::{pick, post, set_rules};
pub(super) use take::{author_and_state, content, said_in, subject_of, versions};
pub use take::{find, pictures_of, seen, shown_on};
pub(super) use talk::{Choice, Head, Thread, head};
pub use talk::{Conversation, of};
pub(super) use thread::{Landing, Part, landing, lands, thread};
pub(super) use waiting::held;
pub use waiting::{Waiting, approve, forget_waiting, hold, refuse_waiting, waiting, waiting_of, waiting_one, withdraw};

pub(crate) use count::{forget_under, liked};
