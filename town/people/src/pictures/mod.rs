//! Pictures that people uploaded: bounded, re-encoded without camera data, in two widths, named by their content.

mod routes;
mod store;
#[cfg(test)]
pub(crate) mod tests;

pub use routes::{accept, routes};
pub use store::{Picture, find, find_all, insert};

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

/// The address of the narrow width, for cards and avatars.
pub fn small_address(key: &str) -> String {
    address(&small_key(key))
}

/// What `srcset` says of a picture.
pub fn srcset(key: &str) -> String {
    let (small, width) = (small_key(key), width_of(key));
    if width > SMALL { format!("{} {SMALL}w, {} {width}w", address(&small), address(key)) } else { format!("{} {width}w", address(key)) }
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
