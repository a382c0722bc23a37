//! Reading notes whole, a page at a time, and writing those that come in.

use db::{Row, Tx, params};
use people::{AccountId, accounts, pictures, recordings};
use std::collections::HashMap;
use talk::{
    PostId,
    gate::Waits,
    posts::{self, Audience, Visibility},
    revisions,
};
use web::Error;

use super::{Draft, Taken, Version, Whole, sound};
use crate::{
    notes::{Content, address, drafts, store},
    polls,
};

const COLUMNS: &str = "p.id, p.author_id, p.visibility, p.list_id, p.created_at, p.updated_at, p.published_at, p.deleted_at,
    c.views, c.comments, c.likes, c.reviews, a.handle, i.created_at, p.covered_at";
const JOINS: &str = "join posts p on p.id = n.id join post_counts c on c.post_id = n.id join accounts a on a.id = p.author_id
    left join pins i on i.post_id = n.id and i.account_id = p.author_id";

/// How many notes somebody posted, without those that were removed.
pub fn count(tx: &mut Tx, of: AccountId) -> Result<i64, db::Error> {
    tx.one(
        "select count(*) from post_authors x join notes n on n.id = x.post_id join posts p on p.id = n.id
         where x.account_id = $1 and p.deleted_at is null",
        params![of],
        |row| row.get(0),
    )
}

/// Notes by their ids, those after `after`: all of them, or somebody's without what was removed.
///
/// # Errors
/// When the database does not answer, or a version is not understood.
pub fn page(tx: &mut Tx, of: Option<AccountId>, after: PostId, limit: u32) -> Result<Vec<Whole>, Error> {
    let notes = match of {
        None => {
            let sql = format!("select {COLUMNS} from notes n {JOINS} where n.id > $1 order by n.id limit $2");
            tx.all(&sql, params![after, limit], whole)?
        }
        Some(account) => {
            let sql = format!(
                "select {COLUMNS} from post_authors x join notes n on n.id = x.post_id {JOINS}
                 where x.account_id = $1 and x.post_id > $2 and p.deleted_at is null order by x.post_id limit $3"
            );
            tx.all(&sql, params![account, after, limit], whole)?
        }
    };
    finish(tx, notes)
}

fn whole(row: &Row) -> Result<Whole, db::Error> {
    let (id, visibility): (PostId, String) = (row.get(0)?, row.get(2)?);
    let visibility = Visibility::named(&visibility).unwrap_or(Visibility::OnlyMe);
    Ok(Whole {
        id,
        address: Some(address(row.text(12)?, id)),
        author: row.get(1)?,
        byline: Vec::new(),
        audience: Audience { visibility, list: row.get(3)? },
        created: row.get(4)?,
        updated: row.get(5)?,
        posted: row.get(6)?,
        removed: row.get(7)?,
        pinned: row.get(13)?,
        covered: row.get(14)?,
        views: row.get(8)?,
        comments: row.get(9)?,
        likes: row.get(10)?,
        reviews: row.get(11)?,
        poll: None,
        versions: Vec::new(),
    })
}

fn finish(tx: &mut Tx, mut notes: Vec<Whole>) -> Result<Vec<Whole>, Error> {
    let ids: Vec<PostId> = notes.iter().map(|note| note.id).collect();
    let mut bylines = posts::bylines(tx, &ids)?;
    let mut asked = polls::whole::of(tx, &ids)?;
    let mut versions: HashMap<PostId, Vec<(i64, String, AccountId)>> = HashMap::new();
    let sql = format!(
        "select post_id, created_at, content, account_id from revisions where post_id in ({}) order by post_id, number",
        db::places(1, ids.len())
    );
    tx.all(&sql, &db::padded(&ids), |row| {
        versions.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?, row.get(3)?));
        Ok(())
    })?;
    for note in &mut notes {
        note.byline = bylines.remove(&note.id).unwrap_or_default();
        note.poll = asked.remove(&note.id);
        for (at, json, by) in versions.remove(&note.id).unwrap_or_default() {
            note.versions.push(Version {
                at,
                by: Some(by).filter(|by| *by != note.author),
                content: serde_json::from_str(&json).map_err(Error::broken)?,
            });
        }
    }
    Ok(notes)
}

/// Takes a note in. The accounts that it names must be here; files that are not stay away.
///
/// # Errors
/// `Conflict` with what is wrong with it; what the database says of an account that is not here.
pub fn take_back(tx: &mut Tx, there: &Whole) -> Result<Taken, Error> {
    there.check().map_err(|why| Error::Conflict(why.into()))?;
    let Some(here) = one(tx, there.id)? else {
        if tx.first("select 1 from posts where id = $1", params![there.id], |row| row.get::<i64>(0))?.is_some() {
            return Ok(Taken::Foreign);
        }
        put(tx, there)?;
        return Ok(Taken::New);
    };
    if here.created != there.created || here.author != there.author {
        return Ok(Taken::Foreign);
    }
    if here.removed.is_some() && there.removed.is_none() {
        return Ok(Taken::Removed);
    }
    posts::raise_counts(tx, there.id, there.counts())?;
    if let Some(poll) = &there.poll {
        polls::whole::raise(tx, there.id, poll)?;
    }
    if same(&here, there) {
        return Ok(Taken::Same);
    }
    if here.updated >= there.updated {
        return Ok(Taken::Edited);
    }
    put(tx, there)?;
    Ok(Taken::Updated)
}

fn one(tx: &mut Tx, id: PostId) -> Result<Option<Whole>, Error> {
    let found = tx.all(&format!("select {COLUMNS} from notes n {JOINS} where n.id = $1"), params![id], whole)?;
    Ok(finish(tx, found)?.pop())
}

/// All but what is made from the rest, and what only rises.
fn same(here: &Whole, there: &Whole) -> bool {
    let bare =
        |note: &Whole| Whole { address: None, byline: Vec::new(), poll: None, views: 0, comments: 0, likes: 0, reviews: 0, ..note.clone() };
    bare(here) == bare(there)
}

fn put(tx: &mut Tx, note: &Whole) -> Result<(), Error> {
    let Some(newest) = note.newest() else { return Ok(()) };
    posts::put(tx, &note.spine(), note.counts())?;
    // A file never lifts what the staff of this site covered.
    let sql = "update posts set list_id = $2, covered_at = coalesce(covered_at, $3) where id = $1";
    tx.run(sql, params![note.id, note.audience.list, note.covered])?;
    posts::set_authors(tx, note.id, &[note.author])?;
    let edited = note.versions.last().filter(|_| note.versions.len() > 1).map(|version| version.at);
    let here = with_files_here(tx, newest)?;
    let times = store::Times { posted: note.posted, edited, told: None };
    store::write_down(tx, note.id, note.author, &here, (note.audience.visibility, times))?;
    tx.run("delete from revisions where post_id = $1", params![note.id])?;
    for version in &note.versions {
        let json = serde_json::to_string(&version.content).map_err(Error::broken)?;
        let by = match version.by {
            Some(by) if accounts::by_id(tx, by)?.is_some() => by,
            _ => note.author,
        };
        let number = revisions::insert(tx, note.id, by, &json, None, version.at)?;
        revisions::shows(tx, note.id, number, &version.content.keys())?;
    }
    tx.run("delete from pins where post_id = $1", params![note.id])?;
    if let Some(pinned) = note.pinned {
        tx.run("insert into pins (account_id, post_id, created_at) values ($1, $2, $3)", params![note.author, note.id, pinned])?;
    }
    if let Some(poll) = &note.poll {
        polls::whole::put(tx, note.id, poll)?;
    }
    Ok(())
}

fn with_files_here(tx: &mut Tx, content: &Content) -> Result<Content, Error> {
    let keys = content.keys();
    let mut here: Vec<String> = pictures::find_all(tx, &keys)?.into_iter().map(|picture| picture.key).collect();
    here.extend(recordings::find_all(tx, &keys)?.into_iter().map(|recording| recording.key));
    let mut content = content.clone();
    content.pictures.retain(|attached| here.contains(&attached.key));
    content.recording = content.recording.filter(|key| here.contains(key));
    Ok(content)
}

/// Words that are not posted yet, by their ids: all of them, or somebody's.
///
/// # Errors
/// When the database does not answer, or a draft is not understood.
pub fn drafts(tx: &mut Tx, of: Option<AccountId>, after: PostId, limit: u32) -> Result<Vec<Draft>, Error> {
    let sql =
        "select d.post_id, d.account_id, p.created_at, d.updated_at, d.publish_at, d.content, d.held_at, d.held_why, d.held_for, d.label
         from note_drafts d join posts p on p.id = d.post_id
         where d.post_id > $1 and (cast($2 as bigint) = 0 or d.account_id = $2) order by d.post_id limit $3";
    let rows = tx.all(sql, params![after, of.map_or(0, AccountId::get), limit], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get::<String>(5)?, Waits::read(row, 6)?))
    })?;
    let draft = |(id, author, created, updated, publish, json, held): (_, _, _, _, _, String, Option<Waits>)| {
        let written = serde_json::from_str(&json).map_err(Error::broken)?;
        let held = if of.is_some() { held.map(Waits::for_its_author) } else { held };
        Ok(Draft { id, author, created, updated, publish, held, written })
    };
    rows.into_iter().map(draft).collect()
}

/// Takes a draft in, unless something of its id is here. One that is to be posted by itself is, when its time comes.
///
/// # Errors
/// What the database says of an account that is not here.
pub fn take_draft(tx: &mut Tx, draft: &Draft) -> Result<bool, db::Error> {
    let known = tx.first("select 1 from posts where id = $1", params![draft.id], |row| row.get::<i64>(0))?.is_some();
    if known || sound(&draft.written.content).is_err() {
        return Ok(false);
    }
    let written = &draft.written;
    store::keep_draft(tx, draft.id, draft.author, written, (draft.created, draft.updated))?;
    drafts::schedule(tx, draft.id, draft.publish)?;
    if let Some(waits) = &draft.held {
        store::hold_draft(tx, draft.id, (&waits.held(), &waits.label), waits.at)?;
    }
    Ok(true)
}
