//! What is asked of the search.

use crate::{dice::Dice, load::Paths, seed};

/// What the names of these scenarios begin with.
pub const KIND: &str = "search, ";
/// Words that stand in a tenth to nearly all of the stories.
const COMMON: [&str; 12] =
    ["council", "bridge", "school", "budget", "letter", "neighbour", "market", "library", "committee", "meeting", "evening", "rain"];
/// So many of them stand in headlines, too.
const IN_HEADLINES: usize = 9;
/// Different questions of one kind: more than fit into any cache, should there ever be one.
const QUESTIONS: usize = 2_000;

/// A word that very many stories have, in any of its forms.
pub fn common() -> Paths {
    questions(|dice| format!("/search?q={}{}", dice.of(&COMMON), dice.of(&["", "s"])))
}

/// A name that one story in a thousand has.
pub fn rare() -> Paths {
    let names = seed::places();
    questions(|dice| format!("/search?q={}", dice.of(&names)))
}

/// Two common words, or a common one and a name.
pub fn two() -> Paths {
    let names = seed::places();
    questions(|dice| match dice.below(2) {
        0 => format!("/search?q={}+{}", COMMON[dice.below(6)], COMMON[6 + dice.below(6)]),
        _ => format!("/search?q=council+{}", dice.of(&names)),
    })
}

/// A common word where another common one is not.
pub fn without() -> Paths {
    questions(|dice| format!("/search?q={}+-{}", COMMON[dice.below(6)], COMMON[6 + dice.below(6)]))
}

/// A name with a letter too few, or two in the wrong order.
pub fn mistyped() -> Paths {
    let names = seed::places();
    questions(|dice| {
        let mut letters: Vec<char> = dice.of(&names).chars().collect();
        let at = 2 + dice.below(letters.len() - 4);
        if dice.once_in(2) {
            letters.remove(at);
        } else {
            letters.swap(at, at + 1);
        }
        format!("/search?q={}", letters.into_iter().collect::<String>())
    })
}

/// The first letters of what stands in many headlines, and of names.
pub fn suggestions() -> Paths {
    let names = seed::places();
    questions(|dice| {
        let word = if dice.once_in(2) { COMMON[dice.below(IN_HEADLINES)].to_owned() } else { dice.of(&names).clone() };
        format!("/search/suggestions?q={}", word.chars().take(2 + dice.below(4)).collect::<String>())
    })
}

fn questions(mut ask: impl FnMut(&mut Dice) -> String) -> Paths {
    let mut dice = Dice::new(11);
    let mut paths = Paths::default();
    (0..QUESTIONS).for_each(|_| paths.push(&ask(&mut dice)));
    paths
}
