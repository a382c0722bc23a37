//! Short texts of the town square: plain words in which addresses, `@people` and `#topics` are links.
//!
//! There is no other markup: what people write is what is read, down to the asterisk. Blank lines part paragraphs, other line
//! ends stay where they are. Reading is one pass over the text, whatever it holds.

mod clean;
mod pieces;
#[cfg(test)]
mod tests;

pub use clean::clean;
pub use pieces::{Piece, pieces};

use maud::{Markup, html};

/// Characters of an address that are shown; the link leads to all of it.
const SHOWN: usize = 48;

/// Somebody or something that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// Somebody, by their handle without the `@`.
    Person(&'a str),
    /// A topic, by its key.
    Topic(&'a str),
}

/// The handles that a text names, without the `@`, each once in any case, in order.
pub fn people(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Person(handle) = piece
            && !found.iter().any(|known| known.eq_ignore_ascii_case(handle))
        {
            found.push(handle.to_owned());
        }
    }
    found
}

/// The topics that a text names, each once, in order.
pub fn topics(text: &str) -> Vec<crate::topic::Topic> {
    let mut found: Vec<crate::topic::Topic> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Topic(topic, _) = piece
            && found.iter().all(|known| known.key != topic.key)
        {
            found.push(topic);
        }
    }
    found
}

/// The first address in a text.
pub fn first_link(text: &str) -> Option<String> {
    pieces(text).into_iter().find_map(|piece| if let Piece::Link(address, _) = piece { Some(address) } else { None })
}

/// The text as paragraphs. `address` says where what is named leads; what leads nowhere stays words. Links to elsewhere are
/// their writer's, not the site's: `rel` says so to programs.
pub fn markup(text: &str, address: &dyn Fn(Named<'_>) -> Option<String>) -> Markup {
    html! {
        @for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            p dir="auto" {
                @for (number, line) in paragraph.trim_matches('\n').split('\n').enumerate() {
                    @if number > 0 { br; }
                    @for piece in pieces(line) { (shown(&piece, address)) }
                }
            }
        }
    }
}

fn shown(piece: &Piece, address: &dyn Fn(Named<'_>) -> Option<String>) -> Markup {
    match piece {
        Piece::Words(words) => html! { (words) },
        Piece::Link(url, _) => html! { a href=(url) rel="nofollow ugc noopener" { (short(url)) } },
        Piece::Person(handle) => match address(Named::Person(handle)) {
            Some(address) => html! { a.mention href=(address) { "@" (handle) } },
            None => html! { "@" (handle) },
        },
        Piece::Topic(topic, written) => match address(Named::Topic(&topic.key)) {
            Some(address) => html! { a.topic href=(address) rel="tag" { (written) } },
            None => html! { (written) },
        },
    }
}

/// An address as people say it: without its scheme, and no longer than a line.
fn short(url: &str) -> String {
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    if bare.chars().count() <= SHOWN {
        return bare.to_owned();
    }
    bare.chars().take(SHOWN - 1).chain(['…']).collect()
}
