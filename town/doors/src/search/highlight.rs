//! Where the words of a question stand in a text, shown with `<mark>`.

use maud::{Markup, html};
use std::{collections::BTreeSet, ops::Range};

use super::{query::Query, words};

/// Bytes of an excerpt, about.
const LONG: usize = 260;
/// Of these, before the first hit.
const BEFORE: usize = 60;
/// Hits looked at to find the best place.
const MAX_HITS: usize = 300;

/// The words to be marked.
#[derive(Clone, Debug)]
pub(super) struct Hits(BTreeSet<String>);

impl Hits {
    pub fn of(query: &Query) -> Self {
        Self(query.wanted().flatten().cloned().collect())
    }

    /// A text, escaped, with its hits marked.
    pub fn marked(&self, text: &str) -> Markup {
        let mut at = 0;
        html! {
            @for hit in self.places(text) {
                (&text[at..hit.start]) mark { (&text[hit.clone()]) }
                ({ at = hit.end; "" })
            }
            (&text[at..])
        }
    }

    /// The piece of a text with the most of the words, marked; `None` when it has none of them.
    pub fn excerpt(&self, text: &str) -> Option<Markup> {
        let piece = self.best(text)?;
        Some(html! {
            @if piece.start > 0 { "… " }
            (self.marked(&text[piece.clone()]))
            @if piece.end < text.len() { " …" }
        })
    }

    /// Whether any of the words stand there.
    pub fn any(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }

    fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        words::words(text).filter(|word| self.0.contains(&word.folded)).map(|word| word.place)
    }

    fn best(&self, text: &str) -> Option<Range<usize>> {
        let hits: Vec<words::Word> = words::words(text).filter(|word| self.0.contains(&word.folded)).take(MAX_HITS).collect();
        let different = |from: usize| {
            let end = hits[from].place.start + LONG - BEFORE;
            let near = hits[from..].iter().take_while(|hit| hit.place.end <= end);
            near.map(|hit| hit.folded.as_str()).collect::<BTreeSet<_>>().len()
        };
        // The first of equals.
        let best = (0..hits.len()).rev().max_by_key(|from| different(*from))?;
        Some(around(text, hits[best].place.start))
    }
}

/// About [`LONG`] bytes of text around a place, cut between words.
fn around(text: &str, place: usize) -> Range<usize> {
    let start = text.floor_char_boundary(place.saturating_sub(BEFORE));
    let start = if start == 0 {
        0
    } else {
        let space = text[start..place].char_indices().find(|(_, c)| c.is_whitespace());
        space.map_or(start, |(at, c)| start + at + c.len_utf8())
    };
    let end = text.floor_char_boundary((start + LONG).min(text.len()));
    let end = if end == text.len() || end <= place {
        end
    } else {
        text[place..end].rfind(char::is_whitespace).map_or(end, |space| place + space)
    };
    // A first word longer than the whole excerpt is shown anyway.
    start..end.max(place)
}
