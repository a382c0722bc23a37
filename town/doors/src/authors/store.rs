//! What the list of authors asks the database.

use db::{Tx, params};
use people::{AccountId, accounts::Author, blocks::where_no_block, safety::where_found};

/// An author in the list of them.
#[derive(Debug)]
pub(super) struct Listed {
    pub author: Author,
    pub bio: String,
}

/// Accounts after this one, by id, that have a story out. Steps along the index from author to author, so that a site
/// with many members and many stories answers as fast as one with few. Without those whom a block parts from the viewer.
pub(super) fn published(tx: &mut Tx, viewer: AccountId, after: AccountId, limit: u32) -> Result<Vec<Listed>, db::Error> {
    let sql = format!(
        "with recursive writing (id) as (
           select min(account_id) from post_authors where account_id > $1
           union all
           select (select min(p.account_id) from post_authors p where p.account_id > w.id) from writing w where w.id is not null
         )
         select a.id, a.handle, a.name, a.picture, a.bio from writing w join accounts a on a.id = w.id
         where a.standing = 'member' and exists (select 1 from shelves h where h.owner_id = w.id) and {} and {} order by a.id limit $2",
        where_no_block("$3", "a.id"),
        where_found("$3", "a")
    );
    tx.all(&sql, params![after, limit, viewer], |row| {
        Ok(Listed { author: Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? }, bio: row.get(4)? })
    })
}
