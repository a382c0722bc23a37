//! The markup of notes.

pub(super) mod card;
pub(super) mod composer;
pub(super) mod drafts;
pub(super) mod edit;
pub(super) mod files;
pub(super) mod history;
pub(super) mod page;
