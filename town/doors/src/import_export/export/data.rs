//! The data: every file of lines, from one snapshot of the database.

use ::people::{
    AccountId, Town,
    connections::whole::{Choice, Circle, Kind, Tie, chosen, circles, ties, ties_of},
    organizations, profiles, safety,
};
use anyhow::Context as _;
use db::{Db, Tx};
use jiff::tz::TimeZone;
use std::{collections::BTreeSet, path::Path};
use talk::{
    PostId,
    comments::whole::{self as comments, Chosen, Ruled},
    context, reactions, reviews, shares,
};
use things::{
    albums::{self, whole::Whole as Album},
    notes::{self, whole::Whole as Note},
    polls,
    stories::{
        Content,
        whole::{self, Whole},
    },
};
use web::Error;

use super::{
    FORMAT, Files, Of, VERSION, Watch,
    identity::{self, AnswerRow, DecisionRow, HeldRow},
    read,
    rows::{Gatherer, Head},
};
use crate::import_export::broken;

/// Stories and albums read at once, and rows of everything else.
const PAGE: u32 = 64;
pub(super) const ROWS: u32 = 500;

/// Where questions go: into one transaction, or each into its own.
pub(super) trait Asked {
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
    let site = db.ask(|tx| read::site(tx, true))?.context("the site is not set up yet")?;
    files.write_one("site.json", &site)?;
    let sections = db.ask(read::sections)?;
    all(files, "sections.jsonl", &sections)?;
    paged(db, files, "accounts.jsonl", |tx, last: Option<&read::AccountRow>| read::accounts(tx, last.map(|row| row.id), ROWS))?;
    for of in [Gatherer::Topics, Gatherer::Places] {
        paged(db, files, of.file(), move |tx, last: Option<&read::NamedRow>| read::gathering(tx, of, last.map(|row| row.id), ROWS))?;
    }
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
    all(files, "identity.jsonl", &[db.ask(identity::identity)?])?;
    paged(db, files, "answers.jsonl", |tx, last: Option<&AnswerRow>| identity::answers(tx, None, last, ROWS))?;
    paged(db, files, "held_badges.jsonl", |tx, last: Option<&HeldRow>| identity::held(tx, last, ROWS))?;
    paged(db, files, "decisions.jsonl", |tx, last: Option<&DecisionRow>| identity::decisions(tx, last, ROWS))?;
    albums(db, files, None, &mut |_| {})?;
    paged(db, files, "profiles.jsonl", |tx, last: Option<&profiles::whole::Line>| {
        Ok(profiles::whole::lines(tx, last.map(|line| line.account), ROWS)?)
    })?;
    organizations(db, files, None)?;
    connections(db, files)?;
    safe(db, files, None)?;
    all(files, "safety.jsonl", &[db.ask(|tx| Ok(safety::whole::site(tx)?))?])?;
    notes(db, files, None, &mut |_| {})?;
    comments(db, files, None, &mut drop)?;
    paged(db, files, "review_criteria.jsonl", |tx, last: Option<&reviews::whole::CriterionLine>| {
        Ok(reviews::whole::criteria(tx, last.map_or(reviews::criteria::CriterionId::new(i64::MIN), |line| line.id), ROWS)?)
    })?;
    reviewed(db, files, None)?;
    paged(db, files, "conversations.jsonl", |tx, last: Option<&Ruled>| Ok(comments::ruled(tx, last.map(|line| line.subject), ROWS)?))?;
    mentions(db, files)?;
    numbers(db, files, site.site().zone())?;
    let kinds = db.ask(|tx| Ok(reactions::whole::kinds(tx)?))?;
    all(files, "reaction_kinds.jsonl", &kinds)?;
    reacted(db, files, None)?;
    super::moderation::of_site(db, files)?;
    contexts(db, files, None)?;
    stories(db, files, None, watch, &mut |_, _| {})
}

/// All organizations, or those that somebody runs.
fn organizations(db: &mut impl Asked, files: &Files, of: Option<AccountId>) -> anyhow::Result<()> {
    paged(db, files, "organizations.jsonl", move |tx, last: Option<&organizations::whole::Line>| {
        Ok(organizations::whole::lines(tx, of, last.map(|line| line.account), ROWS)?)
    })
}

/// What everybody chose for their safety, or somebody.
fn safe(db: &mut impl Asked, files: &Files, of: Option<AccountId>) -> anyhow::Result<()> {
    paged(db, files, "safety_choices.jsonl", move |tx, last: Option<&safety::whole::Line>| {
        Ok(safety::whole::lines(tx, of, last.map(|line| line.account), ROWS)?)
    })
}

/// All reactions, or somebody's.
fn reacted(db: &mut impl Asked, files: &Files, of: Option<AccountId>) -> anyhow::Result<()> {
    paged(db, files, "reactions.jsonl", move |tx, last: Option<&reactions::whole::Line>| {
        Ok(reactions::whole::lines(tx, of, last.map(|line| (line.post, line.by)), ROWS)?)
    })
}

/// All context that readers added, or somebody's, and what they say of it.
fn contexts(db: &mut impl Asked, files: &Files, of: Option<AccountId>) -> anyhow::Result<()> {
    paged(db, files, "contexts.jsonl", move |tx, last: Option<&context::whole::Line>| {
        Ok(context::whole::lines(tx, of, last.map(|line| line.id), ROWS)?)
    })?;
    paged(db, files, "context_ratings.jsonl", move |tx, last: Option<&context::whole::RatingLine>| {
        Ok(context::whole::ratings(tx, of, last.map(|line| (line.context, line.by)), ROWS)?)
    })
}

fn connections(db: &mut impl Asked, files: &Files) -> anyhow::Result<()> {
    for kind in Kind::ALL {
        paged(db, files, kind.file(), move |tx, last: Option<&Tie>| Ok(ties(tx, kind, last, ROWS)?))?;
    }
    paged(db, files, "lists.jsonl", |tx, last: Option<&Circle>| Ok(circles(tx, None, last.map(|list| list.id), ROWS)?))?;
    notice_choices(db, files, None)?;
    paged(db, files, "connection_choices.jsonl", |tx, last: Option<&Choice>| Ok(chosen(tx, last.map(|choice| choice.account), ROWS)?))
}

fn notice_choices(db: &mut impl Asked, files: &Files, of: Option<AccountId>) -> anyhow::Result<()> {
    use ::people::notices::whole::{Line, lines};
    paged(db, files, "notice_choices.jsonl", move |tx, last: Option<&Line>| {
        Ok(lines(tx, of, last.map(|line| (line.account, line.kind.as_str())), ROWS)?)
    })
}

/// Somebody's own connections; answers who and what they are connected with.
fn connections_of(db: &mut impl Asked, files: &Files, account: AccountId) -> anyhow::Result<BTreeSet<i64>> {
    let mut others = BTreeSet::new();
    for kind in Kind::ALL {
        let ties = db.ask(move |tx| Ok(ties_of(tx, kind, account)?))?;
        others.extend(ties.iter().map(|tie| tie.other.get()));
        all(files, kind.file(), &ties)?;
    }
    let lists = db.ask(move |tx| Ok(circles(tx, Some(account), None, ROWS)?))?;
    others.extend(lists.iter().flat_map(|list| &list.members).map(|member| member.account.get()));
    all(files, "lists.jsonl", &lists)?;
    Ok(others)
}

fn mentions(db: &mut impl Asked, files: &Files) -> anyhow::Result<()> {
    use talk::mentions::whole::{Block, Line, Sent, blocks, lines, sent};
    paged(db, files, "mentions.jsonl", |tx, last: Option<&Line>| Ok(lines(tx, last.map(|line| line.id), ROWS)?))?;
    paged(db, files, "mention_blocks.jsonl", |tx, last: Option<&Block>| Ok(blocks(tx, last.map(|block| block.host.as_str()), ROWS)?))?;
    paged(db, files, "mentions_sent.jsonl", |tx, last: Option<&Sent>| {
        Ok(sent(tx, last.map(|sent| (sent.post, sent.target.as_str())), ROWS)?)
    })
}

fn numbers(db: &mut impl Asked, files: &Files, zone: TimeZone) -> anyhow::Result<()> {
    use talk::numbers::whole::{Day, Hour, Place, days, hours};
    paged(db, files, "reading_hours.jsonl", |tx, last: Option<&Hour>| Ok(hours(tx, last.map_or(Place::FIRST, Hour::place))?))?;
    paged(db, files, "reading_days.jsonl", move |tx, last: Option<&Day>| Ok(days(tx, last.map_or(Place::FIRST, Day::place), &zone)?))
}

/// All albums, or somebody's.
fn albums(db: &mut impl Asked, files: &Files, of: Option<AccountId>, seen: &mut dyn FnMut(&Album)) -> anyhow::Result<()> {
    let mut lines = files.lines_into("albums.jsonl")?;
    let mut after = PostId::new(i64::MIN);
    loop {
        let page = db.ask(move |tx| Ok(albums::whole::page(tx, of, after, PAGE)?))?;
        for album in &page {
            seen(album);
            lines.push(album)?;
        }
        match page.last() {
            Some(last) => after = last.id,
            None => return lines.end(),
        }
    }
}

/// All notes, or somebody's, and what belongs to them: drafts, ballots, shares.
fn notes(db: &mut impl Asked, files: &Files, of: Option<AccountId>, seen: &mut dyn FnMut(&Note)) -> anyhow::Result<()> {
    let mut lines = files.lines_into("notes.jsonl")?;
    let mut after = PostId::new(i64::MIN);
    loop {
        let page = db.ask(move |tx| notes::whole::page(tx, of, after, PAGE))?;
        for note in &page {
            seen(note);
            lines.push(note)?;
        }
        match page.last() {
            Some(last) => after = last.id,
            None => break,
        }
    }
    lines.end()?;
    paged(db, files, "note_drafts.jsonl", move |tx, last: Option<&notes::whole::Draft>| {
        notes::whole::drafts(tx, of, last.map_or(PostId::new(i64::MIN), |draft| draft.id), PAGE)
    })?;
    paged(db, files, "ballots.jsonl", move |tx, last: Option<&polls::whole::Ballot>| {
        Ok(polls::whole::ballots(tx, of, last.map(|ballot| (ballot.poll, ballot.by)), ROWS)?)
    })?;
    paged(db, files, "shares.jsonl", move |tx, last: Option<&shares::whole::Line>| {
        Ok(shares::whole::lines(tx, of, last.map(|line| line.id), ROWS)?)
    })
}

/// All comments, or somebody's, and of which conversations they want to hear. `shows` is told the keys of what they show.
fn comments(db: &mut impl Asked, files: &Files, of: Option<AccountId>, shows: &mut dyn FnMut(String)) -> anyhow::Result<()> {
    paged_and(
        db,
        files,
        "comments.jsonl",
        move |tx, last: Option<&comments::Whole>| comments::page(tx, of, last.map_or(PostId::new(i64::MIN), |comment| comment.id), ROWS),
        &mut |comment: &comments::Whole| comment.keys().for_each(&mut *shows),
    )?;
    paged_and(
        db,
        files,
        "waiting_comments.jsonl",
        move |tx, last: Option<&comments::WaitingLine>| Ok(comments::waiting(tx, of, last.map(|line| line.id), ROWS)?),
        &mut |line: &comments::WaitingLine| line.content.keys().into_iter().for_each(&mut *shows),
    )?;
    paged(db, files, "conversation_choices.jsonl", move |tx, last: Option<&Chosen>| Ok(comments::chosen(tx, of, last, ROWS)?))
}

/// All reviews, or somebody's, and who finds which helpful.
fn reviewed(db: &mut impl Asked, files: &Files, of: Option<AccountId>) -> anyhow::Result<()> {
    paged(db, files, "reviews.jsonl", move |tx, last: Option<&reviews::whole::Whole>| {
        reviews::whole::page(tx, of, last.map_or(PostId::new(i64::MIN), |review| review.id), ROWS)
    })?;
    paged(db, files, "review_votes.jsonl", move |tx, last: Option<&reviews::whole::Vote>| Ok(reviews::whole::votes(tx, of, last, ROWS)?))
}

/// What somebody wrote and uploaded, and no more of others than what stands beside it for everyone to read.
fn person(db: &mut Db, account: AccountId, files: &Files, watch: &Watch) -> anyhow::Result<u64> {
    let site = db.ask(|tx| read::site(tx, false))?;
    files.write_one("site.json", &site.context("the site is not set up yet")?)?;
    let sections = db.ask(read::sections)?;
    all(files, "sections.jsonl", &sections)?;
    let mut beside = BTreeSet::from([account]);
    let (mut media, mut topics, mut places) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let count = stories(db, files, Some(account), watch, &mut |story, content| {
        if let Some(story) = story {
            beside.extend(story.byline.iter().map(|author| author.id));
            beside.extend(story.working.iter().map(|working| working.by));
        }
        if let Some((by, content)) = content {
            beside.extend(by.into_iter().chain(content.coauthors.iter().copied()));
            media.extend(content.media_keys());
            topics.extend(content.topics.iter().filter_map(|topic| text::topic::parse(topic)).map(|topic| topic.key));
            places.extend(text::place::parse(&content.place).map(|place| place.key));
        }
    })?;
    albums(db, files, Some(account), &mut |album| {
        beside.extend(album.byline.iter().map(|author| author.id));
        media.extend(album.keys().map(ToOwned::to_owned));
    })?;
    notes(db, files, Some(account), &mut |note| {
        media.extend(note.keys());
        topics.extend(note.versions.iter().flat_map(|version| text::note::topics(&version.content.body)).map(|topic| topic.key));
        places.extend(note.versions.iter().filter_map(|version| text::place::parse(&version.content.place)).map(|place| place.key));
    })?;
    comments(db, files, Some(account), &mut |key| media.extend([key]))?;
    super::moderation::of_person(db, files, account)?;
    reviewed(db, files, Some(account))?;
    reacted(db, files, Some(account))?;
    contexts(db, files, Some(account))?;
    notice_choices(db, files, Some(account))?;
    safe(db, files, Some(account))?;
    paged(db, files, "answers.jsonl", move |tx, last: Option<&AnswerRow>| identity::answers(tx, Some(account), last, ROWS))?;
    organizations(db, files, Some(account))?;
    let run = db.ask(move |tx| Ok(organizations::memberships(tx, account)?))?;
    beside.extend(run.iter().map(|one| one.organization.id));
    let others = connections_of(db, files, account)?;
    beside.extend(others.iter().copied().map(AccountId::new));
    for (of, keys) in [(Gatherer::Topics, &mut topics), (Gatherer::Places, &mut places)] {
        let others = others.clone();
        keys.extend(db.ask(move |tx| read::keys_of(tx, of, &others))?);
    }
    let profile = db.ask(move |tx| Ok(profiles::whole::line(tx, account)?))?;
    media.extend(profile.cover.clone());
    all(files, "profiles.jsonl", &[profile])?;
    let own = db.ask(move |tx| read::library(tx, account))?;
    media.extend(own);
    let rows = db.ask(move |tx| read::people(tx, &beside, account))?;
    media.extend(rows.iter().filter(|row| row.id == account).filter_map(|row| row.picture.clone()));
    all(files, "accounts.jsonl", &rows)?;
    for (of, keys) in [(Gatherer::Topics, topics), (Gatherer::Places, places)] {
        let rows = db.ask(move |tx| read::gathering_named(tx, of, &keys))?;
        all(files, of.file(), &rows)?;
    }
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

pub(super) fn all<T: serde::Serialize>(files: &Files, name: &str, rows: &[T]) -> anyhow::Result<()> {
    let mut lines = files.lines_into(name)?;
    rows.iter().try_for_each(|row| lines.push(row))?;
    lines.end()
}

/// A file whose rows are read a page at a time, each after the last of the page before.
pub(super) fn paged<T: serde::Serialize + Clone + Send + 'static>(
    db: &mut impl Asked,
    files: &Files,
    name: &str,
    page: impl Fn(&mut Tx, Option<&T>) -> Result<Vec<T>, Error> + Clone + Send + 'static,
) -> anyhow::Result<()> {
    paged_and(db, files, name, page, &mut |_| {})
}

/// The same; `seen` sees each row go by.
fn paged_and<T: serde::Serialize + Clone + Send + 'static>(
    db: &mut impl Asked,
    files: &Files,
    name: &str,
    page: impl Fn(&mut Tx, Option<&T>) -> Result<Vec<T>, Error> + Clone + Send + 'static,
    seen: &mut dyn FnMut(&T),
) -> anyhow::Result<()> {
    let mut lines = files.lines_into(name)?;
    let mut last: Option<T> = None;
    loop {
        let (after, page) = (last.take(), page.clone());
        let rows = db.ask(move |tx| page(tx, after.as_ref()))?;
        rows.iter().try_for_each(|row| lines.push(row))?;
        rows.iter().for_each(&mut *seen);
        last = rows.last().cloned();
        if last.is_none() {
            return lines.end();
        }
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
