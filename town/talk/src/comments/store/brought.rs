//! Comments that are brought along from the site this one grew out of: counted and shown like any other, told to nobody.

use db::{Tx, params};
use people::{
    AccountId,
    accounts::{self, MAX_NAME},
};
use web::Error;

use super::{
    count::counted_under,
    put::{Drawn, revision_of, stand, write_down},
};
use crate::{PostId, comments::Content};

/// What whoever gave no name is called.
const NAMELESS: &str = "Somebody";

/// Who said it.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody who has an account here.
    Account(AccountId),
    /// Somebody who has none, by the name they gave there.
    Guest(&'a str),
}

/// A comment that comes in.
#[derive(Clone, Copy, Debug)]
pub struct Brought<'a> {
    /// What it is under.
    pub subject: PostId,
    /// What it answers.
    pub parent: Option<PostId>,
    /// Who said it.
    pub by: By<'a>,
    /// What.
    pub content: &'a Content,
    /// When it was said there.
    pub at: i64,
}

/// Brings a comment along; answers its id. What it says names nobody here: its handles were those of another site.
///
/// # Errors
/// `NotFound` when what it answers is not under its subject.
pub fn bring(tx: &mut Tx, of: &Brought, now: i64) -> Result<PostId, Error> {
    let id = PostId::fresh();
    let (author, guest) = match of.by {
        By::Account(author) => (author, String::new()),
        By::Guest(name) => (accounts::elsewhere(tx, now)?, guest_name(name)),
    };
    let said = Drawn::of(tx, of.content, false)?;
    let thread = stand(tx, id, author, (of.subject, of.parent), (of.content, &said), of.at)?;
    mark(tx, id, &guest)?;
    revision_of(tx, id, author, of.content, of.at)?;
    counted_under(tx, (of.subject, of.parent, thread), 1)?;
    Ok(id)
}

/// Says of a comment that it was brought along, and by whose name it goes; none (empty) where its author has an account.
pub(in crate::comments) fn mark(tx: &mut Tx, id: PostId, guest: &str) -> Result<(), db::Error> {
    tx.run("update comments set brought = 1, guest_name = $2 where id = $1", params![id, guest])?;
    Ok(())
}

/// It says something else now where it was brought from, and so it does here.
///
/// # Errors
/// When the database does not answer.
pub fn bring_anew(tx: &mut Tx, id: PostId, content: &Content, now: i64) -> Result<(), Error> {
    let author = tx.one("select author_id from posts where id = $1", params![id], |row| row.get(0))?;
    tx.run("update posts set updated_at = $2 where id = $1", params![id, now])?;
    write_down(tx, id, content, Some(now), false)?;
    revision_of(tx, id, author, content, now)
}

/// What a comment that was brought along says now; `None` when it was removed, whoever did it.
///
/// # Errors
/// When the database does not answer.
pub fn brought(tx: &mut Tx, id: PostId) -> Result<Option<String>, db::Error> {
    let sql = "select c.body from comments c join posts p on p.id = c.id where c.id = $1 and p.deleted_at is null";
    tx.first(sql, params![id], |row| row.get(0))
}

/// The name that somebody without an account goes by: a line, no longer than names are here. Of an e-mail address, which people type
/// into the wrong field, what stands before the `@`.
pub fn guest_name(name: &str) -> String {
    let line = text::clean_line(name);
    let bare = if accounts::parse_email(&line).is_ok() { line.split('@').next().unwrap_or_default() } else { &line };
    let short: String = bare.chars().take(MAX_NAME).collect();
    if short.trim().is_empty() { NAMELESS.to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::guest_name;

    #[test]
    fn guests_go_by_a_name_and_never_by_an_address() {
        for (given, name) in
            [("  Ola\n Nordmann ", "Ola Nordmann"), ("ola@mail.example", "ola"), ("", "Somebody"), ("\u{202e}\u{200b}", "Somebody")]
        {
            assert_eq!(guest_name(given), name);
        }
        assert_eq!(guest_name(&"é".repeat(200)).chars().count(), 80);
    }
}
