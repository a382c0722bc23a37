//! The beginning of a text, cut where a reader would cut it.

/// The first words of `plain` (see [`crate::markdown::plain`]) in at most `max_chars` characters,
/// the final "…" included. White space is collapsed. A word longer than the whole limit is cut
/// inside; a limit of 0 gives nothing.
pub fn excerpt(plain: &str, max_chars: usize) -> String {
    let mut kept = String::new();
    let mut chars = 0;
    for word in plain.split_whitespace() {
        let length = word.chars().count();
        let space = usize::from(!kept.is_empty());
        if chars + space + length > max_chars {
            return shortened(kept, chars, word, max_chars);
        }
        if space == 1 {
            kept.push(' ');
        }
        kept.push_str(word);
        chars += space + length;
    }
    kept
}

/// `kept` (of `chars` characters) did not have room for `word`: end it with "…" within the limit.
fn shortened(mut kept: String, mut chars: usize, word: &str, max_chars: usize) -> String {
    if max_chars == 0 {
        return String::new();
    }
    // Scripts without spaces are one long "word": fill the room instead of giving up half of it.
    if chars < max_chars / 2 {
        if chars > 0 {
            kept.push(' ');
            chars += 1;
        }
        kept.extend(word.chars().take(max_chars.saturating_sub(chars + 1)));
    } else if chars == max_chars {
        cut_last_word(&mut kept);
    }
    let end = kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-(".contains(c)).len();
    kept.truncate(end);
    kept.push('…');
    kept
}

fn cut_last_word(kept: &mut String) {
    match kept.rfind(' ') {
        Some(space) => kept.truncate(space),
        None => {
            kept.pop();
        }
    }
}
