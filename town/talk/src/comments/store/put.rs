//! Posting and changing comments, and what holds under a post.

use db::{Tx, params};
use people::{AccountId, accounts::Author, uses};
use std::collections::HashMap;
use web::{Error, Tag};

use super::{Choice, count::counted_under};
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
    let said = Drawn::of(tx, content, true)?;
    let thread = stand(tx, id, author, (subject, parent), (content, &said), now)?;
    revision_of(tx, id, author, content, now)?;
    counted_under(tx, (subject, parent, thread), 1)?;
    if tells {
        told::posted(tx, &told::Said { comment: id, by: author, subject, parent, named: &said.named }, now)?;
    }
    Ok(tags(subject))
}

/// Gives a comment its place, and its first words. Answers the thread it is in.
pub(super) fn stand(
    tx: &mut Tx,
    id: PostId,
    author: AccountId,
    (subject, parent): (PostId, Option<PostId>),
    (content, said): (&Content, &Drawn),
    at: i64,
) -> Result<PostId, Error> {
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
    // Who reads it is its subject's affair; what is written here is for whoever counts.
    posts::insert_like(tx, id, "comment", author, (subject, at))?;
    let (thread, path) = above.map_or((id, String::new()), |(thread, path)| (thread, beneath(&path, id)));
    tx.run(
        "insert into comments (id, subject_id, parent_id, thread_id, path, posted_at, body, html, language, pictures, sensitive, link)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            id,
            subject,
            parent,
            thread,
            &path,
            at,
            &content.body,
            &said.html,
            &content.language,
            &files::to_keep(&content.pictures),
            i64::from(content.sensitive),
            said.link.as_deref()
        ],
    )?;
    uses::add(tx, id.get(), &content.keys())?;
    posts::add_mentioned(tx, id, &said.named)?;
    said.want_card(tx, id, at)?;
    Ok(thread)
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

/// What is made from what a comment says.
pub(super) struct Drawn {
    /// Its words as they are shown.
    html: String,
    /// Whom it names.
    named: Vec<AccountId>,
    /// The link whose card stands under it.
    link: Option<String>,
}

impl Drawn {
    /// `names` says whether a handle in it means somebody here: in what was said elsewhere it meant somebody there.
    pub(super) fn of(tx: &mut Tx, content: &Content, names: bool) -> Result<Self, db::Error> {
        let people = if names { posts::known(tx, &text::note::people(&content.body))? } else { Vec::new() };
        let html = draw(tx, &content.body, &people)?;
        Ok(Self { html, named: people.iter().map(|author| author.id).collect(), link: content.link() })
    }

    /// Asks for the card of its link, as far as its readers let it be known.
    fn want_card(&self, tx: &mut Tx, id: PostId, at: i64) -> Result<(), db::Error> {
        if self.link.is_none() {
            return Ok(());
        }
        let sql = "select s.visibility from comments c join posts s on s.id = c.subject_id where c.id = $1";
        let visibility = tx.one(sql, params![id], |row| Ok(Visibility::named(row.text(0)?).unwrap_or(Visibility::OnlyMe)))?;
        links::want(tx, self.link.as_deref(), visibility, at)
    }
}

/// Writes everything that is made from what a comment says now: its words as they are shown, whom it names, which files it uses, the
/// card that it is to have. Answers whom it names.
pub(in crate::comments) fn write_down(
    tx: &mut Tx,
    id: PostId,
    content: &Content,
    edited: Option<i64>,
    names: bool,
) -> Result<Vec<AccountId>, db::Error> {
    let said = Drawn::of(tx, content, names)?;
    let posted = tx.one(
        "update comments set body = $2, html = $3, language = $4, edited_at = $5, pictures = $6, sensitive = $7, link = $8 where id = $1
         returning posted_at",
        params![
            id,
            &content.body,
            &said.html,
            &content.language,
            edited,
            &files::to_keep(&content.pictures),
            i64::from(content.sensitive),
            said.link.as_deref()
        ],
        |row| row.get(0),
    )?;
    uses::set(tx, id.get(), &content.keys())?;
    posts::set_mentioned(tx, id, &said.named)?;
    said.want_card(tx, id, edited.unwrap_or(posted))?;
    Ok(said.named)
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
