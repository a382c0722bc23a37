//! `$n` becomes `?n`: to SQLite `$1` is the *name* of a parameter, numbered by first appearance, so
//! that `$2 ... $1` would bind the wrong way round.

use std::borrow::Cow;

/// The text for SQLite. What stands in strings, quoted names and comments is left alone.
pub(super) fn rewrite(sql: &str) -> Cow<'_, str> {
    let bytes = sql.as_bytes();
    let mut rewritten = String::new();
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        if let Some(end) = skip(bytes, at) {
            at = end;
        } else if bytes[at] == b'$' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            rewritten.push_str(&sql[copied..at]);
            rewritten.push('?');
            copied = at + 1;
            at = copied;
        } else {
            at += 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(sql);
    }
    rewritten.push_str(&sql[copied..]);
    Cow::Owned(rewritten)
}

/// The end of the word, number, string, quoted name or comment that begins here, if one does. A
/// doubled quote inside of a string reads as two strings side by side, which ends at the same place.
fn skip(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    match rest[0] {
        b'\'' | b'"' | b'`' => Some(after(rest, &rest[..1], 1) + at),
        b'-' if rest.starts_with(b"--") => Some(after(rest, b"\n", 2) + at),
        b'/' if rest.starts_with(b"/*") => Some(after(rest, b"*/", 2) + at),
        // A word may hold a dollar sign: `price$1` is a name.
        first if word(first) => {
            let length = rest.iter().position(|byte| !word(*byte) && *byte != b'$');
            Some(at + length.unwrap_or(rest.len()))
        }
        _ => None,
    }
}

/// The place behind the first `end` from `from` on, or the end of the text.
fn after(text: &[u8], end: &[u8], from: usize) -> usize {
    let found = text[from..].windows(end.len()).position(|window| window == end);
    found.map_or(text.len(), |place| from + place + end.len())
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests;
