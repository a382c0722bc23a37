//! Camps, brigades and agreement, on ratings that are generated.
#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

/// A town of two camps: contexts of kinds in turn (what only the first likes, only the second, both, nobody).
struct Camps {
    sizes: [usize; 2],
    contexts: usize,
    /// One of so many ratings is the opposite of what its camp says.
    slips: u64,
    /// Out of ten contexts, how many a rater looks at.
    diligence: u64,
    state: u64,
}

impl Camps {
    fn dice(&mut self) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.state >> 33
    }

    fn ratings(&mut self) -> Vec<Rating> {
        let mut ratings = Vec::new();
        for rater in 0..self.sizes.iter().sum() {
            let camp = usize::from(rater >= self.sizes[0]);
            for context in 0..self.contexts {
                if self.dice() % 10 < self.diligence {
                    let likes = match context % 4 {
                        0 => camp == 0,
                        1 => camp == 1,
                        2 => true,
                        _ => false,
                    };
                    let likes = likes != self.dice().is_multiple_of(self.slips);
                    let value = if likes { Value::Helpful } else { Value::Not };
                    ratings.push(Rating { rater: rater as u32, context: context as u32, value });
                }
            }
        }
        ratings
    }

    fn raters(&self) -> usize {
        self.sizes.iter().sum()
    }
}

fn rated(context: u32, by: impl Iterator<Item = u32>, value: Value) -> impl Iterator<Item = Rating> {
    by.map(move |rater| Rating { rater, context, value })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn one_camp_alone_promotes_nothing_whatever_its_size(first in 12_usize..500, second in 12_usize..60, seed in any::<u64>()) {
        let mut camps = Camps { sizes: [first, second], contexts: 24, slips: 25, diligence: 7, state: seed };
        let mut ratings = camps.ratings();
        // The larger camp alone, all of it, on something the other never looked at.
        ratings.extend(rated(24, 0..first as u32, Value::Helpful));
        let judged = judge(&ratings, camps.raters(), 25);
        for (at, one) in judged.iter().enumerate() {
            prop_assert!(at % 4 == 2 || one.status != Status::Shown, "{} {:?}", at, one);
        }
        prop_assert!(judged.iter().skip(3).step_by(4).any(|one| one.status == Status::Unhelpful));
    }

    #[test]
    fn what_both_camps_find_helpful_shows(first in 30_usize..90, second in 30_usize..60, seed in any::<u64>()) {
        let mut camps = Camps { sizes: [first, second], contexts: 24, slips: 60, diligence: 8, state: seed };
        let ratings = camps.ratings();
        let judged = judge(&ratings, camps.raters(), 24);
        for (at, one) in judged.iter().enumerate() {
            prop_assert_eq!(at % 4 == 2, one.status == Status::Shown, "{} {:?}", at, one);
        }
    }

    #[test]
    fn the_order_of_ratings_changes_nothing(seed in any::<u64>()) {
        let mut camps = Camps { sizes: [20, 20], contexts: 16, slips: 20, diligence: 6, state: seed };
        let mut ratings = camps.ratings();
        let before = judge(&ratings, 40, 16);
        ratings.reverse();
        let after = judge(&ratings, 40, 16);
        for (one, other) in before.iter().zip(&after) {
            prop_assert_eq!(one.status, other.status);
            prop_assert!((one.intercept - other.intercept).abs() < 1e-6);
        }
    }

    #[test]
    fn nothing_is_decided_by_fewer_than_five(value in 0_usize..3, many in 0_u32..5, seed in any::<u64>()) {
        let mut camps = Camps { sizes: [30, 30], contexts: 16, slips: 20, diligence: 6, state: seed };
        let mut ratings = camps.ratings();
        ratings.extend(rated(16, 28..28 + many, Value::ALL[value]));
        prop_assert_eq!(judge(&ratings, 60, 17)[16].status, Status::Needs);
        let few: Vec<Rating> = rated(0, 0..many, Value::ALL[value]).collect();
        prop_assert_eq!(judge(&few, 60, 1)[0].status, Status::Needs);
    }
}

#[test]
fn the_fit_reaches_its_end_and_finds_the_camps() {
    let mut camps = Camps { sizes: [50, 30], contexts: 20, slips: 50, diligence: 8, state: 7 };
    let ratings = camps.ratings();
    let fit = fit(&ratings, 80, 20);
    assert!(fit.rounds < 500, "{} rounds", fit.rounds);
    let (first, second) = fit.rater_factors.split_at(50);
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    assert!(mean(first) * mean(second) < 0.0, "they stand on two sides");
    let unhelpful = judge(&ratings, 80, 20);
    assert!(unhelpful.iter().skip(3).step_by(4).all(|one| one.status == Status::Unhelpful));
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(judge(&[], 0, 0), []);
    assert_eq!(judge(&[], 3, 2), [Judged::default(); 2]);
    assert_eq!(fit(&[], 0, 0).mu, 0.0);
}

#[test]
fn the_plain_rule_wants_five_two_thirds_and_people_who_usually_disagree() {
    use Value::{Helpful, Not, Somewhat};
    // Of contexts 0 and 1, raters 0 and 1 say opposite things; the others follow rater 0.
    let mut ratings: Vec<Rating> = [0, 1].into_iter().flat_map(|of| rated(of, [0, 2, 3, 4].into_iter(), Helpful)).collect();
    ratings.extend([0, 1].into_iter().flat_map(|of| rated(of, [1].into_iter(), Not)));
    let with = |more: &[(u32, Value)]| {
        let mut all = ratings.clone();
        all.extend(more.iter().map(|(rater, value)| Rating { rater: *rater, context: 2, value: *value }));
        judge(&all, 10, 3)[2].status
    };
    let five = |of_one: Value| [(0, Helpful), (1, of_one), (2, Helpful), (3, Helpful), (4, Helpful)];
    assert_eq!(with(&five(Helpful)), Status::Shown);
    assert_eq!(with(&five(Helpful)[..4]), Status::Needs, "four are too few");
    assert_eq!(with(&five(Somewhat)), Status::Needs, "the one who disagrees calls it somewhat helpful");
    // A brigade of one mind, whatever its size.
    let brigade: Vec<_> = (2..10).map(|rater| (rater, Helpful)).collect();
    assert_eq!(with(&brigade), Status::Needs);
    assert_eq!(with(&[(0, Helpful), (1, Helpful), (2, Not), (3, Not), (4, Somewhat)]), Status::Needs, "half of them");
    assert_eq!(with(&[(0, Not), (1, Not), (2, Not), (3, Not), (4, Helpful)]), Status::Unhelpful);
}
