//! Feeds of what is posted in the town square, as guests see it: of everyone here, and of somebody. A note has no title, and is given
//! none but where a format demands one (Atom).

mod write;

use axum::{
    extract::{Path, State},
    http::Uri,
    response::Response,
};
use maud::{Markup, PreEscaped, html};
use people::{
    Town, Viewer,
    accounts::{self, Account, Standing},
    town::SITE,
};
use std::time::Duration;
use talk::{Cursor, feeds};
use things::notes::{self, Item, Note, Quoted};
use web::{Cacheable, Error, Result, Tag, moved};

use super::{
    document,
    feed::{Format, absolute},
};
use crate::{local, posted::tags_of};

/// Notes in a feed.
const NOTES: usize = 30;
/// Nothing in a feed grows old by itself.
const FRESH_FOR: Duration = Duration::from_secs(3600);

/// A feed to be written. Addresses are whole.
struct Feed {
    title: String,
    description: String,
    language: String,
    origin: String,
    home: String,
    own: String,
    /// Milliseconds.
    updated: i64,
    entries: Vec<Entry>,
}

/// A note in a feed.
struct Entry {
    note: Note,
    /// Leads to the note whatever its author is called.
    id: String,
    url: String,
    html: String,
}

/// `/square/local.rss` and its like.
pub(crate) async fn posted_here(State(town): State<Town>, uri: Uri) -> Result {
    let format = Format::ending(uri.path()).ok_or(Error::NotFound)?;
    let now = town.now();
    let unit = move |tx: &mut db::Tx| Ok::<_, Error>(notes::items(tx, &Viewer::default(), feeds::EVERYONE, Cursor::NEWEST, NOTES, now)?.0);
    let items = town.db.read(unit).await?;
    let site = town.site();
    let about = Said {
        title: format!("Everyone here · {}", site.name),
        description: format!("What people post in the town square of {}.", site.name),
        page: local::ADDRESS.to_owned(),
        since: 0,
        tag: notes::LISTING,
    };
    Ok(answer(&town, format, about, items))
}

/// `/@{handle}/posts.rss` and its like.
pub(crate) async fn posted_by(State(town): State<Town>, Path(handle): Path<String>, uri: Uri) -> Result {
    let format = Format::ending(uri.path()).ok_or(Error::NotFound)?;
    let (asked, now) = (handle.clone(), town.now());
    let (account, items) = town
        .db
        .read(move |tx| -> Result<_> {
            let present = |account: &Account| account.standing == Standing::Member && account.suspended_at.is_none();
            let account = accounts::by_handle(tx, &asked)?.filter(present).ok_or(Error::NotFound)?;
            if people::safety::hides(tx, people::AccountId::new(0), account.id)?.is_some() {
                return Err(Error::NotFound);
            }
            let (items, _) = notes::items(tx, &Viewer::default(), account.id.get(), Cursor::NEWEST, NOTES, now)?;
            Ok((account, items))
        })
        .await?;
    let page = format!("{}/posts", account.author().address());
    if account.handle != handle {
        return Ok(moved(&format.of(&page)));
    }
    let site = town.site();
    let about = Said {
        title: format!("{} · {}", account.name, site.name),
        description: if account.bio.is_empty() { format!("What {} posts on {}.", account.name, site.name) } else { account.bio },
        page,
        since: account.created_at,
        tag: Tag("account", account.id.get()),
    };
    Ok(answer(&town, format, about, items))
}

/// What a feed says of itself.
struct Said {
    title: String,
    description: String,
    page: String,
    /// When its list began; 0 where nobody knows.
    since: i64,
    tag: Tag,
}

fn answer(town: &Town, format: Format, about: Said, items: Vec<Item>) -> Response {
    let (origin, now) = (town.origin(), town.now());
    let since = if about.since == 0 { now - now.rem_euclid(24 * 60 * 60 * 1000) } else { about.since };
    let mut tags = vec![SITE, about.tag];
    tags.extend(items.iter().flat_map(|item| tags_of(&item.note)));
    let feed = Feed {
        updated: items.iter().map(|item| item.note.edited_at.unwrap_or(item.note.posted_at)).max().unwrap_or(since),
        title: about.title,
        description: about.description,
        language: town.site().language.clone(),
        origin: origin.to_owned(),
        home: format!("{origin}{}", about.page),
        own: format!("{origin}{}", format.of(&about.page)),
        entries: items.into_iter().map(|item| entry(origin, item.note)).collect(),
    };
    document(format.kind(), feed.write(format), Cacheable { tags, fresh_for: FRESH_FOR, subject: None })
}

fn entry(origin: &str, note: Note) -> Entry {
    let url = format!("{origin}{}", note.address());
    let html = absolute(&content(&note).into_string(), origin, &url);
    Entry { id: format!("{origin}/notes/{}", note.id), url, html, note }
}

/// All of a note as HTML that needs nothing from this site but its pictures. What is behind a warning is read here, for programs
/// that fold nothing away would show it at once.
fn content(note: &Note) -> Markup {
    if !note.content.warning.is_empty() {
        return html! { p { strong { "Warning: " } (note.content.warning) } p { a href=(note.address()) { "Read the post" } } };
    }
    html! {
        (PreEscaped(&note.html))
        @for shown in note.pictures.iter().filter(|_| !note.is_sensitive()) { @let file = shown.social(); p { img src=(file.address) alt=(shown.alt) width=(file.width) height=(file.height); } }
        @if let Some(recording) = &note.recording { p { (recording.markup("")) } }
        @if let Some(poll) = &note.poll { ul { @for choice in &poll.choices { li { (choice.words) } } } }
        @if let Some(Quoted::Note(quoted)) = &note.quoted {
            blockquote { p { a href=(quoted.address()) { (quoted.author.name) } ":" } @if quoted.content.warning.is_empty() { (PreEscaped(&quoted.html)) } }
        }
    }
}
