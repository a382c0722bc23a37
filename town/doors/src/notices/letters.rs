//! Letters about notices: one at once, or what gathered during a day.

use anyhow::Result;
use db::Tx;
use people::{
    AccountId, Town, Viewer,
    accounts::{self, Account, Standing},
    notices::{self, Digest, Email, Letter, NoticeId},
    prevention::letter,
    town,
};
use std::fmt::Write as _;
use talk::told::{self, Which};
use web::Error;

use super::{
    items::{self, Item},
    unsubscribing::{self, All},
};

/// Notices that one daily letter tells; more are counted.
const MOST: u32 = 40;

/// Mails a notice at once, if it is unread and its member may still see what it is about.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn mail_one(town: Town, letter: Letter) -> Result<()> {
    let (notice, here) = (letter.notice, town.clone());
    town.db.write(move |tx| one(tx, &here, notice)).await.map_err(broken)?;
    town.wake();
    Ok(())
}

/// Mails what gathered for somebody.
///
/// # Errors
/// As [`mail_one`].
pub async fn mail_digest(town: Town, digest: Digest) -> Result<()> {
    let here = town.clone();
    town.db.write(move |tx| gathered(tx, &here, digest.account)).await.map_err(broken)?;
    town.wake();
    Ok(())
}

/// What went wrong, for the queue.
pub(crate) fn broken(error: Error) -> anyhow::Error {
    match error {
        Error::Broken(cause) => anyhow::anyhow!(cause),
        other => anyhow::anyhow!(other.words()),
    }
}

/// Somebody to whom mail goes, as the viewer of what it says.
pub(crate) fn member(tx: &mut Tx, town: &Town, account: AccountId) -> web::Result<Option<(Account, Viewer)>> {
    let found = accounts::by_id(tx, account)?.filter(|account| account.standing == Standing::Member && account.suspended_at.is_none());
    Ok(found.map(|account| {
        let viewer = Viewer::away(&account, &town.levels());
        (account, viewer)
    }))
}

/// A notice that is to leave the site, with whose it is: an unread one that its member may see.
pub(super) fn leaving(tx: &mut Tx, town: &Town, notice: NoticeId) -> web::Result<Option<(Account, Item)>> {
    let Some(account) = tx.first("select account_id from notices where id = $1", db::params![notice], |row| row.get(0))? else {
        return Ok(None);
    };
    let Some((account, viewer)) = member(tx, town, account)? else { return Ok(None) };
    let found = told::notices(tx, account.id, Which::One(notice), 1, town.now())?;
    let unread = found.into_iter().filter(|notice| !notice.read).collect();
    Ok(items::of(tx, &viewer, unread)?.pop().map(|item| (account, item)))
}

fn one(tx: &mut Tx, town: &Town, notice: NoticeId) -> web::Result<()> {
    let Some((account, item)) = leaving(tx, town, notice)? else { return Ok(()) };
    let end = unsubscribing::address(town, account.id, Some(item.kind.name))?;
    let (site, origin) = (town.site().name.clone(), town.origin());
    let answer = item.answer.as_ref().map_or_else(String::new, |answer| format!("Answer: {origin}{answer}\n"));
    let mut text = format!("Hello {},\n\n{}.\n\n", account.name, item.sentence());
    if !item.words.is_empty() {
        let _ = write!(text, "“{}”\n\n", item.words);
    }
    let _ = write!(
        text,
        "{origin}{}\n{answer}\n--\nYou get this letter because you want to hear at once when this happens at {site}: {}.\n\
         Change that: {origin}/settings/notifications\nNo more letters like this: {end}\n",
        item.address,
        lower(item.kind.title)
    );
    put(tx, town, &account, (item.sentence(), text), end)
}

fn gathered(tx: &mut Tx, town: &Town, account: AccountId) -> web::Result<()> {
    let Some((account, viewer)) = member(tx, town, account)? else { return Ok(()) };
    let found = told::notices(tx, account.id, Which::Digest, MOST, town.now())?;
    // What is in no letter today is in none later: what is hidden may come to light, but is not news then.
    tx.run("update notices set digest = 0 where account_id = $1 and digest = 1", db::params![account.id])?;
    let items = items::of(tx, &viewer, found)?;
    if items.is_empty() {
        return Ok(());
    }
    let end = unsubscribing::address(town, account.id, None)?;
    let (site, origin) = (town.site().name.clone(), town.origin());
    let mut text = format!("Hello {},\n\nthis happened at {site} since yesterday:\n", account.name);
    for item in &items {
        let _ = write!(text, "\n{}", item.sentence());
        if !item.words.is_empty() {
            let _ = write!(text, ": “{}”", item.words);
        }
        let _ = writeln!(text, "\n{origin}{}", item.address);
        if let Some(answer) = &item.answer {
            let _ = writeln!(text, "Answer: {origin}{answer}");
        }
    }
    let _ = write!(
        text,
        "\nAll of it: {origin}/notifications\n\n--\nYou get this letter in the morning when something has happened that you want to hear of \
         once a day.\nChange that: {origin}/settings/notifications\nNo more daily letters: {end}\n"
    );
    let subject = match items.as_slice() {
        [one] => one.sentence(),
        _ => format!(
            "{} at {site}",
            text::count(i64::try_from(items.len()).unwrap_or(i64::MAX), "piece of news for you", "pieces of news for you")
        ),
    };
    put(tx, town, &account, (subject, text), end)
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn put(tx: &mut Tx, town: &Town, account: &Account, (subject, text): (String, String), end: String) -> web::Result<()> {
    let Some(email) = &account.email else { return Ok(()) };
    let letter = town::Letter {
        name: account.name.clone(),
        email: email.clone(),
        subject: text::excerpt(&text::clean_line(&subject), 200),
        text,
        unsubscribe: Some(end),
    };
    jobs::enqueue(tx, &letter, town.now())?;
    Ok(())
}

/// No more letters of this kind, no more daily ones at all, or none of the front porch.
pub(super) fn no_more(tx: &mut Tx, account: AccountId, of: &All) -> Result<(), db::Error> {
    match of {
        All::Daily => notices::no_letters(tx, account, &super::kinds::KINDS, Email::Daily),
        All::Of(kind) => notices::no_letters(tx, account, &[*kind], Email::Once),
        All::Porch => letter::choose(tx, account, false),
    }
}
