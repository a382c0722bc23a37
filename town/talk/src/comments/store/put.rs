//! Posting and changing comments, and what holds under a post.

use db::{Tx, params};
use people::{AccountId, accounts::Author, uses};
use std::collections::HashMap;
use web::{Error, Tag};

use super::{Choice, counted};
use crate::{
    PostId,
    comments::{Content, Rules, comment::beneath, told},
    files, links,
    posts::{self, Visibility},
    revisions, topics, views,
};

/// Posts a comment under a subject, as an answer or the beginning of a thread. Whether its author may is the caller's to ask. Answers
/// its id, and the tags to give to `Pages::changed` once the transaction is committed.
///
/// # Errors
/// `NotFound` when what it answers is not under this subject.
pub fn post(
    tx: &mut Tx,
    author: AccountId,
    place: (PostId, Option<PostId>),
    content: &Content,
    now: i64,
) -> Result<(PostId, Vec<Tag>), Error> {
    let id = PostId::fresh();
    Ok((id, post_as(tx, id, author, place, content, (now, true))?))
}

/// The same under an id that was given before. Whether anybody is told is said, too: nobody is of what is taken down at once.
pub(super) fn post_as(
    tx: &mut Tx,
    id: PostId,
    author: AccountId,
    (subject, parent): (PostId, Option<PostId>),
    content: &Content,
    (now, tells): (i64, bool),
) -> Result<Vec<Tag>, Error> {
    stand(tx, id, author, (subject, parent), now)?;
    let named = write_down(tx, id, content, None, true)?;
    revision_of(tx, id, author, content, now)?;
    counted(tx, id, 1)?;
    if tells {
        told::posted(tx, &told::Said { comment: id, by: author, subject, parent, named: &named }, now)?;
    }
    Ok(tags(subject))
}

/// Gives a comment its place, without words yet.
pub(super) fn stand(tx: &mut Tx, id: PostId, author: AccountId, (subject, parent): (PostId, Option<PostId>), at: i64) -> Result<(), Error> {
    let above = match parent {
        Some(parent) => {
            let sql = "select thread_id, path from comments where id = $1 and subject_id = $2";
            Some(
                tx.first(sql, params![parent, subject], |row| Ok((row.get::<PostId>(0)?, row.get::<String>(1)?)))?
                    .ok_or(Error::NotFound)?,
            )
        }
        None => None,
    };
    posts::insert_as(tx, id, "comment", author, at)?;
    posts::set_authors(tx, id, &[author])?;
    let (thread, path) = above.map_or((id, String::new()), |(thread, path)| (thread, beneath(&path, id)));
    // Who reads it is its subject's affair; what is written here is for whoever counts.
    tx.run(
        "update posts set visibility = (select s.visibility from posts s where s.id = $2), published_at = $3, updated_at = $3 where id = $1",
        params![id, subject, at],
    )?;
    tx.run(
        "insert into comments (id, subject_id, parent_id, thread_id, path, posted_at, body, html, language) values ($1, $2, $3, $4, $5, $6, '', '', '')",
        params![id, subject, parent, thread, &path, at],
    )?;
    Ok(())
}

/// Changes what a comment says. Nothing happens when it says that already.
pub(in crate::comments) fn change(tx: &mut Tx, id: PostId, by: AccountId, content: &Content, now: i64) -> Result<(), Error> {
    let before: Option<Content> = revisions::latest(tx, id)?.and_then(|revision| serde_json::from_str(&revision.content).ok());
    if before.as_ref() == Some(content) {
        return Ok(());
    }
    let known = posts::mentioned_in(tx, id)?;
    tx.run("update posts set updated_at = $2 where id = $1", params![id, now])?;
    let brought: i64 = tx.one("select brought from comments where id = $1", params![id], |row| row.get(0))?;
    let named = write_down(tx, id, content, Some(now), brought == 0)?;
    revision_of(tx, id, by, content, now)?;
    let new: Vec<AccountId> = named.into_iter().filter(|who| !known.contains(who)).collect();
    Ok(told::named(tx, id, by, &new, now)?)
}

/// Writes everything that is made from what a comment says: its words as they are shown, whom it names, which files it uses, the card
/// that it is to have. Answers whom it names. `names` says whether a handle in it means somebody here: in what was said elsewhere it
/// meant somebody there.
pub(in crate::comments) fn write_down(
    tx: &mut Tx,
    id: PostId,
    content: &Content,
    edited: Option<i64>,
    names: bool,
) -> Result<Vec<AccountId>, db::Error> {
    let people = if names { posts::known(tx, &text::note::people(&content.body))? } else { Vec::new() };
    let html = draw(tx, &content.body, &people)?;
    let link = content.link();
    tx.run(
        "update comments set body = $2, html = $3, language = $4, edited_at = $5, pictures = $6, sensitive = $7, link = $8 where id = $1",
        params![
            id,
            &content.body,
            &html,
            &content.language,
            edited,
            &files::to_keep(&content.pictures),
            i64::from(content.sensitive),
            link.as_deref()
        ],
    )?;
    uses::set(tx, id.get(), &content.keys())?;
    if link.is_some() {
        let (visibility, posted) = tx.one(
            "select s.visibility, c.posted_at from comments c join posts s on s.id = c.subject_id where c.id = $1",
            params![id],
            |row| Ok((Visibility::named(row.text(0)?).unwrap_or(Visibility::OnlyMe), row.get::<i64>(1)?)),
        )?;
        links::want(tx, link.as_deref(), visibility, edited.unwrap_or(posted))?;
    }
    let named: Vec<AccountId> = people.iter().map(|author| author.id).collect();
    posts::set_mentioned(tx, id, &named)?;
    Ok(named)
}

/// The words of a comment as they are shown, with links to these people and to topics that everybody may know of: a comment makes none.
fn draw(tx: &mut Tx, body: &str, people: &[Author]) -> Result<String, db::Error> {
    let known: HashMap<String, String> = people.iter().map(|author| (text::fold(&author.handle), author.address())).collect();
    let mut gathered = Vec::new();
    // The same words are shown to everybody: to those, too, who know least.
    for topic in text::note::topics(body) {
        gathered.extend(topics::known_to(tx, posts::GUEST, &topic.key)?.map(|topic| topic.key));
    }
    let address = |named: text::note::Named<'_>| match named {
        text::note::Named::Person(handle) => known.get(&text::fold(handle)).cloned(),
        text::note::Named::Topic(key) => gathered.iter().any(|known| known == key).then(|| topics::address(key)),
    };
    Ok(text::note::markup(body, &address).into_string())
}

/// Keeps these words as the comment's newest version.
pub(super) fn revision_of(tx: &mut Tx, id: PostId, by: AccountId, content: &Content, now: i64) -> Result<(), Error> {
    let json = serde_json::to_string(content).map_err(Error::broken)?;
    let number = revisions::insert(tx, id, by, &json, None, now)?;
    revisions::shows(tx, id, number, &content.keys())?;
    Ok(())
}

/// What shows a comment that comes, changes or goes: the page of its subject.
pub(in crate::comments) fn tags(subject: PostId) -> Vec<Tag> {
    vec![views::tag(subject.get())]
}

/// An editor picks a comment, or picks it no more (`None`).
///
/// # Errors
/// When the database does not answer.
pub fn pick(tx: &mut Tx, id: PostId, by: Option<AccountId>, now: i64) -> Result<(), db::Error> {
    let at = by.map(|_| now);
    tx.run("update comments set picked_at = $2, picked_by = $3 where id = $1", params![id, at, by])?;
    tx.run("update posts set updated_at = $2 where id = $1", params![id, now])?;
    Ok(())
}

/// Says what holds under a post.
///
/// # Errors
/// When the database does not answer.
pub fn set_rules(tx: &mut Tx, subject: PostId, rules: Rules) -> Result<(), db::Error> {
    tx.run(
        "insert into conversations (subject_id, open_to, slow_minutes) values ($1, $2, $3)
         on conflict (subject_id) do update set open_to = excluded.open_to, slow_minutes = excluded.slow_minutes",
        params![subject, rules.open_to.name(), rules.slow_minutes],
    )?;
    Ok(())
}

/// Says how somebody wants to hear of a conversation.
pub(in crate::comments) fn choose(tx: &mut Tx, subject: PostId, account: AccountId, choice: Choice) -> Result<(), db::Error> {
    if choice == Choice::Usual {
        tx.run("delete from conversation_choices where subject_id = $1 and account_id = $2", params![subject, account])?;
        return Ok(());
    }
    tx.run(
        "insert into conversation_choices (subject_id, account_id, choice) values ($1, $2, $3)
         on conflict (subject_id, account_id) do update set choice = excluded.choice",
        params![subject, account, choice.name()],
    )?;
    Ok(())
}
