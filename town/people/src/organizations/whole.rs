//! Organizations for exports: each as one line with who runs it, and back again (docs/export.md). Its account travels with accounts.

use db::{Tx, params};
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{Details, Kind, MAX_CONTACT, MAX_HOURS, MAX_PLACE, MOST_PEOPLE, Role, people, store};
use crate::{
    AccountId,
    accounts::{self, Standing},
    profiles::parse_url,
    questions,
};

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its account.
    pub account: AccountId,
    /// `business`, `organization`, `official`.
    pub kind: String,
    /// Its pages elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub website: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// When it is open.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hours: String,
    /// How to reach it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// Since when it waits for the staff to say that it is an official body.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub asked: Option<i64>,
    /// The post that its reviews are under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<db::Id>,
    /// When it was founded.
    #[serde(with = "stamp")]
    pub created: i64,
    /// Who runs it; in a person's export that person alone.
    #[serde(default)]
    pub people: Vec<PersonLine>,
}

/// Somebody who runs an organization, or is invited to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// Who.
    pub account: AccountId,
    /// `owner`, `editor`, `contributor`.
    pub role: String,
    /// Whether its page names them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
    /// When they were invited.
    #[serde(with = "stamp")]
    pub invited: i64,
    /// When they accepted.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub joined: Option<i64>,
}

/// Organizations by account, those after one: all of them, or those that somebody runs.
///
/// # Errors
/// When the database does not answer.
pub fn lines(tx: &mut Tx, of: Option<AccountId>, after: Option<AccountId>, limit: u32) -> Result<Vec<Line>, db::Error> {
    let (after, of) = (after.map_or(i64::MIN, AccountId::get), of.map_or(0, AccountId::get));
    let sql = "select o.id, o.kind, o.website, o.place, o.hours, o.contact, o.asked_at, o.page_id, o.created_at from organizations o
        where o.id > $1 and (cast($2 as bigint) = 0
          or exists (select 1 from organization_people p where p.organization_id = o.id and p.account_id = $2)) order by o.id limit $3";
    let mut lines = tx.all(sql, params![after, of, limit], |row| {
        Ok(Line {
            account: row.get(0)?,
            kind: row.get(1)?,
            website: row.get(2)?,
            place: row.get(3)?,
            hours: row.get(4)?,
            contact: row.get(5)?,
            asked: row.get(6)?,
            page: row.get(7)?,
            created: row.get(8)?,
            people: Vec::new(),
        })
    })?;
    for line in &mut lines {
        let sql = "select account_id, role, named, invited_at, joined_at from organization_people
            where organization_id = $1 and (cast($2 as bigint) = 0 or account_id = $2) order by invited_at, account_id";
        line.people = tx.all(sql, params![line.account, of], |row| {
            Ok(PersonLine { account: row.get(0)?, role: row.get(1)?, named: row.get(2)?, invited: row.get(3)?, joined: row.get(4)? })
        })?;
    }
    Ok(lines)
}

/// Takes an organization in whose account is here; answers whether it was not here yet. What one that is here says, and who runs it,
/// stays. In a site that others run it is nothing official (`fresh` is a new site).
///
/// # Errors
/// When the database does not answer.
pub fn put(tx: &mut Tx, line: &Line, fresh: bool) -> Result<bool, db::Error> {
    let sql = "select updated_at from accounts where id = $1 and kind = 'organization' and standing <> 'gone'";
    let Some(updated) = tx.first(sql, params![line.account], |row| row.get::<i64>(0))? else { return Ok(false) };
    let Some(account) = accounts::by_id(tx, line.account)? else { return Ok(false) };
    if store::find(tx, line.account)?.is_some() {
        return Ok(false);
    }
    let kind = Kind::named(&line.kind).filter(|kind| fresh || *kind != Kind::Official).unwrap_or_default();
    let cut = |words: &str, most: usize| words.chars().filter(|letter| *letter != '\0').take(most).collect::<String>();
    tx.run(
        "insert into organizations (id, kind, name_key, asked_at, created_at) values ($1, $2, $3, $4, $5)",
        params![line.account, kind.name(), &text::fold(&account.name), line.asked.filter(|_| kind != Kind::Official), line.created],
    )?;
    let details = Details {
        bio: account.bio.clone(),
        website: parse_url(&line.website).ok().flatten().unwrap_or_default(),
        place: text::clean_line(&cut(&line.place, MAX_PLACE)),
        hours: cut(&line.hours, MAX_HOURS),
        contact: cut(&line.contact, MAX_CONTACT),
    };
    store::save(tx, line.account, &account.name, &details, updated)?;
    questions::set_profile(tx, line.account, kind.profile(), updated)?;
    for person in line.people.iter().take(usize::try_from(MOST_PEOPLE).unwrap_or(usize::MAX)) {
        take_person(tx, line.account, person)?;
    }
    Ok(true)
}

fn take_person(tx: &mut Tx, organization: AccountId, person: &PersonLine) -> Result<(), db::Error> {
    let here = accounts::by_id(tx, person.account)?.is_some_and(|account| account.standing != Standing::Gone);
    let (Some(role), true) = (Role::named(&person.role), here) else { return Ok(()) };
    match person.joined {
        Some(joined) => {
            people::appoint(tx, organization, person.account, role, joined)?;
            people::set_named(tx, organization, person.account, person.named)?;
        }
        None => {
            tx.run(
                "insert into organization_people (organization_id, account_id, role, invited_at) values ($1, $2, $3, $4)
                 on conflict (organization_id, account_id) do nothing",
                params![organization, person.account, role.name(), person.invited],
            )?;
        }
    }
    let sql = "update organization_people set invited_at = $3 where organization_id = $1 and account_id = $2";
    tx.run(sql, params![organization, person.account, person.invited])?;
    Ok(())
}
