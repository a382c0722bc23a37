//! The markup of albums.

pub(super) mod choose;
mod head;
pub(super) mod list;
pub(super) mod make;
pub(super) mod read;
