//! Who is in an export: somebody who is here already, or a new account under its own id, without a password.

use ::people::{
    AccountId, Town,
    accounts::{self, MAX_BIO, MAX_NAME, Standing},
    decisions::MAX_REASON,
    finding,
    levels::Levels,
    questions::Profile,
};
use db::{Tx, params};
use std::sync::Arc;
use web::Error;

use super::{Export, GROUP, Manner, Names, broken};
use crate::desk::ends_at;
use crate::import_export::{
    export::rows::AccountRow,
    import::{Report, free_handle},
};

/// Kinds of account (DESIGN §2), and those who have left.
const KINDS: [&str; 5] = ["person", "organization", "group", "bot", FORMER];
const FORMER: &str = "former";

/// Takes the accounts in, and notes which have another id here.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &mut Names, report: &mut Report) -> anyhow::Result<()> {
    let levels = if manner.fresh { Arc::new(town.db.read_now(::people::levels::all)?) } else { town.levels() };
    let mut reading = export.files.lines_of::<AccountRow>("accounts.jsonl")?;
    loop {
        let mut group = Vec::with_capacity(GROUP);
        for row in reading.by_ref().take(GROUP) {
            match row {
                Ok(row) => group.push(row),
                Err(error) => report.note("a line was not understood and was passed over", &format!("{error:#}")),
            }
        }
        if group.is_empty() {
            return Ok(());
        }
        let levels = Arc::clone(&levels);
        let taken = town
            .db
            .write_now(move |tx| group.iter().map(|row| Ok((row.id, one(tx, row, manner, &levels)?))).collect::<Result<Vec<_>, Error>>());
        for (id, taken) in taken.map_err(broken)? {
            match taken {
                Taken::Here(here) if here == id => {}
                Taken::Here(here) => drop(names.accounts.insert(id, here)),
                Taken::New(here, words) => {
                    report.people.push(words);
                    if here != id {
                        names.accounts.insert(id, here);
                    }
                }
                Taken::Unfit(why) => report.note(why, &id.to_string()),
            }
        }
    }
}

enum Taken {
    Here(AccountId),
    New(AccountId, String),
    Unfit(&'static str),
}

fn one(tx: &mut Tx, row: &AccountRow, manner: Manner, levels: &Levels) -> Result<Taken, Error> {
    // Whoever said something elsewhere and has no account: one account stands for all of them, here as there.
    if row.kind == accounts::ELSEWHERE {
        return Ok(Taken::Here(accounts::elsewhere_as(tx, row.id, row.created)?));
    }
    let by_id = accounts::by_id(tx, row.id)?;
    if by_id.as_ref().is_some_and(|here| here.created_at == row.created) {
        return Ok(Taken::Here(row.id));
    }
    let email = row.email.as_deref().and_then(|email| accounts::parse_email(email).ok());
    if let Some(email) = &email
        && let Some(here) = accounts::by_email(tx, email)?
    {
        return Ok(Taken::Here(here.id));
    }
    // The same handle is the same person, unless their addresses say otherwise.
    if let Some(here) = accounts::by_handle(tx, &row.handle)?
        && (email.is_none() || here.email.is_none())
        // A person is no organization that happens to be called so.
        && here.is_organization == (row.kind == "organization")
    {
        return Ok(Taken::Here(here.id));
    }
    let Some(handle) = free_handle(tx, &row.handle)? else { return Ok(Taken::Unfit("an account has no handle that can be one")) };
    let id = if by_id.is_some() { AccountId::fresh() } else { row.id };
    let cut = |words: &str, max: usize| words.chars().take(max).collect::<String>();
    let name = cut(if row.name.is_empty() { &handle.name } else { &row.name }, MAX_NAME);
    let likeness = accounts::free_likeness(tx, &handle.name)?;
    tx.run(
        "insert into accounts (id, kind, handle, handle_key, handle_likeness, name, email, email_key, level, bio, picture, created_at, updated_at,
           suspended_at, standing, leaves_at, leaves_with_posts, suspended_until, suspended_why, profile)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        params![
            id,
            KINDS.into_iter().find(|kind| *kind == row.kind).unwrap_or("person"),
            &handle.name,
            &handle.key,
            likeness.as_deref(),
            &name,
            email.as_deref(),
            email.as_deref().map(text::fold).as_deref(),
            level(row, manner, levels),
            cut(&row.bio, MAX_BIO),
            row.picture.as_deref().filter(|key| media::is_key(key)),
            row.created,
            row.updated,
            row.suspended,
            standing(row).name(),
            row.leaves,
            i64::from(row.leaves_with_posts),
            row.suspended_until,
            cut(&row.suspended_why, MAX_REASON),
            profile(row, manner).name()
        ],
    )?;
    if let (Some(until), Some(_)) = (row.suspended_until, row.suspended) {
        ends_at(tx, id, until)?;
    }
    finding::index(tx, id, &name, &handle.name)?;
    for former in &row.former_handles {
        accounts::keep_former_handle(tx, id, &former.handle, former.until)?;
    }
    Ok(Taken::New(id, format!("@{} ({name})", handle.name)))
}

/// In a new site what they were; in one that others run, they are nobody official.
fn profile(row: &AccountRow, manner: Manner) -> Profile {
    let profile = Profile::named(&row.profile).unwrap_or_default();
    if profile == Profile::Official && !manner.fresh { Profile::Resident } else { profile }
}

fn standing(row: &AccountRow) -> Standing {
    match row.leaves {
        _ if row.kind == FORMER => Standing::Gone,
        Some(_) => Standing::Leaving,
        None => Standing::Member,
    }
}

/// In a new site what it was; in one that others run, never more than an author.
fn level<'l>(row: &AccountRow, manner: Manner, levels: &'l Levels) -> &'l str {
    let named = |name: &str| levels.named(name);
    let most = named("author").or_else(|| named("member")).or_else(|| levels.all().first());
    let own = row.level.as_deref().and_then(named).filter(|own| manner.fresh || most.is_some_and(|most| own.rank <= most.rank));
    own.or(most).map_or("member", |level| level.name.as_str())
}
