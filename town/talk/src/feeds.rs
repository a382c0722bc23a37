//! Feeds of the town square: what somebody posted or shared, what is new among everyone here, what a topic gathers.
//!
//! A feed is a list like a shelf, of what is said and not of what is published. It has two sides: the one members see holds
//! everything, the one guests see (under the owner's id with a minus) what is open to them. So a guest's page of a long list costs
//! what a member's does, however much of it is for members. Who may read is asked again when a page is read: a feed alone lets
//! nobody in.

use db::{Tx, params};
use people::{
    AccountId, Viewer,
    blocks::{where_no_block, where_not_muted},
    safety::where_seen,
};

use crate::{
    Cursor, PostId,
    posts::{Visibility, note_feeds, readable, reader},
};

/// The feed of everyone here. Ids of accounts and topics, which own the others, begin far above.
pub const EVERYONE: i64 = 1;

/// A post in a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub post: PostId,
    /// When it came into this feed.
    pub at: i64,
    /// Who brought it there, when that is not its author.
    pub shared_by: Option<AccountId>,
}

impl Entry {
    /// Where the next page of the feed begins after this one.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.at, id: self.post }
    }
}

/// Puts a post that stands in no feed into those that are its due: its author's, and where it is promoted those of everyone and of its
/// topics.
pub fn place(tx: &mut Tx, post: PostId, author: AccountId, topics: &[i64], visibility: Visibility, at: i64) -> Result<(), db::Error> {
    let mut owners = vec![author.get()];
    if visibility.is_promoted() {
        owners.push(EVERYONE);
        owners.extend(topics);
    }
    owners.iter().try_for_each(|owner| put(tx, *owner, post, at, None, visibility))?;
    note_feeds(tx, post, at, &owners)
}

/// The time of the `nth` latest note that somebody posted after a moment, also of those they have deleted since; `None` when they
/// posted fewer.
///
/// # Errors
/// When the database does not answer.
pub fn nth_latest(tx: &mut Tx, author: AccountId, after: i64, nth: i64) -> Result<Option<i64>, db::Error> {
    tx.first(
        "select listed_at from feed_entries where owner_id = $1 and listed_at > $2 and shared_by is null order by listed_at desc limit 1 offset $3",
        params![author, after, nth - 1],
        |row| row.get(0),
    )
}

/// Puts a post into one feed, on the sides that its audience has.
pub(crate) fn put(
    tx: &mut Tx,
    owner: i64,
    post: PostId,
    at: i64,
    shared_by: Option<AccountId>,
    visibility: Visibility,
) -> Result<(), db::Error> {
    let sides = if visibility.is_open() { &[1, -1][..] } else { &[1][..] };
    for side in sides {
        tx.run(
            "insert into feed_entries (owner_id, listed_at, post_id, shared_by) values ($1, $2, $3, $4)
             on conflict (owner_id, listed_at, post_id) do nothing",
            params![owner * side, at, post, shared_by],
        )?;
    }
    Ok(())
}

/// A page of a feed, the newest first, as this viewer sees it: without those whom they mute, but where they look at what just these
/// post.
pub fn of(tx: &mut Tx, viewer: &Viewer, owner: i64, before: Cursor, limit: u32, now: i64) -> Result<Vec<Entry>, db::Error> {
    let reader = reader(viewer);
    let sql = format!(
        "select f.post_id, f.listed_at, f.shared_by from feed_entries f join posts p on p.id = f.post_id
         where f.owner_id = $2 and (f.listed_at, f.post_id) < ($3, $4) and {}
           and (f.shared_by is null or (exists (select 1 from accounts s where s.id = f.shared_by and s.suspended_at is null and {}) and {}))
           and (f.owner_id = p.author_id or {})
         order by f.listed_at desc, f.post_id desc limit $5",
        readable(1),
        where_seen("$1", "s"),
        where_no_block("$1", "f.shared_by"),
        where_not_muted("$1", "p.author_id", "$6"),
    );
    let side = if reader == 0 { -owner } else { owner };
    tx.all(&sql, params![reader, side, before.at, before.id, limit, now], |row| {
        Ok(Entry { post: row.get(0)?, at: row.get(1)?, shared_by: row.get(2)? })
    })
}
