//! Feeds: RSS 2.0 and 1.0, Atom, JSON Feed, from a file or an address.
//!
//! A feed holds what its makers put in: often only the latest stories, sometimes only their beginnings. Both are reported.

mod json;
#[cfg(test)]
pub(crate) mod tests;
mod xml_feed;

use anyhow::Context as _;
use jiff::tz::TimeZone;
use std::path::Path;

use super::item::{Found, Item, Sink, Source};

/// Largest feed in bytes.
pub const MAX_FEED: u64 = 256 << 20;

/// A feed.
pub struct Feed {
    name: String,
    items: Vec<Item>,
}

impl Feed {
    /// Reads a feed; `address` is where it came from, if from the web.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(bytes: &[u8], address: Option<&str>, zone: &TimeZone) -> anyhow::Result<Self> {
        let text = decoded(bytes);
        let trimmed = text.trim_start_matches('\u{feff}').trim_start();
        let (home, mut items) = if trimmed.starts_with('{') { json::read(trimmed, zone)? } else { xml_feed::read(trimmed, zone)? };
        let home = if home.is_empty() { address.unwrap_or_default().to_owned() } else { home };
        for item in &mut items {
            if let super::item::Body::Html { base, .. } = &mut item.body {
                base.get_or_insert_with(|| home.clone());
            }
        }
        Ok(Self { name: format!("feed:{}", home.trim_end_matches('/')), items })
    }

    /// The same of a file.
    ///
    /// # Errors
    /// When it cannot be read or is none.
    pub fn open(path: &Path, zone: &TimeZone) -> anyhow::Result<Self> {
        let about = std::fs::metadata(path).with_context(|| path.display().to_string())?;
        anyhow::ensure!(about.len() <= MAX_FEED, "{} is larger than {} MB", path.display(), MAX_FEED >> 20);
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self::read(&bytes, name.as_deref(), zone).with_context(|| path.display().to_string())
    }
}

/// Feeds are UTF-8, or say that they are in one of the encodings of Western Europe.
fn decoded(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_lowercase();
    let western =
        ["iso-8859-1", "iso-8859-15", "windows-1252", "us-ascii"].iter().any(|name| head.contains(&format!("encoding=\"{name}\"")));
    if western && std::str::from_utf8(bytes).is_err() {
        return bytes.iter().map(|byte| char::from(*byte)).collect();
    }
    String::from_utf8_lossy(bytes).into_owned()
}

impl Source for Feed {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn count(&self) -> Option<usize> {
        Some(self.items.len())
    }

    fn read(&mut self, sink: Sink<'_>) -> anyhow::Result<()> {
        self.items.iter().try_for_each(|item| sink(Found::Story(Box::new(item.clone()))))
    }
}
