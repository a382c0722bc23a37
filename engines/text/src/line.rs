//! Fields of one line: headlines, names, titles.

use unicode_normalization::UnicodeNormalization;

/// Makes one clean line of what was typed into a field: control characters (U+0000 among them),
/// bidirectional overrides and invisible fillers go, runs of white space become one space, the
/// ends are trimmed, and the result is in NFC. A no-break space that the author typed stays.
pub fn clean_line(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    let mut space = false;
    for c in line.nfc() {
        if c.is_whitespace() && !is_no_break(c) {
            space = true;
        } else if !is_hidden(c) {
            if space && !clean.is_empty() {
                clean.push(' ');
            }
            space = false;
            clean.push(c);
        }
    }
    // Once more: a letter and an accent may have been parted by a character that is now gone.
    clean.trim().nfc().collect()
}

/// The key under which a name is unique: NFKC, lower case, trimmed. Two names with the same key
/// are the same name to a reader ("Ana", "ANA", "Ａｎａ").
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.trim().to_ascii_lowercase();
    }
    let lower: String = name.nfkc().flat_map(char::to_lowercase).collect();
    // Lower-casing can leave sequences that NFKC composes, and the two forms of sigma are one letter.
    let key: String = lower.nfkc().map(|c| if c == 'ς' { 'σ' } else { c }).collect();
    key.trim().to_owned()
}

/// A name as people look for it: [`fold`] without accents ("Peña" is "pena"). Marks of scripts that cannot do without them stay.
pub fn bare(name: &str) -> String {
    let folded = fold(name);
    if folded.is_ascii() {
        return folded;
    }
    folded.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).nfc().collect()
}

fn is_no_break(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

/// Characters that have no place in one line: controls, marks that turn the direction of the
/// text after the field, and fillers that make an empty name look like one. The joiners U+200C and
/// U+200D stay, as Persian and emoji need them.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}
