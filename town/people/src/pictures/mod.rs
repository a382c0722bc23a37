//! Pictures that people uploaded: bounded, re-encoded without camera data, in several widths, named by their content.

mod picture;
mod routes;
mod store;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use picture::line;
pub use picture::{Focus, MAX_NAME, MAX_WORDS, Picture, Words};
pub use routes::{accept, routes};
pub use store::{all_of, describe, find, find_all, insert};

/// Widths that the media engine makes; the smaller one stands beside every larger picture.
const SMALL: u32 = 640;

/// The address of a picture by its key.
pub fn address(key: &str) -> String {
    format!("/media/{key}.webp")
}

/// The key in such an address.
pub fn key_in(address: &str) -> Option<&str> {
    address.strip_prefix("/media/")?.strip_suffix(".webp").filter(|key| media::is_key(key))
}

/// As a body names a file: `![alt](address "caption | credit")`.
pub fn markdown(alt: &str, address: &str, caption: &str, credit: &str) -> String {
    // What would end the brackets or the title early is written as itself (CommonMark §2.4).
    let escaped = |words: &str| words.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]").replace('"', "\\\"");
    let title = match (caption, credit) {
        ("", "") => String::new(),
        (caption, "") => format!(" \"{}\"", escaped(caption)),
        (caption, credit) => format!(" \"{} | {}\"", escaped(caption), escaped(credit)),
    };
    format!("![{}]({address}{title})", escaped(alt))
}

/// The address of the narrow width, for cards and avatars.
pub fn small_address(key: &str) -> String {
    address(&small_key(key))
}

/// What `srcset` says of a picture.
pub fn srcset(key: &str) -> String {
    let (small, width) = (small_key(key), width_of(key));
    if width > SMALL { format!("{} {SMALL}w, {} {width}w", address(&small), address(key)) } else { format!("{} {width}w", address(key)) }
}

/// The widths a picture with this key is kept in, the largest first.
fn widths_of(key: &str) -> impl Iterator<Item = u32> {
    let width = width_of(key);
    std::iter::once(width).chain((width > SMALL).then_some(SMALL))
}

fn small_key(key: &str) -> String {
    match key.split_once('-') {
        Some((stem, _)) if width_of(key) > SMALL => format!("{stem}-{SMALL}"),
        _ => key.to_owned(),
    }
}

fn width_of(key: &str) -> u32 {
    key.split_once('-').and_then(|(_, width)| width.parse().ok()).unwrap_or(0)
}
