//! Coming from elsewhere and going there: what other systems export, taken in with the addresses it had there, and
//! everything that is here, as open files.
//!
//! **Import** reads what other systems export. Each format is a folder that turns its files into [`item::Item`]s, one at
//! a time; [`import`] does the rest, the same for all: sections, topics, authors, pictures, dates, old addresses. An item
//! and the note that it came in are written in one transaction, so a run that was stopped goes on where it was, and a
//! second run doubles nothing. What changed at the source since is taken over unless somebody edited it here.
//!
//! **[`export`]** writes the whole site, or what one member has of it, into a folder; **[`restore`]** reads such a folder
//! back without loss, ids and all, into an empty site or beside what is there.

pub mod dates;
pub mod export;
pub mod feed;
pub mod folder;
pub mod ghost;
pub mod import;
pub mod item;
pub mod own;
mod recognise;
pub mod restore;
pub mod substack;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod unpack;
pub mod wordpress;
mod xml;

pub use recognise::{Format, Opened, is_site, open};

use serde::{Deserialize, Serialize};

/// The job that tells a server beside the command that something came in: it draws its pages anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct Came {}

impl Came {
    pub(crate) const KEY: &'static str = "import.came";
}

impl jobs::Job for Came {
    const KIND: &'static str = "import.came";
}

/// The web's errors keep their cause to themselves; whoever runs a command may see it.
pub(crate) fn broken(error: web::Error) -> anyhow::Error {
    match error {
        web::Error::Broken(cause) => anyhow::anyhow!(cause),
        other => anyhow::anyhow!(other.words()),
    }
}
