//! What it costs to judge readers' context: the fit of a million ratings, its time and its memory.

use std::time::{Duration, Instant};

use anyhow::Result;
use talk::context::model::{ENOUGH, Rating, Status, Value, judge_with};

use crate::{Plan, dice::Dice, memory};

/// What the row is called.
const NAME: &str = "bridging";
/// Ratings; a quick run has a hundredth of them.
const RATINGS: usize = 1_000_000;
/// Ratings by one member, and of one context.
const BY_ONE: usize = 50;
const OF_ONE: usize = 100;

/// What was measured.
pub struct Bridging {
    /// Ratings, raters, contexts.
    pub sizes: [usize; 3],
    /// Rounds until nothing moved.
    pub rounds: usize,
    /// From the ratings to every status.
    pub took: Duration,
    /// The most memory of the process before and after, in bytes.
    pub memory: [u64; 2],
    /// How many contexts are shown.
    pub shown: usize,
}

/// Whether it is asked for.
pub fn wanted(only: &str) -> bool {
    NAME.contains(only)
}

/// Measures it: a town of two camps, in which a quarter of all contexts is liked by either, by both and by none.
pub fn measure(plan: &Plan) -> Result<Bridging> {
    let wanted = if plan.rounds == 1 { RATINGS / 100 } else { RATINGS };
    let (raters, contexts) = (wanted / BY_ONE, (wanted / OF_ONE).max(BY_ONE));
    let mut dice = Dice::new(43);
    let mut ratings = Vec::with_capacity(wanted);
    for rater in 0..raters {
        let first = dice.below(contexts);
        for step in 0..BY_ONE {
            // An odd step, so that everybody comes by every kind.
            let context = (first + step * ((contexts / BY_ONE) | 1)) % contexts;
            let likes = [rater % 3 != 0, rater % 3 == 0, true, false][context % 4] != dice.once_in(12);
            let value = if dice.once_in(8) {
                Value::Somewhat
            } else if likes {
                Value::Helpful
            } else {
                Value::Not
            };
            ratings.push(Rating { rater: u32::try_from(rater)?, context: u32::try_from(context)?, value });
        }
    }
    anyhow::ensure!(ratings.len() >= ENOUGH, "too few ratings for the model");
    let before = memory::greatest()?;
    let began = Instant::now();
    let (judged, fit) = judge_with(&ratings, raters, contexts);
    let took = began.elapsed();
    let shown = judged.iter().filter(|one| one.status == Status::Shown).count();
    Ok(Bridging {
        sizes: [ratings.len(), raters, contexts],
        rounds: fit.map_or(0, |fit| fit.rounds),
        took,
        memory: [before, memory::greatest()?],
        shown,
    })
}
