//! The newsroom through its front door and its store, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod conflicts;
mod disk;
mod files;
mod history;
mod input;
mod language;
mod lifecycle;
mod limits;
pub(crate) mod newsroom;
mod permissions;
mod removal;
mod scheduling;
