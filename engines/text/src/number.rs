//! Numbers as a page shows them.

/// Words a minute that an adult reads of news, silently.
const WORDS_A_MINUTE: usize = 220;

/// A number and its noun: "1 view", "1,204 views", "0 comments".
pub fn count(n: i64, one: &str, many: &str) -> String {
    let noun = if n == 1 { one } else { many };
    let mut text = grouped(n);
    text.push(' ');
    text.push_str(noun);
    text
}

/// A number with commas between its thousands: "1,204".
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Minutes it takes to read so many words (see [`crate::markdown::words`]), at least 1.
pub fn reading_minutes(words: usize) -> u32 {
    u32::try_from(words.div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX).max(1)
}
