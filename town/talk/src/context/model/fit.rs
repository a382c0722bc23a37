//! The fit: alternating least squares. With the raters held still, each context is a regression on two numbers, and the other way
//! round, so every step is exact and nothing has to be tuned. The same ratings give the same numbers on every machine.

use super::{LAMBDA_FACTOR, LAMBDA_INTERCEPT, Rating};

/// Rounds after which the fit ends, whether it moves or not.
const MOST_ROUNDS: usize = 500;
/// No number of a context moves more than this within the last round: a hundredth of what decides anything.
const TOLERANCE: f64 = 1e-5;
/// Where the factors of raters begin: small, unlike each other, and always the same.
const SEED: u64 = 0x0C07_1110_2022;

/// The numbers of the model that come closest to the ratings.
#[derive(Clone, Debug, Default)]
pub struct Fit {
    /// How generous the town is.
    pub mu: f64,
    /// How generous each rater is.
    pub rater_intercepts: Vec<f64>,
    /// Where each rater stands.
    pub rater_factors: Vec<f64>,
    /// How helpful each context is to everybody.
    pub context_intercepts: Vec<f64>,
    /// How much the helpfulness of each depends on where one stands.
    pub context_factors: Vec<f64>,
    /// How many rounds it took.
    pub rounds: usize,
}

/// Ratings by one of their two ends: which stand at the other end, and what they say.
struct Ends {
    /// Where those of each begin.
    starts: Vec<usize>,
    others: Vec<(u32, f64)>,
}

impl Ends {
    fn of(ratings: &[Rating], count: usize, ends: impl Fn(&Rating) -> (u32, u32)) -> Self {
        let mut starts = vec![0; count + 1];
        for rating in ratings {
            starts[ends(rating).0 as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let (mut next, mut others) = (starts.clone(), vec![(0, 0.0); ratings.len()]);
        for rating in ratings {
            let (one, other) = ends(rating);
            others[next[one as usize]] = (other, rating.value.score());
            next[one as usize] += 1;
        }
        Self { starts, others }
    }

    /// The best intercept and factor of each, with the other ends held still; answers by how much any moved.
    fn solve(&self, (intercepts, factors): (&mut [f64], &mut [f64]), still: (&[f64], &[f64]), mu: f64, weight: f64) -> f64 {
        let (of_intercept, of_factor) = (LAMBDA_INTERCEPT * weight, LAMBDA_FACTOR * weight);
        let mut moved: f64 = 0.0;
        for at in 0..intercepts.len() {
            let (mut n, mut x, mut xx, mut y, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (other, score) in &self.others[self.starts[at]..self.starts[at + 1]] {
                let (factor, rest) = (still.1[*other as usize], score - mu - still.0[*other as usize]);
                n += 1.0;
                x += factor;
                xx += factor * factor;
                y += rest;
                xy += factor * rest;
            }
            // Cramer's rule; the regularization keeps the determinant above 0.
            let (a, d) = (n + of_intercept, xx + of_factor);
            let determinant = a * d - x * x;
            let (intercept, factor) = ((y * d - x * xy) / determinant, (a * xy - x * y) / determinant);
            moved = moved.max((intercept - intercepts[at]).abs()).max((factor - factors[at]).abs());
            (intercepts[at], factors[at]) = (intercept, factor);
        }
        moved
    }
}

/// Finds them. What is minimized is the mean squared error, plus [`LAMBDA_INTERCEPT`] times the mean squares of the intercepts (and the
/// square of `mu`), plus [`LAMBDA_FACTOR`] times the mean squares of the factors: as the open program of Community Notes has it.
pub fn fit(ratings: &[Rating], raters: usize, contexts: usize) -> Fit {
    let (of_raters, of_contexts) = (
        Ends::of(ratings, raters, |rating| (rating.rater, rating.context)),
        Ends::of(ratings, contexts, |rating| (rating.context, rating.rater)),
    );
    let mut fit = Fit {
        mu: 0.0,
        rater_intercepts: vec![0.0; raters],
        rater_factors: beginnings(raters),
        context_intercepts: vec![0.0; contexts],
        context_factors: vec![0.0; contexts],
        rounds: 0,
    };
    let many = ratings.len() as f64;
    let (of_a_rater, of_a_context) = (many / raters.max(1) as f64, many / contexts.max(1) as f64);
    for round in 1..=MOST_ROUNDS {
        let Fit { mu, rater_intercepts, rater_factors, context_intercepts, context_factors, rounds } = &mut fit;
        let moved = of_contexts.solve((context_intercepts, context_factors), (rater_intercepts, rater_factors), *mu, of_a_context);
        of_raters.solve((rater_intercepts, rater_factors), (context_intercepts, context_factors), *mu, of_a_rater);
        let rest: f64 = ratings
            .iter()
            .map(|rating| {
                let (rater, context) = (rating.rater as usize, rating.context as usize);
                rating.value.score()
                    - rater_intercepts[rater]
                    - context_intercepts[context]
                    - rater_factors[rater] * context_factors[context]
            })
            .sum();
        *mu = if ratings.is_empty() { 0.0 } else { rest / (many * (1.0 + LAMBDA_INTERCEPT)) };
        *rounds = round;
        if moved < TOLERANCE {
            break;
        }
    }
    fit
}

/// SplitMix64 (Steele, Lea, Flood 2014), from -0.5 to 0.5.
fn beginnings(raters: usize) -> Vec<f64> {
    let mut state = SEED;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    (0..raters).map(|_| next()).collect()
}
