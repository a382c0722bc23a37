//! Which comments begin the threads of a page, in every order.

use crate::comments::comment::Order;

/// A part of an order that is a range of an index: all of it, or what has likes (replies) and then, the latest first, what has none. So
/// what is posted is entered into no index of what it does not have.
#[derive(Clone, Copy)]
pub(super) enum Tops {
    Latest,
    Earliest,
    Most(&'static str),
    None(&'static str),
}

impl Tops {
    /// The parts of an order, one after another.
    pub(super) fn of(order: Order) -> Vec<Self> {
        match order {
            Order::Top => vec![Self::Most("likes"), Self::None("likes")],
            Order::Newest => vec![Self::Latest],
            Order::Oldest => vec![Self::Earliest],
            Order::Discussed => vec![Self::Most("replies"), Self::None("replies")],
        }
    }

    /// A question for the comments of this part that begin threads of a subject, past a place. It has four parameters, from this one on:
    /// the subject, the place and the id there, and how many.
    pub(super) fn ids(self, from: usize) -> String {
        let [subject, at, id, limit] = [0, 1, 2, 3].map(|number| from + number);
        let (place, further) = match self {
            Self::Latest => ("c.posted_at".to_owned(), format!("(c.posted_at, c.id) < (${at}, ${id})")),
            Self::Earliest => ("c.posted_at".to_owned(), format!("(c.posted_at, c.id) > (${at}, ${id})")),
            Self::Most(key) => (format!("c.{key}"), format!("c.{key} > 0 and (c.{key}, c.id) < (${at}, ${id})")),
            // Whoever comes from what has some begins with the latest.
            Self::None(key) => (
                "cast(0 as bigint)".to_owned(),
                format!(
                    "c.{key} = 0 and (c.posted_at, c.id) < (
                       case when cast(${at} as bigint) > 0 then {most} else coalesce((select z.posted_at from comments z where z.id = ${id}), {most}) end,
                       case when cast(${at} as bigint) > 0 then {most} else ${id} end)",
                    most = i64::MAX
                ),
            ),
        };
        format!(
            "select c.id as id, {place} as place from comments c join posts p on p.id = c.id
             where c.subject_id = ${subject} and c.parent_id is null and (p.deleted_at is null or c.replies > 0) and {further}
             order by {} limit ${limit}",
            self.sorted(&place, "c")
        )
    }

    /// In what order, where `place` is what the part goes by and `c` the comment.
    pub(super) fn sorted(self, place: &str, c: &str) -> String {
        match self {
            Self::Latest | Self::Most(_) => format!("{place} desc, {c}.id desc"),
            Self::Earliest => format!("{place}, {c}.id"),
            Self::None(_) => format!("{c}.posted_at desc, {c}.id desc"),
        }
    }
}
