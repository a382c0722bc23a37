//! The data: every file of lines, from one snapshot of the database.

use ::people::{AccountId, Town};
use anyhow::Context as _;
use db::{Db, Tx};
use std::{collections::BTreeSet, path::Path};
use talk::PostId;
use things::stories::{
    Content,
    whole::{self, Whole},
};
use web::Error;

use super::{FORMAT, Files, Of, VERSION, Watch, read, rows::Head};
use crate::import_export::broken;

/// Stories read at once, and rows of everything else.
const PAGE: u32 = 64;
const ROWS: u32 = 500;

/// Where questions go: into one transaction, or each into its own.
trait Asked {
    fn ask<T: Send + 'static>(&mut self, question: impl FnMut(&mut Tx) -> Result<T, Error> + Send + 'static) -> anyhow::Result<T>;
}

struct Snapshot<'t, 'a>(&'t mut Tx<'a>);

impl Asked for Snapshot<'_, '_> {
    fn ask<T: Send + 'static>(&mut self, mut question: impl FnMut(&mut Tx) -> Result<T, Error> + Send + 'static) -> anyhow::Result<T> {
        question(self.0).map_err(broken)
    }
}

/// A server's threads are for its pages: a member's export takes one for a page of it and gives it back.
impl Asked for Db {
    fn ask<T: Send + 'static>(&mut self, question: impl FnMut(&mut Tx) -> Result<T, Error> + Send + 'static) -> anyhow::Result<T> {
        self.read_now(question).map_err(broken)
    }
}

/// Writes the data; answers how many stories there are.
pub(super) fn write(town: &Town, of: Of, folder: &Path, watch: &Watch) -> anyhow::Result<u64> {
    let files = Files::in_folder(folder);
    let head = Head {
        format: FORMAT.into(),
        version: VERSION,
        of: if of == Of::Site { "site" } else { "person" }.into(),
        account: match of {
            Of::Site => None,
            Of::Person(account) => Some(account),
        },
        origin: town.origin().to_owned(),
    };
    files.write_one("ocotillo.json", &head)?;
    match of {
        Of::Person(account) => person(&mut town.db.clone(), account, &files, watch),
        Of::Site => {
            let watch = watch.clone();
            // Should it run a second time, every file begins anew.
            town.db.read_now(move |tx| site(&mut Snapshot(tx), &files, &watch))
        }
    }
}

fn site(db: &mut impl Asked, files: &Files, watch: &Watch) -> anyhow::Result<u64> {
    let site = db.ask(|tx| read::site(tx, true))?;
    files.write_one("site.json", &site.context("the site is not set up yet")?)?;
    let sections = db.ask(read::sections)?;
    all(files, "sections.jsonl", &sections)?;
    paged(db, files, "accounts.jsonl", |tx, last: Option<&read::AccountRow>| read::accounts(tx, last.map(|row| row.id), ROWS))?;
    paged(db, files, "topics.jsonl", |tx, last: Option<&read::TopicRow>| read::topics(tx, last.map(|row| row.id), ROWS))?;
    paged(db, files, "pictures.jsonl", |tx, last: Option<&read::PictureRow>| read::pictures(tx, last.map(|row| row.key.as_str()), ROWS))?;
    paged(db, files, "recordings.jsonl", |tx, last: Option<&read::RecordingRow>| {
        read::recordings(tx, last.map(|row| row.key.as_str()), ROWS)
    })?;
    paged(db, files, "addresses.jsonl", |tx, last: Option<&read::AddressRow>| {
        read::addresses(tx, last.map(|row| row.path.as_str()), ROWS)
    })?;
    paged(db, files, "origins.jsonl", |tx, last: Option<&read::OriginRow>| {
        read::origins(tx, last.map(|row| (row.source.as_str(), row.item.as_str())), ROWS)
    })?;
    paged(db, files, "remarks.jsonl", |tx, last: Option<&read::RemarkRow>| {
        read::remarks(tx, last.map(|row| (row.source.as_str(), row.item.as_str())), ROWS)
    })?;
    paged(db, files, "front_pages.jsonl", |tx, last: Option<&read::FrontRow>| read::front_pages(tx, last.map(|row| row.id), ROWS))?;
    stories(db, files, None, watch, &mut |_, _| {})
}

/// What somebody wrote and uploaded, and no more of others than what stands beside it for everyone to read.
fn person(db: &mut Db, account: AccountId, files: &Files, watch: &Watch) -> anyhow::Result<u64> {
    let site = db.ask(|tx| read::site(tx, false))?;
    files.write_one("site.json", &site.context("the site is not set up yet")?)?;
    let sections = db.ask(read::sections)?;
    all(files, "sections.jsonl", &sections)?;
    let mut beside = BTreeSet::from([account]);
    let (mut media, mut topics) = (BTreeSet::new(), BTreeSet::new());
    let count = stories(db, files, Some(account), watch, &mut |story, content| {
        if let Some(story) = story {
            beside.extend(story.byline.iter().map(|author| author.id));
            beside.extend(story.working.iter().map(|working| working.by));
        }
        if let Some((by, content)) = content {
            beside.extend(by.into_iter().chain(content.coauthors.iter().copied()));
            media.extend(content.media_keys());
            topics.extend(content.topics.iter().filter_map(|topic| text::topic::parse(topic)).map(|topic| topic.key));
        }
    })?;
    let own = db.ask(move |tx| read::library(tx, account))?;
    media.extend(own);
    let rows = db.ask(move |tx| read::people(tx, &beside, account))?;
    media.extend(rows.iter().filter(|row| row.id == account).filter_map(|row| row.picture.clone()));
    all(files, "accounts.jsonl", &rows)?;
    let rows = db.ask(move |tx| read::topics_named(tx, &topics))?;
    all(files, "topics.jsonl", &rows)?;
    let keys = media.clone();
    let recordings = db.ask(move |tx| read::recordings_named(tx, &keys))?;
    media.extend(recordings.iter().filter_map(|recording| recording.poster.clone()));
    let pictures = db.ask(move |tx| read::pictures_named(tx, &media))?;
    all(files, "pictures.jsonl", &pictures)?;
    all(files, "recordings.jsonl", &recordings)?;
    let saved = db.ask(move |tx| read::saved(tx, account))?;
    all(files, "saved.jsonl", &saved)?;
    Ok(count)
}

fn all<T: serde::Serialize>(files: &Files, name: &str, rows: &[T]) -> anyhow::Result<()> {
    let mut lines = files.lines_into(name)?;
    rows.iter().try_for_each(|row| lines.push(row))?;
    lines.end()
}

/// A file whose rows are read a page at a time, each after the last of the page before.
fn paged<T: serde::Serialize + Clone + Send + 'static>(
    db: &mut impl Asked,
    files: &Files,
    name: &str,
    page: impl Fn(&mut Tx, Option<&T>) -> Result<Vec<T>, Error> + Copy + Send + 'static,
) -> anyhow::Result<()> {
    let mut lines = files.lines_into(name)?;
    let mut last: Option<T> = None;
    loop {
        let after = last.take();
        let rows = db.ask(move |tx| page(tx, after.as_ref()))?;
        rows.iter().try_for_each(|row| lines.push(row))?;
        if rows.len() < ROWS as usize {
            return lines.end();
        }
        last = rows.last().cloned();
    }
}

/// What of a story goes by: the story, or a version of it with whoever wrote it.
type Seen<'a> = &'a mut dyn FnMut(Option<&Whole>, Option<(Option<AccountId>, &Content)>);

fn stories(db: &mut impl Asked, files: &Files, of: Option<AccountId>, watch: &Watch, seen: Seen<'_>) -> anyhow::Result<u64> {
    let total = db.ask(move |tx| Ok(whole::count(tx, of)?))?;
    let total = u64::try_from(total).unwrap_or(0);
    let (mut stories, mut revisions, mut copies) =
        (files.lines_into("stories.jsonl")?, files.lines_into("revisions.jsonl")?, files.lines_into("copies.jsonl")?);
    let (mut after, mut done) = (PostId::new(i64::MIN), 0);
    loop {
        watch.at("stories", done, total)?;
        let page = db.ask(move |tx| whole::page(tx, of, after, PAGE))?;
        let Some(last) = page.last() else { break };
        after = last.id;
        let ids: Vec<PostId> = page.iter().map(|story| story.id).collect();
        for story in &page {
            seen(Some(story), story.working.as_ref().and_then(|working| Some((Some(working.by), working.content.as_ref()?))));
            stories.push(story)?;
        }
        let mut from = whole::before(&ids);
        loop {
            let ids = ids.clone();
            let rows = db.ask(move |tx| whole::revisions_after(tx, &ids, from, PAGE))?;
            for row in &rows {
                seen(None, Some((Some(row.by), &row.content)));
                revisions.push(row)?;
            }
            let Some(last) = rows.last().filter(|_| rows.len() == PAGE as usize) else { break };
            from = (last.story, last.number);
        }
        let mut from = whole::before(&ids);
        loop {
            let ids = ids.clone();
            let rows = db.ask(move |tx| whole::copies_after(tx, &ids, of, from, PAGE))?;
            for row in &rows {
                seen(None, Some((Some(row.by), &row.content)));
                copies.push(row)?;
            }
            let Some(last) = rows.last().filter(|_| rows.len() == PAGE as usize) else { break };
            from = (last.story, last.id.get());
        }
        done += page.len() as u64;
    }
    watch.at("stories", done, total)?;
    stories.end()?;
    revisions.end()?;
    copies.end()?;
    Ok(done)
}
