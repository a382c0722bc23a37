//! Whom a note is news for: those it names, and whoever wrote what it speaks of. They are told what they may read, once.

use db::{Tx, params};
use people::{
    AccountId,
    notices::{Email, Kind, News, Ways},
};
pub use talk::told::MENTION;
use talk::{PostId, told};

/// Members are told who speaks of what they wrote.
pub const QUOTE: Kind = Kind {
    name: "quote",
    title: "Somebody quotes your post",
    icon: "quote",
    one: "quoted your post",
    many: "quoted your post",
    usual: Ways::with(Email::Daily),
};

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
