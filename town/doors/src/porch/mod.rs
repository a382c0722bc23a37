//! The daily letter of the front porch: where every post is read before it appears, what appeared goes to every member who wants it.
//!
//! When it is due, who wants it and how far it was written stands below ([`people::prevention::letter`]); what one member is told of is
//! what they may read ([`talk::lately`]), read as a page would show it to them ([`said`]). Members are written to in parts, each in a short
//! unit of writing, so that nobody who posts meanwhile waits for thousands of letters.

mod said;
#[cfg(test)]
mod tests;
mod written;

pub(crate) use written::LETTER;
pub use written::write_letters;
