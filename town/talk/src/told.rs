//! What members are told about posts, and only while they may read them: the rule of [`crate::posts`] stands between every notice and
//! its member, when it is written and again whenever it is shown, mailed or pushed.

use db::{Param, Row, Tx, params};
use people::{
    AccountId,
    accounts::Author,
    blocks::{where_no_block, where_not_muted},
    notices::{self, Email, Kind, News, NoticeId, Ways},
    organizations,
    safety::{self, where_seen},
};

use std::sync::LazyLock;

use crate::{
    Cursor, PostId,
    posts::{readable, readable_as},
};

/// People who are counted in one notice. "Rosa and 99 others" says as much as the number would.
const MOST_PEOPLE: usize = 100;
/// Those of them who are named or shown with a picture.
const NAMED: usize = 3;

/// Members are told where they are named.
pub const MENTION: Kind = Kind {
    name: "mention",
    title: "Somebody names you in a post",
    icon: "at-sign",
    one: "named you in a post",
    many: "named you in a post",
    usual: Ways::with(Email::Daily),
};

/// A notice as its member sees it.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// The name of its kind.
    pub kind: String,
    /// What it is gathered by.
    pub about: i64,
    /// The post it speaks of.
    pub post: Option<PostId>,
    /// When the last of it happened.
    pub at: i64,
    /// Whether it is read.
    pub read: bool,
    /// Who brought it about, the latest first: those who are named.
    pub people: Vec<Author>,
    /// How many did, at most a hundred.
    pub count: usize,
    /// The post with which the latest did it, if with one.
    pub with: Option<PostId>,
}

/// Which notices.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// A page of those on the member's page, of this kind or of all, before this place.
    Page(Option<&'a str>, Cursor),
    /// Those that wait for the daily letter.
    Digest,
    /// One, also when it stands on no page.
    One(NoticeId),
}

/// Tells a member of something in posts, if they may read them and want to hear of it. What concerns an organization its owners and
/// editors are told.
///
/// # Errors
/// When the database does not answer.
pub fn tell(tx: &mut Tx, to: AccountId, news: &News, now: i64) -> Result<(), db::Error> {
    if news.by == Some(to) {
        return Ok(());
    }
    if let Some(by) = news.by.filter(|_| news.kind.name == MENTION.name)
        && !safety::may_mention(tx, by, to)?
    {
        return Ok(());
    }
    // Nobody reads what an organization would be told.
    if !tell_one(tx, to, news, now)? {
        for who in organizations::hears(tx, to)? {
            tell_one(tx, who, news, now)?;
        }
    }
    Ok(())
}

/// Tells a person; false where it is an organization.
fn tell_one(tx: &mut Tx, to: AccountId, news: &News, now: i64) -> Result<bool, db::Error> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!(
            "select case when cast($2 as bigint) = 0 or exists (select 1 from posts p where p.id = $2 and {0}) then 1 else 0 end,
               case when cast($3 as bigint) = 0 or exists (select 1 from posts p where p.id = $3 and {0}) then 1 else 0 end,
               case when exists (select 1 from accounts o where o.id = $1 and o.kind = 'organization') then 1 else 0 end",
            readable(1)
        )
    });
    let (post, with) = (news.post.unwrap_or(0), news.with.filter(|with| Some(*with) != news.post).unwrap_or(0));
    let (reads, is_organization) =
        tx.one(&SQL, params![to, post, with], |row| Ok((row.get::<i64>(0)? + row.get::<i64>(1)? == 2, row.get::<i64>(2)? == 1)))?;
    if !is_organization && reads {
        notices::tell(tx, to, news, now)?;
    }
    Ok(!is_organization)
}

/// The condition that the person `q` of a notice is seen by the member in `$1` at the time in `$2`.
fn person_is_seen() -> String {
    format!(
        "exists (select 1 from accounts w where w.id = q.account_id and w.suspended_at is null and w.standing in ('member', 'leaving') and {})
         and {} and {}
         and (q.post_id is null or exists (select 1 from posts p where p.id = q.post_id and {}))",
        where_seen("$1", "w"),
        where_no_block("$1", "q.account_id"),
        where_not_muted("$1", "q.account_id", "$2"),
        readable_as("$1")
    )
}

/// The condition that the notice `n` is seen by the member in `$1` at the time in `$2`.
fn is_seen() -> String {
    format!(
        "(n.post_id is null or exists (select 1 from posts p where p.id = n.post_id and {}))
         and (n.of_people = 0 or exists (select 1 from notice_people q where q.notice_id = n.id and {}))",
        readable_as("$1"),
        person_is_seen()
    )
}

/// Notices as a member sees them now, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn notices(tx: &mut Tx, account: AccountId, which: Which, limit: u32, now: i64) -> Result<Vec<Notice>, db::Error> {
    let columns = "n.id, n.kind, n.about, n.post_id, n.latest_at, n.read_at, n.of_people";
    let (condition, more): (_, Vec<Param>) = match &which {
        Which::Page(None, before) => ("n.shown = 1 and (n.latest_at, n.id) < ($4, $5)", params![before.at, before.id].to_vec()),
        Which::Page(Some(kind), before) => {
            ("n.shown = 1 and (n.latest_at, n.id) < ($4, $5) and n.kind = $6", params![before.at, before.id, *kind].to_vec())
        }
        Which::Digest => ("n.digest = 1 and n.read_at is null", Vec::new()),
        Which::One(notice) => ("n.id = $4", params![*notice].to_vec()),
    };
    let sql = format!(
        "select {columns} from notices n where n.account_id = $1 and {condition} and {} order by n.latest_at desc, n.id desc limit $3",
        is_seen()
    );
    let mut found = tx.all(&sql, &[params![account, now, limit], &more].concat(), notice)?;
    for (notice, of_people) in &mut found {
        if *of_people {
            name(tx, account, notice, now)?;
        }
    }
    Ok(found.into_iter().map(|(notice, _)| notice).collect())
}

fn notice(row: &Row) -> Result<(Notice, bool), db::Error> {
    let notice = Notice {
        id: row.get(0)?,
        kind: row.get(1)?,
        about: row.get(2)?,
        post: row.get(3)?,
        at: row.get(4)?,
        read: row.get::<Option<i64>>(5)?.is_some(),
        people: Vec::new(),
        count: 0,
        with: None,
    };
    Ok((notice, row.get::<i64>(6)? == 1))
}

/// Those of its people whom its member sees.
fn name(tx: &mut Tx, account: AccountId, notice: &mut Notice, now: i64) -> Result<(), db::Error> {
    let sql = format!(
        "select q.account_id, a.handle, a.name, a.picture, q.post_id from notice_people q join accounts a on a.id = q.account_id
         where q.notice_id = $3 and {} order by q.at desc, q.account_id limit $4",
        person_is_seen()
    );
    let people = tx.all(&sql, params![account, now, notice.id, MOST_PEOPLE], |row| {
        Ok((Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? }, row.get::<Option<PostId>>(4)?))
    })?;
    notice.count = people.len();
    notice.with = people.first().and_then(|(_, with)| *with);
    notice.people = people.into_iter().take(NAMED).map(|(who, _)| who).collect();
    Ok(())
}

/// Unread notices that are counted, though their member does not see them any more: what they were about has changed.
///
/// # Errors
/// When the database does not answer.
pub fn unseen(tx: &mut Tx, account: AccountId, now: i64) -> Result<Vec<NoticeId>, db::Error> {
    let sql = format!("select n.id from notices n where n.account_id = $1 and n.shown = 1 and n.read_at is null and not ({})", is_seen());
    tx.all(&sql, params![account, now], |row| row.get(0))
}
