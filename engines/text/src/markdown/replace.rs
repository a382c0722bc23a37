//! Pictures in a source: which there are, and others in their place. Everything else stays as it was written.

use super::folds::{self, Part};
use super::tree::{self, text_of};
use super::{MAX_SOURCE, pictures};
use crate::html::escape;
use comrak::nodes::{NodeValue, Sourcepos};

/// A picture as a source names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Its address.
    pub url: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// What stands under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

/// What takes the place of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The same picture at another address.
    Picture(String),
    /// A link to the picture: its words are its caption, its alternative text, or its file's name.
    Link(String),
    /// What was there.
    Same,
}

/// The pictures of a body, in order.
pub fn pictures_in(source: &str) -> Vec<Named> {
    let mut found = Vec::new();
    replace_pictures(source, &mut |picture| {
        found.push(picture.clone());
        Instead::Same
    });
    found
}

/// A body with other pictures.
pub fn replace_pictures(source: &str, instead: &mut dyn FnMut(&Named) -> Instead) -> String {
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    if source.len() > MAX_SOURCE {
        return source.to_owned();
    }
    for part in folds::parts(source) {
        let Part::Text(text) = part else { continue };
        // A part is a slice of the source.
        let start = text.as_ptr() as usize - source.as_ptr() as usize;
        for (from, to, written) in changes(text, instead) {
            out.push_str(&source[done..start + from]);
            out.push_str(&written);
            done = start + to;
        }
    }
    out.push_str(&source[done..]);
    out
}

fn changes(text: &str, instead: &mut dyn FnMut(&Named) -> Instead) -> Vec<(usize, usize, String)> {
    let lines: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut changes = Vec::new();
    tree::parsed(text, |root| {
        let mut end = 0;
        for node in root.descendants() {
            let NodeValue::Image(image) = &node.data().value else { continue };
            let (caption, credit) = pictures::caption(&image.title);
            let named = Named { url: image.url.clone(), alt: text_of(node), caption: caption.into(), credit: credit.into() };
            let written = match instead(&named) {
                Instead::Same => continue,
                Instead::Picture(url) => picture(&Named { url, ..named }),
                Instead::Link(url) => link(&Named { url, ..named }),
            };
            // Positions are the parser's own; where they do not hold, the picture stays as it is.
            if let Some((from, to)) = place(text, &lines, node.data().sourcepos).filter(|(from, _)| *from >= end) {
                end = to;
                changes.push((from, to, written));
            }
        }
    });
    changes
}

fn place(text: &str, lines: &[usize], at: Sourcepos) -> Option<(usize, usize)> {
    let from = lines.get(at.start.line.checked_sub(1)?)? + at.start.column.checked_sub(1)?;
    let to = lines.get(at.end.line.checked_sub(1)?)? + at.end.column;
    let whole = text.get(from..to)?;
    (whole.starts_with("![") && whole.ends_with([')', ']'])).then_some((from, to))
}

/// Writes a picture as Markdown.
pub fn picture(of: &Named) -> String {
    let title = match (of.caption.as_str(), of.credit.as_str()) {
        (caption, "") => escape::title(&caption.replace('|', "–")),
        (caption, credit) => escape::title(&format!("{} | {}", caption.replace('|', "–"), credit.replace('|', "–"))),
    };
    let title = if title.is_empty() { title } else { format!(" \"{title}\"") };
    format!("![{}]({}{title})", escape::words(&of.alt), escape::destination(&of.url))
}

fn link(of: &Named) -> String {
    let file = of.url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let words = [of.caption.as_str(), &of.alt, file].into_iter().find(|words| !words.trim().is_empty()).unwrap_or(&of.url);
    format!("[{}]({})", escape::words(words), escape::destination(&of.url))
}
