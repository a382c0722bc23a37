//! Sessions: who is signed in, on which device, since when.

use db::{Tx, params};

use crate::{
    accounts::{AccountId, Standing},
    levels::{GUEST, Levels},
    viewer::{Me, Viewer},
};

db::id! {
    /// Names a session in lists; it opens nothing.
    pub struct SessionId;
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// A session ends after so long without a visit.
pub const IDLE_MS: i64 = 30 * DAY_MS;
/// The cookie lasts as long as browsers allow (RFC 6265bis: 400 days): the table decides when a session ends, so one that
/// is used lives on.
pub const COOKIE_SECONDS: i64 = 400 * DAY_MS / 1000;
/// "Seen" is written at most this often: a page view should not cost a write.
const SEEN_EVERY_MS: i64 = 60 * 60 * 1000;

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// What the browser called itself.
    pub agent: String,
    /// When it began.
    pub created_at: i64,
    /// When it was last used, to the hour.
    pub seen_at: i64,
}

/// Opens a session and returns its token for the cookie.
pub fn open(tx: &mut Tx, account: AccountId, agent: &str, now: i64) -> Result<String, db::Error> {
    start(tx, account, agent, None, now)
}

/// The same for somebody who has just shown that it is them, at that time.
pub(crate) fn start(tx: &mut Tx, account: AccountId, agent: &str, proved_at: Option<i64>, now: i64) -> Result<String, db::Error> {
    let token = web::token::fresh();
    tx.run(
        "insert into sessions (id, digest, account_id, agent, created_at, seen_at, expires_at, proved_at)
         values ($1, $2, $3, $4, $5, $5, $6, $7)",
        params![SessionId::fresh(), web::token::digest(&token), account, agent, now, now + IDLE_MS, proved_at.unwrap_or_default()],
    )?;
    Ok(token)
}

/// Gives a session another token, after its owner showed that it is them or changed how they sign in: one that somebody
/// copied before is worth nothing.
pub(crate) fn renew(tx: &mut Tx, session: SessionId, now: i64) -> Result<String, db::Error> {
    let token = web::token::fresh();
    tx.run("update sessions set digest = $2, proved_at = $3 where id = $1", params![session, web::token::digest(&token), now])?;
    Ok(token)
}

/// Who a session's digest belongs to. Guests, ended sessions and suspended accounts are the same: a guest.
/// The second value says whether [`touch`] is due.
pub fn viewer(tx: &mut Tx, digest: Option<&[u8]>, levels: &Levels, now: i64) -> Result<(Viewer, bool), db::Error> {
    let guest = || Viewer { me: None, permissions: levels.permissions(GUEST), limits: levels.limits(GUEST) };
    let Some(digest) = digest else { return Ok((guest(), false)) };
    let found = tx.first(
        "select s.id, s.seen_at, a.id, a.handle, a.name, a.picture, a.level, a.standing, s.proved_at, c.waiting, c.unread, a.limited_until,
           (select m.cases + m.appeals from moderation m where m.one = 1), a.held, a.locked_at, a.minor_until, x.shows_sensitive
         from sessions s join accounts a on a.id = s.account_id left join connection_counts c on c.owner_id = a.id
         left join safety_choices x on x.account_id = a.id
         where s.digest = $1 and s.expires_at > $2 and a.suspended_at is null",
        params![digest, now],
        |row| {
            let standing = Standing::named(row.text(7)?);
            let me = Me {
                id: row.get(2)?,
                handle: row.get(3)?,
                name: row.get(4)?,
                picture: row.get(5)?,
                session: row.get(0)?,
                standing,
                proved_at: row.get(8)?,
                waiting: row.get::<Option<i64>>(9)?.unwrap_or(0),
                unread: row.get::<Option<i64>>(10)?.unwrap_or(0),
                limited_until: row.get::<Option<i64>>(11)?.filter(|until| *until > now),
                cases: row.get::<Option<i64>>(12)?.unwrap_or(0),
                held: row.get(13)?,
                locked: row.get::<Option<i64>>(14)?.is_some(),
                minor: row.get::<Option<i64>>(15)?.is_some(),
                shows_sensitive: row.get::<Option<i64>>(16)? == Some(1),
            };
            let level = if standing == Standing::Member { row.text(6)? } else { GUEST };
            let permissions = levels.permissions(level);
            let permissions = if me.limited_until.is_some() { permissions.only_reading() } else { permissions };
            Ok((row.get::<i64>(1)?, permissions, levels.limits(level), me))
        },
    )?;
    Ok(found.map_or_else(
        || (guest(), false),
        |(seen_at, permissions, limits, me)| (Viewer { me: Some(me), permissions, limits }, now - seen_at > SEEN_EVERY_MS),
    ))
}

/// Notes that a session is in use, which keeps it alive.
pub fn touch(tx: &mut Tx, session: SessionId, now: i64) -> Result<(), db::Error> {
    tx.run("update sessions set seen_at = $2, expires_at = $3 where id = $1", params![session, now, now + IDLE_MS])?;
    Ok(())
}

/// The sessions of an account, the latest used first.
pub fn all_of(tx: &mut Tx, account: AccountId, now: i64) -> Result<Vec<Session>, db::Error> {
    tx.all(
        "select id, agent, created_at, seen_at from sessions where account_id = $1 and expires_at > $2 order by seen_at desc, id desc limit 100",
        params![account, now],
        |row| Ok(Session { id: row.get(0)?, agent: row.get(1)?, created_at: row.get(2)?, seen_at: row.get(3)? }),
    )
}

/// Ends one session of an account.
pub fn end(tx: &mut Tx, account: AccountId, session: SessionId) -> Result<(), db::Error> {
    tx.run("delete from sessions where id = $1 and account_id = $2", params![session, account])?;
    Ok(())
}

/// Ends the session that this browser came with, if it was one.
pub(crate) fn end_by_digest(tx: &mut Tx, digest: &[u8]) -> Result<(), db::Error> {
    tx.run("delete from sessions where digest = $1", params![digest])?;
    Ok(())
}

/// Ends every session of an account, but for one that may be kept.
pub fn end_all(tx: &mut Tx, account: AccountId, except: Option<SessionId>) -> Result<(), db::Error> {
    let kept = except.map_or(0, SessionId::get);
    tx.run("delete from sessions where account_id = $1 and id <> $2", params![account, kept])?;
    Ok(())
}

/// Removes what has run out.
pub fn end_expired(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("delete from sessions where expires_at <= $1", params![now])?;
    tx.run("delete from links where expires_at <= $1", params![now])?;
    Ok(())
}
