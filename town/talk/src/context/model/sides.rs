//! The two sides of the factor. The raters, in the order of their factors, are cut where the parts differ most (Otsu 1979): between two
//! camps where there are two, however small the smaller; near the middle where there are none.

use super::{LEAST_OF_A_SIDE, Rating, SIDE_FROM};

/// What one side says of a context.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub ratings: usize,
    sum: f64,
}

impl Tally {
    /// Whether this side finds it helpful.
    pub fn is_for(&self) -> bool {
        self.ratings >= LEAST_OF_A_SIDE && self.sum >= SIDE_FROM * self.ratings as f64
    }
}

/// What the sides say of each context.
pub(super) fn tallies(ratings: &[Rating], factors: &[f64], contexts: usize) -> Vec<[Tally; 2]> {
    let cut = cut(factors);
    let mut tallies = vec![[Tally::default(); 2]; contexts];
    for rating in ratings {
        let side = usize::from(factors[rating.rater as usize] > cut);
        let tally = &mut tallies[rating.context as usize][side];
        tally.ratings += 1;
        tally.sum += rating.value.score();
    }
    tallies
}

/// The factor up to which raters are of the first side.
fn cut(factors: &[f64]) -> f64 {
    let mut sorted = factors.to_vec();
    sorted.sort_by(f64::total_cmp);
    let total: f64 = sorted.iter().sum();
    let (mut below, mut best, mut cut) = (0.0, -1.0, 0.0);
    for (at, factor) in sorted.iter().enumerate().take(sorted.len().saturating_sub(1)) {
        below += factor;
        let (left, right) = ((at + 1) as f64, (sorted.len() - at - 1) as f64);
        let apart = below / left - (total - below) / right;
        let between = left * right * apart * apart;
        if between > best {
            (best, cut) = (between, f64::midpoint(*factor, sorted[at + 1]));
        }
    }
    cut
}
