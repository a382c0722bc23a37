//! Reading notes as a viewer sees them: a handful of statements for a page of them, however many they are.

use db::{Row, Tx, params};
use people::{
    AccountId, Viewer,
    accounts::Author,
    badges, blocks, organizations,
    pictures::{Focus, Shown},
    recordings::{self, Recording},
};
use std::collections::{HashMap, HashSet};
use talk::{
    PostId, context,
    files::Attached,
    links, pins,
    places::{Place, PlaceId},
    posts::{Visibility, readable, reader},
    reactions::{self, Reactions},
    saved, shares,
};
use web::Error;

use crate::{
    notes::{Content, Note, Quoted},
    polls,
};

/// One note.
///
/// # Errors
/// `NotFound` when there is none that this viewer may read; `Gone` when everyone could, and its author removed it.
pub fn find(tx: &mut Tx, viewer: &Viewer, id: PostId) -> Result<Note, Error> {
    if let Some(note) = notes(tx, viewer, &[id])?.pop() {
        return Ok(note);
    }
    let gone = "select 1 from posts where id = $1 and kind = 'note' and deleted_at is not null and visibility in ('public', 'quiet')";
    match tx.first(gone, params![id], |row| row.get::<i64>(0))? {
        Some(_) => Err(Error::Gone),
        None => Err(Error::NotFound),
    }
}

/// Those of these notes that a viewer may read, in this order, each with what it speaks of.
pub fn notes(tx: &mut Tx, viewer: &Viewer, ids: &[PostId]) -> Result<Vec<Note>, db::Error> {
    let mut found = bare(tx, viewer, ids)?;
    let quoted: Vec<PostId> = found.iter().filter_map(|note| note.content.quoted).collect();
    if quoted.is_empty() {
        return Ok(found);
    }
    let spoken_of: HashMap<PostId, Note> = bare(tx, viewer, &quoted)?.into_iter().map(|note| (note.id, note)).collect();
    let muted = muted_among(tx, viewer, spoken_of.values())?;
    for note in &mut found {
        // Somebody else brings up who is muted: that is what a mute is against.
        let spoken_of =
            |id: &PostId| spoken_of.get(id).filter(|quoted| quoted.author.id == note.author.id || !muted.contains(&quoted.author.id));
        note.quoted = note.content.quoted.map(|id| spoken_of(&id).map_or(Quoted::Away, |note| Quoted::Note(Box::new(note.clone()))));
    }
    Ok(found)
}

/// Those of the authors of these notes whom a viewer mutes.
fn muted_among<'n>(tx: &mut Tx, viewer: &Viewer, notes: impl Iterator<Item = &'n Note>) -> Result<HashSet<AccountId>, db::Error> {
    let mut authors: Vec<AccountId> = notes.map(|note| note.author.id).collect();
    authors.sort_unstable();
    authors.dedup();
    match &viewer.me {
        Some(me) if !authors.is_empty() => blocks::muted_among(tx, me.id, &authors),
        _ => Ok(HashSet::new()),
    }
}

fn bare(tx: &mut Tx, viewer: &Viewer, ids: &[PostId]) -> Result<Vec<Note>, db::Error> {
    let sql = format!(
        "select n.id, a.id, a.handle, a.name, a.picture, p.visibility, n.body, n.html, n.warning, n.language, n.recording, n.quoted_id,
           p.published_at, n.edited_at, c.shares, k.url, k.title, k.description, k.site, l.id, l.name, l.key, l.neighbours_id, c.comments, p.label, c.contexts, n.sensitive, p.covered_at, a.kind
         from notes n left join link_cards k on k.url = n.link and k.title <> ''
         left join post_places x on x.post_id = n.id left join places l on l.id = x.place_id join posts p on p.id = n.id join post_counts c on c.post_id = n.id join accounts a on a.id = p.author_id
         where n.id in ({}) and {}",
        db::places(2, ids.len()),
        readable(1)
    );
    let mut with_context = Vec::new();
    let mut found: HashMap<PostId, Note> = HashMap::new();
    for (note, contexts) in
        tx.all(&sql, &[params![reader(viewer)], &db::padded(ids)].concat(), |row| Ok((note(row)?, row.get::<i64>(25)?)))?
    {
        with_context.extend((contexts > 0).then_some(note.id));
        found.insert(note.id, note);
    }
    for (id, contexts) in context::shown(tx, &with_context)? {
        if let Some(note) = found.get_mut(&id) {
            note.contexts = contexts;
        }
    }
    let mut seen = HashSet::new();
    let mut notes: Vec<Note> = ids.iter().filter(|id| seen.insert(**id)).filter_map(|id| found.remove(id)).collect();
    if !notes.is_empty() {
        hang(tx, &mut notes)?;
        play(tx, &mut notes)?;
        told(tx, viewer, &mut notes)?;
    }
    Ok(notes)
}

fn note(row: &Row) -> Result<Note, db::Error> {
    let place = place(row)?;
    Ok(Note {
        id: row.get(0)?,
        author: Author { id: row.get(1)?, handle: row.get(2)?, name: row.get(3)?, picture: row.get(4)? },
        badges: Vec::new(),
        of_organization: row.text(28)? == "organization",
        written_by: None,
        may_change: false,
        visibility: Visibility::named(row.text(5)?).unwrap_or(Visibility::OnlyMe),
        content: Content {
            body: row.get(6)?,
            warning: row.get(8)?,
            sensitive: row.get::<i64>(26)? == 1,
            language: row.get(9)?,
            place: place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
            pictures: Vec::new(),
            recording: row.get(10)?,
            quoted: row.get(11)?,
        },
        place,
        html: row.get(7)?,
        posted_at: row.get(12)?,
        edited_at: row.get(13)?,
        pictures: Vec::new(),
        recording: None,
        card: links::card(row, 15)?,
        poll: None,
        covered: row.get::<Option<i64>>(27)?.is_some(),
        quoted: None,
        comments: row.get(23)?,
        label: row.get(24)?,
        shares: row.get(14)?,
        shared: false,
        saved: false,
        pinned: false,
        reactions: Reactions::default(),
        contexts: Vec::new(),
    })
}

fn place(row: &Row) -> Result<Option<Place>, db::Error> {
    let Some(id) = row.get::<Option<PlaceId>>(19)? else { return Ok(None) };
    Ok(Some(Place { id, name: row.get(20)?, key: row.get(21)?, neighbours: row.get(22)? }))
}

/// Their pictures.
fn hang(tx: &mut Tx, notes: &mut [Note]) -> Result<(), db::Error> {
    let ids: Vec<PostId> = notes.iter().map(|note| note.id).collect();
    let sql = format!(
        "select n.note_id, n.picture, n.alt, i.width, i.height, i.blur, i.focus_x, i.focus_y
         from note_pictures n join pictures i on i.key = n.picture where n.note_id in ({}) order by n.note_id, n.position",
        db::places(1, ids.len())
    );
    let mut shown: HashMap<PostId, Vec<Shown>> = HashMap::new();
    tx.all(&sql, &db::padded(&ids), |row| {
        let one = Shown {
            key: row.get(1)?,
            alt: row.get(2)?,
            width: row.get(3)?,
            height: row.get(4)?,
            blur: row.get(5)?,
            focus: Focus::at(row.get(6)?, row.get(7)?),
        };
        shown.entry(row.get(0)?).or_default().push(one);
        Ok(())
    })?;
    for note in notes {
        note.pictures = shown.remove(&note.id).unwrap_or_default();
        note.content.pictures = note.pictures.iter().map(|shown| Attached { key: shown.key.clone(), alt: shown.alt.clone() }).collect();
    }
    Ok(())
}

fn play(tx: &mut Tx, notes: &mut [Note]) -> Result<(), db::Error> {
    let keys: Vec<String> = notes.iter().filter_map(|note| note.content.recording.clone()).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let found: HashMap<String, Recording> =
        recordings::find_all(tx, &keys)?.into_iter().map(|recording| (recording.key.clone(), recording)).collect();
    for note in notes {
        note.recording = note.content.recording.as_ref().and_then(|key| found.get(key)).cloned();
    }
    Ok(())
}

/// Their polls, and what the viewer did with them.
fn told(tx: &mut Tx, viewer: &Viewer, notes: &mut [Note]) -> Result<(), db::Error> {
    let ids: Vec<PostId> = notes.iter().map(|note| note.id).collect();
    let me = Some(reader(viewer)).filter(|id| *id != 0).map(AccountId::new);
    let mut authors: Vec<AccountId> = notes.iter().map(|note| note.author.id).collect();
    authors.sort_unstable();
    authors.dedup();
    let held = badges::held(tx, &authors)?;
    let mut polls = polls::of(tx, me, &ids)?;
    let mut reacted = reactions::of(tx, viewer, &ids)?;
    let (mut mine, mut kept, mut pinned) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(me) = me {
        mine = shares::among(tx, me, &ids)?;
        kept = saved::among(tx, me, &ids)?;
        if notes.iter().any(|note| note.author.id == me) {
            pinned = pins::among(tx, me, &ids)?;
        }
    }
    let organizations = run_by(tx, viewer, notes)?;
    for organization in organizations {
        pinned.extend(pins::among(tx, organization, &ids)?);
    }
    for note in notes {
        note.may_change |= me == Some(note.author.id);
        note.badges = held.get(&note.author.id).cloned().unwrap_or_default();
        note.poll = polls.remove(&note.id);
        note.reactions = reacted.remove(&note.id).unwrap_or_default();
        note.shared = mine.contains(&note.id);
        note.saved = kept.contains(&note.id);
        note.pinned = pinned.contains(&note.id);
    }
    Ok(())
}

/// Whose of these notes the viewer knows the writer, and which they may change though another is their author: those of organizations
/// that they run. Answers the organizations.
fn run_by(tx: &mut Tx, viewer: &Viewer, notes: &mut [Note]) -> Result<Vec<AccountId>, db::Error> {
    let of: Vec<(i64, AccountId)> = notes.iter().filter(|note| note.of_organization).map(|note| (note.id.get(), note.author.id)).collect();
    let (Some(me), false) = (viewer.must_be_member().ok().map(|me| me.id), of.is_empty()) else { return Ok(Vec::new()) };
    let mut authors: Vec<AccountId> = of.iter().map(|(_, author)| *author).collect();
    authors.dedup();
    let roles = organizations::roles_among(tx, me, &authors)?;
    let mut writers = organizations::written_by(tx, viewer, &of)?;
    for note in notes.iter_mut().filter(|note| note.of_organization) {
        note.written_by = writers.remove(&note.id.get());
        let own = note.written_by.as_ref().is_some_and(|writer| writer.id == me);
        note.may_change = roles.get(&note.author.id).is_some_and(|role| role.edits() || own);
    }
    Ok(roles.into_keys().collect())
}

/// Who these are.
pub(in crate::notes) fn authors(tx: &mut Tx, ids: &[AccountId]) -> Result<HashMap<AccountId, Author>, db::Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("select id, handle, name, picture from accounts where id in ({})", db::places(1, ids.len()));
    let found =
        tx.all(&sql, &db::padded(ids), |row| Ok(Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? }))?;
    Ok(found.into_iter().map(|author| (author.id, author)).collect())
}

/// Whose a posted note is, and when it was removed, whoever asks.
pub(in crate::notes) fn author_and_state(tx: &mut Tx, id: PostId) -> Result<(AccountId, Option<i64>), Error> {
    let sql = "select p.author_id, p.deleted_at from notes n join posts p on p.id = n.id where n.id = $1";
    tx.first(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))?.ok_or(Error::NotFound)
}
