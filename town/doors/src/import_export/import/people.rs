//! Who wrote what comes in: somebody who is here already, or a new account that nobody can sign in to yet.

use ::people::{
    AccountId,
    accounts::{self, Account, MAX_BIO, MAX_NAME, NewAccount},
    pictures,
};
use db::Tx;
use text::handle::Handle;
use web::Error;

use super::super::item::Writer;
use super::finder::Taken;
use super::report::Report;
use super::store::{self, Known};
use super::write::Rules;
use crate::old_addresses::{self, Target};

/// Tries at a free handle.
const MAX_TRIES: u32 = 10_000;

/// The account of a writer; made when there is none.
pub(super) fn account(
    tx: &mut Tx,
    rules: &Rules,
    writer: &Writer,
    portrait: Option<&Taken>,
    report: &mut Report,
    now: i64,
) -> Result<AccountId, Error> {
    let item = format!("author:{}", store::key(if writer.key.is_empty() { &writer.name } else { &writer.key }));
    if let Some(known) = store::one(tx, &rules.source, "author", &item)?
        && let Ok(id) = known.target.parse()
        && let Some(account) = accounts::by_id(tx, id)?
    {
        hang(tx, &account, portrait, now)?;
        return Ok(id);
    }
    let id = match here(tx, writer)? {
        Some(account) => account.id,
        None => make(tx, rules, writer, report, now)?,
    };
    let known = Known { digest: String::new(), target: id.to_string(), written: String::new(), missing: 0 };
    store::note(tx, &rules.source, "author", &item, &known, now)?;
    if let Some(account) = accounts::by_id(tx, id)? {
        hang(tx, &account, portrait, now)?;
    }
    for address in &writer.addresses {
        report.redirects += u64::from(old_addresses::keep(tx, address, &Target::Account(id), now)?);
    }
    Ok(id)
}

/// Gives an account its picture, unless it has one, or belongs to somebody who signs in and may want none.
fn hang(tx: &mut Tx, account: &Account, portrait: Option<&Taken>, now: i64) -> Result<(), Error> {
    let Some(Taken { picture, address, .. }) = portrait.filter(|_| account.picture.is_none()) else { return Ok(()) };
    if accounts::credentials(tx, &account.handle)?.0.is_some_and(|(_, hash)| hash.is_some()) {
        return Ok(());
    }
    pictures::insert(tx, picture, account.id, now)?;
    store::keep_picture(tx, address, &picture.key)?;
    Ok(accounts::set_picture(tx, account.id, Some(&picture.key), now)?)
}

/// The same e-mail address is the same person; the same handle is, unless the addresses say otherwise.
fn here(tx: &mut Tx, writer: &Writer) -> Result<Option<Account>, Error> {
    let email = accounts::parse_email(&writer.email).ok();
    if let Some(email) = &email
        && let Some(account) = accounts::by_email(tx, email)?
    {
        return Ok(Some(account));
    }
    let Some(account) = accounts::by_handle(tx, &handle(writer))? else { return Ok(None) };
    Ok((email.is_none() || account.email.is_none()).then_some(account))
}

fn make(tx: &mut Tx, rules: &Rules, writer: &Writer, report: &mut Report, now: i64) -> Result<AccountId, Error> {
    let handle = free_handle(tx, &handle(writer))?.ok_or_else(|| Error::broken(format!("no handle is free for {}", writer.name)))?;
    let shown = text::clean_line(if writer.name.trim().is_empty() { &writer.handle } else { &writer.name });
    let shown: String = if shown.is_empty() { handle.name.clone() } else { shown.chars().take(MAX_NAME).collect() };
    let email = accounts::parse_email(&writer.email).ok();
    report.people.push(format!("@{} ({shown})", handle.name));
    let id = accounts::insert(tx, &NewAccount { handle, name: shown.clone(), email, level: rules.level.clone() }, None, now)?;
    let bio: String = text::clean_line(&writer.bio).chars().take(MAX_BIO).collect();
    if !bio.is_empty() {
        accounts::save_profile(tx, id, &shown, &bio, now)?;
    }
    Ok(id)
}

/// This handle, or the first with a number behind it that nobody has; `None` for what is no handle.
pub(in crate::import_export) fn free_handle(tx: &mut Tx, wanted: &str) -> Result<Option<Handle>, db::Error> {
    for number in 1..MAX_TRIES {
        let tail = if number == 1 { String::new() } else { format!("-{number}") };
        let name: String =
            wanted.chars().take(text::handle::MAX - tail.len()).collect::<String>().trim_end_matches(['-', '_']).to_owned() + &tail;
        let Ok(handle) = text::handle::parse(&name) else { continue };
        if accounts::by_handle(tx, &handle.name)?.is_none() {
            return Ok(Some(handle));
        }
    }
    Ok(None)
}

/// What a writer's handle would be.
fn handle(writer: &Writer) -> String {
    let wanted = [&writer.handle, &writer.name, &writer.key].into_iter().find(|words| !words.trim().is_empty());
    let wanted = wanted.map_or("author", String::as_str);
    if let Ok(handle) = text::handle::parse(wanted) {
        return handle.name;
    }
    // An address is nobody's handle: what stands before the @ is.
    let slug = text::slug_or(wanted.split('@').next().unwrap_or(wanted), "author");
    let cut: String = slug.chars().take(text::handle::MAX).collect();
    let cut = cut.trim_end_matches('-');
    if cut.len() < text::handle::MIN { format!("author-{cut}") } else { cut.to_owned() }
}
