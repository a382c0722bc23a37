//! Every query about who runs organizations.

use db::{Row, Tx, params};
use std::collections::HashMap;
use web::Error;

use super::{INVITED, MOST_OWNED, ROLE, Role, role::is_staff, store};
use crate::{
    AccountId,
    accounts::{Author, Standing},
    blocks,
    notices::{self, News},
    viewer::Viewer,
};

/// People of one organization, those who are invited among them.
pub const MOST_PEOPLE: i64 = 100;

/// Somebody who runs an organization, or is invited to.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub author: Author,
    /// As what.
    pub role: Role,
    /// Whether the organization's page names them.
    pub named: bool,
    /// Since when; `None` until they accept.
    pub joined_at: Option<i64>,
}

/// An organization that somebody runs, or is invited to run.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Which.
    pub organization: Author,
    /// As what.
    pub role: Role,
    /// Whether they accepted.
    pub joined: bool,
    /// Whether something can be posted in its name.
    pub here: bool,
}

/// Somebody's role in an organization, once they accepted it.
///
/// # Errors
/// When the database does not answer.
pub fn role_of(tx: &mut Tx, account: AccountId, organization: AccountId) -> Result<Option<Role>, db::Error> {
    let sql = "select role from organization_people where organization_id = $1 and account_id = $2 and joined_at is not null";
    let role = tx.first(sql, params![organization, account], |row| Ok(Role::named(row.text(0)?)))?;
    Ok(role.flatten())
}

/// Somebody's roles in those of these accounts that are organizations.
///
/// # Errors
/// When the database does not answer.
pub fn roles_among(tx: &mut Tx, account: AccountId, organizations: &[AccountId]) -> Result<HashMap<AccountId, Role>, db::Error> {
    if organizations.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select organization_id, role from organization_people where account_id = $1 and joined_at is not null and organization_id in ({})",
        db::places(2, organizations.len())
    );
    let found =
        tx.all(&sql, &[params![account], &db::padded(organizations)].concat(), |row| Ok((row.get(0)?, Role::named(row.text(1)?))))?;
    Ok(found.into_iter().filter_map(|(id, role)| Some((id, role?))).collect())
}

/// Whether somebody writes for any of these accounts, in whatever role: then what these wrote is their own work.
///
/// # Errors
/// When the database does not answer.
pub fn writes_for(tx: &mut Tx, account: AccountId, authors: &[AccountId]) -> Result<bool, db::Error> {
    Ok(!roles_among(tx, account, authors)?.is_empty())
}

/// As which of these authors somebody answers: as themselves, or as an organization that they edit.
///
/// # Errors
/// When the database does not answer.
pub fn speaks_as(tx: &mut Tx, account: AccountId, authors: &[AccountId]) -> Result<Option<AccountId>, db::Error> {
    if authors.contains(&account) {
        return Ok(Some(account));
    }
    let roles = roles_among(tx, account, authors)?;
    Ok(authors.iter().copied().find(|author| roles.get(author).is_some_and(|role| role.edits())))
}

/// Who hears of what happens to an organization's posts: its owners and editors. Nobody, where the account is no organization.
///
/// # Errors
/// When the database does not answer.
pub fn hears(tx: &mut Tx, account: AccountId) -> Result<Vec<AccountId>, db::Error> {
    let sql = "select account_id from organization_people
        where organization_id = $1 and joined_at is not null and role in ('owner', 'editor') order by account_id";
    tx.all(sql, params![account], |row| row.get(0))
}

/// Who of its people wrote these posts of an organization, for a viewer who is to know: its people and the staff.
///
/// # Errors
/// When the database does not answer.
pub fn written_by(tx: &mut Tx, viewer: &Viewer, posts: &[(i64, AccountId)]) -> Result<HashMap<i64, Author>, db::Error> {
    let Some(me) = viewer.must_be_member().ok().map(|me| me.id) else { return Ok(HashMap::new()) };
    let mut seen: Vec<i64> = posts.iter().map(|(post, _)| *post).collect();
    if !is_staff(viewer) {
        let authors: Vec<AccountId> = posts.iter().map(|(_, author)| *author).collect();
        let roles = roles_among(tx, me, &authors)?;
        seen = posts.iter().filter(|(_, author)| roles.contains_key(author)).map(|(post, _)| *post).collect();
    }
    if seen.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select r.post_id, a.id, a.handle, a.name, a.picture from revisions r join accounts a on a.id = r.account_id
         where r.number = 1 and r.post_id in ({})",
        db::places(1, seen.len())
    );
    let found = tx.all(&sql, &db::padded(&seen), |row| Ok((row.get::<i64>(0)?, author(row, 1)?)))?;
    Ok(found.into_iter().collect())
}

fn author(row: &Row, from: usize) -> Result<Author, db::Error> {
    Ok(Author { id: row.get(from)?, handle: row.get(from + 1)?, name: row.get(from + 2)?, picture: row.get(from + 3)? })
}

/// Whether somebody may change a post of an organization: its owners and editors all, others what they wrote themselves.
///
/// # Errors
/// When the database does not answer.
pub fn may_change(tx: &mut Tx, account: AccountId, organization: AccountId, post: i64) -> Result<bool, db::Error> {
    let Some(role) = role_of(tx, account, organization)? else { return Ok(false) };
    if role.edits() {
        return Ok(true);
    }
    let own = "select 1 from revisions where post_id = $1 and number = 1 and account_id = $2";
    Ok(tx.first(own, params![post, account], |row| row.get::<i64>(0))?.is_some())
}

/// Who runs an organization and who is invited to: owners first, then by when they came.
///
/// # Errors
/// When the database does not answer.
pub fn people(tx: &mut Tx, organization: AccountId) -> Result<Vec<Person>, db::Error> {
    let sql = "select a.id, a.handle, a.name, a.picture, p.role, p.named, p.joined_at
        from organization_people p join accounts a on a.id = p.account_id where p.organization_id = $1
        order by case when p.joined_at is null then 1 else 0 end, case p.role when 'owner' then 0 when 'editor' then 1 else 2 end, p.invited_at, a.id";
    tx.all(sql, params![organization], |row| {
        let role = Role::named(row.text(4)?).unwrap_or(Role::Contributor);
        Ok(Person { author: author(row, 0)?, role, named: row.get(5)?, joined_at: row.get(6)? })
    })
}

/// What somebody runs and is invited to, by name.
///
/// # Errors
/// When the database does not answer.
pub fn memberships(tx: &mut Tx, account: AccountId) -> Result<Vec<Membership>, db::Error> {
    let sql = "select a.id, a.handle, a.name, a.picture, p.role, case when p.joined_at is null then 0 else 1 end,
          case when a.standing = 'member' and a.suspended_at is null then 1 else 0 end
        from organization_people p join organizations o on o.id = p.organization_id join accounts a on a.id = o.id
        where p.account_id = $1 order by o.name_key, o.id";
    tx.all(sql, params![account], |row| {
        let role = Role::named(row.text(4)?).unwrap_or(Role::Contributor);
        Ok(Membership { organization: author(row, 0)?, role, joined: row.get(5)?, here: row.get(6)? })
    })
}

fn owns(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    let sql = "select count(*) from organization_people where account_id = $1 and role = 'owner' and joined_at is not null";
    tx.one(sql, params![account], |row| row.get(0))
}

/// Whether somebody may own one more.
///
/// # Errors
/// `Invalid` on `field` when they own as many as one member may.
pub fn must_have_room(tx: &mut Tx, account: AccountId, field: &'static str) -> Result<(), Error> {
    if owns(tx, account)? < MOST_OWNED {
        return Ok(());
    }
    Err(Error::invalid(field, format!("One member owns at most {MOST_OWNED} organizations. Hand one over or close it first.")))
}

/// Invites a member to a role, who is told.
///
/// # Errors
/// `Invalid` on `handle` where that cannot be.
pub fn invite(tx: &mut Tx, organization: AccountId, account: AccountId, role: Role, now: i64) -> Result<(), Error> {
    let there = people(tx, organization)?;
    if there.iter().any(|person| person.author.id == account) {
        return Err(Error::invalid("handle", "They are among its people already. Change their role below."));
    }
    if i64::try_from(there.len()).unwrap_or(i64::MAX) >= MOST_PEOPLE {
        return Err(Error::invalid("handle", format!("An organization has at most {MOST_PEOPLE} people. Take somebody out first.")));
    }
    if blocks::is_blocked_either_way(tx, account, organization)? {
        return Err(Error::invalid("handle", "This member cannot be invited."));
    }
    tx.run(
        "insert into organization_people (organization_id, account_id, role, invited_at) values ($1, $2, $3, $4)",
        params![organization, account, role.name(), now],
    )?;
    notices::tell(tx, account, &News { about: organization.get(), ..News::by(&INVITED, organization) }, now)?;
    Ok(())
}

/// Somebody accepts what they are invited to; `false` where they are not.
///
/// # Errors
/// `Invalid` when they own as many as one member may.
pub fn accept(tx: &mut Tx, organization: AccountId, account: AccountId, now: i64) -> Result<bool, Error> {
    let sql = "select role from organization_people where organization_id = $1 and account_id = $2 and joined_at is null";
    let role = tx.first(sql, params![organization, account], |row| Ok(Role::named(row.text(0)?)))?;
    if role.flatten() == Some(Role::Owner) {
        must_have_room(tx, account, "role")?;
    }
    let sql = "update organization_people set joined_at = $3 where organization_id = $1 and account_id = $2 and joined_at is null";
    let accepted = tx.run(sql, params![organization, account, now])? == 1;
    if accepted {
        count(tx, organization, 1)?;
    }
    Ok(accepted)
}

/// Somebody is made what they are without being asked: whoever founds, whoever the staff appoint, whoever comes in from an export.
///
/// # Errors
/// When the database does not answer.
pub fn appoint(tx: &mut Tx, organization: AccountId, account: AccountId, role: Role, now: i64) -> Result<(), db::Error> {
    let before = role_of(tx, account, organization)?;
    tx.run(
        "insert into organization_people (organization_id, account_id, role, invited_at, joined_at) values ($1, $2, $3, $4, $4)
         on conflict (organization_id, account_id) do update set role = excluded.role,
           joined_at = coalesce(organization_people.joined_at, excluded.joined_at)",
        params![organization, account, role.name(), now],
    )?;
    if before.is_none() { count(tx, organization, 1) } else { Ok(()) }
}

/// The same by the staff, or because somebody has to: whoever it is, is told.
///
/// # Errors
/// When the database does not answer.
pub fn appoint_and_tell(tx: &mut Tx, organization: AccountId, account: AccountId, role: Role, now: i64) -> Result<(), db::Error> {
    appoint(tx, organization, account, role, now)?;
    notices::tell(tx, account, &News { about: organization.get(), ..News::by(&ROLE, organization) }, now)
}

fn count(tx: &mut Tx, organization: AccountId, more: i64) -> Result<(), db::Error> {
    tx.run("update organizations set people = people + $2 where id = $1", params![organization, more])?;
    Ok(())
}

/// Who owns an organization; nobody, where the account is none.
///
/// # Errors
/// When the database does not answer.
pub fn owners(tx: &mut Tx, organization: AccountId) -> Result<Vec<AccountId>, db::Error> {
    let sql = "select account_id from organization_people where organization_id = $1 and role = 'owner' and joined_at is not null";
    tx.all(sql, params![organization], |row| row.get(0))
}

/// The same while its row is held, so that two owners who leave at once do so one after the other.
fn held_owners(tx: &mut Tx, organization: AccountId) -> Result<Vec<AccountId>, db::Error> {
    tx.run("update organizations set people = people where id = $1", params![organization])?;
    owners(tx, organization)
}

fn must_leave_an_owner(tx: &mut Tx, organization: AccountId, account: AccountId) -> Result<(), Error> {
    if held_owners(tx, organization)? == [account] {
        return Err(Error::Conflict(
            "Somebody has to own an organization. Make somebody else an owner first, who accepts it, or close the organization.".into(),
        ));
    }
    Ok(())
}

/// Gives somebody of an organization another role, who is told.
///
/// # Errors
/// `Conflict` for its last owner; `NotFound` for whoever is not among its people.
pub fn set_role(tx: &mut Tx, organization: AccountId, (account, by): (AccountId, AccountId), role: Role, now: i64) -> Result<(), Error> {
    if !role.owns() {
        must_leave_an_owner(tx, organization, account)?;
    } else if role_of(tx, account, organization)?.is_some_and(|before| !before.owns()) {
        must_have_room(tx, account, "role")?;
    }
    let sql = "update organization_people set role = $3 where organization_id = $1 and account_id = $2";
    if tx.run(sql, params![organization, account, role.name()])? == 0 {
        return Err(Error::NotFound);
    }
    if account != by {
        notices::tell(tx, account, &News { about: organization.get(), ..News::by(&ROLE, organization) }, now)?;
    }
    Ok(())
}

/// Somebody is no more, or not to be, among an organization's people. Answers whether they were.
///
/// # Errors
/// `Conflict` for its last owner.
pub fn end(tx: &mut Tx, organization: AccountId, account: AccountId) -> Result<bool, Error> {
    must_leave_an_owner(tx, organization, account)?;
    Ok(take_out(tx, organization, account)?)
}

fn take_out(tx: &mut Tx, organization: AccountId, account: AccountId) -> Result<bool, db::Error> {
    let joined = role_of(tx, account, organization)?.is_some();
    let gone = tx.run("delete from organization_people where organization_id = $1 and account_id = $2", params![organization, account])?;
    if joined {
        count(tx, organization, -1)?;
    }
    Ok(gone == 1)
}

/// Whether the page names them.
///
/// # Errors
/// When the database does not answer.
pub fn set_named(tx: &mut Tx, organization: AccountId, account: AccountId, named: bool) -> Result<(), db::Error> {
    let sql = "update organization_people set named = $3 where organization_id = $1 and account_id = $2 and joined_at is not null";
    tx.run(sql, params![organization, account, i64::from(named)])?;
    Ok(())
}

/// An account that is forgotten runs nothing any more. Where it was the last owner, the one who is there longest is the next: an
/// editor before a contributor. They are told. Where nobody is left the staff appoint somebody.
///
/// # Errors
/// When the database does not answer.
pub fn leave_all(tx: &mut Tx, account: AccountId, now: i64) -> Result<(), db::Error> {
    let sql = "select organization_id from organization_people where account_id = $1";
    for organization in tx.all(sql, params![account], |row| row.get::<AccountId>(0))? {
        let last = held_owners(tx, organization)? == [account];
        take_out(tx, organization, account)?;
        let next = "select p.account_id from organization_people p join accounts a on a.id = p.account_id
            where p.organization_id = $1 and p.joined_at is not null and a.standing = 'member' and a.suspended_at is null
            order by case p.role when 'editor' then 0 else 1 end, p.joined_at, p.account_id limit 1";
        let Some(next) = tx.first(next, params![organization], |row| row.get::<AccountId>(0))?.filter(|_| last) else { continue };
        appoint_and_tell(tx, organization, next, Role::Owner, now)?;
    }
    Ok(())
}

/// An organization that is forgotten is run by nobody.
///
/// # Errors
/// When the database does not answer.
pub fn end_all(tx: &mut Tx, organization: AccountId) -> Result<(), db::Error> {
    if store::find(tx, organization)?.is_some_and(|found| found.account.standing == Standing::Gone) {
        tx.run("delete from organizations where id = $1", params![organization])?;
    }
    Ok(())
}
