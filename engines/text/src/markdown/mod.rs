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
pub use links::web_address;
pub use plain::{lead, plain};
pub use replace::{Instead, Named, picture, pictures_in, replace_pictures};
pub use words::{words, words_of_plain};

/// Longest source in bytes that is read as Markdown.
pub const MAX_SOURCE: usize = 2 * 1024 * 1024;

/// What a site may have itself, and is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own<'a> {
    /// A picture: its address and its words as written.
    Picture(&'a str, &'a str),
    /// A bare address that is a paragraph of its own.
    Line(&'a str),
}

/// Renders a body as safe HTML. `own` is asked for every picture and for every address alone on a line: what the site has itself
/// (pictures, audio, video, pages of its own) it answers with its HTML, which goes through the second wall like everything else.
/// Of all other pictures only `/media/…` and `https://…` are shown, as plain ones; other addresses are cards or links.
pub fn render(source: &str, own: &dyn Fn(Own<'_>) -> Option<String>) -> String {
    if source.len() > MAX_SOURCE {
        return wall::clean(&escape::paragraphs(source));
    }
    wall::clean(&write::body(source, own))
}

#[cfg(test)]
mod tests;
