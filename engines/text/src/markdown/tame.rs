//! Before parsing: what would make the parser work for minutes is turned into plain characters.

use std::borrow::Cow;

/// Quote and list markers at the start of one line that open something; nobody writes more.
const MAX_MARKERS: usize = 24;

/// Escapes the marker after the 24th of a line, so that the rest of the line is text and shows
/// the same characters.
pub(super) fn tame(source: &str) -> Cow<'_, str> {
    if source.lines().all(|line| excess(line).is_none()) {
        return Cow::Borrowed(source);
    }
    let mut tamed = String::with_capacity(source.len() + 16);
    for line in source.split_inclusive(['\n', '\r']) {
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
    let mut markers = 0;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b' ' | b'\t' | b'0'..=b'9' => {}
            b'>' | b'-' | b'+' | b'*' | b'.' | b')' => {
                markers += 1;
                // "-----" is a rule or a heading, however long.
                if markers > MAX_MARKERS && opens(bytes, at) {
                    return Some(at);
                }
            }
            _ => return None,
        }
    }
    None
}

/// Whether the character may open a container: quotes always do, list markers before a space.
fn opens(line: &[u8], at: usize) -> bool {
    line[at] == b'>' || matches!(line.get(at + 1), Some(b' ' | b'\t'))
}
