//! Friendship: asked for, and agreed to by both.

use db::{Tx, params};
use web::Error;

use super::{
    counts::{add, counts},
    follows::{follow_untold, must_have_left, unfollow},
    known::Connected,
};
use crate::{
    AccountId, Viewer,
    accounts::Author,
    blocks,
    levels::Limit,
    notices::{self, Email, Kind, News, Ways},
    organizations, safety,
};

/// Members are told who asks to be their friend.
pub const REQUEST: Kind = Kind {
    name: "friend_request",
    title: "Somebody asks to be your friend",
    icon: "users",
    one: "asks to be your friend",
    many: "ask to be your friends",
    usual: Ways::with(Email::Daily),
};
/// And who agreed.
pub const FRIENDS: Kind = Kind {
    name: "friends",
    title: "Somebody agrees to be your friend",
    icon: "users",
    one: "is your friend now",
    many: "are your friends now",
    usual: Ways::SITE,
};

/// For so long after a refusal a new request is not shown to whom it is for.
pub const AGAIN_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Somebody has so many friends at most.
pub const MAX_FRIENDS: i64 = 5_000;
/// Requests of one member that wait at once: whoever asks everybody knows nobody.
pub const MAX_REQUESTS: i64 = 200;

/// What asking led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The other has to agree.
    Waits,
    /// The other had asked, too: they are friends now, or were before.
    Friends,
}

/// A request as it stands in its table.
#[derive(Clone, Copy)]
struct Request {
    refused_at: Option<i64>,
    withdrawn_at: Option<i64>,
}

impl Request {
    fn of(tx: &mut Tx, from: AccountId, to: AccountId) -> Result<Option<Self>, db::Error> {
        let sql = "select refused_at, withdrawn_at from friend_requests where account_id = $1 and friend_id = $2";
        tx.first(sql, params![from, to], |row| Ok(Self { refused_at: row.get(0)?, withdrawn_at: row.get(1)? }))
    }

    /// Whether it waits for an answer.
    fn waits(self) -> bool {
        self.refused_at.is_none() && self.withdrawn_at.is_none()
    }

    /// Whether it was refused so lately that it must not be shown again.
    fn rests(self, now: i64) -> bool {
        self.refused_at.is_some_and(|at| at + AGAIN_MS > now)
    }
}

/// Asks somebody to be friends.
///
/// # Errors
/// `Forbidden` for oneself and whoever may not ask them, `NotFound` when a block or a lock stands between the two, `Conflict` when one has as many requests or friends
/// as one can.
pub fn ask(tx: &mut Tx, account: AccountId, other: AccountId, now: i64) -> Result<Asked, Error> {
    if account == other {
        return Err(Error::Forbidden("Nobody can be their own friend here, sorry.".into()));
    }
    if !organizations::named(tx, &[other])?.is_empty() {
        return Err(Error::Forbidden("Organizations are followed; friends are people.".into()));
    }
    if blocks::is_blocked_either_way(tx, account, other)? {
        return Err(Error::NotFound);
    }
    if are_connected(tx, account, other)? {
        return Ok(Asked::Friends);
    }
    if safety::is_locked(tx, other)? {
        return Err(Error::NotFound);
    }
    if Request::of(tx, other, account)?.is_some_and(|request| request.withdrawn_at.is_none()) {
        befriend(tx, account, other, now)?;
        notices::tell(tx, other, &News::by(&FRIENDS, account), now)?;
        return Ok(Asked::Friends);
    }
    if !safety::may_ask(tx, account, other)? {
        return Err(Error::Forbidden("They chose who may ask to be their friend, and you cannot. They can ask you.".into()));
    }
    let before = Request::of(tx, account, other)?;
    if before.is_some_and(Request::waits) {
        return Ok(Asked::Waits);
    }
    let waiting = "select count(*) from friend_requests where account_id = $1 and refused_at is null and withdrawn_at is null";
    if tx.one(waiting, params![account], |row| row.get::<i64>(0))? >= MAX_REQUESTS {
        let words = format!("{MAX_REQUESTS} people have yet to answer you, which is all one can ask at once. Take a request back first.");
        return Err(Error::Conflict(words.into()));
    }
    let refused_at = before.filter(|request| request.rests(now)).and_then(|request| request.refused_at);
    tx.run(
        "insert into friend_requests (account_id, friend_id, created_at, refused_at) values ($1, $2, $3, $4)
         on conflict (account_id, friend_id) do update
           set created_at = excluded.created_at, refused_at = excluded.refused_at, withdrawn_at = null",
        params![account, other, now, refused_at],
    )?;
    if refused_at.is_none() {
        add(tx, other.get(), "waiting", 1)?;
        // Each is answered by itself, so each is a notice by itself.
        notices::tell(tx, other, &News { about: account.get(), ..News::by(&REQUEST, account) }, now)?;
    }
    Ok(Asked::Waits)
}

/// Whether a viewer may ask somebody more just now. Requests that were agreed to are not counted: those people knew each other.
///
/// # Errors
/// `Enough` when they have asked as many lately as their level allows.
pub fn must_have_requests_left(tx: &mut Tx, viewer: &Viewer, now: i64) -> Result<(), Error> {
    let sql = "select created_at from friend_requests where account_id = $1 and created_at > $2 order by created_at desc limit 1 offset $3";
    must_have_left(tx, viewer, Limit::RequestsADay, sql, now)
}

/// Takes a request back.
pub fn withdraw(tx: &mut Tx, account: AccountId, other: AccountId, now: i64) -> Result<(), db::Error> {
    let Some(request) = Request::of(tx, account, other)? else { return Ok(()) };
    if request.rests(now) {
        let sql = "update friend_requests set withdrawn_at = $3 where account_id = $1 and friend_id = $2";
        tx.run(sql, params![account, other, now])?;
        return Ok(());
    }
    forget(tx, account, other)
}

/// Removes a request, and what it adds to the count of waiting ones.
fn forget(tx: &mut Tx, from: AccountId, to: AccountId) -> Result<(), db::Error> {
    let Some(request) = Request::of(tx, from, to)? else { return Ok(()) };
    tx.run("delete from friend_requests where account_id = $1 and friend_id = $2", params![from, to])?;
    notices::undone(tx, to, (&REQUEST, from.get()), from, 0)?;
    if request.waits() { add(tx, to.get(), "waiting", -1) } else { Ok(()) }
}

/// Agrees to a request.
///
/// # Errors
/// `Conflict` when it no longer stands, or one of the two has as many friends as one can.
pub fn accept(tx: &mut Tx, account: AccountId, asker: AccountId, now: i64) -> Result<(), Error> {
    if are_connected(tx, account, asker)? {
        return Ok(());
    }
    if !Request::of(tx, asker, account)?.is_some_and(Request::waits) {
        return Err(Error::Conflict("This request was taken back meanwhile. You can ask them yourself.".into()));
    }
    befriend(tx, account, asker, now)?;
    Ok(notices::tell(tx, asker, &News::by(&FRIENDS, account), now)?)
}

/// Refuses a request. Whoever made it is not told.
pub fn refuse(tx: &mut Tx, account: AccountId, asker: AccountId, now: i64) -> Result<(), db::Error> {
    let sql = "update friend_requests set refused_at = $3
        where account_id = $1 and friend_id = $2 and refused_at is null and withdrawn_at is null";
    if tx.run(sql, params![asker, account, now])? > 0 {
        add(tx, account.get(), "waiting", -1)?;
        notices::undone(tx, account, (&REQUEST, asker.get()), asker, now)?;
    }
    Ok(())
}

fn befriend(tx: &mut Tx, one: AccountId, other: AccountId, now: i64) -> Result<(), Error> {
    for account in [one, other] {
        if counts(tx, account.get())?.friends >= MAX_FRIENDS {
            let words = format!("One of you has {} friends, which is all one can have here.", text::grouped(MAX_FRIENDS));
            return Err(Error::Conflict(words.into()));
        }
    }
    forget(tx, one, other)?;
    forget(tx, other, one)?;
    put(tx, one, other, now)?;
    for (follower, followed) in [(one, other), (other, one)] {
        match follow_untold(tx, follower, followed.get(), now) {
            // They follow as much as they can: friends they are all the same.
            Ok(_) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Writes a friendship down, without asking anybody.
pub(super) fn put(tx: &mut Tx, one: AccountId, other: AccountId, at: i64) -> Result<bool, db::Error> {
    let mut new = false;
    for (account, friend) in [(one, other), (other, one)] {
        let written = tx.run(
            "insert into friendships (account_id, friend_id, created_at) values ($1, $2, $3) on conflict (account_id, friend_id) do nothing",
            params![account, friend, at],
        )?;
        if written > 0 {
            add(tx, account.get(), "friends", 1)?;
            new = true;
        }
    }
    Ok(new)
}

/// Ends a friendship. Who follows whom stays as it is.
pub fn end(tx: &mut Tx, one: AccountId, other: AccountId) -> Result<(), db::Error> {
    for (account, friend) in [(one, other), (other, one)] {
        if tx.run("delete from friendships where account_id = $1 and friend_id = $2", params![account, friend])? > 0 {
            add(tx, account.get(), "friends", -1)?;
        }
    }
    Ok(())
}

/// Ends all that connects two people: friendship, follows and requests, both ways.
pub fn part(tx: &mut Tx, one: AccountId, other: AccountId) -> Result<(), db::Error> {
    end(tx, one, other)?;
    for (account, target) in [(one, other), (other, one)] {
        unfollow(tx, account, target.get())?;
        forget(tx, account, target)?;
    }
    Ok(())
}

/// Whether two people are friends: both agreed. This is what the audience "connections" means.
pub fn are_connected(tx: &mut Tx, one: AccountId, other: AccountId) -> Result<bool, db::Error> {
    let sql = "select 1 from friendships where account_id = $1 and friend_id = $2";
    Ok(tx.first(sql, params![one, other], |row| row.get::<i64>(0))?.is_some())
}

/// Requests that wait for somebody's answer, the newest first.
pub fn requests_to(tx: &mut Tx, account: AccountId, limit: u32) -> Result<Vec<Connected>, db::Error> {
    let sql = "select a.id, a.handle, a.name, a.picture, r.created_at from friend_requests r join accounts a on a.id = r.account_id
        where r.friend_id = $1 and r.refused_at is null and r.withdrawn_at is null order by r.created_at desc, r.account_id desc limit $2";
    tx.all(sql, params![account, limit], connected)
}

/// Requests of somebody's that stand, as far as they are to know, the newest first.
pub fn requests_by(tx: &mut Tx, account: AccountId, limit: u32) -> Result<Vec<Connected>, db::Error> {
    let sql = "select a.id, a.handle, a.name, a.picture, r.created_at from friend_requests r join accounts a on a.id = r.friend_id
        where r.account_id = $1 and r.withdrawn_at is null order by r.created_at desc, r.friend_id desc limit $2";
    tx.all(sql, params![account, limit], connected)
}

fn connected(row: &db::Row) -> Result<Connected, db::Error> {
    let who = Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? };
    Ok(Connected { who, at: row.get(4)? })
}

/// A condition for lists: that two accounts are friends. Both are SQL, such as `$3` and `p.author_id`; a guest is 0 and nobody's
/// friend.
pub fn where_connected(viewer: &str, other: &str) -> String {
    format!("exists (select 1 from friendships xc where xc.account_id = {viewer} and xc.friend_id = {other})")
}
