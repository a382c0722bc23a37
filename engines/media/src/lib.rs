//! Pictures, audio and video: bounded decoding, widths, nothing left of places and cameras, a folder or bucket to keep
//! them in.
//!
//! [`process`] takes the bytes of a picture and gives back small, upright WebP and JPEG files with nothing of the
//! original but its pixels, and the words that were written into it. [`clean`] takes the file of a recording and blanks in
//! place what names places, devices and people. Neither trusts a file name or a declared type, and headers are looked at
//! before anything is decoded. [`draw`] makes the card that stands for a page on other sites. [`Workers`] runs the first
//! and the last on threads of its own, so that no picture, however slow, holds up a page. [`Store`] keeps the results under
//! names made from their content.
//!
//! The crate knows nothing of accounts or stories: whoever calls it decides who may upload.

mod avif;
mod bounded;
mod boxes;
mod card;
mod child;
mod digest;
mod heic;
mod limits;
mod names;
mod picture;
mod process;
mod recording;
mod refused;
mod sniff;
mod store;
mod words;
mod workers;

#[cfg(test)]
mod tests;

pub use card::{Beside, CARD, Card, draw};
pub use child::{child, decode_with};
pub use limits::Limits;
pub use names::{content_type, files, is_key, is_name};
pub use picture::{Processed, Variant, WIDTHS, widths};
pub use process::process;
pub use recording::{Cleaned, clean};
pub use refused::Refused;
pub use sniff::{Kind, kind};
pub use store::{Bucket, Store};
pub use words::Words;
pub use workers::Workers;
