//! Words of a text as filters compare them: whatever their case, accents, and letters that only look like others.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::skeleton;

/// The words of a text, each between single blanks, one before the first and one behind the last: what is looked for between blanks is
/// found as whole words alone. Small letters, without accents; a word of which every letter looks like one of `a` to `z` is taken as
/// that ("Сasіno" with Cyrillic letters is "casino"). Whatever is neither letter nor digit parts words, but for apostrophes and marks
/// that nobody sees.
pub fn words(text: &str) -> String {
    let mut all = String::with_capacity(text.len() + 2);
    all.push(' ');
    let mut word = String::new();
    for c in text.nfkd() {
        if is_unseen(c) || is_combining_accent(c) {
            continue;
        }
        if c.is_alphanumeric() || is_combining_mark(c) {
            word.extend(c.to_lowercase());
        } else {
            end(&mut all, &mut word);
        }
    }
    end(&mut all, &mut word);
    all
}

/// Whether a letter belongs to a script that puts no blanks between words, so that nothing says where one ends.
pub fn is_unparted(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn end(all: &mut String, word: &mut String) {
    if word.is_empty() {
        return;
    }
    match word.is_ascii().then(|| word.clone()).or_else(|| in_ascii(word)) {
        Some(plain) => all.push_str(&plain),
        None => all.extend(word.nfc()),
    }
    all.push(' ');
    word.clear();
}

/// The word in plain letters, if each of its letters is one or looks like one.
fn in_ascii(word: &str) -> Option<String> {
    word.chars().map(plain).collect()
}

fn plain(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    let mut letter = [0; 4];
    let alike: String = skeleton(c.encode_utf8(&mut letter)).filter(|c| !is_combining_mark(*c)).collect();
    let mut letters = alike.chars();
    match (letters.next(), letters.next()) {
        (Some(one), None) if one.is_ascii_alphanumeric() => Some(one.to_ascii_lowercase()),
        _ => None,
    }
}

/// Accents of European scripts. Marks of scripts that cannot do without them stay.
fn is_combining_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Soft hyphens, joiners, marks of direction, apostrophes: "don’t" is a word.
fn is_unseen(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_accents_and_tricks() {
        for (text, folded) in [
            ("Buy CHEAP pills!", " buy cheap pills "),
            ("Señor  Peña—olé", " senor pena ole "),
            ("Сasіno", " casino "),
            ("ｃａｓｉｎｏ", " casino "),
            ("ca\u{ad}si\u{200b}no", " casino "),
            ("Don’t", " dont "),
            ("Москва", " москва "),
            ("Smörgås ø", " smorgas o "),
            ("", " "),
            (" — ", " "),
            ("5G 24/7", " 5g 24 7 "),
        ] {
            assert_eq!(words(text), folded, "{text}");
        }
        // Words that look alike only in pairs of letters stay apart.
        assert_ne!(words("burn"), words("bum"));
        assert!(words("हिन्दी").contains("हिन्दी"));
        assert!(is_unparted('東') && is_unparted('ไ') && !is_unparted('a') && !is_unparted('я'));
    }
}
