//! Whom a note is news for: those it names, and whoever wrote what it speaks of. They are told what they may read, once.

use db::{Tx, params};
use people::{
    AccountId,
    accounts::Account,
    letters::{self, Values, send},
    notices::{self, Email, Kind, News, Ways},
};
pub use talk::told::MENTION;
use talk::{PostId, told};
use web::Error;

use super::Content;

/// Members are told who speaks of what they wrote.
pub const QUOTE: Kind = Kind {
    name: "quote",
    title: "Somebody quotes your post",
    icon: "quote",
    one: "quoted your post",
    many: "quoted your post",
    usual: Ways::with(Email::Daily),
};

/// Members are told that a note was not posted by itself, and is their draft again.
pub const NOT_POSTED: Kind = Kind {
    name: "not_posted",
    title: "A post of yours was not posted at its time",
    icon: "clock",
    one: "A post of yours was not posted at its time, and is among your drafts",
    many: "A post of yours was not posted at its time, and is among your drafts",
    usual: Ways::with(Email::Once),
};
/// The same for whoever is suspended, whom no notice reaches.
pub const NOT_POSTED_LETTER: letters::Kind = letters::Kind {
    name: "note.not_posted",
    when: "A post was to be posted by itself while its author is suspended",
    placeholders: &["site", "name"],
    draw: |of| {
        let (site, name) = (of.get("site"), of.get("name"));
        let text = format!(
            "Hello {name},\n\na post of yours was to appear at {site} now. It did not, since your account is suspended.\n\n“{}”\n\n\
             It is kept among your drafts, and nobody else sees it. When you can sign in again you can post it or delete it:\n\n{}/notes/drafts\n",
            of.get("words"),
            of.get("origin")
        );
        (format!("A post of yours was not posted at {site}"), text)
    },
};
/// Characters of a note in that letter.
const EXCERPT: usize = 200;

/// Tells whoever wrote a note that it was not posted at its time.
pub(super) fn tell_not_posted(
    tx: &mut Tx,
    author: &Account,
    (note, content): (PostId, &Content),
    (site, origin): (&str, &str),
    now: i64,
) -> Result<(), Error> {
    if author.suspended_at.is_none() {
        let news = News { kind: &NOT_POSTED, by: None, about: note.get(), post: None, with: None };
        return Ok(notices::tell(tx, author.id, &news, now)?);
    }
    let Some(email) = author.email.as_deref() else { return Ok(()) };
    let words = content.excerpt(EXCERPT);
    let values: Values = &[("site", site), ("name", &author.name), ("words", &words), ("origin", origin)];
    send(tx, &NOT_POSTED_LETTER, (&author.name, email), values, now)
}

/// Tells those whom a note names and did not name before.
pub(super) fn tell_named(
    tx: &mut Tx,
    note: PostId,
    author: AccountId,
    named: &[AccountId],
    before: &[AccountId],
    now: i64,
) -> Result<(), db::Error> {
    let post = Some(note.get());
    for who in named.iter().filter(|who| !before.contains(who)) {
        told::tell(tx, *who, &News { about: note.get(), post, ..News::by(&MENTION, author) }, now)?;
    }
    Ok(())
}

/// Tells whoever wrote what a note speaks of. Whom it names as well hears of it once.
pub(super) fn tell_quoted(
    tx: &mut Tx,
    note: PostId,
    author: AccountId,
    quoted: PostId,
    named: &[AccountId],
    now: i64,
) -> Result<(), db::Error> {
    let Some(to) = tx.first("select author_id from posts where id = $1", params![quoted], |row| row.get::<AccountId>(0))? else {
        return Ok(());
    };
    if named.contains(&to) {
        return Ok(());
    }
    let news = News { about: quoted.get(), post: Some(quoted.get()), with: Some(note.get()), ..News::by(&QUOTE, author) };
    told::tell(tx, to, &news, now)
}
