//! Words: what people type, made safe, readable and comparable.
//!
//! Nothing here knows of news, neighbours, databases or the clock: text and times go in, text and
//! markup come out. Rules that hold everywhere:
//!
//! - Nobody's words are changed. No smart punctuation, no silent dropping: what is not allowed as
//!   markup stays visible as text.
//! - Nothing panics and nothing takes long, whatever the input; each function states its limits.
//! - HTML leaves this crate only from [`markdown::render`], which has two walls, and from maud.

pub mod diff;
pub mod emoji;
pub mod handle;
pub mod html;
pub mod language;
pub mod markdown;
pub mod note;
pub mod place;
pub mod times;
pub mod topic;

mod avatar;
mod excerpt;
mod likeness;
mod line;
mod number;
mod slug;
mod words;

pub use avatar::{HUES, Hue, hue, initials};
pub use excerpt::excerpt;
pub use likeness::{likeness, likeness_of_name, mixes_scripts};
pub use line::{bare, clean_line, fold};
pub use number::{count, grouped, reading_minutes};
pub use slug::{slug, slug_or};
pub use words::{is_unparted, words};

#[cfg(test)]
mod tests;
