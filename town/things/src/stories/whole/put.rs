//! Writing a story that comes in whole.

use db::{Tx, params};
use people::{AccountId, uses};
use talk::posts::{self, Taken};
use web::Error;

use super::{Aside, Parcel, Revision, Whole, store};
use crate::stories::{
    files,
    lifecycle::{self, Publication},
    shelving,
};

/// Rows of revisions and copies that are compared at once.
const PAGE: u32 = 200;

/// Takes a story in. Accounts, sections, pictures and recordings that it names must be here.
///
/// # Errors
/// `Conflict` with what is wrong with it; what the database says of an account that is not here.
pub fn take_back(tx: &mut Tx, parcel: &Parcel, now: i64) -> Result<Taken, Error> {
    parcel.check().map_err(|why| Error::Conflict(why.into()))?;
    let there = &parcel.story;
    let Some(here) = store::one(tx, there.id)? else {
        if tx.first("select 1 from posts where id = $1", params![there.id], |row| row.get::<i64>(0))?.is_some() {
            return Ok(Taken::Foreign);
        }
        put(tx, parcel, now)?;
        return Ok(Taken::New);
    };
    if here.created != there.created || here.author != there.author {
        return Ok(Taken::Foreign);
    }
    if here.removed.is_some() && there.removed.is_none() {
        return Ok(Taken::Removed);
    }
    let (revisions, copies) = (revisions_of(tx, there)?, copies_of(tx, there)?);
    posts::raise_counts(tx, there.id, there.counts())?;
    if same(&here, there) && revisions == parcel.revisions && parcel.copies.iter().all(|copy| copies.contains(copy)) {
        return Ok(Taken::Same);
    }
    if !(behind(&here, there) && parcel.revisions.starts_with(&revisions)) {
        return Ok(Taken::Edited);
    }
    put(tx, parcel, now)?;
    Ok(Taken::Updated)
}

/// All but what is made from the rest, and the counts, which only rise.
fn same(here: &Whole, there: &Whole) -> bool {
    let bare = |story: &Whole| Whole {
        address: None,
        headline: String::new(),
        byline: Vec::new(),
        views: 0,
        comments: 0,
        likes: 0,
        reviews: 0,
        ..story.clone()
    };
    bare(here) == bare(there) && here.byline.iter().map(|author| author.id).eq(there.byline.iter().map(|author| author.id))
}

/// Whether the one that came can have come of the one here: nothing here is later.
fn behind(here: &Whole, there: &Whole) -> bool {
    let working = match (&here.working, &there.working) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(here), Some(there)) => here.version <= there.version && here.at <= there.at,
    };
    working && here.updated <= there.updated
}

fn revisions_of(tx: &mut Tx, story: &Whole) -> Result<Vec<Revision>, Error> {
    let mut all: Vec<Revision> = Vec::new();
    loop {
        let after = all.last().map_or((story.id, 0), |last| (last.story, last.number));
        let page = store::revisions_after(tx, &[story.id], after, PAGE)?;
        let more = page.len() == PAGE as usize;
        all.extend(page);
        if !more {
            return Ok(all);
        }
    }
}

fn copies_of(tx: &mut Tx, story: &Whole) -> Result<Vec<Aside>, Error> {
    store::copies_after(tx, &[story.id], None, (story.id, 0), PAGE)
}

fn put(tx: &mut Tx, parcel: &Parcel, now: i64) -> Result<(), Error> {
    let story = &parcel.story;
    posts::put(tx, &story.spine(), story.counts())?;
    put_revisions(tx, &parcel.revisions, story)?;
    posts::set_authors(tx, story.id, &story.byline.iter().map(|author| author.id).collect::<Vec<_>>())?;
    posts::unshelve(tx, story.id)?;
    if let (Some(newest), Some(section)) = (parcel.revisions.last(), story.section) {
        lifecycle::write_story(tx, story.id, &newest.content, section, story.listed)?;
        shelving::gather(tx, story.id, &newest.content, now)?;
        if let Some(listed) = story.listed {
            let authors: Vec<AccountId> = story.byline.iter().map(|author| author.id).collect();
            shelving::shelve(tx, story.id, section, &authors, listed)?;
        }
    }
    put_working(tx, story)?;
    put_copies(tx, &parcel.copies, story)?;
    // From now on nobody takes its pictures for such that nothing uses.
    Ok(files::hold(tx, story.id)?)
}

fn put_revisions(tx: &mut Tx, revisions: &[Revision], story: &Whole) -> Result<(), Error> {
    tx.run("delete from revisions where post_id = $1", params![story.id])?;
    for revision in revisions {
        let json = serde_json::to_string(&revision.content).map_err(Error::broken)?;
        tx.run(
            "insert into revisions (id, post_id, number, account_id, content, correction, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
            params![revision.id, story.id, revision.number, revision.by, &json, revision.correction.as_deref(), revision.at],
        )?;
        uses::add(tx, revision.id.get(), &revision.content.media_keys())?;
    }
    Ok(())
}

fn put_working(tx: &mut Tx, story: &Whole) -> Result<(), Error> {
    tx.run("delete from drafts where story_id = $1", params![story.id])?;
    jobs::cancel(tx, &lifecycle::key(story.id))?;
    let Some(working) = &story.working else { return Ok(()) };
    let json = working.content.as_ref().map(serde_json::to_string).transpose().map_err(Error::broken)?.unwrap_or_default();
    tx.run(
        "insert into drafts (story_id, version, content, state, publish_at, updated_by, updated_at) values ($1, $2, $3, $4, $5, $6, $7)",
        params![story.id, working.version, &json, &working.state, working.publish, working.by, working.at],
    )?;
    if let Some(at) = working.publish.filter(|_| working.state == "scheduled" && story.removed.is_none()) {
        jobs::enqueue_unique(tx, &lifecycle::key(story.id), &Publication { story: story.id }, at)?;
    }
    Ok(())
}

/// Copies of others stay: what one person took along holds only their own.
fn put_copies(tx: &mut Tx, copies: &[Aside], story: &Whole) -> Result<(), Error> {
    for copy in copies {
        let json = serde_json::to_string(&copy.content).map_err(Error::broken)?;
        tx.run(
            "insert into draft_copies (id, story_id, account_id, version, content, created_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do nothing",
            params![copy.id, story.id, copy.by, copy.version, &json, copy.at],
        )?;
    }
    Ok(())
}
