//! One page of a feed: which places it has, what they show, and why they are there.

use db::Tx;
use people::{AccountId, Viewer, blocks, lists::ListId};
use std::collections::HashMap;
use talk::{Cursor, PostId};
use web::Result;

use super::{
    fan::{self, Place, Whose},
    home::Homes,
    kinds::{self, Hides, Name, Shown},
    ranking::{self, Facts},
    why,
};
use crate::cards::{ASK, PAGE};

/// A page is looked for so many times before it stays short: posts that this reader does not see take places.
const TRIES: usize = 4;
/// For so long the pages of a ranked order agree with its first, in milliseconds.
const RANKED_FOR_MS: i64 = 6 * 60 * 60 * 1000;

/// One page of a feed.
pub(crate) struct Feed {
    /// What stands on it, the newest first.
    pub items: Vec<Item>,
    /// Where it begins.
    pub before: Cursor,
    /// Where the next one begins, if there is one.
    pub older: Option<Cursor>,
    /// Where the next page of the ranked order begins, while there is more in it.
    pub ranked: Option<From>,
}

/// Where a page of the ranked order begins: the moment for which everything is ranked, so that its pages agree with each other, and how
/// much comes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct From {
    pub at: i64,
    pub skip: usize,
}

impl std::fmt::Display for From {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at, self.skip)
    }
}

impl std::str::FromStr for From {
    type Err = ();

    fn from_str(written: &str) -> std::result::Result<Self, ()> {
        let (at, skip) = written.split_once('-').ok_or(())?;
        Ok(Self { at: at.parse().map_err(drop)?, skip: skip.parse().map_err(drop)? })
    }
}

/// Something in a feed.
pub(crate) struct Item {
    pub post: PostId,
    pub shown: Shown,
    /// What the reader follows that brought it here.
    pub why: Vec<Name>,
    /// What it is ranked by, where a feed is.
    pub(super) ranked: Option<Facts>,
}

impl Item {
    /// How a page tells that it has this already. A note's card says it for itself.
    pub fn id(&self) -> Option<String> {
        (!self.shown.passed_on).then(|| format!("item-{}", self.post))
    }

    /// Whether others than its author brought it here, who passed it on: topics that it names do that, too.
    pub fn is_shared(&self) -> bool {
        let by_somebody = |name: &Name| name.address.starts_with("/@") && name.address != self.shown.author.address();
        self.shown.passed_on && !self.why.is_empty() && self.why.iter().all(by_somebody)
    }
}

impl Feed {
    /// Whether this is the page with the newest.
    pub fn is_first(&self) -> bool {
        self.before == Cursor::NEWEST
    }
}

/// A page of a member's home feed.
pub(super) fn home(tx: &mut Tx, viewer: &Viewer, homes: &Homes, before: Cursor, now: i64) -> Result<Feed> {
    let me = viewer.must_be_member()?.id;
    let home = homes.of(tx, me, now)?;
    let places = |tx: &mut Tx, before| match home.before(before, ASK as usize) {
        Some(places) => Ok(places),
        None => fan::newest(tx, Whose::Followed(me), before, ASK as usize),
    };
    page(tx, viewer, before, &|author| home.hides(author), places, all_stay)
}

/// A page of a member's home feed in ranked order: of the newest that are kept for them. What is older follows in the order of time.
pub(super) fn ranked(tx: &mut Tx, viewer: &Viewer, homes: &Homes, from: From, now: i64) -> Result<Feed> {
    let me = viewer.must_be_member()?.id;
    let home = homes.of(tx, me, now)?;
    // Nobody ranks for a day to come, nor for one long gone.
    let at = if (now - RANKED_FOR_MS..=now).contains(&from.at) { from.at } else { now };
    let all = ranking::rank(ranking::facts(tx, me, &home.places)?, at);
    let (mut taken, mut skip) = (Vec::new(), from.skip);
    while taken.len() < PAGE && skip < all.len() {
        let part = &all[skip..all.len().min(skip + PAGE)];
        let mut shown = kinds::shown(tx, viewer, &part.iter().map(|(_, place)| place.cursor.id).collect::<Vec<_>>())?;
        for (facts, place) in part.iter().take(PAGE - taken.len()) {
            skip += 1;
            if let Some(shown) = shown
                .remove(&place.cursor.id)
                .filter(|shown| !home.hides(shown.author.id) && !passed_on_by(place, &|author| home.hides(author)))
            {
                taken.push((*place, shown, *facts));
            }
        }
    }
    let names = why::names(tx, taken.iter().map(|(place, shown, _)| (place, shown)))?;
    let items = taken
        .into_iter()
        .map(|(place, shown, facts)| Item { post: place.cursor.id, why: reasons(&place, me.get(), &names), ranked: Some(facts), shown })
        .collect();
    let next = (skip < all.len()).then_some(From { at, skip });
    let older = home.places.last().filter(|_| next.is_none() && !home.whole).map(|last| last.cursor);
    let before = if from.skip == 0 { Cursor::NEWEST } else { Cursor { at, id: PostId::new(0) } };
    Ok(Feed { items, before, older, ranked: next })
}

/// Whether all who brought something into a feed are hidden from its reader: somebody who is muted does not pass on, either.
fn passed_on_by(place: &Place, hides: Hides) -> bool {
    place.via[0] != 0 && place.via.iter().filter(|owner| **owner != 0).all(|owner| hides(AccountId::new(*owner)))
}

/// A page of the feed of one of a member's lists.
pub(crate) fn of_list(tx: &mut Tx, viewer: &Viewer, list: ListId, before: Cursor, now: i64) -> Result<Feed> {
    let (hidden, _) = blocks::hidden_from(tx, viewer.must_be_member()?.id, now)?;
    // Why something is in it needs no words: who wrote it is on the list.
    let places = |tx: &mut Tx, before| {
        let places = fan::newest(tx, Whose::OnList(list), before, ASK as usize)?;
        Ok(places.into_iter().map(|place| Place { via: [0; 3], ..place }).collect())
    };
    page(tx, viewer, before, &|author: AccountId| hidden.binary_search(&author).is_ok(), places, all_stay)
}

/// A page of what is said and published near a member: about a place, and by those who say that they are at home there. What is about
/// the place has its name as the reason.
pub(super) fn near(tx: &mut Tx, viewer: &Viewer, place: &talk::places::Place, before: Cursor, now: i64) -> Result<Feed> {
    let (hidden, _) = blocks::hidden_from(tx, viewer.must_be_member()?.id, now)?;
    let places = |tx: &mut Tx, before| fan::newest(tx, Whose::Near(place.id), before, ASK as usize);
    // Whoever has moved, or says it to friends alone now, is nobody's neighbour any more.
    let moved = |tx: &mut Tx, found: &[Place]| {
        let by_neighbours: Vec<PostId> = found.iter().filter(|at| !at.via.contains(&place.id.get())).map(|at| at.cursor.id).collect();
        let still = talk::places::neighbours_among(tx, &place.key, &by_neighbours)?;
        Ok(by_neighbours.into_iter().filter(|post| !still.contains(post)).collect())
    };
    page(tx, viewer, before, &|author: AccountId| hidden.binary_search(&author).is_ok(), places, moved)
}

/// Nothing that stands on the shelves of a feed has to leave it.
fn all_stay(_: &mut Tx, _: &[Place]) -> std::result::Result<Vec<PostId>, db::Error> {
    Ok(Vec::new())
}

fn page(
    tx: &mut Tx,
    viewer: &Viewer,
    begin: Cursor,
    hides: Hides,
    mut places: impl FnMut(&mut Tx, Cursor) -> std::result::Result<Vec<Place>, db::Error>,
    leaving: impl Fn(&mut Tx, &[Place]) -> std::result::Result<Vec<PostId>, db::Error>,
) -> Result<Feed> {
    let (mut taken, mut older) = (Vec::new(), Some(begin));
    for _ in 0..TRIES {
        let Some(before) = older.filter(|_| taken.len() < PAGE) else { break };
        let found = places(tx, before)?;
        let ids: Vec<PostId> = found.iter().map(|place| place.cursor.id).collect();
        let mut shown = kinds::shown(tx, viewer, &ids)?;
        for post in leaving(tx, &found)? {
            shown.remove(&post);
        }
        let mut last = None;
        for place in found.iter().take(PAGE).copied() {
            if taken.len() == PAGE {
                break;
            }
            last = Some(place.cursor);
            let hidden = passed_on_by(&place, hides);
            if let Some(shown) = shown.remove(&place.cursor.id).filter(|shown| !hidden && !hides(shown.author.id)) {
                taken.push((place, shown));
            }
        }
        older = last.filter(|last| found.last().is_some_and(|place| place.cursor != *last));
    }
    let names = why::names(tx, taken.iter().map(|(place, shown)| (place, shown)))?;
    // Nobody follows themself; what is their own needs no reason.
    let me = viewer.me.as_ref().map_or(0, |me| me.id.get());
    let items = taken
        .into_iter()
        .map(|(place, shown)| Item { post: place.cursor.id, why: reasons(&place, me, &names), ranked: None, shown })
        .collect();
    Ok(Feed { items, before: begin, older, ranked: None })
}

fn reasons(place: &Place, me: i64, names: &HashMap<i64, Name>) -> Vec<Name> {
    if place.via.contains(&me) {
        return Vec::new();
    }
    place.via.iter().filter_map(|owner| names.get(owner).cloned()).collect()
}
