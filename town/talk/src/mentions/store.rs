//! Every query about mentions.

use db::{Row, Tx, params};
use people::AccountId;

use super::{MOST_SHOWN, Mention, MentionId, State, Words, whole};
use crate::PostId;

const COLUMNS: &str = "id, post_id, source, host, state, title, author, excerpt, received_at";

fn mention(row: &Row) -> Result<Mention, db::Error> {
    Ok(Mention {
        id: row.get(0)?,
        post: row.get(1)?,
        source: row.get(2)?,
        host: row.get(3)?,
        // What this program does not know is shown to nobody.
        state: row.text(4)?.parse().unwrap_or(State::Declined),
        words: Words { title: row.get(5)?, author: row.get(6)?, excerpt: row.get(7)? },
        received_at: row.get(8)?,
    })
}

/// Notes that a page is said to link to a post; answers the mention that there was or is now.
pub fn ask(tx: &mut Tx, post: PostId, source: &str, host: &str, now: i64) -> Result<MentionId, db::Error> {
    tx.one(
        "insert into mentions (id, post_id, source, host, state, received_at) values ($1, $2, $3, $4, 'asked', $5)
         on conflict (post_id, source) do update set received_at = excluded.received_at returning id",
        params![MentionId::fresh(), post, source, host, now],
        |row| row.get(0),
    )
}

/// How many nobody has looked at yet, counted up to a limit.
pub fn asked(tx: &mut Tx, up_to: u32) -> Result<i64, db::Error> {
    count(tx, State::Asked, up_to)
}

/// How many wait for an editor, counted up to a limit.
pub fn count_waiting(tx: &mut Tx, up_to: u32) -> Result<i64, db::Error> {
    count(tx, State::Waiting, up_to)
}

fn count(tx: &mut Tx, state: State, up_to: u32) -> Result<i64, db::Error> {
    let sql = "select count(*) from (select 1 as one from mentions where state = $1 limit $2) found";
    tx.one(sql, params![state.name(), up_to], |row| row.get(0))
}

/// One mention.
pub fn find(tx: &mut Tx, id: MentionId) -> Result<Option<Mention>, db::Error> {
    tx.first(&format!("select {COLUMNS} from mentions where id = $1"), params![id], mention)
}

/// Keeps what the page says now that somebody has looked; answers how far the mention has come. `None` when it is gone.
pub fn verify(tx: &mut Tx, id: MentionId, words: &Words) -> Result<Option<State>, db::Error> {
    let Some(known) = find(tx, id)? else { return Ok(None) };
    let state = known.state.looked_at(known.words == *words);
    tx.run(
        "update mentions set state = $2, title = $3, author = $4, excerpt = $5 where id = $1",
        params![id, state.name(), &words.title, &words.author, &words.excerpt],
    )?;
    Ok(Some(state))
}

/// Forgets a mention: its page is gone, or does not link to the post.
pub fn forget(tx: &mut Tx, id: MentionId) -> Result<(), db::Error> {
    tx.run("delete from mentions where id = $1", params![id])?;
    Ok(())
}

/// An editor's decision. Nothing happens to a mention that nobody has looked at.
pub fn decide(tx: &mut Tx, id: MentionId, state: State) -> Result<(), db::Error> {
    tx.run("update mentions set state = $2 where id = $1 and state <> 'asked'", params![id, state.name()])?;
    Ok(())
}

/// Those of one state, the newest first, before a time and id.
pub fn in_state(tx: &mut Tx, state: State, before: (i64, i64), limit: u32) -> Result<Vec<Mention>, db::Error> {
    let sql = format!(
        "select {COLUMNS} from mentions where state = $1 and (received_at, id) < ($2, $3) order by received_at desc, id desc limit $4"
    );
    tx.all(&sql, params![state.name(), before.0, before.1, limit], mention)
}

/// What is shown under a post, the newest first.
pub fn shown_of(tx: &mut Tx, post: PostId) -> Result<Vec<Mention>, db::Error> {
    let sql = format!("select {COLUMNS} from mentions where post_id = $1 and state = 'shown' order by received_at desc, id desc limit $2");
    tx.all(&sql, params![post, MOST_SHOWN], mention)
}

/// Takes nothing from a host any more, and forgets what came from it; answers the posts that showed something of it.
pub fn block(tx: &mut Tx, host: &str, by: AccountId, now: i64) -> Result<Vec<PostId>, db::Error> {
    whole::put_block(tx, host, Some(by), now)?;
    let posts = tx.all("select distinct post_id from mentions where host = $1 and state = 'shown'", params![host], |row| row.get(0))?;
    tx.run("delete from mentions where host = $1", params![host])?;
    Ok(posts)
}

/// Takes mentions from a host again.
pub fn unblock(tx: &mut Tx, host: &str) -> Result<(), db::Error> {
    tx.run("delete from mention_blocks where host = $1", params![host])?;
    Ok(())
}

/// Whether nothing is taken from a host.
pub fn is_blocked(tx: &mut Tx, host: &str) -> Result<bool, db::Error> {
    Ok(tx.first("select 1 from mention_blocks where host = $1", params![host], |row| row.get::<i64>(0))?.is_some())
}

/// The hosts from which nothing is taken, by name.
pub fn blocks(tx: &mut Tx, limit: u32) -> Result<Vec<String>, db::Error> {
    tx.all("select host from mention_blocks order by host limit $1", params![limit], |row| row.get(0))
}

/// Pages that were told that a post links to them, or are about to be.
pub fn sent_of(tx: &mut Tx, post: PostId) -> Result<Vec<String>, db::Error> {
    tx.all("select target from mentions_sent where post_id = $1 order by target", params![post], |row| row.get(0))
}

/// A page is about to be told.
pub fn note_sent(tx: &mut Tx, post: PostId, target: &str) -> Result<(), db::Error> {
    tx.run("insert into mentions_sent (post_id, target) values ($1, $2) on conflict (post_id, target) do nothing", params![post, target])?;
    Ok(())
}

/// A page need not be told again.
pub fn forget_sent(tx: &mut Tx, post: PostId, target: &str) -> Result<(), db::Error> {
    tx.run("delete from mentions_sent where post_id = $1 and target = $2", params![post, target])?;
    Ok(())
}
