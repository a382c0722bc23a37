//! The comparison itself: `similar` on words, then tidied for a reader.

use super::Change;
use similar::{Algorithm, DiffTag, TextDiff};
use std::{ops::Range, time::Duration};

/// Above this many bytes of both versions together, lines are compared instead of words.
const MAX_BY_WORD: usize = 600_000;

/// After this the comparison gives up on being minimal.
const PATIENCE: Duration = Duration::from_secs(1);

/// Compares two texts by words. White space and punctuation are words of their own, so that
/// "war." and "war," differ by one character. Bounded in time, see the module.
pub fn words<'a>(old: &'a str, new: &'a str) -> Vec<Change<'a>> {
    let mut config = TextDiff::configure();
    config.algorithm(Algorithm::Myers).timeout(PATIENCE);
    let diff = if old.len() + new.len() > MAX_BY_WORD { config.diff_lines(old, new) } else { config.diff_unicode_words(old, new) };
    let regions = regions(&diff);
    changes(&joined(regions, old), old, new)
}

/// A stretch of both texts that is either the same or replaced; byte ranges.
struct Region {
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
}

fn regions(diff: &TextDiff<'_, '_, str>) -> Vec<Region> {
    let old_ends = ends(diff.iter_old_slices());
    let new_ends = ends(diff.iter_new_slices());
    let mut regions: Vec<Region> = Vec::with_capacity(diff.ops().len());
    for op in diff.ops() {
        let (tag, old, new) = op.as_tag_tuple();
        let region = Region {
            same: tag == DiffTag::Equal,
            old: old_ends[old.start]..old_ends[old.end],
            new: new_ends[new.start]..new_ends[new.end],
        };
        push(&mut regions, region);
    }
    regions
}

/// Where each word ends, with a 0 before the first.
fn ends<'a>(words: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let lengths = words.scan(0, |end, word| {
        *end += word.len();
        Some(*end)
    });
    std::iter::once(0).chain(lengths).collect()
}

fn push(regions: &mut Vec<Region>, region: Region) {
    match regions.last_mut() {
        Some(last) if last.same == region.same => {
            last.old.end = region.old.end;
            last.new.end = region.new.end;
        }
        _ => regions.push(region),
    }
}

/// Two changed words with only a space between them are one changed phrase to a reader.
fn joined(regions: Vec<Region>, old: &str) -> Vec<Region> {
    let mut joined: Vec<Region> = Vec::with_capacity(regions.len());
    let mut rest = regions.into_iter().peekable();
    while let Some(mut region) = rest.next() {
        let between = rest.peek().is_some() && !joined.is_empty();
        if region.same && between && (is_gap(&old[region.old.clone()]) || is_in_time(old, &region.old)) {
            region.same = false;
        }
        push(&mut joined, region);
    }
    joined
}

/// Spaces inside a line; a line break stays visible as common to both.
fn is_gap(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() && c != '\n')
}

/// The colon of "6:40", which readers take for one word.
fn is_in_time(text: &str, at: &Range<usize>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    &text[at.clone()] == ":" && digit(text[..at.start].chars().next_back()) && digit(text[at.end..].chars().next())
}

fn changes<'a>(regions: &[Region], old: &'a str, new: &'a str) -> Vec<Change<'a>> {
    let mut changes = Vec::with_capacity(regions.len() * 2);
    for region in regions {
        if region.same {
            changes.push(Change::Same(&new[region.new.clone()]));
            continue;
        }
        if !region.old.is_empty() {
            changes.push(Change::Gone(&old[region.old.clone()]));
        }
        if !region.new.is_empty() {
            changes.push(Change::New(&new[region.new.clone()]));
        }
    }
    changes
}
