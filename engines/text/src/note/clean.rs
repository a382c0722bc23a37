//! What was typed, made fit to be kept.

use crate::line::is_hidden;
use unicode_normalization::UnicodeNormalization;

/// Line ends as LF, no control characters, no marks that turn the direction of what follows, no blanks at the ends of lines, at
/// most one empty line in a row, no wide blanks in a row, which no browser breaks, nothing before the first word or after the last; in
/// NFC.
pub fn clean(typed: &str) -> String {
    let mut text = String::with_capacity(typed.len());
    let mut empty = 0;
    for line in typed.replace("\r\n", "\n").split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let line: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !is_hidden(*c)).nfc().collect();
        let line = single_wide_blanks(line.trim_end());
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        text.push_str(&line);
    }
    text.trim().to_owned()
}

/// Without the blanks of a fixed width (U+2002 to U+3000) that follow another blank.
fn single_wide_blanks(line: &str) -> String {
    let mut last = None;
    let kept = |c: &char| {
        let follows = last.replace(*c).is_some_and(char::is_whitespace);
        !(follows && c.is_whitespace() && *c >= '\u{1680}')
    };
    line.chars().filter(kept).collect()
}
