//! Posting and changing notes.

use db::{Tx, params};
use people::{AccountId, accounts::Author, uses};
use std::collections::HashMap;
use talk::{
    PostId, feeds, links,
    places::{self, Place},
    posts::{self, Visibility},
    revisions,
    topics::{self, Topic},
    views,
};
use web::{Error, Tag};

use crate::{
    notes::{Content, LISTING, Written, links::of as link_of, told},
    polls,
};

/// Posts a note, in the name of whom it says. Whether its writer may is the caller's to ask. Answers its id, and the tags to give to `Pages::changed` once the transaction is committed.
///
/// # Errors
/// When the database does not answer.
pub fn post(tx: &mut Tx, by: AccountId, written: &Written, now: i64) -> Result<(PostId, Vec<Tag>), Error> {
    let (id, author) = (PostId::fresh(), written.speaker.unwrap_or(by));
    posts::insert_out(tx, id, "note", author, (written.audience, now))?;
    let times = Times { posted: now, edited: None, told: Some(now) };
    uses::add(tx, id.get(), &written.content.keys())?;
    let tags = made(tx, id, author, &written.content, (written.audience.visibility, times, &[]))?;
    keep_version(tx, id, by, written, now)?;
    Ok((id, tags))
}

/// Shows a post that is begun to those it is for. Its author is whoever wrote it, or the organization in whose name they did.
pub(in crate::notes) fn publish(tx: &mut Tx, id: PostId, by: AccountId, written: &Written, now: i64) -> Result<Vec<Tag>, Error> {
    publish_and(tx, id, by, written, (now, true))
}

/// The same; whether anybody is told is said, too: nobody is of what is taken down at once.
pub(in crate::notes) fn publish_and(
    tx: &mut Tx,
    id: PostId,
    by: AccountId,
    written: &Written,
    (now, tells): (i64, bool),
) -> Result<Vec<Tag>, Error> {
    let (content, audience) = (&written.content, written.audience);
    let author = written.speaker.unwrap_or(by);
    posts::set_authors(tx, id, &[author])?;
    tx.run(
        "update posts set author_id = $5, visibility = $2, list_id = $4, published_at = $3, updated_at = $3 where id = $1",
        params![id, audience.visibility.name(), now, audience.list, author],
    )?;
    let times = Times { posted: now, edited: None, told: tells.then_some(now) };
    let tags = write_down(tx, id, author, content, (audience.visibility, times))?;
    keep_version(tx, id, by, written, now)?;
    Ok(tags)
}

/// What stands beside the words of a note that is posted: its first version, and its poll.
fn keep_version(tx: &mut Tx, id: PostId, by: AccountId, written: &Written, now: i64) -> Result<(), Error> {
    let number = revision_of(tx, id, by, &written.content, now)?;
    revisions::shows(tx, id, number, &written.content.keys())?;
    match &written.poll {
        Some(poll) => Ok(polls::ask(tx, id, poll, now)?),
        None => Ok(()),
    }
}

/// Changes what a note says. Nothing happens when it says that already.
pub(in crate::notes) fn change(tx: &mut Tx, id: PostId, by: AccountId, content: &Content, now: i64) -> Result<Vec<Tag>, Error> {
    let sql = "select visibility, published_at, author_id from posts where id = $1";
    let (visibility, posted, author): (String, i64, AccountId) =
        tx.one(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let visibility = Visibility::named(&visibility).unwrap_or(Visibility::OnlyMe);
    let before: Option<Content> = revisions::latest(tx, id)?.and_then(|revision| serde_json::from_str(&revision.content).ok());
    if before.as_ref() == Some(content) {
        return Ok(Vec::new());
    }
    // What it named before changes, too.
    let mut tags = tags(tx, id, author)?;
    tx.run("update posts set updated_at = $2 where id = $1", params![id, now])?;
    let times = Times { posted, edited: Some(now), told: Some(now) };
    tags.extend(write_down(tx, id, author, content, (visibility, times))?);
    let number = revision_of(tx, id, by, content, now)?;
    revisions::shows(tx, id, number, &content.keys())?;
    Ok(tags)
}

/// When what a note says came to be.
#[derive(Clone, Copy, Debug)]
pub(in crate::notes) struct Times {
    /// When it was posted.
    pub posted: i64,
    /// When it was changed last, if ever.
    pub edited: Option<i64>,
    /// When those it is news for are told; nobody is told of what comes in from an export.
    pub told: Option<i64>,
}

/// Writes everything that is made from what a note says now: its row, what it shows and whom it names, the feeds it stands in.
pub(in crate::notes) fn write_down(
    tx: &mut Tx,
    id: PostId,
    author: AccountId,
    content: &Content,
    (visibility, times): (Visibility, Times),
) -> Result<Vec<Tag>, Error> {
    let named = posts::mentioned_in(tx, id)?;
    for table in ["post_mentions", "post_topics", "post_places"] {
        tx.run(&format!("delete from {table} where post_id = $1"), params![id])?;
    }
    tx.run("delete from note_pictures where note_id = $1", params![id])?;
    tx.run("delete from feed_entries where post_id = $1 and shared_by is null", params![id])?;
    uses::set(tx, id.get(), &content.keys())?;
    made(tx, id, author, content, (visibility, times, &named))
}

/// Makes all of it, of a note of which nothing is there. `known` are those whom it named before.
fn made(
    tx: &mut Tx,
    id: PostId,
    author: AccountId,
    content: &Content,
    (visibility, times, known): (Visibility, Times, &[AccountId]),
) -> Result<Vec<Tag>, Error> {
    let Times { posted, edited, told } = times;
    let people = posts::known(tx, &text::note::people(&content.body))?;
    put_words(tx, id, content, (&people, visibility), times)?;
    let mut named: Vec<AccountId> = people.iter().map(|author| author.id).collect();
    // What is for those whom it names is a letter to them: it comes to those alone who take it.
    if visibility == Visibility::Mentioned && told.is_some() {
        named = posts::mentioned::reached(tx, author, named)?;
    }
    posts::add_mentioned(tx, id, &named)?;
    if let Some(now) = told {
        told::tell_named(tx, id, author, &named, known, now)?;
        if let Some(quoted) = content.quoted.filter(|_| edited.is_none()) {
            told::tell_quoted(tx, id, author, quoted, &named, now)?;
        }
    }
    let topics = topics::add(tx, id, &text::note::topics(&content.body), posted)?;
    let place = match text::place::parse(&content.place) {
        Some(name) => places::set(tx, id, Some(&name), posted)?,
        None => None,
    };
    let at_home = places::neighbourhood(tx, author, posted)?;
    let mut shelves: Vec<i64> = topics.iter().map(|topic| topic.id.get()).collect();
    shelves.extend(place.iter().map(|place| place.id.get()));
    shelves.extend(at_home.iter().map(|home| home.neighbours));
    feeds::place(tx, id, author, &shelves, visibility, posted)?;
    Ok(tags_of(id, author, &topics, place.as_ref()))
}

/// Its row and its pictures.
fn put_words(
    tx: &mut Tx,
    id: PostId,
    content: &Content,
    (people, visibility): (&[Author], Visibility),
    Times { posted, edited, .. }: Times,
) -> Result<(), db::Error> {
    let html = draw(&content.body, people);
    let link = link_of(content);
    links::want(tx, link.as_deref(), visibility, edited.unwrap_or(posted))?;
    tx.run(
        "insert into notes (id, body, html, warning, language, recording, quoted_id, edited_at, link, sensitive)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (id) do update set body = excluded.body, html = excluded.html, warning = excluded.warning,
           language = excluded.language, recording = excluded.recording, quoted_id = excluded.quoted_id, edited_at = excluded.edited_at,
           link = excluded.link, sensitive = excluded.sensitive",
        params![
            id,
            &content.body,
            &html,
            &content.warning,
            &content.language,
            content.recording.as_deref(),
            content.quoted,
            edited,
            link.as_deref(),
            i64::from(content.sensitive)
        ],
    )?;
    for (position, attached) in content.pictures.iter().enumerate() {
        tx.run(
            "insert into note_pictures (note_id, picture, position, alt) values ($1, $2, $3, $4) on conflict (note_id, picture) do nothing",
            params![id, &attached.key, position, &attached.alt],
        )?;
    }
    Ok(())
}

/// What shows a note that comes, changes or goes.
///
/// # Errors
/// When the database does not answer.
pub fn tags(tx: &mut Tx, id: PostId, author: AccountId) -> Result<Vec<Tag>, db::Error> {
    let (topics, place) = (topics::of(tx, id)?, places::of(tx, id)?);
    Ok(tags_of(id, author, &topics, place.as_ref()))
}

fn tags_of(id: PostId, author: AccountId, topics: &[Topic], place: Option<&Place>) -> Vec<Tag> {
    let mut tags = vec![views::tag(id.get()), Tag("account", author.get()), LISTING];
    tags.extend(topics.iter().map(|topic| Tag("topic", topic.id.get())));
    tags.extend(place.map(|place| Tag("place", place.id.get())));
    tags
}

/// The words of a note as they are shown, with links to these people and to its topics.
fn draw(body: &str, people: &[Author]) -> String {
    let known: HashMap<String, String> = people.iter().map(|author| (text::fold(&author.handle), author.address())).collect();
    let address = |named: text::note::Named<'_>| match named {
        text::note::Named::Person(handle) => known.get(&text::fold(handle)).cloned(),
        text::note::Named::Topic(key) => Some(topics::address(key)),
    };
    text::note::markup(body, &address).into_string()
}

/// Keeps these words as the note's newest version.
fn revision_of(tx: &mut Tx, id: PostId, by: AccountId, content: &Content, now: i64) -> Result<i64, Error> {
    let json = serde_json::to_string(content).map_err(Error::broken)?;
    Ok(revisions::insert(tx, id, by, &json, None, now)?)
}
