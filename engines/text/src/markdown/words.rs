//! Counting words, also where they are not parted by spaces.

use super::plain;

/// Words of a body in Markdown, see [`words_of_plain`].
pub fn words(source: &str) -> usize {
    words_of_plain(&plain(source))
}

/// Words of a text. A word is a run with a letter or digit in it between spaces or long dashes.
/// Two characters of Chinese or Japanese, and five of Thai, Lao, Khmer or Burmese, count as one
/// word: that is about how long theirs are.
pub fn words_of_plain(plain: &str) -> usize {
    let mut words = 0;
    let mut run = Script::Gap;
    let mut length = 0;
    for c in plain.chars() {
        let script = Script::of(c, run);
        if script != run {
            words += run.words(length);
            run = script;
            length = 0;
        }
        length += 1;
    }
    words + run.words(length)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Gap,
    Spaced,
    Dense,
    Joined,
}

impl Script {
    fn of(c: char, run: Script) -> Script {
        match c {
            '\u{2e80}'..='\u{2fdf}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Script::Dense,
            '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Script::Joined,
            _ if c.is_alphanumeric() => Script::Spaced,
            _ if c.is_whitespace() || matches!(c, '—' | '–' | '…' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}') => Script::Gap,
            // Punctuation belongs to the word it stands in: "don't", "3.5".
            _ => run,
        }
    }

    fn words(self, length: usize) -> usize {
        match self {
            Script::Gap => 0,
            Script::Spaced => 1,
            Script::Dense => length.div_ceil(2),
            Script::Joined => length.div_ceil(5),
        }
    }
}
