//! Whom a comment is news for: whoever it answers, the authors of what it is under, those it names, those who follow the conversation.
//! Each hears of it once, if they may read it, and not at all if they want to hear nothing of the conversation.

use db::{Tx, params};
use people::{
    AccountId, Town,
    notices::{Email, Kind, News, Ways},
};
use serde::{Deserialize, Serialize};

use crate::{
    PostId, posts,
    told::{self, MENTION},
};

/// Authors are told who comments on what they wrote.
pub const COMMENT: Kind = Kind {
    name: "comment",
    title: "Somebody comments on your post",
    icon: "message-circle",
    one: "commented on your post",
    many: "commented on your post",
    usual: Ways::with(Email::Daily),
};
/// Members are told who answers them.
pub const REPLY: Kind = Kind {
    name: "reply",
    title: "Somebody answers your comment",
    icon: "corner-down-right",
    one: "answered your comment",
    many: "answered your comment",
    usual: Ways::with(Email::Daily),
};
/// And what is said in conversations that they follow.
pub const CONVERSATION: Kind = Kind {
    name: "conversation",
    title: "A conversation you follow goes on",
    icon: "bell",
    one: "commented on a post you follow",
    many: "commented on a post you follow",
    usual: Ways::SITE,
};

/// Followers who are told in one unit of writing: other writers wait for no longer than that takes.
const AT_ONCE: u32 = 50;

/// The job that tells those who follow a conversation of a comment, a part of them at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Follow {
    /// Which.
    pub comment: PostId,
    /// The last of them who was told.
    #[serde(default)]
    pub after: Option<AccountId>,
}

impl jobs::Job for Follow {
    const KIND: &'static str = "comment.followers";
}

/// A comment that was posted.
pub(super) struct Said<'a> {
    pub comment: PostId,
    pub by: AccountId,
    pub subject: PostId,
    pub parent: Option<PostId>,
    /// Whom it names.
    pub named: &'a [AccountId],
}

/// Tells of a new comment.
pub(super) fn posted(tx: &mut Tx, said: &Said, now: i64) -> Result<(), db::Error> {
    let with = Some(said.comment.get());
    let mut heard = Vec::new();
    if let Some(parent) = said.parent {
        let to: AccountId = tx.one("select author_id from posts where id = $1", params![parent], |row| row.get(0))?;
        let news = News { about: parent.get(), post: Some(parent.get()), with, ..News::by(&REPLY, said.by) };
        tell(tx, said.subject, to, &news, now)?;
        heard.push(to);
    }
    let mut followed = false;
    let authors = "select w.account_id, x.choice,
           case when exists (select 1 from conversation_choices f where f.subject_id = $1 and f.choice = 'follow' and f.account_id <> $2)
             then 1 else 0 end
         from post_authors w left join conversation_choices x on x.subject_id = w.post_id and x.account_id = w.account_id
         where w.post_id = $1 order by w.position";
    let authors = tx.all(authors, params![said.subject, said.by], |row| {
        followed = row.get::<i64>(2)? == 1;
        Ok((row.get::<AccountId>(0)?, row.get::<Option<String>>(1)?))
    })?;
    for (author, choice) in authors {
        if !heard.contains(&author) {
            let news = News { about: said.subject.get(), post: Some(said.subject.get()), with, ..News::by(&COMMENT, said.by) };
            if choice.as_deref() != Some("mute") {
                told::tell(tx, author, &news, now)?;
            }
            heard.push(author);
        }
    }
    let others: Vec<AccountId> = said.named.iter().copied().filter(|who| !heard.contains(who)).collect();
    named(tx, said.comment, said.by, &others, now)?;
    if followed {
        jobs::enqueue(tx, &Follow { comment: said.comment, after: None }, now)?;
    }
    Ok(())
}

/// Tells these people that a comment names them.
pub(super) fn named(tx: &mut Tx, comment: PostId, by: AccountId, people: &[AccountId], now: i64) -> Result<(), db::Error> {
    if people.is_empty() {
        return Ok(());
    }
    let subject: PostId = tx.one("select subject_id from comments where id = $1", params![comment], |row| row.get(0))?;
    for who in people {
        let news = News { about: comment.get(), post: Some(comment.get()), ..News::by(&MENTION, by) };
        tell(tx, subject, *who, &news, now)?;
    }
    Ok(())
}

fn tell(tx: &mut Tx, subject: PostId, to: AccountId, news: &News, now: i64) -> Result<(), db::Error> {
    let muted = "select 1 from conversation_choices where subject_id = $1 and account_id = $2 and choice = 'mute'";
    match tx.first(muted, params![subject, to], |row| row.get::<i64>(0))? {
        Some(_) => Ok(()),
        None => told::tell(tx, to, news, now),
    }
}

/// Tells the next part of those who follow a conversation.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn tell_followers(town: Town, part: Follow) -> anyhow::Result<()> {
    let now = town.now();
    town.db.write(move |tx| tell_part(tx, part.comment, part.after, now)).await?;
    // The next part need not wait for the queue's next look.
    town.wake();
    Ok(())
}

fn tell_part(tx: &mut Tx, comment: PostId, after: Option<AccountId>, now: i64) -> Result<(), db::Error> {
    let sql = "select c.subject_id, p.author_id, q.author_id from comments c join posts p on p.id = c.id
         left join posts q on q.id = c.parent_id where c.id = $1 and p.deleted_at is null";
    let found =
        tx.first(sql, params![comment], |row| Ok((row.get::<PostId>(0)?, row.get::<AccountId>(1)?, row.get::<Option<AccountId>>(2)?)))?;
    let Some((subject, by, answered)) = found else { return Ok(()) };
    // Whoever was told by another notice is not told twice.
    let mut heard = posts::mentioned_in(tx, comment)?;
    heard.extend(posts::authors_of(tx, subject)?.iter().map(|author| author.id));
    heard.extend(answered);
    let sql = "select account_id from conversation_choices where subject_id = $1 and choice = 'follow' and account_id > $2
         order by account_id limit $3";
    let followers = tx.all(sql, params![subject, after.map_or(0, AccountId::get), AT_ONCE], |row| row.get::<AccountId>(0))?;
    for who in followers.iter().filter(|who| !heard.contains(who)) {
        let news = News { about: subject.get(), post: Some(subject.get()), with: Some(comment.get()), ..News::by(&CONVERSATION, by) };
        told::tell(tx, *who, &news, now)?;
    }
    match followers.last().filter(|_| followers.len() >= AT_ONCE as usize) {
        Some(last) => jobs::enqueue(tx, &Follow { comment, after: Some(*last) }, now).map(drop),
        None => Ok(()),
    }
}
