//! The pages of the writing room.

pub(super) mod copy;
pub(super) mod edit;
mod form;
pub(super) mod history;
pub(super) mod index;
mod more;
