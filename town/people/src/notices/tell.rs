//! Telling somebody, in the transaction of the cause.

use db::{Tx, params};
use std::sync::LazyLock;

use super::{
    Email, Kind, Ways,
    post::{self, Letter, Push},
    store::{self, NoticeId},
};
use crate::{
    AccountId,
    blocks::{where_no_block, where_not_muted},
};

/// Something to be told.
#[derive(Clone, Copy, Debug)]
pub struct News {
    /// Its kind.
    pub kind: &'static Kind,
    /// Whose doing it is; `None` for what nobody in particular did.
    pub by: Option<AccountId>,
    /// What it is gathered by: the id of a post, a message, somebody; 0 where everything of the kind is one notice.
    pub about: i64,
    /// The post it speaks of: its readers alone are told.
    pub post: Option<i64>,
    /// The post with which it was done, if with one: its readers alone are told.
    pub with: Option<i64>,
}

/// To whom, of a crowd that is told the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Audience {
    pub account: AccountId,
    pub ways: Ways,
}

impl News {
    /// Something that somebody did, with nothing else to it.
    pub fn by(kind: &'static Kind, by: AccountId) -> Self {
        Self { kind, by: Some(by), about: 0, post: None, with: None }
    }
}

/// Tells a member, if they want to hear of it. Whether they may read the posts in it is the caller's to ask (`talk::told`). Nobody
/// reads what an organization would be told: those who run it are told instead, by whoever knows that it concerns them.
///
/// # Errors
/// When the database does not answer.
pub fn tell(tx: &mut Tx, to: AccountId, news: &News, now: i64) -> Result<(), db::Error> {
    if news.by == Some(to) {
        return Ok(());
    }
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!(
            "select c.site, c.email, c.push from accounts a left join notice_choices c on c.account_id = a.id and c.kind = $3
             where a.id = $1 and a.kind <> 'organization' and a.standing = 'member' and a.suspended_at is null
               and (a.locked_at is null or cast($2 as bigint) = 0) and {} and {}",
            where_no_block("$1", "$2"),
            where_not_muted("$1", "$2", "$4")
        )
    });
    let by = news.by.map_or(0, AccountId::get);
    let found = tx.first(&SQL, params![to, by, news.kind.name, now], |row| ways(row, 0, news.kind))?;
    match found {
        Some(ways) => tell_all(tx, &[Audience { account: to, ways }], news, now),
        None => Ok(()),
    }
}

/// The ways that somebody chose, which stand in three columns of a row, or those that are usual.
fn ways(row: &db::Row, from: usize, kind: &Kind) -> Result<Ways, db::Error> {
    let Some(site) = row.get::<Option<i64>>(from)? else { return Ok(kind.usual) };
    Ok(Ways { site: site == 1, email: Email::named(row.text(from + 1)?), push: row.get::<Option<i64>>(from + 2)? == Some(1) })
}

/// Tells several members the same; who they are and that they want to hear of it is known.
fn tell_all(tx: &mut Tx, audience: &[Audience], news: &News, now: i64) -> Result<(), db::Error> {
    for Audience { account, ways } in audience.iter().filter(|one| one.ways.any()) {
        let (notice, new) = put(tx, *account, *ways, news, now)?;
        if let Some(by) = news.by {
            tx.run(
                "insert into notice_people (notice_id, account_id, post_id, at) values ($1, $2, $3, $4)
                 on conflict (notice_id, account_id) do update set post_id = excluded.post_id, at = excluded.at",
                params![notice, by, news.with, now],
            )?;
        }
        if new {
            send(tx, *account, notice, *ways, now)?;
        }
    }
    Ok(())
}

/// Writes a notice, or finds the unread one it belongs to. Answers whether it is new.
fn put(tx: &mut Tx, to: AccountId, ways: Ways, news: &News, now: i64) -> Result<(NoticeId, bool), db::Error> {
    let fresh = NoticeId::fresh();
    let id: NoticeId = tx.one(
        "insert into notices (id, account_id, kind, about, post_id, of_people, shown, digest, latest_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (account_id, kind, about) where read_at is null do update set latest_at = excluded.latest_at
         returning id",
        params![
            fresh,
            to,
            news.kind.name,
            news.about,
            news.post,
            i64::from(news.by.is_some()),
            i64::from(ways.site),
            i64::from(ways.email == Email::Daily),
            now
        ],
        |row| row.get(0),
    )?;
    let new = id == fresh;
    if new && ways.site {
        store::add_unread(tx, to, 1)?;
    }
    Ok((id, new))
}

/// Everything that leaves the site: once for a notice, however many people come into it until it is read.
fn send(tx: &mut Tx, to: AccountId, notice: NoticeId, ways: Ways, now: i64) -> Result<(), db::Error> {
    match ways.email {
        Email::Never => {}
        Email::Once => jobs::enqueue(tx, &Letter { notice }, now).map(drop)?,
        Email::Daily => post::gather(tx, to, now)?,
    }
    if ways.push {
        // A job each, so that one that fails is tried again alone.
        for device in super::push::devices(tx, to)? {
            jobs::enqueue(tx, &Push { notice, device: device.id }, now)?;
        }
    }
    Ok(())
}

/// Tells members who follow somebody (their shelf), after one of them, a part at a time. Answers the last who was looked at, while
/// there may be more. Whether the post is for all of them is the caller's to know.
///
/// # Errors
/// When the database does not answer.
pub fn tell_followers(tx: &mut Tx, news: &News, after: AccountId, limit: u32, now: i64) -> Result<Option<AccountId>, db::Error> {
    let by = news.by.map_or(0, AccountId::get);
    let people = "select f.account_id as id from follows f where f.target_id = $1 and f.account_id > $2 order by f.account_id limit $3";
    tell_part(tx, people, by, news, (after, limit), now)
}

/// The same with everybody who is a member.
///
/// # Errors
/// When the database does not answer.
pub fn tell_everybody(tx: &mut Tx, news: &News, after: AccountId, limit: u32, now: i64) -> Result<Option<AccountId>, db::Error> {
    let people = "select id from accounts where kind = 'person' and cast($1 as bigint) = 0 and id > $2 order by id limit $3";
    tell_part(tx, people, 0, news, (after, limit), now)
}

/// `people` names them by `$1` (`of`), after `$2`, at most `$3`.
fn tell_part(
    tx: &mut Tx,
    people: &str,
    of: i64,
    news: &News,
    (after, limit): (AccountId, u32),
    now: i64,
) -> Result<Option<AccountId>, db::Error> {
    let sql = format!(
        "select o.id, c.site, c.email, c.push, case when a.standing = 'member' and a.suspended_at is null and (a.locked_at is null or cast($5 as bigint) = 0) and {} and {} then 1 else 0 end
         from ({people}) o join accounts a on a.id = o.id left join notice_choices c on c.account_id = o.id and c.kind = $4
         order by o.id",
        where_no_block("o.id", "$5"),
        where_not_muted("o.id", "$5", "$6")
    );
    let by = news.by.map_or(0, AccountId::get);
    let found = tx.all(&sql, params![of, after, limit, news.kind.name, by, now], |row| {
        Ok((Audience { account: row.get(0)?, ways: ways(row, 1, news.kind)? }, row.get::<i64>(4)? == 1))
    })?;
    let last = found.last().map(|(one, _)| one.account).filter(|_| found.len() >= limit as usize);
    let told: Vec<Audience> = found.into_iter().filter(|(one, hears)| *hears && Some(one.account) != news.by).map(|(one, _)| one).collect();
    tell_all(tx, &told, news, now)?;
    Ok(last)
}
