//! Every query about profiles.

use db::{Row, Tx, params};

use super::profile::{Fact, Link, Profile, Told};
use crate::{
    AccountId, Viewer,
    connections::{ShownTo, where_connected},
};

/// What a viewer sees of what somebody says of themselves.
pub fn of(tx: &mut Tx, viewer: &Viewer, account: AccountId) -> Result<Profile, db::Error> {
    read(tx, account, viewer.must_be_member().map_or(0, |me| me.id.get()))
}

/// All that somebody says of themselves.
pub fn own(tx: &mut Tx, account: AccountId) -> Result<Profile, db::Error> {
    read(tx, account, account.get())
}

/// What this reader sees of it: an account's id, or 0 for guests.
pub(super) fn read(tx: &mut Tx, account: AccountId, reader: i64) -> Result<Profile, db::Error> {
    let seen = format!(
        "(f.account_id = $2 or f.shown_to = 'public' or (f.shown_to = 'members' and $2 <> 0) or (f.shown_to = 'connections' and {}))",
        where_connected("$2", "f.account_id")
    );
    let cover =
        tx.first("select cover from profiles where account_id = $1", params![account], |row| row.get::<Option<String>>(0))?.flatten();
    let sql = format!("select fact, value, shown_to from profile_facts f where f.account_id = $1 and {seen}");
    let told = tx.all(&sql, params![account, reader], told)?;
    // What this program does not know it does not show.
    let facts = Fact::ALL.into_iter().filter_map(|fact| told.iter().flatten().find(|told| told.fact == fact).cloned()).collect();
    let sql = format!(
        "select url, shown_to, case when proved_at is null then 0 else 1 end from profile_links f where f.account_id = $1 and {seen} order by f.position"
    );
    let links = tx.all(&sql, params![account, reader], |row| {
        Ok(Link { url: row.get(0)?, shown_to: ShownTo::named(row.text(1)?).unwrap_or(ShownTo::OnlyMe), proved: row.get(2)? })
    })?;
    Ok(Profile { cover, facts, links })
}

fn told(row: &Row) -> Result<Option<Told>, db::Error> {
    let Some(fact) = Fact::named(row.text(0)?) else { return Ok(None) };
    Ok(Some(Told { fact, value: row.get(1)?, shown_to: ShownTo::named(row.text(2)?).unwrap_or(ShownTo::OnlyMe) }))
}

/// Somebody tells one fact, or takes it back with no words.
pub fn tell(tx: &mut Tx, account: AccountId, told: &Told) -> Result<(), db::Error> {
    if told.value.is_empty() {
        tx.run("delete from profile_facts where account_id = $1 and fact = $2", params![account, told.fact.name()])?;
        return Ok(());
    }
    tx.run(
        "insert into profile_facts (account_id, fact, value, shown_to) values ($1, $2, $3, $4)
         on conflict (account_id, fact) do update set value = excluded.value, shown_to = excluded.shown_to",
        params![account, told.fact.name(), &told.value, told.shown_to.name()],
    )?;
    Ok(())
}

/// Somebody says all of it anew; the cover stays. A link that was proved stays so.
pub(super) fn save(tx: &mut Tx, account: AccountId, profile: &Profile) -> Result<(), db::Error> {
    tx.run("delete from profile_facts where account_id = $1", params![account])?;
    for told in &profile.facts {
        tell(tx, account, told)?;
    }
    let known = tx.all("select url, asked_at, proved_at from profile_links where account_id = $1", params![account], |row| {
        Ok((row.get::<String>(0)?, row.get::<Option<i64>>(1)?, row.get::<Option<i64>>(2)?))
    })?;
    tx.run("delete from profile_links where account_id = $1", params![account])?;
    for (position, link) in (0_i64..).zip(&profile.links) {
        let before = known.iter().find(|(url, ..)| *url == link.url);
        tx.run(
            "insert into profile_links (account_id, position, url, shown_to, asked_at, proved_at) values ($1, $2, $3, $4, $5, $6)",
            params![
                account,
                position,
                &link.url,
                link.shown_to.name(),
                before.and_then(|(_, asked, _)| *asked),
                before.and_then(|(.., proved)| *proved)
            ],
        )?;
    }
    Ok(())
}

/// Sets or removes the wide picture.
pub fn set_cover(tx: &mut Tx, account: AccountId, cover: Option<&str>) -> Result<(), db::Error> {
    tx.run(
        "insert into profiles (account_id, cover) values ($1, $2) on conflict (account_id) do update set cover = excluded.cover",
        params![account, cover],
    )?;
    Ok(())
}

/// Somebody's links that were not asked since then.
pub(super) fn links_to_ask(tx: &mut Tx, account: AccountId, since: i64) -> Result<Vec<String>, db::Error> {
    tx.all(
        "select url from profile_links where account_id = $1 and shown_to <> 'only_me' and (asked_at is null or asked_at < $2)
           order by position",
        params![account, since],
        |row| row.get(0),
    )
}

/// The page of a link was asked whether it leads back.
pub(super) fn asked(tx: &mut Tx, account: AccountId, url: &str, proved: bool, now: i64) -> Result<(), db::Error> {
    tx.run(
        "update profile_links set asked_at = $3, proved_at = $4 where account_id = $1 and url = $2",
        params![account, url, now, proved.then_some(now)],
    )?;
    Ok(())
}
