//! The plain rule of a town with few ratings. A context is shown when at least [`LEAST`] rated it, the mean of their ratings is at least
//! [`PLAIN_FROM`], and among those who call it helpful are two who usually disagree: who both rated [`IN_COMMON`] other contexts or more,
//! and said the same of fewer than half of them.

use std::collections::HashMap;

use super::{IN_COMMON, Judged, LEAST, PLAIN_FROM, PLAIN_UNHELPFUL, Rating, Status, Value};

pub(super) fn judge(ratings: &[Rating], contexts: usize) -> Vec<Judged> {
    let mut said: HashMap<u32, HashMap<u32, Value>> = HashMap::new();
    let mut of: Vec<Vec<(u32, Value)>> = vec![Vec::new(); contexts];
    for rating in ratings {
        said.entry(rating.rater).or_default().insert(rating.context, rating.value);
        of[rating.context as usize].push((rating.rater, rating.value));
    }
    (0..contexts).map(|at| Judged { status: status(at as u32, &of[at], &said), ratings: of[at].len(), ..Judged::default() }).collect()
}

fn status(context: u32, ratings: &[(u32, Value)], said: &HashMap<u32, HashMap<u32, Value>>) -> Status {
    if ratings.len() < LEAST {
        return Status::Needs;
    }
    let mean = ratings.iter().map(|(_, value)| value.score()).sum::<f64>() / ratings.len() as f64;
    let helped: Vec<u32> = ratings.iter().filter(|(_, value)| *value == Value::Helpful).map(|(rater, _)| *rater).collect();
    let bridged = || {
        let mut pairs = helped.iter().enumerate().flat_map(|(at, one)| helped[at + 1..].iter().map(move |other| (one, other)));
        pairs.any(|(one, other)| disagree(context, &said[one], &said[other]))
    };
    if mean >= PLAIN_FROM && bridged() {
        Status::Shown
    } else if mean <= PLAIN_UNHELPFUL {
        Status::Unhelpful
    } else {
        Status::Needs
    }
}

/// Whether two raters usually disagree, this context aside.
fn disagree(context: u32, one: &HashMap<u32, Value>, other: &HashMap<u32, Value>) -> bool {
    let (mut both, mut same) = (0, 0);
    for (of, value) in one {
        if let Some(theirs) = other.get(of).filter(|_| *of != context) {
            both += 1;
            same += usize::from(theirs == value);
        }
    }
    both >= IN_COMMON && 2 * same < both
}
