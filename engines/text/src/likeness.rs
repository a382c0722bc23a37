//! What names look like: whether two would be taken for each other, whether one is put together to deceive (UTS #39).

use unicode_normalization::UnicodeNormalization;
use unicode_security::{MixedScript, RestrictionLevel, RestrictionLevelDetection, skeleton};

/// What a handle looks like: two with the same likeness cannot be told apart by eye in some usual typeface ("paul" and
/// "pau1", "mary" and "rnary"). The skeleton of UTS #39 §4, taken of the name as it is written and again in small letters,
/// as both are seen.
pub fn likeness(name: &str) -> String {
    let seen: String = name.nfkc().collect();
    let small = |text: String| text.chars().flat_map(char::to_lowercase).collect::<String>();
    let once = small(skeleton(&seen).collect());
    small(skeleton(&once).collect())
}

/// The same of a name that people read, whatever stands between its letters: "Rosa Ibarra" and "Rosа-Ibarra" (with a
/// Cyrillic а) are one.
pub fn likeness_of_name(name: &str) -> String {
    likeness(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a word of the name mixes scripts that nobody mixes in one word, such as Latin and Cyrillic. Whole words in
/// different scripts are fine, and so is what Chinese, Japanese and Korean mix (UTS #39 §5.2, "highly restrictive").
pub fn mixes_scripts(name: &str) -> bool {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')' | '/')).any(|word| {
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        !letters.as_str().is_single_script() && letters.as_str().detect_restriction_level() > RestrictionLevel::HighlyRestrictive
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_the_same_have_one_likeness() {
        for (one, other) in [
            ("paul", "pau1"),
            ("paul", "pauI"),
            ("mary", "rnary"),
            ("Mary", "rnary"),
            ("bob", "b0b"),
            ("ANA", "ana"),
            ("ana", "аnа"),
            ("ana", "ａｎａ"),
        ] {
            assert_eq!(likeness(one), likeness(other), "{one} {other}");
        }
        for (one, other) in [("ali", "all"), ("ana", "anna"), ("ana_d", "ana-d"), ("eva", "ева")] {
            assert_ne!(likeness(one), likeness(other), "{one} {other}");
        }
        assert_eq!(likeness_of_name("Rosa Ibarra"), likeness_of_name("Rosа-Ibarra."));
        assert_eq!(likeness_of_name("Rosa Ibarra"), likeness_of_name("R\u{200d}osa\u{ad} Ibarra"));
        assert_ne!(likeness_of_name("Rosa Ibarra"), likeness_of_name("Rosa Ibarra Luz"));
    }

    /// What the migration that brought likenesses does in SQL to the handles that were there.
    #[test]
    fn handles_are_likened_in_sql_as_here() {
        let in_sql = |handle: &str| handle.replace(['I', '1'], "l").replace('0', "O").to_ascii_lowercase().replace('m', "rn");
        for byte in (b'a'..=b'z').chain(b'A'..=b'Z').chain(b'0'..=b'9').chain([b'_', b'-']) {
            let handle = format!("a{}b", char::from(byte));
            assert_eq!(likeness(&handle), in_sql(&handle), "{handle}");
        }
    }

    #[test]
    fn only_words_that_mix_scripts_deceive() {
        for fine in
            ["Rosa Ibarra", "O’Brien", "Мария Smith", "山田 タロウ", "Tanaka山田", "José Ñ.", "김 Minsu", "محمد علي", "Renée 3", "🌵", ""]
        {
            assert!(!mixes_scripts(fine), "{fine}");
        }
        for mixed in ["Rоsa Ibarra", "Ana Dυarte", "Мaрия"] {
            assert!(mixes_scripts(mixed), "{mixed}");
        }
    }
}
