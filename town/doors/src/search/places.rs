//! What it is worth where the words of a question stand in a story: near its top, and in a row.

use super::matching::Matching;

/// Standfirst, authors, topics and place: the columns of the index between headline and body.
const TOP: std::ops::RangeInclusive<i32> = 1..=4;
/// What it is worth that all of it stands there.
const NEAR_THE_TOP: f64 = 2.0;
/// What it is worth that all of it stands in a row.
const IN_A_ROW: f64 = 3.0;

/// The phrases of a question in their order: to which wanted group each belongs, and how many words it has.
pub(super) struct Shape {
    phrases: Vec<(usize, i32)>,
    groups: usize,
}

/// A phrase that stands in a story.
#[derive(Clone, Copy)]
struct Instance {
    group: usize,
    column: i32,
    word: i32,
    words: i32,
}

impl Shape {
    pub fn of(matching: &Matching) -> Self {
        let phrases = matching.wanted.iter().enumerate().flat_map(|(group, phrases)| phrases.iter().map(move |phrase| (group, phrase)));
        let sized = phrases.map(|(group, phrase)| (group, i32::try_from(phrase.len()).unwrap_or(i32::MAX)));
        Self { phrases: sized.collect(), groups: matching.wanted.len() }
    }

    /// What the places of a story are worth, as the database tells them (`instances`).
    pub fn worth(&self, places: &[u8]) -> f64 {
        let instances = self.read(places);
        let top = (0..self.groups).all(|group| instances.iter().any(|one| one.group == group && TOP.contains(&one.column)));
        let row = self.groups > 1 && instances.iter().any(|one| one.group == 0 && self.goes_on(&instances, *one));
        f64::from(u8::from(top)) * NEAR_THE_TOP + f64::from(u8::from(row)) * IN_A_ROW
    }

    /// Whether the groups after this one follow it word by word.
    fn goes_on(&self, instances: &[Instance], from: Instance) -> bool {
        let next = from.group + 1;
        let follows = |one: &&Instance| one.group == next && one.column == from.column && one.word == from.word.saturating_add(from.words);
        next == self.groups || instances.iter().filter(follows).any(|one| self.goes_on(instances, *one))
    }

    fn read(&self, places: &[u8]) -> Vec<Instance> {
        let number = |bytes: &[u8]| bytes.try_into().map_or(-1, i32::from_le_bytes);
        let instance = |place: &[u8]| {
            let (group, words) = *self.phrases.get(usize::try_from(number(&place[..4])).ok()?)?;
            Some(Instance { group, column: number(&place[4..8]), word: number(&place[8..]), words })
        };
        places.chunks_exact(12).filter_map(instance).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "city council" or a form of it, and a word: three phrases in two groups.
    fn shape() -> Shape {
        Shape { phrases: vec![(0, 2), (0, 2), (1, 1)], groups: 2 }
    }

    fn places(places: &[(i32, i32, i32)]) -> Vec<u8> {
        places.iter().flat_map(|(phrase, column, word)| [phrase, column, word]).flat_map(|number| number.to_le_bytes()).collect()
    }

    fn is(worth: f64, expected: f64) -> bool {
        (worth - expected).abs() < f64::EPSILON
    }

    #[test]
    fn words_in_a_row_are_worth_more() {
        assert!(is(shape().worth(&places(&[(0, 5, 7), (2, 5, 9)])), IN_A_ROW));
        assert!(is(shape().worth(&places(&[(1, 5, 1), (2, 5, 8), (1, 5, 30), (2, 5, 32)])), IN_A_ROW), "anywhere, in any form");
        assert!(is(shape().worth(&places(&[(0, 5, 7), (2, 5, 8), (2, 5, 10), (2, 0, 9)])), 0.0), "not beside it, nor in another column");
        assert!(is(shape().worth(&places(&[(2, 5, 7), (0, 5, 8)])), 0.0), "not the other way round");
    }

    #[test]
    fn all_words_near_the_top_are_worth_more() {
        assert!(is(shape().worth(&places(&[(0, 1, 3), (2, 4, 0)])), NEAR_THE_TOP));
        assert!(is(shape().worth(&places(&[(0, 1, 3), (2, 1, 5)])), NEAR_THE_TOP + IN_A_ROW));
        assert!(is(shape().worth(&places(&[(0, 1, 3), (2, 5, 0)])), 0.0), "one is not enough");
    }

    #[test]
    fn what_is_not_of_the_question_counts_for_nothing() {
        assert!(is(shape().worth(&[]), 0.0));
        assert!(is(shape().worth(&places(&[(3, 1, 3), (-1, 1, 3), (9, 4, 0)])), 0.0), "marks and unwanted words");
        assert!(is(shape().worth(&places(&[(0, 1, 3), (2, 1, 5)])[..23]), 0.0), "half a place");
    }
}
