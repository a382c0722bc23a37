//! Markdown: what a body is stored as, and the HTML that readers get.
//!
//! The dialect is CommonMark with tables, strikethrough and bare links, without raw HTML (it stays
//! visible as text), and with three things of our own: figures, folds (`+++ Title` … `+++`) and
//! cards for links to providers of media. Characters are never replaced by prettier ones.
//!
//! Two walls stand between people's words and a page. The first: every tag is written by `write`,
//! and text only through `escape`. The second: `wall` parses the result again and lets
//! through nothing but a short list. Each would do alone.
//!
//! Sources up to [`MAX_SOURCE`] are read as Markdown, longer ones shown as plain paragraphs;
//! nesting is flattened beyond a depth, so no input takes long or overflows the stack.
//! Link reference definitions hold within their fold or between folds.

mod embeds;
mod escape;
mod folds;
mod foreign;
mod headings;
mod links;
mod pictures;
mod plain;
mod replace;
mod tables;
mod tame;
mod tree;
mod wall;
mod words;
mod write;

pub use embeds::{PROVIDERS, Provider, provider};
pub use foreign::of_other_dialects;
pub use plain::{lead, plain};
pub use replace::{Instead, Named, picture, pictures_in, replace_pictures};
pub use words::{words, words_of_plain};

/// Longest source in bytes that is read as Markdown.
pub const MAX_SOURCE: usize = 2 * 1024 * 1024;

/// A picture that the site has itself, in the widths it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// The address of the usual width.
    pub src: String,
    /// Addresses and widths as in HTML: "/media/a-640.webp 640w, /media/a.webp 1280w". May be empty.
    pub srcset: String,
    /// In pixels; keeps the page from jumping while the picture loads.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Renders a body as safe HTML. `pictures` is asked for every picture by its address as written;
/// unknown ones get no size, and only `/media/…` and `https://…` are shown at all.
pub fn render(source: &str, pictures: &dyn Fn(&str) -> Option<Picture>) -> String {
    if source.len() > MAX_SOURCE {
        return wall::clean(&escape::paragraphs(source));
    }
    wall::clean(&write::body(source, pictures))
}

#[cfg(test)]
mod tests;
