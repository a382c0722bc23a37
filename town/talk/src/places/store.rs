//! Every query about places.

use db::{Row, Tx, params};
use people::{
    AccountId,
    profiles::{self, Fact},
};
use std::collections::HashSet;

use super::{Place, PlaceId};
use crate::{PostId, posts::readable};

const COLUMNS: &str = "l.id, l.name, l.key, l.neighbours_id";

fn place(row: &Row) -> Result<Place, db::Error> {
    Ok(Place { id: row.get(0)?, name: row.get(1)?, key: row.get(2)?, neighbours: row.get(3)? })
}

/// The place with this key.
pub fn by_key(tx: &mut Tx, key: &str) -> Result<Option<Place>, db::Error> {
    tx.first(&format!("select {COLUMNS} from places l where l.key = $1"), params![key], place)
}

/// The same, where a reader ([`crate::posts::reader`]) may know of it: something that they read is there. Where somebody is at home, and
/// what is said among few, names no place to anybody else.
pub fn known_to(tx: &mut Tx, reader: i64, key: &str) -> Result<Option<Place>, db::Error> {
    let sql = format!(
        "select {COLUMNS} from places l where l.key = $2
           and exists (select 1 from post_places x join posts p on p.id = x.post_id where x.place_id = l.id and {})",
        readable(1)
    );
    tx.first(&sql, params![reader, key], place)
}

/// One place.
pub fn by_id(tx: &mut Tx, id: PlaceId) -> Result<Option<Place>, db::Error> {
    tx.first(&format!("select {COLUMNS} from places l where l.id = $1"), params![id], place)
}

/// Places whose keys begin like this, in the order of their keys.
pub fn beginning(tx: &mut Tx, start: &str, limit: u32) -> Result<Vec<Place>, db::Error> {
    let sql = format!("select {COLUMNS} from places l where l.key >= $1 and l.key < $2 order by l.key limit $3");
    tx.all(&sql, params![start, format!("{start}\u{10ffff}"), limit], place)
}

/// Where a post is, if it says so.
pub fn of(tx: &mut Tx, post: PostId) -> Result<Option<Place>, db::Error> {
    tx.first(&format!("select {COLUMNS} from post_places x join places l on l.id = x.place_id where x.post_id = $1"), params![post], place)
}

/// The place of this name; made when nobody named it before.
pub fn named(tx: &mut Tx, name: &text::place::Place, now: i64) -> Result<Place, db::Error> {
    if let Some(known) = by_key(tx, &name.key)? {
        return Ok(known);
    }
    tx.run(
        "insert into places (id, name, key, neighbours_id, created_at) values ($1, $2, $3, $4, $5) on conflict (key) do nothing",
        params![PlaceId::fresh(), &name.name, &name.key, PlaceId::fresh(), now],
    )?;
    tx.one(&format!("select {COLUMNS} from places l where l.key = $1"), params![&name.key], place)
}

/// Says where a post is, or that it is nowhere.
pub fn set(tx: &mut Tx, post: PostId, name: Option<&text::place::Place>, now: i64) -> Result<Option<Place>, db::Error> {
    let Some(name) = name else {
        tx.run("delete from post_places where post_id = $1", params![post])?;
        return Ok(None);
    };
    let place = named(tx, name, now)?;
    tx.run(
        "insert into post_places (post_id, place_id) values ($1, $2) on conflict (post_id) do update set place_id = excluded.place_id",
        params![post, place.id],
    )?;
    Ok(Some(place))
}

/// Where somebody says that they are at home, to everybody here at least. What they say to friends alone does not make them anybody's
/// neighbour: strangers would learn it from what stands in their feed.
pub fn neighbourhood(tx: &mut Tx, account: AccountId, now: i64) -> Result<Option<Place>, db::Error> {
    let said = profiles::own(tx, account)?.fact(Fact::Place).filter(|told| told.shown_to.is_everybody_here()).cloned();
    said.and_then(|told| text::place::parse(&told.value)).map(|name| named(tx, &name, now)).transpose()
}

/// Those of these posts whose authors still say that they are at home in the place with this key.
pub fn neighbours_among(tx: &mut Tx, key: &str, posts: &[PostId]) -> Result<HashSet<PostId>, db::Error> {
    if posts.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = format!(
        "select p.id, f.value from posts p join profile_facts f on f.account_id = p.author_id
         where p.id in ({}) and f.fact = 'place' and f.shown_to in ('public', 'members')",
        db::places(1, posts.len())
    );
    let said = tx.all(&sql, &db::padded(posts), |row| Ok((row.get::<PostId>(0)?, row.get::<String>(1)?)))?;
    Ok(said.into_iter().filter(|(_, said)| text::place::parse(said).is_some_and(|place| place.key == key)).map(|(post, _)| post).collect())
}
