//! Pictures: bounded decoding, re-encoding without camera data, widths, a folder to keep them in.
//!
//! [`process`] takes the bytes a person uploaded and gives back small, upright WebP files with nothing
//! of the original but its pixels. It never trusts a file name or a declared type, and it looks at the
//! header before it decodes. [`Workers`] runs it on a few threads of its own, so that no picture, however
//! slow, holds up a page. [`Store`] keeps the results in a folder under names made from their content.
//!
//! The crate knows nothing of accounts or stories: whoever calls it decides who may upload.

mod limits;
mod picture;
mod process;
mod refused;
mod sniff;
mod store;
mod workers;

#[cfg(test)]
mod tests;

pub use limits::Limits;
pub use picture::{Processed, Variant, WIDTHS};
pub use process::process;
pub use refused::Refused;
pub use store::{Store, is_key};
pub use workers::Workers;
