//! Leaving out what stayed the same.

use super::Change;

/// A part of a comparison, for pages that fold long unchanged runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hunk<'a> {
    /// Changes and the words around them.
    Shown(Vec<Change<'a>>),
    /// Unchanged text far from any change.
    Folded(&'a str),
}

/// Groups a comparison: every change keeps `context_words` unchanged words on each side, and what
/// is farther away is folded. Nothing is lost: all parts together are the comparison.
pub fn hunks<'a>(changes: &[Change<'a>], context_words: usize) -> Vec<Hunk<'a>> {
    let mut hunks = Vec::new();
    let mut shown = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        let &Change::Same(text) = change else {
            shown.push(*change);
            continue;
        };
        let before = if index == 0 { 0 } else { head(text, context_words) };
        let after = if index + 1 == changes.len() { text.len() } else { tail(text, context_words) };
        if before >= after {
            shown.push(*change);
            continue;
        }
        if before > 0 {
            shown.push(Change::Same(&text[..before]));
        }
        if !shown.is_empty() {
            hunks.push(Hunk::Shown(std::mem::take(&mut shown)));
        }
        hunks.push(Hunk::Folded(&text[before..after]));
        if after < text.len() {
            shown.push(Change::Same(&text[after..]));
        }
    }
    if !shown.is_empty() {
        hunks.push(Hunk::Shown(shown));
    }
    hunks
}

/// Where the first `words` words of a text end; its length when it has no more than that.
fn head(text: &str, words: usize) -> usize {
    let mut seen = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if inside && seen == words {
                return at;
            }
            inside = false;
        } else if !inside {
            if seen == words {
                return at;
            }
            inside = true;
            seen += 1;
        }
    }
    text.len()
}

/// Where the last `words` words of a text begin; 0 when it has no more than that.
fn tail(text: &str, words: usize) -> usize {
    let mut seen = 0;
    let mut inside = false;
    for (at, c) in text.char_indices().rev() {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            if inside && seen == words {
                return end;
            }
            inside = false;
        } else if !inside {
            if seen == words {
                return end;
            }
            inside = true;
            seen += 1;
        }
    }
    0
}
