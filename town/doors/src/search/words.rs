//! Words as the index knows them: the one place where texts and questions are parted and folded, so that both databases
//! see the same words.
//!
//! A word is folded to lower case without accents ("Peña" is "pena"). Its stem is taken while the accents are still there,
//! as the rules of the languages want it, and is folded then. Scripts that write without spaces have no words to part, so
//! each of their characters is one; a question of several of them is then a phrase.

use std::ops::Range;
use text::language::Stemmer;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Longest word kept, in characters. Longer ones are found by their beginning.
const MAX_WORD: usize = 40;

/// A word and where it stands in its text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub folded: String,
    pub place: Range<usize>,
}

/// The words of a text in their order.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let place = next(text, at)?;
            at = place.end;
            let folded = fold(&text[place.clone()]);
            if !folded.is_empty() {
                return Some(Word { folded, place });
            }
        }
        None
    })
}

/// The stems of the words of a text in this language.
pub(super) fn stemmed<'a>(text: &'a str, stemmer: &'a Stemmer) -> impl Iterator<Item = String> + 'a {
    words(text).map(|word| stem(&text[word.place], word.folded, stemmer))
}

/// The folded stem of a word that is `folded` without it.
pub(super) fn stem(word: &str, folded: String, stemmer: &Stemmer) -> String {
    // Numbers have no forms, nor have the few letters of an abbreviation or a character that stands alone.
    if stemmer.is_none() || folded.chars().nth(2).is_none() || folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return folded;
    }
    let lower: String = word.nfc().take(MAX_WORD).flat_map(char::to_lowercase).collect();
    let stem = fold(&stemmer.stem(&lower));
    if stem.is_empty() { folded } else { stem }
}

/// Only the folded words.
pub(super) fn folded(text: &str) -> Vec<String> {
    words(text).map(|word| word.folded).collect()
}

fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let mut begun = None;
    for (offset, c) in text[from..].char_indices() {
        let at = from + offset;
        match begun {
            None if stands_alone(c) => return Some(at..at + c.len_utf8()),
            None if c.is_alphanumeric() => begun = Some(at),
            Some(start) if stands_alone(c) || !(c.is_alphanumeric() || is_combining_mark(c)) => return Some(start..at),
            _ => {}
        }
    }
    begun.map(|start| start..text.len())
}

fn fold(word: &str) -> String {
    let lower = word.nfkd().take(MAX_WORD * 8).flat_map(char::to_lowercase).nfkd();
    let plain = lower.filter(|c| !is_accent(*c) && (c.is_alphanumeric() || is_combining_mark(*c)));
    let mut folded = String::with_capacity(word.len());
    for c in plain.nfc().take(MAX_WORD) {
        match TWINS.iter().find(|(letter, _)| *letter == c) {
            Some((_, letters)) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    if folded.chars().all(is_combining_mark) { String::new() } else { folded }
}

/// Marks that many writers leave out: accents of Latin, Greek and Cyrillic, the vowel points of Hebrew and Arabic.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Han, kana, and the scripts of South-East Asia that part no words.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

/// Letters that do not decompose, and what people type who do not have them.
const TWINS: [(char, &str); 9] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('đ', "d"), ('ð', "d"), ('þ', "th"), ('ł', "l"), ('ς', "σ")];

/// The words of a story's HTML.
pub(super) fn of_html(html: &str) -> String {
    text::html::words(html)
}
