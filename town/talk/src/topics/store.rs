//! Every query about topics.

use db::{Row, Tx, params};

use super::{Topic, TopicId};
use crate::{PostId, posts::readable};

fn topic(row: &Row) -> Result<Topic, db::Error> {
    Ok(Topic { id: row.get(0)?, name: row.get(1)?, key: row.get(2)? })
}

/// The topic with this key.
pub fn by_key(tx: &mut Tx, key: &str) -> Result<Option<Topic>, db::Error> {
    tx.first("select id, name, key from topics where key = $1", params![key], topic)
}

/// The same, where a reader ([`crate::posts::reader`]) may know of it: something that they read carries it. What is said among few tells
/// nobody else what it is about.
pub fn known_to(tx: &mut Tx, reader: i64, key: &str) -> Result<Option<Topic>, db::Error> {
    let sql = format!("select t.id, t.name, t.key from topics t where t.key = $2 and {}", carried());
    tx.first(&sql, params![reader, key], topic)
}

/// The condition that something which the reader in `$1` reads carries the topic `t`.
fn carried() -> String {
    format!("exists (select 1 from post_topics x join posts p on p.id = x.post_id where x.topic_id = t.id and {})", readable(1))
}

/// One topic.
pub fn by_id(tx: &mut Tx, id: TopicId) -> Result<Option<Topic>, db::Error> {
    tx.first("select id, name, key from topics where id = $1", params![id], topic)
}

/// Topics that a reader may know of ([`known_to`]) and whose keys begin like this, in the order of their keys.
pub fn beginning(tx: &mut Tx, reader: i64, start: &str, limit: u32) -> Result<Vec<Topic>, db::Error> {
    let sql =
        format!("select t.id, t.name, t.key from topics t where t.key >= $2 and t.key < $3 and {} order by t.key limit $4", carried());
    tx.all(&sql, params![reader, start, format!("{start}\u{10ffff}"), limit], topic)
}

/// The topics of a post, in its author's order.
pub fn of(tx: &mut Tx, post: PostId) -> Result<Vec<Topic>, db::Error> {
    tx.all(
        "select t.id, t.name, t.key from post_topics p join topics t on t.id = p.topic_id where p.post_id = $1 order by p.position",
        params![post],
        topic,
    )
}

/// Sets the topics of a post and returns them; new ones are made, repeated ones taken once.
pub fn set(tx: &mut Tx, post: PostId, topics: &[text::topic::Topic], now: i64) -> Result<Vec<Topic>, db::Error> {
    tx.run("delete from post_topics where post_id = $1", params![post])?;
    add(tx, post, topics, now)
}

/// The same of a post that has none.
pub fn add(tx: &mut Tx, post: PostId, topics: &[text::topic::Topic], now: i64) -> Result<Vec<Topic>, db::Error> {
    let mut set = Vec::with_capacity(topics.len());
    for wanted in topics {
        tx.run(
            "insert into topics (id, name, key, created_at) values ($1, $2, $3, $4) on conflict (key) do nothing",
            params![TopicId::fresh(), &wanted.name, &wanted.key, now],
        )?;
        let topic = tx.one("select id, name, key from topics where key = $1", params![&wanted.key], topic)?;
        if set.contains(&topic) {
            continue;
        }
        tx.run("insert into post_topics (post_id, topic_id, position) values ($1, $2, $3)", params![post, topic.id, set.len()])?;
        set.push(topic);
    }
    Ok(set)
}
