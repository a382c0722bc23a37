//! Where the words of a question stand in a text, shown with `<mark>`.

use maud::{Markup, html};
use std::{collections::BTreeSet, ops::Range};
use text::language::Stemmer;

use super::{
    query::Query,
    tongues::Tongues,
    words::{self, Word},
};

/// Bytes of an excerpt, about.
const LONG: usize = 260;
/// Of these, before the first hit.
const BEFORE: usize = 60;
/// Hits looked at to find the best place.
const MAX_HITS: usize = 300;

/// The words to be marked, in every form in which they were looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits(BTreeSet<String>);

impl Hits {
    pub fn of(query: &Query, tongues: &Tongues) -> Self {
        Self(tongues.forms(query.wanted().flatten()))
    }

    /// A text in the language of the stemmer, escaped, with its hits marked as people see them: "houses" for "house".
    pub fn marked(&self, text: &str, stemmer: &Stemmer) -> Markup {
        let mut at = 0;
        html! {
            @for (hit, _) in self.hits(text, stemmer) {
                (&text[at..hit.start]) mark { (&text[hit.clone()]) }
                ({ at = hit.end; "" })
            }
            (&text[at..])
        }
    }

    /// The piece of a text with the most of the words, marked; `None` when it has none of them.
    pub fn excerpt(&self, text: &str, stemmer: &Stemmer) -> Option<Markup> {
        let piece = self.best(text, stemmer)?;
        Some(html! {
            @if piece.start > 0 { "… " }
            (self.marked(&text[piece.clone()], stemmer))
            @if piece.end < text.len() { " …" }
        })
    }

    /// Whether any of the words stand there.
    pub fn any(&self, text: &str, stemmer: &Stemmer) -> bool {
        self.hits(text, stemmer).next().is_some()
    }

    /// Where they stand, and the form in which each was looked for.
    fn hits<'a>(&'a self, text: &'a str, stemmer: &'a Stemmer) -> impl Iterator<Item = (Range<usize>, &'a str)> + 'a {
        words::words(text).filter_map(|Word { folded, place }| {
            let form = self.0.get(&folded).or_else(|| self.0.get(&words::stem(&text[place.clone()], folded, stemmer)))?;
            Some((place, form.as_str()))
        })
    }

    fn best(&self, text: &str, stemmer: &Stemmer) -> Option<Range<usize>> {
        let hits: Vec<(Range<usize>, &str)> = self.hits(text, stemmer).take(MAX_HITS).collect();
        let different = |from: usize| {
            let end = hits[from].0.start + LONG - BEFORE;
            let near = hits[from..].iter().take_while(|(place, _)| place.end <= end);
            near.map(|(_, form)| *form).collect::<BTreeSet<_>>().len()
        };
        // The first of equals.
        let best = (0..hits.len()).rev().max_by_key(|from| different(*from))?;
        Some(around(text, hits[best].0.start))
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
