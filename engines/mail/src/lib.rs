//! Outgoing mail: over SMTP, or into a folder of `.eml` files.
//!
//! An [`Outbox`] is made once from the configuration, and sends [`Message`]s: a plain text that
//! always exists, and the same as HTML where there is one. It sends at once and once: whoever
//! needs mail to survive a crash or an absent server writes a job and sends from there, and
//! [`Error::is_permanent`] says whether trying again makes sense.
//!
//! What people typed (names, subjects) cannot become a header of its own: anything with a
//! control character is refused before it gets near one. What is secret (the server's password,
//! the links inside a message) does not appear in `Debug` or in errors.

mod address;
mod error;
mod folder;
mod message;
mod outbox;
mod smtp;
#[cfg(test)]
mod tests;

pub use address::Address;
pub use error::Error;
pub use message::Message;
pub use outbox::Outbox;
