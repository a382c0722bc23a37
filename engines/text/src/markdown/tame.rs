//! Before parsing: what would make the parser work for minutes is turned into plain characters.

use std::borrow::Cow;

/// Quote and list markers at the start of one line that open something; nobody writes more.
const MAX_MARKERS: usize = 24;

/// Escapes the marker after the 24th of a line, so that the rest of the line is text and shows
/// the same characters.
pub(super) fn tame(source: &str) -> Cow<'_, str> {
    let lines = || source.split_inclusive(['\n', '\r']);
    if lines().all(|line| excess(line).is_none()) {
        return Cow::Borrowed(source);
    }
    let mut tamed = String::with_capacity(source.len() + 16);
    for line in lines() {
        match excess(line) {
            Some(at) => {
                tamed.push_str(&line[..at]);
                tamed.push('\\');
                tamed.push_str(&line[at..]);
            }
            None => tamed.push_str(line),
        }
    }
    Cow::Owned(tamed)
}

/// Where the first marker too many stands.
fn excess(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    if is_rule(bytes) {
        return None;
    }
    let start = bytes.iter().position(|byte| !b" \t0123456789>-+*.)".contains(byte)).unwrap_or(bytes.len());
    (0..start).filter(|&at| opens(bytes, at)).nth(MAX_MARKERS)
}

/// "* * *" and "-----" are rules, however long.
fn is_rule(line: &[u8]) -> bool {
    let mut marks = line.iter().filter(|byte| !byte.is_ascii_whitespace());
    let first = marks.next();
    first.is_none_or(|first| b"*-".contains(first) && marks.all(|mark| mark == first))
}

/// Whether the character may open a container: quotes always do, list markers between spaces.
fn opens(line: &[u8], at: usize) -> bool {
    let starts = at == 0 || matches!(line[at - 1], b' ' | b'\t' | b'>' | b'0'..=b'9');
    let ends = matches!(line.get(at + 1), Some(b' ' | b'\t'));
    match line[at] {
        b'>' => true,
        b'-' | b'+' | b'*' | b'.' | b')' => starts && ends,
        _ => false,
    }
}
