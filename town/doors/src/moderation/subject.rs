//! What was reported, as it reads now: whatever its kind, and whoever may read it.

use db::{Row, Tx, params};
use people::{
    AccountId, Viewer,
    accounts::Author,
    pictures::{self, Picture},
    safety,
};
use talk::{
    PostId, comments,
    context::{self, ContextId},
    moderation::{Kind, Subject},
    posts, reviews, views,
};
use things::{albums, notes, stories};
use web::{Error, Tag};

/// Characters of its words that moderators and statements show.
const EXCERPT: usize = 3_000;
/// Pictures of it that are shown.
const MOST_PICTURES: i64 = 12;

/// Something that was reported, as it reads now.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// What it is.
    pub subject: Subject,
    /// Whose.
    pub author: Author,
    /// Its headline or title; empty where it has none.
    pub title: String,
    /// Its words.
    pub words: String,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// The sentence that stands over it.
    pub label: String,
    /// Where it stands.
    pub address: String,
    /// Whether it was removed or hidden.
    pub removed: bool,
    /// Who made it, where several did.
    authors: Vec<AccountId>,
    /// Pages that show it.
    pub tags: Vec<Tag>,
}

impl Seen {
    /// Whether somebody is one of its authors.
    pub fn is_of(&self, account: AccountId) -> bool {
        self.author.id == account || self.authors.contains(&account)
    }

    /// What it says, as a statement keeps it.
    pub fn facts(&self) -> String {
        let mut parts: Vec<&str> = [self.title.as_str(), self.words.as_str()].into_iter().filter(|words| !words.is_empty()).collect();
        if !self.pictures.is_empty() {
            parts.push(if self.pictures.len() == 1 { "(with a picture)" } else { "(with pictures)" });
        }
        parts.join("\n\n")
    }
}

/// What somebody reads of a thing before they report it.
pub(crate) fn readable(tx: &mut Tx, viewer: &Viewer, subject: Subject) -> Result<bool, db::Error> {
    match subject.post() {
        Some(post) => posts::readable_by(tx, viewer, post),
        None if subject.kind == Kind::Context => context::readable_by(tx, viewer, ContextId::new(subject.id)),
        None => Ok(safety::hides(tx, viewer.me.as_ref().map_or(AccountId::new(0), |me| me.id), AccountId::new(subject.id))?.is_none()),
    }
}

/// What was reported; `None` when nothing of it is left.
pub(crate) fn find(tx: &mut Tx, subject: Subject) -> Result<Option<Seen>, Error> {
    let sql = match subject.kind {
        Kind::Story => {
            "select a.id, a.handle, a.name, a.picture, coalesce(t.headline, ''), coalesce(t.body_html, ''), coalesce(t.slug, ''), p.label,
               case when p.deleted_at is null then 0 else 1 end, coalesce(t.standfirst, '')
             from posts p join accounts a on a.id = p.author_id left join stories t on t.id = p.id where p.id = $1 and p.kind = 'story'"
        }
        Kind::Note => {
            "select a.id, a.handle, a.name, a.picture, n.warning, n.body, '', p.label, case when p.deleted_at is null then 0 else 1 end, ''
             from notes n join posts p on p.id = n.id join accounts a on a.id = p.author_id where n.id = $1"
        }
        Kind::Comment => {
            "select a.id, a.handle, case when c.guest_name = '' then a.name else c.guest_name end, a.picture, '', c.body, '', p.label, case when p.deleted_at is null then 0 else 1 end, ''
             from comments c join posts p on p.id = c.id join accounts a on a.id = p.author_id where c.id = $1"
        }
        Kind::Album => {
            "select a.id, a.handle, a.name, a.picture, b.title, b.description, b.slug, p.label,
               case when p.deleted_at is null then 0 else 1 end, ''
             from albums b join posts p on p.id = b.id join accounts a on a.id = p.author_id where b.id = $1"
        }
        Kind::Review => {
            "select a.id, a.handle, a.name, a.picture, r.title, r.pros || '\n\n' || r.cons || '\n\n' || r.body, '', p.label,
               case when p.deleted_at is null then 0 else 1 end, ''
             from reviews r join posts p on p.id = r.id join accounts a on a.id = p.author_id where r.id = $1"
        }
        Kind::Context => {
            "select a.id, a.handle, a.name, a.picture, '', c.body || '\n\n' || c.sources, '', '',
               case when c.removed_at is null then 0 else 1 end, ''
             from contexts c join accounts a on a.id = c.author_id where c.id = $1"
        }
        Kind::Profile => {
            "select a.id, a.handle, a.name, a.picture, a.name, a.bio, '', '', 0, '' from accounts a
             where a.id = $1 and a.standing = 'member' and a.kind <> 'former'"
        }
    };
    let Some(mut seen) = tx.first(sql, params![subject.id], |row| seen(row, subject))? else { return Ok(None) };
    let (keys, tags) = rest(tx, &seen)?;
    seen.pictures = pictures::find_all(tx, &keys)?;
    seen.tags = tags;
    if let Some(post) = subject.post() {
        seen.authors = posts::authors_of(tx, post)?.iter().map(|author| author.id).collect();
    }
    Ok(Some(seen))
}

fn seen(row: &Row, subject: Subject) -> Result<Seen, db::Error> {
    let author = Author { id: row.get(0)?, handle: row.get(1)?, name: row.get(2)?, picture: row.get(3)? };
    let (text, slug, standfirst): (String, String, String) = (row.get(5)?, row.get(6)?, row.get(9)?);
    let (id, handle) = (PostId::new(subject.id), author.handle.as_str());
    let address = match subject.kind {
        Kind::Story => stories::address(id, &slug),
        Kind::Note => notes::address(handle, id),
        Kind::Comment => format!("/comments/{id}"),
        Kind::Review => reviews::address(id),
        Kind::Album => albums::address(id, &slug),
        Kind::Context => format!("/contexts/{id}"),
        Kind::Profile => author.address(),
    };
    let words = match subject.kind {
        Kind::Story => [standfirst, text::html::words(&text)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"),
        Kind::Review => text.trim().to_owned(),
        _ => text,
    };
    let words = if words.chars().count() > EXCERPT { text::excerpt(&words, EXCERPT) } else { words };
    Ok(Seen {
        subject,
        title: row.get(4)?,
        words,
        pictures: Vec::new(),
        label: row.get(7)?,
        address,
        removed: row.get::<i64>(8)? == 1,
        authors: Vec::new(),
        tags: Vec::new(),
        author,
    })
}

/// Keys of its pictures, and the tags of pages that show it.
fn rest(tx: &mut Tx, seen: &Seen) -> Result<(Vec<String>, Vec<Tag>), Error> {
    let id = seen.subject.id;
    let mut keys = |sql: &str| tx.all(sql, params![id, MOST_PICTURES], |row| row.get::<String>(0));
    let keys = match seen.subject.kind {
        Kind::Story => keys("select picture from stories where id = $1 and picture is not null limit $2")?,
        Kind::Note => keys("select picture from note_pictures where note_id = $1 order by position limit $2")?,
        Kind::Album => keys("select picture from album_pictures where album_id = $1 order by position, picture limit $2")?,
        Kind::Comment => comments::pictures_of(tx, PostId::new(id))?,
        Kind::Review | Kind::Context | Kind::Profile => Vec::new(),
    };
    let tags = match seen.subject.kind {
        Kind::Note => notes::tags(tx, PostId::new(id), seen.author.id)?,
        Kind::Comment => {
            let under = tx.first("select subject_id from comments where id = $1", params![id], |row| row.get::<i64>(0))?;
            [Some(id), under].into_iter().flatten().map(views::tag).collect()
        }
        Kind::Review => {
            let under = tx.first("select subject_id from reviews where id = $1", params![id], |row| row.get::<i64>(0))?;
            under.map(views::tag).into_iter().chain([Tag("account", seen.author.id.get())]).collect()
        }
        Kind::Context => {
            let under = tx.first("select subject_id from contexts where id = $1", params![id], |row| row.get::<i64>(0))?;
            under.map(views::tag).into_iter().collect()
        }
        Kind::Profile => vec![Tag("account", id)],
        Kind::Story | Kind::Album => vec![views::tag(id)],
    };
    Ok((keys, tags))
}
