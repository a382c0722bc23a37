//! Every query about lists.

use db::{Row, Tx, params};
use web::Error;

use super::{ListId, MAX_LISTS, MAX_MEMBERS};
use crate::{
    AccountId,
    accounts::Author,
    blocks,
    connections::touch,
    counters::{Counter, Drift, check},
};

/// A list as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its id.
    pub id: ListId,
    /// Whose it is.
    pub owner: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// How many people are on it.
    pub members: i64,
}

fn list(row: &Row) -> Result<List, db::Error> {
    Ok(List { id: row.get(0)?, owner: row.get(1)?, name: row.get(2)?, members: row.get(3)? })
}

/// Makes an empty list.
///
/// # Errors
/// `Invalid` when the member has one of this name, `Conflict` when they have as many as they can.
pub fn make(tx: &mut Tx, owner: AccountId, name: &str, now: i64) -> Result<ListId, Error> {
    if tx.one("select count(*) from lists where account_id = $1", params![owner], |row| row.get::<i64>(0))? >= MAX_LISTS {
        return Err(Error::Conflict(format!("You have {MAX_LISTS} lists, which is all you can have. Delete one first.").into()));
    }
    let id = ListId::fresh();
    let made = tx.run(
        "insert into lists (id, account_id, name, name_key, created_at) values ($1, $2, $3, $4, $5) on conflict (account_id, name_key) do nothing",
        params![id, owner, name, &text::fold(name), now],
    )?;
    if made == 0 {
        return Err(Error::invalid("name", "You have a list of this name. Choose another."));
    }
    Ok(id)
}

/// One of a member's lists.
pub fn find(tx: &mut Tx, owner: AccountId, id: ListId) -> Result<Option<List>, db::Error> {
    tx.first("select id, account_id, name, members from lists where id = $1 and account_id = $2", params![id, owner], list)
}

/// All lists of a member, by name.
pub fn all_of(tx: &mut Tx, owner: AccountId) -> Result<Vec<List>, db::Error> {
    tx.all("select id, account_id, name, members from lists where account_id = $1 order by name_key", params![owner], list)
}

/// Gives a list another name.
///
/// # Errors
/// `NotFound` when it is not theirs, `Invalid` when they have another of this name.
pub fn rename(tx: &mut Tx, owner: AccountId, id: ListId, name: &str) -> Result<(), Error> {
    let key = text::fold(name);
    let other = "select 1 from lists where account_id = $1 and name_key = $2 and id <> $3";
    if tx.first(other, params![owner, &key, id], |row| row.get::<i64>(0))?.is_some() {
        return Err(Error::invalid("name", "You have a list of this name. Choose another."));
    }
    let sql = "update lists set name = $3, name_key = $4 where id = $1 and account_id = $2";
    if tx.run(sql, params![id, owner, name, &key])? == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Deletes a list. Those who were on it stay whom they were.
pub fn remove(tx: &mut Tx, owner: AccountId, id: ListId) -> Result<(), db::Error> {
    tx.run("delete from lists where id = $1 and account_id = $2", params![id, owner])?;
    touch(tx, &[owner])
}

/// Puts somebody on a list.
///
/// # Errors
/// `NotFound` when the list is not theirs or a block stands between the two, `Forbidden` for oneself, `Conflict` when it is full.
pub fn put(tx: &mut Tx, owner: AccountId, id: ListId, who: AccountId, now: i64) -> Result<(), Error> {
    let list = find(tx, owner, id)?.ok_or(Error::NotFound)?;
    if owner == who {
        return Err(Error::Forbidden("Your own lists are of other people.".into()));
    }
    if blocks::is_blocked_either_way(tx, owner, who)? {
        return Err(Error::NotFound);
    }
    if list.members >= MAX_MEMBERS && !has(tx, id, who)? {
        return Err(Error::Conflict(
            format!("“{}” holds {MAX_MEMBERS} people, which is all it can. Take somebody off it first.", list.name).into(),
        ));
    }
    let new = tx.run(
        "insert into list_members (list_id, account_id, created_at) values ($1, $2, $3) on conflict (list_id, account_id) do nothing",
        params![id, who, now],
    )?;
    if new > 0 {
        tx.run("update lists set members = members + 1 where id = $1", params![id])?;
        touch(tx, &[owner])?;
    }
    Ok(())
}

/// Takes somebody off a list, whether they were on it or not.
pub fn take_off(tx: &mut Tx, owner: AccountId, id: ListId, who: AccountId) -> Result<(), db::Error> {
    let sql = "delete from list_members where list_id = $1 and account_id = $2 and exists (select 1 from lists l where l.id = $1 and l.account_id = $3)";
    if tx.run(sql, params![id, who, owner])? > 0 {
        tx.run("update lists set members = members - 1 where id = $1", params![id])?;
        touch(tx, &[owner])?;
    }
    Ok(())
}

/// After a block: neither stands on a list of the other.
pub fn part(tx: &mut Tx, one: AccountId, other: AccountId) -> Result<(), db::Error> {
    for (owner, who) in [(one, other), (other, one)] {
        for list in with(tx, owner, who)? {
            take_off(tx, owner, list, who)?;
        }
    }
    Ok(())
}

/// Whether somebody is on a list.
pub fn has(tx: &mut Tx, id: ListId, who: AccountId) -> Result<bool, db::Error> {
    let sql = "select 1 from list_members where list_id = $1 and account_id = $2";
    Ok(tx.first(sql, params![id, who], |row| row.get::<i64>(0))?.is_some())
}

/// Whether somebody belongs to the audience that a list is: its owner, and who is on it.
pub fn is_in_list(tx: &mut Tx, id: ListId, viewer: AccountId) -> Result<bool, db::Error> {
    let sql =
        "select 1 from list_members where list_id = $1 and account_id = $2 union all select 1 from lists where id = $1 and account_id = $2";
    Ok(tx.first(sql, params![id, viewer], |row| row.get::<i64>(0))?.is_some())
}

/// Which of a member's lists somebody is on.
pub fn with(tx: &mut Tx, owner: AccountId, who: AccountId) -> Result<Vec<ListId>, db::Error> {
    let sql = "select m.list_id from list_members m join lists l on l.id = m.list_id where m.account_id = $2 and l.account_id = $1";
    tx.all(sql, params![owner, who], |row| row.get(0))
}

/// Who is on a list, by handle, after one.
pub fn members(tx: &mut Tx, id: ListId, after: &str, limit: u32) -> Result<Vec<Author>, db::Error> {
    let sql = "select a.id, a.handle, a.name, a.picture from list_members m join accounts a on a.id = m.account_id
        where m.list_id = $1 and a.handle_key > $2 and a.suspended_at is null order by a.handle_key limit $3";
    tx.all(sql, params![id, after, limit], |row| {
        Ok(Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? })
    })
}

/// A condition for lists of posts: that the viewer is on a list. Both are SQL, such as `p.list_id` and `$3`. The list's owner
/// is not on it: whoever wrote a post sees it anyhow.
pub fn where_in_list(list: &str, viewer: &str) -> String {
    format!("exists (select 1 from list_members xl where xl.list_id = {list} and xl.account_id = {viewer})")
}

/// How many people are on each list, counted again; mended where that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let counted = "select list_id as id, count(*) as counted from list_members group by list_id";
    check(tx, &[Counter { what: "people on lists", table: "lists", column: "members", keys: ("id", None), counted }], mend)
}
