//! The end of pictures and recordings that nothing uses ([`crate::uses`]): a week later they are removed.
//!
//! **On their way in** files are [`expect`]ed before they are stored, so that whatever is in the store has a row or is
//! about to be removed: an upload that breaks off leaves nothing for good. **On their way out** they wait in the same table,
//! since when nothing uses them. A use takes them out of it, and whatever begins to use one in the last moment wins: it is
//! asked once more in the unit that removes the row. Only then are the files deleted; from there until they are gone the same
//! file is not taken in again, because an upload that found it in the store would lose it.

mod collect;
mod store;
#[cfg(test)]
mod tests;

pub use collect::collect;
pub(crate) use store::cancel;
pub use store::expect;

/// Days that an unused file is kept.
pub const UNUSED_DAYS: i64 = 7;
/// What a person is told whose file is the one that is being removed.
pub(crate) const GOING: &str = "The site is just removing an old copy of this very file. Please upload it again in a minute.";

/// What the names of a file in all its widths begin with: 32 digits. `None` for what is no key.
fn stem(key: &str) -> Option<&str> {
    let stem = key.get(..32)?;
    let digits = stem.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (digits && key[32..].starts_with(['-', '.'])).then_some(stem)
}

/// Every key under which something may use this file: a body may name a narrower width than the widest.
fn names(key: &str) -> Vec<String> {
    match key.split_once('-') {
        Some((stem, largest)) => media::widths(largest.parse().unwrap_or(0)).map(|width| format!("{stem}-{width}")).collect(),
        None => vec![key.to_owned()],
    }
}
