//! What all reviews of a subject say together.

use super::{
    criteria::{Criterion, CriterionId},
    review::MOST_STARS,
};

/// What a subject without reviews is thought to be worth, in stars, and of how many reviews' weight that thought is. So one review of
/// five stars does not make the best story of the town, and a hundred are hardly held back: the mean of n reviews is drawn towards
/// 3.5 as if three more had said so (a Bayesian mean). Three, because about that many neighbours agree by chance.
const PRIOR_MEAN: f64 = 3.5;
const PRIOR_WEIGHT: f64 = 3.0;
/// With fewer reviews than this the page says that their mean is weighed.
const FEW: i64 = 10;

/// How many reviews of a subject give how many stars, to the whole and to each criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many give one star, two, up to five.
    pub stars: [i64; 5],
    /// The same of each criterion, by its id.
    pub criteria: Vec<(CriterionId, [i64; 5])>,
    /// How many recommend it.
    pub recommended: i64,
}

impl Tally {
    /// From slots of the table of counts: `0:5`, `3:4`, `recommended`.
    pub(super) fn of(slots: impl IntoIterator<Item = (String, i64)>) -> Self {
        let mut tally = Self::default();
        for (slot, count) in slots {
            let parsed = slot.split_once(':').and_then(|(criterion, stars)| Some((criterion.parse().ok()?, stars.parse::<usize>().ok()?)));
            match parsed {
                Some((criterion, stars @ 1..=5)) => tally.row(criterion)[stars - 1] += count,
                _ if slot == RECOMMENDED => tally.recommended = count,
                _ => {}
            }
        }
        tally
    }

    fn row(&mut self, criterion: i64) -> &mut [i64; 5] {
        if criterion == 0 {
            return &mut self.stars;
        }
        let criterion = CriterionId::new(criterion);
        let at = self.criteria.iter().position(|(id, _)| *id == criterion).unwrap_or_else(|| {
            self.criteria.push((criterion, [0; 5]));
            self.criteria.len() - 1
        });
        &mut self.criteria[at].1
    }

    /// How many reviews there are.
    pub fn count(&self) -> i64 {
        self.stars.iter().sum()
    }

    /// What they make of it: 1 to 5, weighed where they are few.
    pub fn average(&self) -> f64 {
        mean(&self.stars)
    }

    /// The same to one decimal place, as people read it.
    pub fn in_figures(&self) -> String {
        format!("{:.1}", self.average())
    }

    /// Whether so few reviews are weighed that people are told.
    pub fn is_weighed(&self) -> bool {
        self.count() < FEW
    }

    /// Of a hundred, so many recommend it.
    pub fn percent_recommended(&self) -> i64 {
        let count = self.count();
        if count == 0 { 0 } else { (self.recommended * 100 + count / 2) / count }
    }

    /// What they make of each of these criteria to which anybody gave stars.
    pub fn by_criterion<'a>(&self, criteria: &'a [Criterion]) -> Vec<(&'a str, f64)> {
        let of = |criterion: &'a Criterion| {
            let (_, row) = self.criteria.iter().find(|(id, row)| *id == criterion.id && row.iter().sum::<i64>() > 0)?;
            Some((criterion.words.as_str(), mean(row)))
        };
        criteria.iter().filter_map(of).collect()
    }
}

/// The slot of how many recommend a subject.
pub(super) const RECOMMENDED: &str = "recommended";

/// The slot of stars given to a criterion; 0 is the whole.
pub(super) fn slot(criterion: i64, stars: i64) -> String {
    format!("{criterion}:{stars}")
}

fn mean(row: &[i64; 5]) -> f64 {
    let count: i64 = row.iter().sum();
    let sum: i64 = (1..=MOST_STARS).zip(row).map(|(stars, count)| stars * count).sum();
    (PRIOR_MEAN * PRIOR_WEIGHT + sum as f64) / (PRIOR_WEIGHT + count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_reviews_are_weighed_and_many_speak_for_themselves() {
        let of = |stars: [i64; 5]| Tally { stars, ..Tally::default() };
        let figures: Vec<String> = [[0, 0, 0, 0, 1], [1, 0, 0, 0, 0], [0, 0, 0, 0, 10], [0, 0, 0, 0, 1_000], [500, 0, 0, 0, 500]]
            .map(|stars| of(stars).in_figures())
            .into();
        assert_eq!(figures, ["3.9", "2.9", "4.7", "5.0", "3.0"]);
        assert!(of([0, 0, 0, 0, 9]).is_weighed() && !of([0, 0, 0, 0, 10]).is_weighed());
    }

    #[test]
    fn slots_become_rows() {
        let slots = [("0:5", 3), ("0:1", 1), ("7:4", 2), ("recommended", 3), ("0:9", 8), ("x", 1)];
        let tally = Tally::of(slots.map(|(slot, count)| (slot.to_owned(), count)));
        assert_eq!((tally.stars, tally.count(), tally.percent_recommended()), ([1, 0, 0, 0, 3], 4, 75));
        let criteria = [
            Criterion { id: CriterionId::new(7), words: "Clarity".into() },
            Criterion { id: CriterionId::new(8), words: "Fairness".into() },
        ];
        assert_eq!(
            tally.by_criterion(&criteria).iter().map(|(words, mean)| format!("{words} {mean:.1}")).collect::<Vec<_>>(),
            ["Clarity 3.7"]
        );
    }
}
