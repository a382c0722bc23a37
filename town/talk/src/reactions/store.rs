//! Every query about who reacted to what.

use db::{Tx, params};
use people::{
    AccountId, Permission, Viewer,
    accounts::Author,
    blocks::{where_no_block, where_no_mute},
    counters::{Counter, Drift, check},
    notices::{self, News},
    safety::where_seen,
};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};
use web::Error;

use super::{Kind, LIKE, LIKED, REACTED, Reactions, offer};
use crate::{
    Cursor, PostId, comments,
    posts::{readable, reader},
    told,
};

/// Reacts to a post, in place of what this member reacted with before. What stands already stays as it is.
///
/// # Errors
/// `NotFound` when they may not read the post, `Invalid` when this reaction is not offered.
pub fn put(tx: &mut Tx, viewer: &Viewer, post: PostId, kind: &str, now: i64) -> Result<(), Error> {
    let me = viewer.must(Permission::React)?.id;
    must_read(tx, viewer, post)?;
    if offer::named(tx, kind)?.is_none_or(|kind| kind.retired) {
        return Err(Error::invalid("kind", "This reaction is not offered any more. Choose another."));
    }
    let (before, new) = write(tx, post, me, kind, now)?;
    if let Some(before) = before {
        tell_undone(tx, post, me, &before)?;
    }
    if new {
        let news = News { about: post.get(), post: Some(post.get()), ..News::by(notice_of(kind), me) };
        authors(tx, post)?.into_iter().try_for_each(|author| told::tell(tx, author, &news, now))?;
    }
    Ok(())
}

/// Writes a reaction; answers what it took the place of, and whether it is new. The counts change by what the statements changed.
pub(super) fn write(tx: &mut Tx, post: PostId, by: AccountId, kind: &str, at: i64) -> Result<(Option<String>, bool), db::Error> {
    let sql = "delete from reactions where post_id = $1 and account_id = $2 and kind <> $3 returning kind";
    let before = tx.first(sql, params![post, by, kind], |row| row.get::<String>(0))?;
    let sql = "insert into reactions (post_id, account_id, kind, created_at) values ($1, $2, $3, $4)
        on conflict (post_id, account_id) do nothing";
    let new = tx.run(sql, params![post, by, kind, at])? == 1;
    let mut changes: Vec<(&str, i64)> = before.iter().map(|before| (before.as_str(), -1)).chain(new.then_some((kind, 1))).collect();
    // In one order, or two members who change from one to the other would wait for each other.
    changes.sort_unstable();
    changes.into_iter().try_for_each(|(kind, by)| count(tx, post, kind, by))?;
    Ok((before, new))
}

/// Takes back what somebody reacted with, whether there was anything or not.
///
/// # Errors
/// When the database does not answer.
pub fn take_back(tx: &mut Tx, account: AccountId, post: PostId) -> Result<(), db::Error> {
    let sql = "delete from reactions where post_id = $1 and account_id = $2 returning kind";
    if let Some(kind) = tx.first(sql, params![post, account], |row| row.get::<String>(0))? {
        count(tx, post, &kind, -1)?;
        tell_undone(tx, post, account, &kind)?;
    }
    Ok(())
}

/// Takes back all that somebody who leaves reacted with, at most so many at a time; answers whether any are left. Who was told of
/// it, notices forget by themselves.
///
/// # Errors
/// When the database does not answer.
pub fn leave(tx: &mut Tx, account: AccountId, at_most: u32) -> Result<bool, db::Error> {
    let sql = "delete from reactions where account_id = $1
          and post_id in (select post_id from reactions where account_id = $1 order by post_id limit $2) returning post_id, kind";
    let gone = tx.all(sql, params![account, at_most], |row| Ok((row.get::<PostId>(0)?, row.get::<String>(1)?)))?;
    gone.iter().try_for_each(|(post, kind)| count(tx, *post, kind, -1))?;
    Ok(gone.len() >= at_most as usize)
}

fn count(tx: &mut Tx, post: PostId, kind: &str, by: i64) -> Result<(), db::Error> {
    if kind == LIKE {
        tx.run("update post_counts set likes = likes + $2 where post_id = $1", params![post, by])?;
        comments::liked(tx, post, by)?;
    } else {
        let sql = "insert into reaction_counts (post_id, kind, count) values ($1, $2, $3)
            on conflict (post_id, kind) do update set count = reaction_counts.count + excluded.count";
        tx.run(sql, params![post, kind, by])?;
    }
    Ok(())
}

/// The kind of the post, if this viewer may read it and it is out. A review is found helpful or not, and nothing else.
pub(super) fn must_read(tx: &mut Tx, viewer: &Viewer, post: PostId) -> Result<String, Error> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!("select p.kind from posts p where p.id = $2 and p.kind <> 'review' and p.published_at is not null and {}", readable(1))
    });
    tx.first(&SQL, params![reader(viewer), post], |row| row.get(0))?.ok_or(Error::NotFound)
}

fn notice_of(kind: &str) -> &'static notices::Kind {
    if kind == LIKE { &LIKED } else { &REACTED }
}

/// Everybody in the byline.
fn authors(tx: &mut Tx, post: PostId) -> Result<Vec<AccountId>, db::Error> {
    let sql = "select author_id from posts where id = $1 union select account_id from post_authors where post_id = $1";
    tx.all(sql, params![post], |row| row.get(0))
}

fn tell_undone(tx: &mut Tx, post: PostId, by: AccountId, kind: &str) -> Result<(), db::Error> {
    // When it would have been read does not matter: it is gone.
    authors(tx, post)?.into_iter().try_for_each(|author| notices::undone(tx, author, (notice_of(kind), post.get()), by, 0))
}

/// The reactions to each of these posts, as a viewer sees them.
///
/// # Errors
/// When the database does not answer.
pub fn of(tx: &mut Tx, viewer: &Viewer, posts: &[PostId]) -> Result<HashMap<PostId, Reactions>, db::Error> {
    let kinds = offer::all(tx)?;
    of_these(tx, viewer, posts, &kinds)
}

/// The same, where it is known which kinds the site has ([`offer::all`]).
fn of_these(tx: &mut Tx, viewer: &Viewer, posts: &[PostId], kinds: &[Kind]) -> Result<HashMap<PostId, Reactions>, db::Error> {
    let offered: Arc<[Kind]> = kinds.iter().filter(|kind| !kind.retired).cloned().collect();
    let none = Reactions { offered, ..Reactions::default() };
    let mut found: HashMap<PostId, Reactions> = posts.iter().map(|post| (*post, none.clone())).collect();
    let (me, places) = (reader(viewer), db::places(2, posts.len()));
    // One statement for all of it: every page with a post on it asks.
    let sql = format!(
        "select post_id, 'like', likes, cast(0 as bigint) from post_counts where post_id in ({places}) and likes > 0
         union all select post_id, kind, count, cast(0 as bigint) from reaction_counts where post_id in ({places}) and count > 0
         union all select post_id, kind, cast(0 as bigint), cast(1 as bigint) from reactions where account_id = $1 and post_id in ({places})"
    );
    let rows = tx.all(&sql, &[params![me], &db::padded(posts)].concat(), |row| {
        Ok((row.get::<PostId>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?, row.get::<i64>(3)? == 1))
    })?;
    for kind in [Kind::like()].iter().chain(kinds) {
        for (post, _, count, own) in rows.iter().filter(|(_, name, ..)| *name == kind.name) {
            let Some(reactions) = found.get_mut(post) else { continue };
            match (own, kind.is_like()) {
                (true, _) => reactions.mine = Some(kind.clone()),
                (false, true) => reactions.likes = *count,
                (false, false) => reactions.typed.push((kind.clone(), *count)),
            }
        }
    }
    Ok(found)
}

/// The same of one post.
///
/// # Errors
/// When the database does not answer.
pub fn of_one(tx: &mut Tx, viewer: &Viewer, post: PostId) -> Result<Reactions, db::Error> {
    Ok(of(tx, viewer, &[post])?.remove(&post).unwrap_or_default())
}

/// The same, for a page that remembers which kinds the site has ([`offer::all`]).
///
/// # Errors
/// When the database does not answer.
pub fn of_one_among(tx: &mut Tx, viewer: &Viewer, post: PostId, kinds: &[Kind]) -> Result<Reactions, db::Error> {
    Ok(of_these(tx, viewer, &[post], kinds)?.remove(&post).unwrap_or_default())
}

/// How many of each kind but the like stand at these posts, for pages that are open.
///
/// # Errors
/// When the database does not answer.
pub fn typed_of(tx: &mut Tx, posts: &[PostId]) -> Result<HashMap<PostId, Vec<(Kind, i64)>>, db::Error> {
    let kinds = offer::all(tx)?;
    let sql = format!("select post_id, kind, count from reaction_counts where post_id in ({}) and count > 0", db::places(1, posts.len()));
    let rows = tx.all(&sql, &db::padded(posts), |row| Ok((row.get::<PostId>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?)))?;
    let mut found: HashMap<PostId, Vec<(Kind, i64)>> = HashMap::new();
    for kind in kinds {
        for (post, _, count) in rows.iter().filter(|(_, name, _)| *name == kind.name) {
            found.entry(*post).or_default().push((kind.clone(), *count));
        }
    }
    Ok(found)
}

/// Somebody who reacted.
#[derive(Clone, Debug)]
pub struct Reacted {
    /// Who.
    pub who: Author,
    /// With what: the name of a kind.
    pub kind: String,
    /// When.
    pub at: i64,
}

impl Reacted {
    /// Where the next page begins after this one.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.at, id: PostId::new(self.who.id.get()) }
    }
}

/// Who reacted to a post, with this or with anything, the latest first: without those from whom a block parts the viewer, those
/// whom they mute, and those who are not here.
///
/// # Errors
/// When the database does not answer.
pub fn who(tx: &mut Tx, viewer: &Viewer, post: PostId, kind: Option<&str>, before: Cursor, limit: u32) -> Result<Vec<Reacted>, db::Error> {
    let sql = format!(
        "select a.id, a.handle, a.name, a.picture, r.kind, r.created_at from reactions r join accounts a on a.id = r.account_id
         where r.post_id = $2 and (r.created_at, r.account_id) < ($3, $4) {}
           and a.suspended_at is null and a.standing in ('member', 'leaving') and {} and {} and {}
         order by r.created_at desc, r.account_id desc limit $5",
        if kind.is_some() { "and r.kind = $6" } else { "" },
        where_no_block("$1", "r.account_id"),
        where_no_mute("$1", "r.account_id"),
        where_seen("$1", "a")
    );
    let (me, name) = (reader(viewer), kind.unwrap_or_default());
    let asked = params![me, post, before.at, before.id, limit, name];
    // A parameter that is not in the text is none.
    let asked = if kind.is_some() { asked } else { &asked[..5] };
    tx.all(&sql, asked, |row| {
        let who = Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? };
        Ok(Reacted { who, kind: row.get(4)?, at: row.get(5)? })
    })
}

/// How many react to each post, counted again; mended where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let likes = Counter {
        what: "likes",
        table: "post_counts",
        column: "likes",
        keys: ("post_id", None),
        counted: "select post_id, count(*) as counted from reactions where kind = 'like' group by post_id",
    };
    let typed = Counter {
        what: "reactions",
        table: "reaction_counts",
        column: "count",
        keys: ("post_id", Some("kind")),
        counted: "select post_id, kind, count(*) as counted from reactions where kind <> 'like' group by post_id, kind",
    };
    check(tx, &[likes, typed], mend)
}
