//! HTML from elsewhere into Markdown: how stories come in from other systems.
//!
//! The result is source in our own dialect ([`crate::markdown`]): pictures with captions are figures, `<details>` are
//! folds, frames of known providers are their addresses. Scripts, styles and forms go; words stay, whatever stood around
//! them. Nothing here has to make the result safe: whatever comes out is rendered behind the walls of Markdown like
//! anything that people type.

mod about;
mod blocks;
pub(crate) mod escape;
mod frames;
mod me;
mod note;
mod runs;
mod tables;
#[cfg(test)]
mod tests;
mod walk;
mod words;

pub use about::{About, about};
pub use me::same_person;
pub use note::to_note;
pub use words::words;

use url::Url;

/// Longest HTML in bytes that is read; what follows is cut off.
pub const MAX_HTML: usize = 4 * 1024 * 1024;

/// How a piece of HTML is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// The address of the page it stood on: relative addresses are completed with it, and links to its own host lose the
    /// host, so that they lead to wherever the site is now.
    pub base: Option<&'a Url>,
    /// Whether line breaks in the text are meant: an empty line parts paragraphs, as editors kept stories that write no
    /// `<p>`.
    pub breaks: bool,
    /// Whether the title of a picture is its caption, as Markdown writes it.
    pub titles: bool,
}

/// Reads HTML as Markdown.
pub fn to_markdown(html: &str, reading: &Reading) -> String {
    let parsed = scraper::Html::parse_fragment(&cut(html, MAX_HTML));
    let mut walk = walk::Walk::new(reading);
    walk.below(parsed.tree.root(), &runs::Marks::default(), 0);
    walk.finish().join("\n\n")
}

/// As much of it as is read, so many bytes at most, with line ends as LF.
fn cut(html: &str, most: usize) -> String {
    html[..html.floor_char_boundary(most)].replace('\0', "").replace("\r\n", "\n")
}

/// The words of a piece of HTML in one line: titles, captions, excerpts.
pub fn to_line(html: &str) -> String {
    let markdown = to_markdown(html, &Reading::default());
    crate::clean_line(&crate::markdown::plain(&markdown))
}
