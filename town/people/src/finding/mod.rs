//! Finding people: by the words of their names, by handle, by an e-mail address that the finder knows.

mod contacts;
mod rounds;
#[cfg(test)]
mod tests;
mod words;

pub use contacts::{MAX_BATCH, address_changed, be_found, by_contacts, digest, parse, salt};
pub use rounds::{Words, keep_words, look_through};
pub use words::{bounds, find, index, keep, named, words};
