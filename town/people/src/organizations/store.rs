//! Every query about organizations as such.

use db::{Row, ToParam, Tx, params};

use super::{Details, Kind, New, Organization, Role, people};
use crate::{
    AccountId,
    accounts::{self, Author, NewAccount},
    blocks::where_no_block,
    counters::{Counter, Drift, check},
    finding,
    levels::GUEST,
    questions,
};

/// Makes an organization and its first owner. A handle that is taken is a uniqueness error on `accounts.handle_key`.
///
/// # Errors
/// When the database does not answer.
pub fn found(tx: &mut Tx, new: &New, owner: AccountId, now: i64) -> Result<AccountId, db::Error> {
    let account = NewAccount { handle: new.handle.clone(), name: new.name.clone(), email: None, level: GUEST.into() };
    let id = accounts::insert(tx, &account, None, now)?;
    tx.run("update accounts set kind = 'organization' where id = $1", params![id])?;
    tx.run(
        "insert into organizations (id, kind, name_key, asked_at, created_at) values ($1, $2, $3, $4, $5)",
        params![id, new.kind.name(), text::fold(&new.name), new.asks.then_some(now), now],
    )?;
    save(tx, id, &new.name, &new.details, now)?;
    questions::set_profile(tx, id, new.kind.profile(), now)?;
    people::appoint(tx, id, owner, Role::Owner, now)?;
    Ok(id)
}

/// The organization of this id.
///
/// # Errors
/// When the database does not answer.
pub fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Organization>, db::Error> {
    let sql = "select o.kind, o.website, o.place, o.hours, o.contact, o.asked_at, o.page_id, o.people from organizations o where o.id = $1";
    let found = tx.first(sql, params![id], |row| {
        let details = Details { bio: String::new(), website: row.get(1)?, place: row.get(2)?, hours: row.get(3)?, contact: row.get(4)? };
        Ok((kind(row, 0)?, details, row.get::<Option<i64>>(5)?, row.get::<Option<i64>>(6)?, row.get::<i64>(7)?))
    })?;
    let (Some((kind, details, asked_at, page, people)), Some(account)) = (found, accounts::by_id(tx, id)?) else { return Ok(None) };
    let details = Details { bio: account.bio.clone(), ..details };
    Ok(Some(Organization { account, kind, details, asked_at, page, people }))
}

fn kind(row: &Row, column: usize) -> Result<Kind, db::Error> {
    Ok(Kind::named(row.text(column)?).unwrap_or_default())
}

/// Changes what an organization is called and says of itself.
///
/// # Errors
/// When the database does not answer.
pub fn save(tx: &mut Tx, id: AccountId, name: &str, details: &Details, now: i64) -> Result<(), db::Error> {
    accounts::save_profile(tx, id, name, &details.bio, now)?;
    tx.run(
        "update organizations set name_key = $2, website = $3, place = $4, hours = $5, contact = $6 where id = $1",
        params![id, text::fold(name), &details.website, &details.place, &details.hours, &details.contact],
    )?;
    Ok(())
}

/// The staff say what kind it is, which answers whoever asked.
///
/// # Errors
/// When the database does not answer.
pub fn set_kind(tx: &mut Tx, id: AccountId, kind: Kind, now: i64) -> Result<(), db::Error> {
    tx.run("update organizations set kind = $2, asked_at = null where id = $1", params![id, kind.name()])?;
    questions::set_profile(tx, id, kind.profile(), now)
}

/// It asks the staff to say that it is an official body.
///
/// # Errors
/// When the database does not answer.
pub fn ask_to_be_official(tx: &mut Tx, id: AccountId, now: i64) -> Result<(), db::Error> {
    tx.run("update organizations set asked_at = coalesce(asked_at, $2) where id = $1 and kind <> 'official'", params![id, now])?;
    Ok(())
}

/// The post that its reviews are under.
///
/// # Errors
/// When the database does not answer.
pub fn set_page(tx: &mut Tx, id: AccountId, page: i64) -> Result<(), db::Error> {
    tx.run("update organizations set page_id = $2 where id = $1", params![id, page])?;
    Ok(())
}

/// Those of these posts that are pages of organizations who are here, with whose they are.
///
/// # Errors
/// When the database does not answer.
pub fn of_page(tx: &mut Tx, pages: &[i64]) -> Result<Vec<(i64, Author)>, db::Error> {
    let sql = format!(
        "select o.page_id, a.id, a.handle, a.name, a.picture from organizations o join accounts a on a.id = o.id
         where o.page_id in ({}) and a.standing = 'member' and a.suspended_at is null order by o.page_id",
        db::places(1, pages.len())
    );
    tx.all(&sql, &db::padded(pages), |row| Ok((row.get(0)?, author(row, 1)?)))
}

fn author(row: &Row, from: usize) -> Result<Author, db::Error> {
    Ok(Author { id: row.get(from)?, handle: row.get(from + 1)?, name: row.get(from + 2)?, picture: row.get(from + 3)? })
}

/// An organization in a list of them.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Who it is.
    pub author: Author,
    /// What kind it is.
    pub kind: Kind,
    /// What it is and does.
    pub bio: String,
    /// Where it is.
    pub place: String,
    /// Since when it waits for the staff.
    pub asked_at: Option<i64>,
    /// How many run it.
    pub people: i64,
}

/// Which organizations.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The beginning of words of a name or a handle; empty for all.
    pub typed: String,
    /// Of this kind alone.
    pub kind: Option<Kind>,
    /// Where the page begins: after this one.
    pub after: Option<AccountId>,
}

const LISTED: &str = "a.id, a.handle, a.name, a.picture, o.kind, a.bio, o.place, o.asked_at, o.people";

fn listed(row: &Row) -> Result<Listed, db::Error> {
    let (bio, place) = (row.get(5)?, row.get(6)?);
    Ok(Listed { author: author(row, 0)?, kind: kind(row, 4)?, bio, place, asked_at: row.get(7)?, people: row.get(8)? })
}

/// Organizations by name, for a viewer (a guest is 0): those who are here, and not parted from the viewer by a block.
///
/// # Errors
/// When the database does not answer.
pub fn list(tx: &mut Tx, viewer: AccountId, wanted: &Wanted, limit: u32) -> Result<Vec<Listed>, db::Error> {
    let after = match wanted.after {
        Some(id) => tx.first("select name_key, id from organizations where id = $1", params![id], |row| {
            Ok((row.get::<String>(0)?, row.get::<i64>(1)?))
        })?,
        None => None,
    };
    let (key, id) = after.unwrap_or_default();
    let (words, key) = (finding::words(&wanted.typed), key.as_str());
    let bounds = finding::bounds(&words);
    let mut values = params![viewer, limit, key, id].to_vec();
    let mut conditions = String::new();
    if let Some(kind) = wanted.kind {
        values.push(kind.name().to_param());
        conditions = format!(" and o.kind = ${}", values.len());
    }
    let from = if words.is_empty() {
        "organizations o".to_owned()
    } else {
        let at = values.len() + 1;
        values.extend(bounds.iter().map(ToParam::to_param));
        format!("{} join organizations o on o.id = n.account_id", finding::named(at, words.len()))
    };
    let sql = format!(
        "select {LISTED} from {from} join accounts a on a.id = o.id
         where (o.name_key, o.id) > ($3, $4) and a.standing = 'member' and a.suspended_at is null and {}{conditions}
         order by o.name_key, o.id limit $2",
        where_no_block("$1", "a.id")
    );
    tx.all(&sql, &values, listed)
}

/// Those that wait for the staff, the longest waiting first, and those that nobody owns.
///
/// # Errors
/// When the database does not answer.
pub fn asking(tx: &mut Tx, limit: u32) -> Result<(Vec<Listed>, Vec<Listed>), db::Error> {
    let asking = format!(
        "select {LISTED} from organizations o join accounts a on a.id = o.id
         where o.asked_at is not null and a.standing = 'member' order by o.asked_at, o.id limit $1"
    );
    let orphaned = format!(
        "select {LISTED} from organizations o join accounts a on a.id = o.id where a.standing = 'member' and not exists (
           select 1 from organization_people p where p.organization_id = o.id and p.role = 'owner' and p.joined_at is not null)
         order by o.name_key, o.id limit $1"
    );
    Ok((tx.all(&asking, params![limit], listed)?, tx.all(&orphaned, params![limit], listed)?))
}

/// How many wait for the staff.
///
/// # Errors
/// When the database does not answer.
pub fn count_asking(tx: &mut Tx) -> Result<i64, db::Error> {
    tx.one("select count(*) from organizations where asked_at is not null", params![], |row| row.get(0))
}

/// Those of these accounts that are organizations, with their kinds.
///
/// # Errors
/// When the database does not answer.
pub fn named(tx: &mut Tx, ids: &[AccountId]) -> Result<Vec<(AccountId, Kind)>, db::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("select o.id, o.kind from organizations o where o.id in ({})", db::places(1, ids.len()));
    tx.all(&sql, &db::padded(ids), |row| Ok((row.get(0)?, kind(row, 1)?)))
}

/// How many run each, counted anew.
///
/// # Errors
/// When the database does not answer.
pub fn drift(tx: &mut Tx, mend: bool) -> Result<Vec<Drift>, db::Error> {
    let counters = [Counter {
        what: "people of an organization",
        table: "organizations",
        column: "people",
        keys: ("id", None),
        counted: "select organization_id as id, count(*) as counted from organization_people where joined_at is not null group by organization_id",
    }];
    check(tx, &counters, mend)
}
