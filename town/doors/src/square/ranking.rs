//! The ranked order of the square, for those who choose it: one small function of what everybody can see.
//!
//! `score = closeness × (1 + ln(1 + likes + 2 × comments + 3 × shares)) ÷ (1 + hours ÷ 12)^1.5`
//!
//! What is newer stands higher; half a day takes about two thirds away. What others answered or passed on stands higher, each further
//! answer counting for less: ten times as many do not weigh ten times as much. Friends weigh twice as much as people whom one follows,
//! and these one and a half times as much as sections, topics and places. Nothing else counts: not what the reader did, read or
//! looked at, and nobody can pay for a place.

use db::{Tx, params};
use people::AccountId;
use std::collections::{HashMap, HashSet};
use talk::PostId;

use super::fan::Place;

/// Milliseconds of the time in which something loses about two thirds of its weight.
const AGE_MS: f64 = 12.0 * 60.0 * 60.0 * 1000.0;

/// Who brought something into a feed; what is closest counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    /// A section, a topic or a place that the reader follows.
    #[default]
    Interest,
    /// Somebody whom the reader follows, or the reader.
    Followed,
    /// A friend.
    Friend,
}

impl Closeness {
    fn weight(self) -> f64 {
        match self {
            Self::Interest => 1.0,
            Self::Followed => 1.5,
            Self::Friend => 3.0,
        }
    }
}

/// What counts of something in a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// When it came into the feed, in milliseconds.
    pub at: i64,
    pub likes: i64,
    pub comments: i64,
    pub shares: i64,
    pub closeness: Closeness,
}

impl Facts {
    /// How many answers it had, each kind by its weight.
    pub fn answers(&self) -> i64 {
        self.likes.max(0).saturating_add(self.comments.max(0).saturating_mul(2)).saturating_add(self.shares.max(0).saturating_mul(3))
    }
}

/// How high something stands at a moment: more is higher; always finite and above 0.
#[allow(clippy::cast_precision_loss)]
pub(super) fn score(facts: &Facts, now: i64) -> f64 {
    let age = now.saturating_sub(facts.at).max(0) as f64;
    let answered = 1.0 + (facts.answers() as f64).ln_1p();
    facts.closeness.weight() * answered / (1.0 + age / AGE_MS).powf(1.5)
}

/// Puts these in order, the highest first; those that are equal keep theirs.
pub(super) fn rank<T>(mut found: Vec<(Facts, T)>, now: i64) -> Vec<(Facts, T)> {
    found.sort_by(|(one, _), (other, _)| score(other, now).total_cmp(&score(one, now)));
    found
}

/// What counts of each of these places in this member's feed.
pub(super) fn facts(tx: &mut Tx, me: AccountId, places: &[Place]) -> Result<Vec<(Facts, Place)>, db::Error> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PostId> = places.iter().map(|place| place.cursor.id).collect();
    let sql = format!("select post_id, likes, comments, shares from post_counts where post_id in ({})", db::places(1, ids.len()));
    let counts: HashMap<PostId, (i64, i64, i64)> =
        tx.all(&sql, &db::padded(&ids), |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))))?.into_iter().collect();
    let mut owners: Vec<i64> = places.iter().flat_map(|place| place.via).filter(|owner| *owner != 0).collect();
    owners.sort_unstable();
    owners.dedup();
    let sql = format!("select id from accounts where id in ({})", db::places(1, owners.len()));
    let people: HashSet<i64> = tx.all(&sql, &db::padded(&owners), |row| row.get(0))?.into_iter().collect();
    let sql = format!("select friend_id from friendships where account_id = $1 and friend_id in ({})", db::places(2, owners.len()));
    let friends: HashSet<i64> = tx.all(&sql, &[params![me], &db::padded(&owners)].concat(), |row| row.get(0))?.into_iter().collect();
    let close = |owner: &i64| match (friends.contains(owner), people.contains(owner)) {
        (true, _) => Closeness::Friend,
        (_, true) => Closeness::Followed,
        _ => Closeness::Interest,
    };
    let of = |place: &Place| {
        let (likes, comments, shares) = counts.get(&place.cursor.id).copied().unwrap_or_default();
        let closeness = place.via.iter().filter(|owner| **owner != 0).map(close).max().unwrap_or_default();
        (Facts { at: place.cursor.at, likes, comments, shares, closeness }, *place)
    };
    Ok(places.iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = 60 * 60 * 1000;

    fn order(found: &[Facts]) -> Vec<usize> {
        rank(found.iter().copied().zip(0..).collect(), 100 * HOUR).into_iter().map(|(_, at)| at).collect()
    }

    fn at(hours_ago: i64) -> Facts {
        Facts { at: (100 - hours_ago) * HOUR, ..Facts::default() }
    }

    #[test]
    fn what_is_newer_answered_or_closer_stands_higher() {
        assert_eq!(order(&[at(5), at(1), at(30)]), [1, 0, 2]);
        assert_eq!(order(&[at(1), Facts { shares: 4, ..at(6) }]), [1, 0], "passed on four times outweighs five hours");
        assert_eq!(order(&[at(1), Facts { shares: 4, ..at(60) }]), [0, 1], "and not two days");
        assert_eq!(
            order(&[at(1), Facts { closeness: Closeness::Followed, ..at(2) }, Facts { closeness: Closeness::Friend, ..at(8) }]),
            [2, 1, 0]
        );
        assert_eq!(
            order(&[Facts { likes: 6, ..at(3) }, Facts { comments: 3, ..at(3) }, Facts { shares: 2, ..at(3) }]),
            [0, 1, 2],
            "all weigh the same"
        );
    }

    proptest! {
        #[test]
        fn more_of_anything_never_ranks_lower(at in any::<i64>(), now in any::<i64>(), likes in any::<i64>(), comments in any::<i64>(), shares in any::<i64>()) {
            let facts = Facts { at, likes, comments, shares, closeness: Closeness::Followed };
            let before = score(&facts, now);
            prop_assert!(before.is_finite() && before > 0.0);
            for more in [
                Facts { likes: likes.saturating_add(1), ..facts },
                Facts { comments: comments.saturating_add(1), ..facts },
                Facts { shares: shares.saturating_add(1), ..facts },
                Facts { at: at.saturating_add(HOUR), ..facts },
                Facts { closeness: Closeness::Friend, ..facts },
            ] {
                prop_assert!(score(&more, now) >= before);
            }
        }
    }
}
