//! The page of an organization as a post: what its reviews are under. Everything else of it is an account's ([`people::organizations`]).
//!
//! The post says nothing itself and stands in no feed. It is made with its organization and goes with it.

use db::{Tx, params};
use people::{
    AccountId, accounts,
    organizations::{self, New},
};
use talk::{
    PostId,
    posts::{self, Visibility},
    reviews::{About, Reviewable, criteria::ORGANIZATIONS},
};
use web::Error;

/// The name of its kind in the table of posts.
const KIND: &str = "page";

/// What the room of reviews has to know of organizations.
pub const REVIEWABLE: Reviewable = Reviewable { kind: KIND, about };

fn about(tx: &mut Tx, ids: &[PostId]) -> Result<Vec<About>, Error> {
    let pages: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let of = |(page, author): (i64, accounts::Author)| About {
        id: PostId::new(page),
        address: author.address(),
        title: author.name,
        owner: ORGANIZATIONS,
    };
    Ok(organizations::of_page(tx, &pages)?.into_iter().map(of).collect())
}

/// Founds an organization with its page. Whether its founder may is the caller's to ask.
///
/// # Errors
/// `Invalid` for a handle that somebody took in the same moment.
pub fn found(tx: &mut Tx, new: &New, owner: AccountId, now: i64) -> Result<AccountId, Error> {
    let id = organizations::found(tx, new, owner, now).map_err(accounts::taken)?;
    let page = posts::insert(tx, KIND, id, now)?;
    show(tx, id, page, now)?;
    Ok(id)
}

/// The page of an organization that comes in from elsewhere, under its own id if that is free.
///
/// # Errors
/// When the database does not answer.
pub fn bring(tx: &mut Tx, id: AccountId, page: Option<PostId>, now: i64) -> Result<(), db::Error> {
    let free = match page {
        Some(page) if tx.first("select 1 from posts where id = $1", params![page], |row| row.get::<i64>(0))?.is_none() => page,
        _ => PostId::fresh(),
    };
    let sql = "insert into posts (id, kind, author_id, visibility, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)";
    tx.run(sql, params![free, KIND, id, Visibility::OnlyMe.name(), now])?;
    tx.run("insert into post_counts (post_id) values ($1)", params![free])?;
    show(tx, id, free, now)
}

fn show(tx: &mut Tx, id: AccountId, page: PostId, now: i64) -> Result<(), db::Error> {
    posts::set_authors(tx, page, &[id])?;
    tx.run("update posts set visibility = $2, published_at = $3 where id = $1", params![page, Visibility::Quiet.name(), now])?;
    organizations::set_page(tx, id, page.get())
}

/// The page goes with its organization, and what was said of it.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn forget(tx: &mut Tx, id: AccountId, now: i64) -> Result<(), db::Error> {
    let sql = "select id from posts where author_id = $1 and kind = $2 and deleted_at is null";
    for page in tx.all(sql, params![id, KIND], |row| row.get::<PostId>(0))? {
        posts::remove(tx, page, now)?;
    }
    Ok(())
}
