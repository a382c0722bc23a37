//! Pictures that people uploaded: bounded, re-encoded without camera data, in several widths, named by their content.
//!
//! A picture's key is its stem and its largest width (`0a…f-2400`). Its files are the stem, a width and the format:
//! `/media/0a…f-640.webp`. Which widths there are follows from the key alone, so a page needs no question to name them;
//! [`Shown::markup`] is how every room shows one.

mod intake;
mod markup;
mod picture;
mod routes;
mod store;
#[cfg(test)]
pub(crate) mod tests;

pub use intake::{accept, keep, keep_now};
pub(crate) use intake::{expect, note, storing_failed};
pub use markup::{Place, Shown, Social, srcset};
pub(crate) use picture::line;
pub use picture::{Focus, MAX_NAME, MAX_WORDS, Picture, Words};
pub use routes::routes;
pub(crate) use store::largest_of;
pub use store::{describe, find, find_all, insert, newest, set_removed};

/// The width for avatars and other small places.
const SMALL: u32 = 320;
/// The width other sites and feeds are given: cards of social networks want 1,200 at most.
const SOCIAL: u32 = 1080;

/// The address of a picture by its key: its largest width as WebP, which is also how bodies name it.
pub fn address(key: &str) -> String {
    format!("/media/{key}.webp")
}

/// The key in such an address; also in that of the JPEG.
pub fn key_in(address: &str) -> Option<&str> {
    let file = address.strip_prefix("/media/")?;
    file.strip_suffix(".webp").or_else(|| file.strip_suffix(".jpg")).filter(|key| media::is_key(key))
}

/// The address of the narrow width, for avatars.
pub fn small_address(key: &str) -> String {
    address_as(key, width_of(key).min(SMALL), "webp")
}

/// The address for those who draw cards and letters elsewhere: JPEG, about a thousand pixels wide.
pub fn social_address(key: &str) -> String {
    address_as(key, social_width(key), "jpg")
}

fn social_width(key: &str) -> u32 {
    media::widths(width_of(key)).find(|width| *width <= SOCIAL).unwrap_or_else(|| width_of(key))
}

/// A picture's files as WebP: their widths and addresses, the largest first.
pub fn files(key: &str) -> impl Iterator<Item = (u32, String)> {
    media::widths(width_of(key)).map(move |width| (width, address_as(key, width, "webp")))
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

fn address_as(key: &str, width: u32, ending: &str) -> String {
    let stem = key.split_once('-').map_or(key, |(stem, _)| stem);
    format!("/media/{stem}-{width}.{ending}")
}

fn width_of(key: &str) -> u32 {
    key.split_once('-').and_then(|(_, width)| width.parse().ok()).unwrap_or(0)
}
