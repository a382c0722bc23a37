//! Emoji: one of them, as keyboards write it (Unicode Technical Standard #51).

use unicode_properties::emoji::{EmojiStatus, UnicodeEmoji as _, is_regional_indicator, is_tag_character, is_zwj};
use unicode_segmentation::UnicodeSegmentation as _;

/// The longest that there are, a family of four or a flag of a part of a country, have eleven characters.
const MAX: usize = 12;
/// Asks for the picture where a character has a plain form, too.
const PICTURE: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';

/// Reads one emoji, without what is around it. A character that would be drawn plain is told to be a picture. Nothing when it is
/// no emoji, or more than one.
pub fn parse(typed: &str) -> Option<String> {
    let typed = typed.trim();
    // Counted before it is cut: a single letter can carry any number of marks.
    if typed.chars().take(MAX + 1).count() > MAX {
        return None;
    }
    let mut clusters = typed.graphemes(true);
    let (cluster, None) = (clusters.next()?, clusters.next()) else { return None };
    let (first, rest) = cluster.chars().next().map(|first| (first, &cluster[first.len_utf8()..]))?;
    let whole = match first {
        _ if first.is_ascii() => first.is_emoji_char() && rest.ends_with(KEYCAP) && rest.trim_end_matches(KEYCAP).chars().all(is_picture),
        _ if is_regional_indicator(first) => rest.chars().count() == 1 && rest.chars().all(is_regional_indicator),
        _ => first.is_emoji_char() && rest.chars().all(joins),
    };
    let plain = rest.is_empty() && matches!(first.emoji_status(), EmojiStatus::EmojiOther | EmojiStatus::EmojiModifierBase);
    whole.then(|| if plain { format!("{first}{PICTURE}") } else { cluster.to_owned() })
}

fn is_picture(c: char) -> bool {
    c == PICTURE
}

/// Whether it stands in an emoji after its first character.
fn joins(c: char) -> bool {
    is_zwj(c) || is_picture(c) || is_tag_character(c) || (!c.is_ascii() && c.is_emoji_char_or_emoji_component())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_emoji_is_taken_as_it_is() {
        for one in ["🙏", "💡", "😄", "👍🏽", "❤️", "👩‍🚒", "👨‍👩‍👧‍👦", "🇺🇸", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "⭐"]
        {
            assert_eq!(parse(one).as_deref(), Some(one));
            assert_eq!(parse(&format!("  {one}\n")).as_deref(), Some(one));
        }
    }

    #[test]
    fn what_could_be_plain_is_told_to_be_a_picture() {
        for plain in ["❤", "☀", "🌶", "☝"] {
            assert_eq!(parse(plain), Some(format!("{plain}\u{FE0F}")));
        }
    }

    #[test]
    fn nothing_else_is_one() {
        for none in ["", " ", "a", "1", "#", "1\u{FE0F}", ":-)", "🙏🙏", "🙏 🙏", "🙏a", "❤️ yes", "🇺", "🙏\u{301}", "é", "→x", "<b>"]
        {
            assert_eq!(parse(none), None, "{none:?}");
        }
        assert_eq!(parse(&format!("👍{}", "\u{FE0F}".repeat(1_000))), None);
    }

    proptest! {
        #[test]
        fn what_is_taken_is_one_and_short(typed in "\\PC{0,14}") {
            if let Some(one) = parse(&typed) {
                prop_assert_eq!(one.graphemes(true).count(), 1);
                prop_assert!(one.chars().count() <= MAX + 1);
                prop_assert_eq!(parse(&one), Some(one));
            }
        }
    }
}
