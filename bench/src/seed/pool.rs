//! Words: a few hundred bodies in plain invented English, drawn once and used for all stories.

use crate::dice::Dice;

const WHO: [&str; 16] = [
    "The water board",
    "A neighbour",
    "The school",
    "One of the drivers",
    "The council",
    "Her brother",
    "The clerk",
    "A retired surveyor",
    "The library",
    "Nobody on the street",
    "The committee",
    "The younger crew",
    "A group of parents",
    "The owner",
    "The night shift",
    "Everyone who came",
];
const DID: [&str; 16] = [
    "asked for",
    "argued about",
    "counted",
    "put off",
    "repaired",
    "wrote down",
    "forgot",
    "voted on",
    "measured",
    "photographed",
    "paid for",
    "closed",
    "found again",
    "painted",
    "promised",
    "walked past",
];
const WHAT: [&str; 16] = [
    "the bridge over the wash",
    "the bus to the hospital",
    "a second well",
    "the old cinema's sign",
    "the budget for next year",
    "the lights on Mesa Road",
    "four hundred letters",
    "the dog park",
    "the county's map",
    "the row of cottonwoods",
    "an empty chair",
    "the swimming hours",
    "the last ferry",
    "the market stalls",
    "the fence by the school",
    "the radio mast",
];
const WHEN: [&str; 16] = [
    "before the rain came",
    "on Tuesday evening",
    "for the third year in a row",
    "while the phones were down",
    "at a long meeting",
    "without saying why",
    "as the records show",
    "after a short silence",
    "in the shade of the hall",
    "by hand",
    "and nobody objected",
    "with money from the fair",
    "twice",
    "until it was dark",
    "and then went home",
    "in front of forty people",
];

const FIRST: [&str; 32] = [
    "Alder", "Amber", "Ash", "Badger", "Birch", "Black", "Cedar", "Clay", "Copper", "Crow", "Dry", "Elk", "Fern", "Flint", "Fox", "Hazel",
    "Heron", "Iron", "Juniper", "Lark", "Linden", "Moss", "Oak", "Otter", "Pine", "Quail", "Raven", "Salt", "Sand", "Stone", "Thorn",
    "Willow",
];
const SECOND: [&str; 32] = [
    "bank", "beck", "born", "bridge", "brook", "burn", "bury", "cliff", "combe", "croft", "dale", "den", "field", "ford", "gate", "ham",
    "haven", "hill", "holm", "hurst", "land", "ley", "mere", "mont", "mouth", "ridge", "shaw", "stead", "ton", "vale", "wick", "worth",
];
/// Places that stories are from.
pub const PLACES: usize = FIRST.len() * SECOND.len();

/// The name of a place: one word that stands in a thousandth of the stories.
pub fn place(number: usize) -> String {
    format!("{}{}", FIRST[number / SECOND.len() % FIRST.len()], SECOND[number % SECOND.len()])
}

/// A body as it is stored, and as readers get it.
pub struct Body {
    /// Markdown.
    pub source: String,
    /// Safe HTML.
    pub html: String,
    /// How many.
    pub words: usize,
}

/// A sentence with a full stop.
pub fn sentence(dice: &mut Dice) -> String {
    format!("{} {} {} {}.", dice.of(&WHO), dice.of(&DID), dice.of(&WHAT), dice.of(&WHEN))
}

/// A headline; the number makes it one of its own.
pub fn headline(dice: &mut Dice, number: usize) -> String {
    format!("{} {} {}, report {number}", dice.of(&WHO), dice.of(&DID), dice.of(&WHAT))
}

/// So many bodies of 1.1 to 1.9 KB as HTML.
pub fn bodies(dice: &mut Dice, count: usize) -> Vec<Body> {
    (0..count).map(|_| body(dice)).collect()
}

fn body(dice: &mut Dice) -> Body {
    let wanted = 1_000 + dice.below(450);
    let mut source = String::new();
    for paragraph in 0.. {
        match paragraph {
            3 if dice.once_in(2) => source.push_str("## What comes next\n\n"),
            4 if dice.once_in(3) => source.push_str("> "),
            _ => {}
        }
        for _ in 0..2 + dice.below(3) {
            source.push_str(&sentence(dice));
            source.push(' ');
        }
        source.push_str("\n\n");
        if source.len() > wanted {
            break;
        }
    }
    let html = text::markdown::render(&source, &|_| None);
    let words = text::markdown::words(&source);
    Body { source, html, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_as_long_as_those_of_real_stories() {
        for body in bodies(&mut Dice::new(1), 50) {
            assert!((1_000..2_000).contains(&body.html.len()), "{} bytes", body.html.len());
            assert!(body.words > 150 && body.html.starts_with("<p>"));
        }
    }
}
