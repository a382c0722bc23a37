//! The readable part of an address.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest slug in characters: an address should fit into one line of a mail.
const MAX_SLUG: usize = 80;

/// A slug of a headline: `a-z`, `0-9` and single hyphens, at most 80 characters, cut between words.
/// Latin, Greek and Cyrillic letters are transliterated; a headline with none of them is "story".
pub fn slug(headline: &str) -> String {
    slug_or(headline, "story")
}

/// The same with another word for a name of which nothing can be transliterated.
pub fn slug_or(name: &str, otherwise: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    // The decomposed form of one character may have 18; a name is at most so long, so time is bounded.
    for c in name.nfkd().take(MAX_SLUG * 8) {
        if is_combining_mark(c) || is_silent(c) {
            continue;
        }
        let letters = ascii(c);
        gap |= letters.is_empty();
        for letter in letters.chars() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(letter);
        }
        if slug.len() > MAX_SLUG {
            cut(&mut slug);
            break;
        }
    }
    if slug.is_empty() { otherwise.to_owned() } else { slug }
}

/// Apostrophes, soft hyphens, and the hard and soft signs of Cyrillic do not part a word.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '\u{ad}' | 'ъ' | 'ь' | 'Ъ' | 'Ь')
}

/// Shortens to the limit, between words where the slug has any.
fn cut(slug: &mut String) {
    let end = slug[..=MAX_SLUG].rfind('-').filter(|&end| end > 0).unwrap_or(MAX_SLUG);
    slug.truncate(end);
}

/// The lower-case ASCII letters for a character; empty for what separates words.
fn ascii(c: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    let lower = c.to_lowercase().next().unwrap_or(c);
    if let Some(at) = ASCII.find(lower) {
        return &ASCII[at..=at];
    }
    LETTERS.iter().find(|(letter, _)| *letter == lower).map_or("", |(_, ascii)| ascii)
}

/// Letters that do not decompose into an ASCII letter and a mark.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ı', "i"),
    ('ħ', "h"),
    ('α', "a"),
    ('β', "v"),
    ('γ', "g"),
    ('δ', "d"),
    ('ε', "e"),
    ('ζ', "z"),
    ('η', "i"),
    ('θ', "th"),
    ('ι', "i"),
    ('κ', "k"),
    ('λ', "l"),
    ('μ', "m"),
    ('ν', "n"),
    ('ξ', "x"),
    ('ο', "o"),
    ('π', "p"),
    ('ρ', "r"),
    ('σ', "s"),
    ('ς', "s"),
    ('τ', "t"),
    ('υ', "y"),
    ('φ', "f"),
    ('χ', "ch"),
    ('ψ', "ps"),
    ('ω', "o"),
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('ґ', "g"),
    ('д', "d"),
    ('е', "e"),
    ('є', "ye"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('і', "i"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ы', "y"),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('ј', "j"),
    ('љ', "lj"),
    ('њ', "nj"),
    ('ћ', "c"),
    ('ђ', "dj"),
    ('џ', "dz"),
];
