//! The markup of readers' context.

pub(super) mod about;
pub(super) mod list;
pub(super) mod shown;
