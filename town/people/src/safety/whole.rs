//! Choices for one's safety on their way out of a site or into one: lines of an export (docs/export.md).

use db::{Tx, params};
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{Choices, MAX_HELP, Mentions, Requests, Settings, YEARS, choose};
use crate::AccountId;

/// What holds for one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose it is.
    pub account: AccountId,
    /// Whether sensitive pictures are shown to them at once.
    pub shows_sensitive: bool,
    /// Whose mentions they hear of, by its name.
    pub mentions: String,
    /// Who may ask to be their friend, by its name.
    pub requests: String,
    /// Since when the account is locked.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub locked: Option<i64>,
    /// In which year a minor was born.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_year: Option<i64>,
}

/// What the site set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// The page for those at risk; empty for the usual one.
    pub help: String,
    /// Members younger than this are minors; 0 where nobody is asked.
    pub minors_under: i64,
}

/// What the site set.
///
/// # Errors
/// When the database does not answer.
pub fn site(tx: &mut Tx) -> Result<Site, db::Error> {
    let Settings { help, minors_under } = Settings::load(tx)?;
    Ok(Site { help, minors_under })
}

/// Sets what another site had set.
///
/// # Errors
/// When the database does not answer.
pub fn put_site(tx: &mut Tx, site: &Site, now: i64) -> Result<bool, db::Error> {
    let fits = site.minors_under == 0 || YEARS.contains(&site.minors_under);
    let help = site.help.chars().take(MAX_HELP).collect();
    Settings { help, minors_under: if fits { site.minors_under } else { 0 } }.save(tx, now)?;
    Ok(true)
}

/// Lines by account, those after one: everybody's or somebody's. Accounts for which nothing holds have none.
///
/// # Errors
/// When the database does not answer.
pub fn lines(tx: &mut Tx, of: Option<AccountId>, after: Option<AccountId>, limit: u32) -> Result<Vec<Line>, db::Error> {
    let sql =
        "select a.id, coalesce(c.shows_sensitive, 0), coalesce(c.mentions, 'everybody'), coalesce(c.requests, 'everybody'), a.locked_at,
             a.birth_year
         from accounts a left join safety_choices c on c.account_id = a.id
         where a.id > $1 and (a.id = $2 or $2 = 0) and a.standing in ('member', 'leaving')
           and (c.account_id is not null or a.locked_at is not null or a.birth_year is not null)
         order by a.id limit $3";
    tx.all(sql, params![after.map_or(i64::MIN, AccountId::get), of.map_or(0, AccountId::get), limit], |row| {
        Ok(Line {
            account: row.get(0)?,
            shows_sensitive: row.get::<i64>(1)? == 1,
            mentions: row.get(2)?,
            requests: row.get(3)?,
            locked: row.get(4)?,
            birth_year: row.get(5)?,
        })
    })
}

/// Takes up what held for somebody elsewhere, unless they chose here; answers whether they did not. A lock and a year of birth are
/// never lifted by a file.
///
/// # Errors
/// When the database does not answer.
pub fn take_in(tx: &mut Tx, line: &Line, now: i64) -> Result<bool, db::Error> {
    if tx.first("select 1 from accounts where id = $1", params![line.account], |row| row.get::<i64>(0))?.is_none() {
        return Ok(false);
    }
    tx.run(
        "update accounts set locked_at = coalesce(locked_at, $2), birth_year = coalesce(birth_year, $3) where id = $1",
        params![line.account, line.locked, line.birth_year],
    )?;
    if line.birth_year.is_some() {
        let under = Settings::load(tx)?.minors_under;
        super::recount(tx, under, now)?;
    }
    if tx.first("select 1 from safety_choices where account_id = $1", params![line.account], |row| row.get::<i64>(0))?.is_some() {
        return Ok(false);
    }
    let (mentions, requests) = (Mentions::named(&line.mentions), Requests::named(&line.requests));
    choose(tx, line.account, Choices { shows_sensitive: line.shows_sensitive, mentions, requests })?;
    Ok(true)
}
