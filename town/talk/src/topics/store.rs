//! Every query about topics.

use db::{Row, Tx, params};

use super::{Topic, TopicId};
use crate::PostId;

fn topic(row: &Row) -> Result<Topic, db::Error> {
    Ok(Topic { id: row.get(0)?, name: row.get(1)?, key: row.get(2)? })
}

/// The topic with this key.
pub fn by_key(tx: &mut Tx, key: &str) -> Result<Option<Topic>, db::Error> {
    tx.first("select id, name, key from topics where key = $1", params![key], topic)
}

/// One topic.
pub fn by_id(tx: &mut Tx, id: TopicId) -> Result<Option<Topic>, db::Error> {
    tx.first("select id, name, key from topics where id = $1", params![id], topic)
}

/// Topics whose keys begin like this, in the order of their keys.
pub fn beginning(tx: &mut Tx, start: &str, limit: u32) -> Result<Vec<Topic>, db::Error> {
    let sql = "select id, name, key from topics where key >= $1 and key < $2 order by key limit $3";
    tx.all(sql, params![start, format!("{start}\u{10ffff}"), limit], topic)
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
