//! Who is named in a post with their `@handle`.

use db::{Tx, params};
use people::{
    AccountId, Viewer,
    accounts::{self, Author, Standing},
    levels::Limit,
    safety,
};
use web::Error;

use super::PostId;

/// Most people that one post names: more is a way to shout at everybody.
pub const MOST: usize = 30;

/// Whether words name no more people than the level of whoever writes them allows.
///
/// # Errors
/// `Invalid` when they name more.
pub fn must_be_few(viewer: &Viewer, body: &str) -> Result<(), Error> {
    let Some(most) = viewer.limit(Limit::MentionsAPost) else { return Ok(()) };
    let named = i64::try_from(text::note::people(body).len()).unwrap_or(i64::MAX);
    if named <= most {
        return Ok(());
    }
    let words = format!("This names {}, and your level allows {most}. Name fewer.", text::count(named, "person", "people"));
    Err(Error::invalid("body", words))
}

/// Those of these people whom it reaches that somebody writes to them by naming them.
///
/// # Errors
/// When the database does not answer.
pub fn reached(tx: &mut Tx, by: AccountId, named: Vec<AccountId>) -> Result<Vec<AccountId>, db::Error> {
    let mut reached = Vec::new();
    for who in named {
        if who == by || safety::may_mention(tx, by, who)? {
            reached.push(who);
        }
    }
    Ok(reached)
}

/// Those of these handles that belong to members, as they write themselves; the first [`MOST`].
pub fn known(tx: &mut Tx, handles: &[String]) -> Result<Vec<Author>, db::Error> {
    let found = accounts::by_handles(tx, &handles[..handles.len().min(MOST)])?;
    Ok(found.into_iter().flatten().filter(|account| account.standing == Standing::Member).map(|account| account.author()).collect())
}

/// A post names exactly these.
pub fn set_mentioned(tx: &mut Tx, post: PostId, accounts: &[AccountId]) -> Result<(), db::Error> {
    tx.run("delete from post_mentions where post_id = $1", params![post])?;
    add_mentioned(tx, post, accounts)
}

/// A post that named nobody yet names these.
pub fn add_mentioned(tx: &mut Tx, post: PostId, accounts: &[AccountId]) -> Result<(), db::Error> {
    for account in accounts {
        tx.run(
            "insert into post_mentions (post_id, account_id) values ($1, $2) on conflict (post_id, account_id) do nothing",
            params![post, *account],
        )?;
    }
    Ok(())
}

/// Whom a post names.
pub fn mentioned_in(tx: &mut Tx, post: PostId) -> Result<Vec<AccountId>, db::Error> {
    tx.all("select account_id from post_mentions where post_id = $1 order by account_id", params![post], |row| row.get(0))
}
