//! Languages: by which tag they go, what they call themselves, which way they run, and which one a text is written in.
//!
//! Tags are those of BCP 47 (RFC 5646), and of a tag only the language counts here: what is `pt-BR` elsewhere is `pt`.

mod list;
mod stems;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;
use whatlang::{Detector, Lang};

use list::KNOWN;
pub use stems::Stemmer;

/// Bytes of a text that are looked at: more say nothing more.
const LOOK: usize = 4_000;
/// Letters under which a text could be anything: a name, an address, a loan word.
const LEAST: usize = 40;

/// Only among languages somebody may really write here in, so that a short English text is never Latin or Shona.
static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::with_allowlist(KNOWN.iter().filter_map(|known| known.found_as).collect()));

/// A language that a story may be in.
#[derive(Debug)]
struct Known {
    tag: &'static str,
    name: &'static str,
    /// How it is found; those without it have to be chosen.
    found_as: Option<Lang>,
}

/// Tag and own name of every language one can choose, in the order of their names.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    KNOWN.iter().map(|known| (known.tag, known.name))
}

/// The tag we know a language by, whatever region or script its tag goes on with; `None` for one we do not know.
pub fn known(tag: &str) -> Option<&'static str> {
    find(tag).map(|known| known.tag)
}

/// What a language calls itself; its tag when we do not know.
pub fn name(tag: &str) -> &str {
    find(tag).map_or(tag, |known| known.name)
}

fn find(tag: &str) -> Option<&'static Known> {
    // "nb" and "nn" are both written Norwegian, "iw" is what Hebrew was called until 1989.
    let primary = primary(tag).to_ascii_lowercase();
    let primary = match primary.as_str() {
        "nb" | "nn" => "no",
        "iw" => "he",
        "in" => "id",
        "fil" => "tl",
        other => other,
    };
    KNOWN.iter().find(|known| known.tag == primary)
}

/// Whether two tags name one language.
pub fn same(one: &str, other: &str) -> bool {
    primary(one).eq_ignore_ascii_case(primary(other))
}

fn primary(tag: &str) -> &str {
    tag.trim().split(['-', '_']).next().unwrap_or_default()
}

/// Which way a language runs: `rtl` or `ltr`.
pub fn direction(tag: &str) -> &'static str {
    if matches!(primary(tag), "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "ckb" | "dv" | "sd" | "ug") { "rtl" } else { "ltr" }
}

/// The language a text is written in; `None` when it is too short to say, or could be several.
pub fn detect(text: &str) -> Option<&'static str> {
    let text = &text[..text.floor_char_boundary(LOOK)];
    // A character of the scripts that write words, not sounds, says as much as several letters.
    let weight = |c: char| if ('\u{3000}'..='\u{d7ff}').contains(&c) { 4 } else { usize::from(c.is_alphabetic()) };
    if text.chars().map(weight).sum::<usize>() < LEAST {
        return None;
    }
    let found = DETECTOR.detect(text).filter(whatlang::Info::is_reliable)?;
    KNOWN.iter().find(|known| known.found_as == Some(found.lang())).map(|known| known.tag)
}
