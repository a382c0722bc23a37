//! Which contexts are shown: a pure function of the ratings, that anybody can compute again from what the site hands out.
//!
//! A rating is expected to be `mu + i_rater + i_context + f_rater * f_context`: how generous the town is, how generous the rater is,
//! how helpful the context is to everybody, and how much its helpfulness depends on where the rater stands. Only the third of them
//! promotes a context: agreement within a camp is explained by the last. The equations, the strengths of regularization and the limits
//! are those of X's Community Notes (Wojcik et al., "Birdwatch: Crowd Wisdom and Bridging Algorithms can Inform Understanding and Reduce
//! the Spread of Misinformation", 2022, and the open documentation of its note ranking).
//!
//! Two things are our own, because a town is small. Until there are [`ENOUGH`] ratings, nothing can be fitted and a plain rule holds
//! ([`plain`]). And a context that is shown must be found helpful on both sides of the factor ([`sides`]): when one camp is twenty times
//! the other, the fit alone would take its voice for everybody's.

mod fit;
mod plain;
mod sides;
#[cfg(test)]
mod tests;

pub use fit::{Fit, fit};

/// Ratings from which on the model is fitted: with fewer, the factor of most raters would be chance.
pub const ENOUGH: usize = 200;
/// Ratings without which a context is not decided.
pub const LEAST: usize = 5;
/// The intercept from which on a context is shown.
pub const SHOWN_FROM: f64 = 0.40;
/// A context is unhelpful below this intercept less [`UNHELPFUL_SLOPE`] times the size of its factor.
pub const UNHELPFUL_BELOW: f64 = -0.05;
/// See [`UNHELPFUL_BELOW`]: what divides people is not called unhelpful for that.
pub const UNHELPFUL_SLOPE: f64 = 0.8;
/// Strength of the regularization of intercepts.
pub const LAMBDA_INTERCEPT: f64 = 0.15;
/// Strength of the regularization of factors: smaller, so that what a camp explains is explained by it first.
pub const LAMBDA_FACTOR: f64 = 0.03;
/// Ratings from each side of the factor without which nothing is shown.
pub const LEAST_OF_A_SIDE: usize = 2;
/// The mean rating on each side of the factor from which on a context is shown.
pub const SIDE_FROM: f64 = 0.5;
/// The plain rule: the mean rating from which on a context is shown.
pub const PLAIN_FROM: f64 = 2.0 / 3.0;
/// The plain rule: the mean rating up to which a context is unhelpful.
pub const PLAIN_UNHELPFUL: f64 = 1.0 / 3.0;
/// The plain rule: other contexts that two raters must both have rated before it can be said that they disagree.
pub const IN_COMMON: usize = 2;

/// What a member says of a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// It does not help.
    Not,
    /// It helps somewhat.
    Somewhat,
    /// It helps.
    Helpful,
}

impl Value {
    /// All of them, as the form offers them.
    pub const ALL: [Self; 3] = [Self::Helpful, Self::Somewhat, Self::Not];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Not => "not",
            Self::Somewhat => "somewhat",
            Self::Helpful => "helpful",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == name)
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Not => "Not helpful",
            Self::Somewhat => "Somewhat helpful",
            Self::Helpful => "Helpful",
        }
    }

    /// As a number from 0 to 1.
    pub fn score(self) -> f64 {
        match self {
            Self::Not => 0.0,
            Self::Somewhat => 0.5,
            Self::Helpful => 1.0,
        }
    }
}

/// One rating. Raters and contexts are counted from 0, in the order of their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Who.
    pub rater: u32,
    /// Of what.
    pub context: u32,
    /// What they say.
    pub value: Value,
}

/// What becomes of a context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Too few have rated it, or they do not agree.
    #[default]
    Needs,
    /// It stands under its post.
    Shown,
    /// It was rated, and does not help.
    Unhelpful,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Needs, Self::Shown, Self::Unhelpful];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Shown => "shown",
            Self::Unhelpful => "unhelpful",
        }
    }

    /// By its name; what is none needs ratings.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.name() == name).unwrap_or_default()
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Needs => "Needs more ratings",
            Self::Shown => "Shown to everybody",
            Self::Unhelpful => "Rated not helpful",
        }
    }
}

/// What the model says of one context.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Judged {
    /// What becomes of it.
    pub status: Status,
    /// How many ratings count.
    pub ratings: usize,
    /// How helpful it is to everybody; 0 under the plain rule.
    pub intercept: f64,
    /// How much that depends on where one stands; 0 under the plain rule.
    pub factor: f64,
}

/// Judges contexts by all ratings that count. Each rater has rated a context at most once.
pub fn judge(ratings: &[Rating], raters: usize, contexts: usize) -> Vec<Judged> {
    judge_with(ratings, raters, contexts).0
}

/// The same, and what was fitted; nothing was under the plain rule.
pub fn judge_with(ratings: &[Rating], raters: usize, contexts: usize) -> (Vec<Judged>, Option<Fit>) {
    if ratings.len() < ENOUGH {
        return (plain::judge(ratings, contexts), None);
    }
    let fit = fit(ratings, raters, contexts);
    let sides = sides::tallies(ratings, &fit.rater_factors, contexts);
    let judged = (0..contexts)
        .map(|at| {
            let (intercept, factor) = (fit.context_intercepts[at], fit.context_factors[at]);
            let ratings = sides[at].iter().map(|side| side.ratings).sum();
            let status = if ratings < LEAST {
                Status::Needs
            } else if intercept >= SHOWN_FROM && sides[at].iter().all(sides::Tally::is_for) {
                Status::Shown
            } else if intercept < UNHELPFUL_BELOW - UNHELPFUL_SLOPE * factor.abs() {
                Status::Unhelpful
            } else {
                Status::Needs
            };
            Judged { status, ratings, intercept, factor }
        })
        .collect();
    (judged, Some(fit))
}
