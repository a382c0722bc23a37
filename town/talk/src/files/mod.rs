//! Pictures that a post shows, and the recording that a note may hold: on their way in with a form, as readers see them, and behind the
//! cover that stands before what is sensitive.
//!
//! Notes and comments take them through the same parts: a form that may carry files ([`brought`]), the fields in it ([`Fields`]), the
//! rule whose files somebody may use ([`must_be_usable`]), the grid in which they stand ([`pictures`]). Who keeps which under what key
//! says so to [`people::uses`].

mod attached;
mod covers;
mod fields;
mod markup;
#[cfg(test)]
mod tests;

pub use attached::{Attached, Brought, brought, changes, hang, keep_here, kept, must_be_usable, parse, shown, to_keep};
pub use covers::{COVERED, log_cover};
pub use fields::{Fields, sensitive_field};
pub use markup::{Widths, cover, pictures};
