//! Reviews of a subject and of somebody, as a viewer sees them.

use db::{Tx, params};
use people::{AccountId, Viewer, blocks::where_not_muted};
use web::{Error, Tag};

use super::{
    count::tally,
    take::{COLUMNS, dress, from, review},
};
use crate::{
    Cursor, PostId,
    posts::{readable, reader},
    reviews::{
        About, Review, Reviewables, Tally,
        criteria::{self, Criterion},
        review::{Asked, FIRST, Order, PAGE},
        rules::{self, May},
        subject,
    },
};

/// What is known of a subject before any review is read.
#[derive(Clone, Debug)]
pub(in crate::reviews) struct Head {
    pub about: About,
    /// What is judged besides the whole.
    pub criteria: Vec<Criterion>,
    /// Whether the viewer may review it.
    pub may: May,
    /// Whether reviews are looked at before they appear.
    pub watched: bool,
}

/// A page of the reviews of a subject.
#[derive(Clone, Debug)]
pub(in crate::reviews) struct Listing {
    pub head: Head,
    pub tally: Tally,
    /// The viewer's own, whatever the filter.
    pub mine: Option<Review>,
    pub order: Order,
    pub stars: Option<i64>,
    pub recommend: Option<bool>,
    pub first: bool,
    pub past: Option<Cursor>,
    pub reviews: Vec<Review>,
}

/// What the page of a subject shows of its reviews.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Which.
    pub subject: PostId,
    /// What they say together.
    pub tally: Tally,
    /// What is judged besides the whole.
    pub criteria: Vec<Criterion>,
    /// Those that most found helpful.
    pub first: Vec<Review>,
}

impl Summary {
    /// Everything but the subject that a guest's page of it depends on.
    pub fn tags(&self) -> Vec<Tag> {
        self.first.iter().map(|review| Tag("account", review.author.id.get())).collect()
    }

    /// When the youngest review or answer on the page was posted; 0 when there is none.
    pub fn youngest(&self) -> i64 {
        self.first.iter().flat_map(|review| [review.posted_at, review.answer.as_ref().map_or(0, |answer| answer.at)]).max().unwrap_or(0)
    }
}

/// What is known of a subject that a viewer may read.
pub(in crate::reviews) fn head(tx: &mut Tx, viewer: &Viewer, kinds: Reviewables, subject: PostId, now: i64) -> Result<Head, Error> {
    let (about, authors) = subject::find(tx, viewer, kinds, subject)?;
    let criteria = criteria::of(tx, about.owner)?;
    let may = rules::may(tx, viewer, &authors)?;
    let watched = rules::is_watched(tx, subject, now)?.is_some();
    Ok(Head { about, criteria, may, watched })
}

/// The viewer's own review of a subject, if it is not removed.
pub(in crate::reviews) fn of_mine(tx: &mut Tx, viewer: &Viewer, subject: PostId) -> Result<Option<Review>, db::Error> {
    if viewer.me.is_none() {
        return Ok(None);
    }
    let sql = format!("select {COLUMNS} from {} where r.subject_id = $2 and r.author_id = $1 and {}", from(), readable(1));
    let mut found: Vec<Review> = tx.first(&sql, params![reader(viewer), subject], review)?.into_iter().collect();
    dress(tx, &mut found)?;
    Ok(found.pop())
}

/// A page of the reviews of a subject that a viewer may read.
pub(in crate::reviews) fn of(
    tx: &mut Tx,
    viewer: &Viewer,
    kinds: Reviewables,
    subject: PostId,
    asked: &Asked,
    now: i64,
) -> Result<Listing, Error> {
    let (order, past) = (asked.order(), asked.past()?);
    let head = head(tx, viewer, kinds, subject, now)?;
    let (tally, mine) = (tally(tx, subject)?, of_mine(tx, viewer, subject)?);
    let wanted = Wanted { order, stars: asked.stars(), recommend: asked.recommend(), past: past.unwrap_or(order.beginning()) };
    let mut reviews = listed(tx, viewer, subject, &wanted, PAGE as u32 + 1, now)?;
    let more = reviews.len() > PAGE;
    reviews.truncate(PAGE);
    let next = reviews.last().filter(|_| more).map(|last| order.place(last));
    Ok(Listing { head, tally, mine, order, stars: wanted.stars, recommend: wanted.recommend, first: past.is_none(), past: next, reviews })
}

/// Which reviews, in which order.
struct Wanted {
    order: Order,
    stars: Option<i64>,
    recommend: Option<bool>,
    past: Cursor,
}

impl Order {
    /// Where a review stands in this order.
    fn place(self, review: &Review) -> Cursor {
        let at = match self {
            Self::Helpful => review.helpful,
            Self::Newest => review.posted_at,
            Self::Highest | Self::Lowest => review.content.stars,
        };
        Cursor { at, id: review.id }
    }
}

fn listed(tx: &mut Tx, viewer: &Viewer, subject: PostId, wanted: &Wanted, limit: u32, now: i64) -> Result<Vec<Review>, db::Error> {
    let (key, compare, direction) = match wanted.order {
        Order::Helpful => ("r.helpful", "<", "desc"),
        Order::Newest => ("r.posted_at", "<", "desc"),
        Order::Highest => ("r.stars", "<", "desc"),
        Order::Lowest => ("r.stars", ">", "asc"),
    };
    let stars = wanted.stars.map(|stars| format!("and r.stars = {stars}")).unwrap_or_default();
    let recommend = wanted.recommend.map(|yes| format!("and r.recommends = {}", i64::from(yes))).unwrap_or_default();
    let sql = format!(
        "select {COLUMNS} from {}
         where r.subject_id = $3 and r.held_at is null {stars} {recommend} and ({key}, r.id) {compare} ($4, $5) and {} and {}
         order by {key} {direction}, r.id {direction} limit $6",
        from(),
        readable(1),
        where_not_muted("$1", "r.author_id", "$2")
    );
    let mut found = tx.all(&sql, params![reader(viewer), now, subject, wanted.past.at, wanted.past.id, limit], review)?;
    dress(tx, &mut found)?;
    Ok(found)
}

/// What the page of a subject that a viewer reads shows of its reviews. `known` is how many there are: where there are none, nothing
/// is asked.
///
/// # Errors
/// When the database does not answer.
pub fn summary(tx: &mut Tx, viewer: &Viewer, (subject, owner): (PostId, i64), known: i64, now: i64) -> Result<Option<Summary>, db::Error> {
    if known <= 0 {
        return Ok(None);
    }
    let wanted = Wanted { order: Order::Helpful, stars: None, recommend: None, past: Order::Helpful.beginning() };
    let first = listed(tx, viewer, subject, &wanted, FIRST, now)?;
    Ok(Some(Summary { subject, tally: tally(tx, subject)?, criteria: criteria::of(tx, owner)?, first }))
}

/// Somebody's reviews that a viewer may read, each with what it is of, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_author(
    tx: &mut Tx,
    viewer: &Viewer,
    kinds: Reviewables,
    author: AccountId,
    past: Cursor,
    limit: u32,
) -> Result<Vec<(Review, About)>, Error> {
    let sql = format!(
        "select {COLUMNS} from {} where r.author_id = $2 and (r.posted_at, r.id) < ($3, $4) and {}
         order by r.posted_at desc, r.id desc limit $5",
        from(),
        readable(1)
    );
    let mut found = tx.all(&sql, params![reader(viewer), author, past.at, past.id, limit], review)?;
    dress(tx, &mut found)?;
    with_subjects(tx, kinds, found)
}

/// Each with what it is of; without those whose subject is not out.
pub(in crate::reviews) fn with_subjects(tx: &mut Tx, kinds: Reviewables, found: Vec<Review>) -> Result<Vec<(Review, About)>, Error> {
    let mut ids: Vec<PostId> = found.iter().map(|review| review.subject).collect();
    ids.sort_unstable();
    ids.dedup();
    let subjects = subject::named(tx, kinds, &ids)?;
    let of = |review: Review| {
        let about = subjects.iter().find(|about| about.id == review.subject)?.clone();
        Some((review, about))
    };
    Ok(found.into_iter().filter_map(of).collect())
}

/// Whether somebody has written any review that the viewer may read.
///
/// # Errors
/// When the database does not answer.
pub fn has_any(tx: &mut Tx, viewer: &Viewer, author: AccountId) -> Result<bool, db::Error> {
    let sql = format!("select 1 from reviews r join posts p on p.id = r.id where r.author_id = $2 and {} limit 1", readable(1));
    Ok(tx.first(&sql, params![reader(viewer), author], |row| row.get::<i64>(0))?.is_some())
}
