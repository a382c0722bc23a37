//! A feed read from many shelves at once, and from the feeds of the same owners: their newest places, merged.

use db::{Tx, params};
use people::{AccountId, lists::ListId};
use std::collections::{BinaryHeap, HashMap};
use talk::{Cursor, PostId, places::PlaceId};

/// Places taken from one shelf at a time: most shelves give one or two to a page.
const BATCH: u32 = 8;
/// Shelves that one place names as its reasons.
const REASONS: usize = 3;

/// Whose shelves a feed is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Of all that an account follows, and its own.
    Followed(AccountId),
    /// Of everybody on a list.
    OnList(ListId),
    /// What is about a place, and what its neighbours post.
    Near(PlaceId),
}

/// A post's place in a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The time under which its shelves show it, and which post it is.
    pub cursor: Cursor,
    /// Owners of the shelves that brought it here, at most three; 0 for none.
    pub via: [i64; REASONS],
}

impl Place {
    pub fn new(at: i64, post: PostId, owner: i64) -> Self {
        Self { cursor: Cursor { at, id: post }, via: [owner, 0, 0] }
    }

    /// Names another shelf that it stands on, while there is room.
    pub fn also(&mut self, owner: i64) {
        if let Some(free) = self.via.iter_mut().find(|via| **via == 0 || **via == owner) {
            *free = owner;
        }
    }
}

/// Something on the way into a feed, greatest first: the newest. A place of a shelf stands before the mark that the shelf has
/// more to give from there on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Next {
    at: i64,
    post: i64,
    is_place: bool,
    owner: i64,
}

/// The newest places of these shelves before one, at most so many.
pub(super) fn newest(tx: &mut Tx, whose: Whose, before: Cursor, limit: usize) -> Result<Vec<Place>, db::Error> {
    let mut from: HashMap<i64, Cursor> = HashMap::new();
    let mut heap: BinaryHeap<Next> =
        heads(tx, whose, before)?.into_iter().map(|(owner, at)| Next { at, post: i64::MAX, is_place: false, owner }).collect();
    let mut places: Vec<Place> = Vec::with_capacity(limit);
    while let Some(next) = heap.pop() {
        let last = places.last_mut().filter(|last| next.is_place && last.cursor.id.get() == next.post);
        if let Some(last) = last {
            last.also(next.owner);
            continue;
        }
        if places.len() == limit {
            // The same post may stand on a shelf that has not been looked into; whatever is older may not.
            let end = places.last().map_or(i64::MIN, |last| last.cursor.at);
            if next.is_place || next.at < end {
                return Ok(places);
            }
        }
        if next.is_place {
            places.push(Place::new(next.at, PostId::new(next.post), next.owner));
            continue;
        }
        let standing = on_shelf(tx, next.owner, from.get(&next.owner).copied().unwrap_or(before))?;
        if let Some(last) = standing.last().filter(|_| standing.len() == BATCH as usize) {
            from.insert(next.owner, *last);
            heap.push(Next { at: last.at, post: last.id.get(), is_place: false, owner: next.owner });
        }
        heap.extend(standing.into_iter().map(|place| Next { at: place.at, post: place.id.get(), is_place: true, owner: next.owner }));
    }
    Ok(places)
}

/// The time of the newest place before one on each of these shelves, if it has any: one statement, one step down an index each.
fn heads(tx: &mut Tx, whose: Whose, before: Cursor) -> Result<Vec<(i64, i64)>, db::Error> {
    let (owners, of) = match whose {
        Whose::Followed(account) => {
            ("select target_id as id from follows where account_id = $1 union select cast($1 as bigint)", account.get())
        }
        Whose::OnList(list) => ("select account_id as id from list_members where list_id = $1", list.get()),
        Whose::Near(place) => {
            ("select id from places where id = $1 union all select neighbours_id as id from places where id = $1", place.get())
        }
    };
    let sql = format!(
        "select o.id, (select h.listed_at from shelves h where h.owner_id = o.id and (h.listed_at, h.post_id) < ($2, $3)
           order by h.listed_at desc, h.post_id desc limit 1),
           (select f.listed_at from feed_entries f where f.owner_id = o.id and (f.listed_at, f.post_id) < ($2, $3)
           order by f.listed_at desc, f.post_id desc limit 1) from ({owners}) o"
    );
    let heads = tx.all(&sql, params![of, before.at, before.id], |row| {
        Ok((row.get::<i64>(0)?, row.get::<Option<i64>>(1)?.max(row.get::<Option<i64>>(2)?)))
    })?;
    Ok(heads.into_iter().filter_map(|(owner, at)| Some((owner, at?))).collect())
}

fn on_shelf(tx: &mut Tx, owner: i64, before: Cursor) -> Result<Vec<Cursor>, db::Error> {
    tx.all(
        "select listed_at, post_id from (
           select listed_at, post_id from (select listed_at, post_id from shelves where owner_id = $1 and (listed_at, post_id) < ($2, $3)
             order by listed_at desc, post_id desc limit $4) on_shelf
           union all
           select listed_at, post_id from (select listed_at, post_id from feed_entries where owner_id = $1 and (listed_at, post_id) < ($2, $3)
             order by listed_at desc, post_id desc limit $4) in_feed) either
         order by listed_at desc, post_id desc limit $4",
        params![owner, before.at, before.id, BATCH],
        |row| Ok(Cursor { at: row.get(0)?, id: row.get(1)? }),
    )
}
