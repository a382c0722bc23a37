//! Recordings: audio and video that people uploaded, without the place and the device they were made with.
//!
//! A recording is kept as it came, never encoded anew: only what names places, devices and people is blanked in it. Its key
//! is the content's digest with the ending of its format (`….mp4`), and so is its address: `/media/….mp4`.

mod intake;
mod markup;
mod recording;
mod routes;
mod store;
#[cfg(test)]
pub(crate) mod tests;

pub use intake::accept;
pub use recording::{Kind, Recording, Words};
pub use routes::routes;
pub use store::{describe, find, find_all, insert, newest, set_removed};

/// Endings of the formats that are kept.
const ENDINGS: [&str; 5] = ["mp3", "ogg", "m4a", "mp4", "webm"];

/// The address of a recording by its key.
pub fn address(key: &str) -> String {
    format!("/media/{key}")
}

/// The key in such an address.
pub fn key_in(address: &str) -> Option<&str> {
    address.strip_prefix("/media/").filter(|key| is_key(key))
}

/// Whether this is a recording's key: 32 lower-case hexadecimal digits, a dot, the ending of a format that is kept.
pub fn is_key(key: &str) -> bool {
    key.split_once('.').is_some_and(|(stem, ending)| {
        stem.len() == 32 && stem.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) && ENDINGS.contains(&ending)
    })
}
