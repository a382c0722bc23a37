//! Writing a group of stories, each with the note that it came in, through the rooms that a story written here goes through.

use ::people::{Town, accounts, pictures};
use db::Tx;
use talk::{PostId, topics};
use things::stories::{self, Changed, Content, DraftState, Saved, Status};
use web::Error;

use super::super::item::{State, Writer};
use super::ready::{self, Ready};
use super::report::{Outcome, Report};
use super::store::{self, Known};
use super::{Wanted, people, sections};
use crate::{
    import_export::Came,
    old_addresses::{self, Target},
    search,
};

/// What holds for every story of a run.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub source: String,
    /// The section for stories without one.
    pub section: String,
    /// Whoever wrote what nobody is named for.
    pub author: Writer,
    /// What new accounts may do: never more than authors.
    pub level: String,
}

impl Rules {
    pub(super) fn of(town: &Town, source: &str, wanted: &Wanted) -> anyhow::Result<Self> {
        let author = match &wanted.author {
            Some(handle) => {
                let handle = handle.trim_start_matches('@').to_owned();
                let inner = handle.clone();
                let found = town.db.read_now(move |tx| accounts::by_handle(tx, &inner))?;
                anyhow::ensure!(found.is_some(), "nobody has the handle “{handle}”; `ocotillo user list` shows all");
                Writer { key: format!("@{handle}"), handle, ..Writer::default() }
            }
            None => Writer { key: "@newsroom".into(), handle: "newsroom".into(), name: "Newsroom".into(), ..Writer::default() },
        };
        let levels = town.levels();
        let level = if levels.named("author").is_some() { "author" } else { "member" };
        let section = wanted.section.clone().unwrap_or_else(|| "News".into());
        Ok(Self { source: source.to_owned(), section, author, level: level.to_owned() })
    }
}

/// Writes some stories. One that cannot be written does not keep the others back.
pub(super) fn group(tx: &mut Tx, group: &[Ready], rules: &Rules, now: i64) -> Result<Report, Error> {
    let mut report = Report::default();
    for ready in group {
        let mut told = Report::default();
        let written = tx.attempt(|tx| one(tx, ready, rules, &mut told, now));
        match written {
            Ok(outcome) => {
                told.count(outcome);
                ready.notes.iter().for_each(|why| told.note(why, &ready.content.headline));
                report.add(told);
            }
            // The disk, the database: nothing of this story's own.
            Err(error @ (Error::Full | Error::Busy)) => return Err(error),
            Err(Error::Broken(cause)) => report.left_out(&ready.content.headline, &format!("could not be written: {cause}")),
            Err(error) => report.left_out(&ready.content.headline, &error.words()),
        }
    }
    // The index looks through what is new, and a server beside this command draws its pages anew.
    jobs::enqueue_once(tx, search::Sweep::KEY, &search::Sweep { before: None }, now)?;
    jobs::enqueue_unique(tx, Came::KEY, &Came {}, now)?;
    Ok(report)
}

fn one(tx: &mut Tx, ready: &Ready, rules: &Rules, report: &mut Report, now: i64) -> Result<Outcome, Error> {
    let known = store::one(tx, &rules.source, "story", &ready.key)?;
    let content = content(tx, ready, rules, report, now)?;
    let (story, outcome) = match &known {
        None => {
            let story = begin(tx, ready, &content, now)?;
            let published = stories::status_of(tx, story)? == Some(Status::Published);
            (story, if published { Outcome::Published } else { Outcome::Kept })
        }
        Some(known) => match change(tx, ready, known, &content, now)? {
            Ok(story) => (story, Outcome::Updated),
            Err(why) => {
                report.note(why, &ready.content.headline);
                let digest = Known { digest: ready.digest.clone(), missing: 0, ..known.clone() };
                store::note(tx, &rules.source, "story", &ready.key, &digest, now)?;
                return Ok(Outcome::Edited);
            }
        },
    };
    // Nobody is told of news that is years old; the index looks by itself.
    jobs::cancel(tx, &Changed::key(story))?;
    follow(tx, ready, story, report, now)?;
    let written = standing(tx, story)?;
    // A picture that is still missing changed nothing.
    let same = known.is_some_and(|known| known.written == written);
    let known = Known { digest: ready.digest.clone(), target: story.to_string(), written, missing: ready.missing };
    store::note(tx, &rules.source, "story", &ready.key, &known, now)?;
    Ok(if same { Outcome::Unchanged } else { outcome })
}

/// The story with the ids of everything it names.
fn content(tx: &mut Tx, ready: &Ready, rules: &Rules, report: &mut Report, now: i64) -> Result<Content, Error> {
    let writers = if ready.item.authors.is_empty() { std::slice::from_ref(&rules.author) } else { &ready.item.authors };
    let mut authors = Vec::with_capacity(writers.len());
    for (place, writer) in writers.iter().enumerate() {
        let portrait = ready.portraits.get(place).and_then(Option::as_ref);
        let account = people::account(tx, rules, writer, portrait, report, now)?;
        if !authors.contains(&account) {
            authors.push(account);
        }
    }
    for taken in &ready.pictures {
        pictures::insert(tx, &taken.picture, authors[0], now)?;
        store::keep_picture(tx, &taken.address, &taken.picture.key)?;
        report.redirects += u64::from(old_addresses::keep(tx, &taken.address, &Target::Picture(taken.picture.key.clone()), now)?);
    }
    let section = sections::section(tx, rules, &ready.item.section, report, now)?;
    Ok(Content { section: Some(section), coauthors: authors, ..ready.content.clone() })
}

/// The first of those who wrote it is its author; the others stand with them.
fn parted(content: &Content) -> (::people::AccountId, Content) {
    let (author, others) = (content.coauthors[0], content.coauthors[1..].to_vec());
    (author, Content { coauthors: others, ..content.clone() })
}

fn begin(tx: &mut Tx, ready: &Ready, content: &Content, now: i64) -> Result<PostId, Error> {
    let (author, content) = parted(content);
    let at = ready.item.published.or(ready.item.updated).unwrap_or(now).min(now);
    let content = dated(ready, content, at, now);
    let story = stories::create(tx, author, &content, at)?;
    go_on(tx, ready, story, author, at, now)?;
    Ok(story)
}

/// A story changed after it was published carries both times.
fn dated(ready: &Ready, content: Content, at: i64, now: i64) -> Content {
    let later = ready.item.updated.is_some_and(|updated| updated.min(now) > at);
    Content { dated: (later && ready.is_published()).then_some(at), ..content }
}

/// From a draft to where the story stood at its source.
fn go_on(tx: &mut Tx, ready: &Ready, story: PostId, author: ::people::AccountId, at: i64, now: i64) -> Result<(), Error> {
    match ready.item.state {
        State::Published => match ready.item.published.filter(|at| *at > now) {
            Some(later) => stories::schedule(tx, story, later, author, now),
            None => stories::publish(tx, story, None, author, ready.item.updated.unwrap_or(at).clamp(at, now.max(at))),
        },
        State::Scheduled(later) if later > now => stories::schedule(tx, story, later, author, now),
        State::Scheduled(_) => stories::publish(tx, story, None, author, at),
        State::Submitted => stories::submit(tx, story, author, at),
        State::Draft(_) => Ok(()),
    }
}

/// Takes a change of the source over, unless somebody changed the story here.
fn change(tx: &mut Tx, ready: &Ready, known: &Known, content: &Content, now: i64) -> Result<Result<PostId, &'static str>, Error> {
    let Ok(story) = known.target.parse::<PostId>() else { return Ok(Err("is noted with no story")) };
    match stories::status_of(tx, story)? {
        None | Some(Status::Removed) => return Ok(Err("was deleted here and stays deleted")),
        Some(_) => {}
    }
    if standing(tx, story)? != known.written {
        return Ok(Err("changed at the source and was edited here; it stays as it is here"));
    }
    let (author, content) = parted(content);
    let at = ready.item.published.or(ready.item.updated).unwrap_or(now).min(now);
    let mut content = dated(ready, content, at, now);
    let draft = stories::open_draft(tx, story)?;
    content.coauthors.retain(|other| *other != author);
    if let Saved::Beside { .. } = stories::save(tx, story, draft.version, &content, author, now)? {
        return Ok(Err("changed at the source and was edited here; it stays as it is here"));
    }
    if stories::status_of(tx, story)? == Some(Status::Published) && !ready.is_published() {
        stories::unpublish(tx, story, author, now)?;
    }
    go_on(tx, ready, story, author, at, now)?;
    Ok(Ok(story))
}

/// What a story is now: changes when anybody edits, publishes or takes it down.
fn standing(tx: &mut Tx, story: PostId) -> Result<String, Error> {
    let draft = stories::open_draft(tx, story)?;
    let status = stories::status_of(tx, story)?;
    let clean = draft.state == DraftState::Clean;
    let said = serde_json::to_string(&(&draft.content, format!("{status:?}"), clean, draft.publish_at)).map_err(Error::broken)?;
    Ok(ready::sha256(said.as_bytes()))
}

/// Old addresses.
fn follow(tx: &mut Tx, ready: &Ready, story: PostId, report: &mut Report, now: i64) -> Result<(), Error> {
    for address in &ready.item.addresses {
        report.redirects += u64::from(old_addresses::keep(tx, address, &Target::Story(story), now)?);
    }
    for label in &ready.item.topics {
        let Some(topic) = ready::topic(&label.name) else { continue };
        if topics::by_key(tx, &topic.key)?.is_some() {
            for address in &label.addresses {
                report.redirects += u64::from(old_addresses::keep(tx, address, &Target::Topic(topic.key.clone()), now)?);
            }
        }
    }
    Ok(())
}
