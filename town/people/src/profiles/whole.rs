//! Profiles for exports: each as one line, and back again.

use db::{Tx, params};
use serde::{Deserialize, Serialize};

use super::{
    profile::{Fact, Link, MAX_LINKS, Profile, Told, parse_url},
    store,
};
use crate::{AccountId, connections::ShownTo};

/// What somebody says of themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose it is.
    pub account: AccountId,
    /// Key of the wide picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// Facts by name.
    #[serde(default)]
    pub facts: Vec<Said>,
    /// Links.
    #[serde(default)]
    pub links: Vec<Said>,
}

/// Something said, and who sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Which fact; empty for links.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The words or the address.
    pub value: String,
    /// Who sees it, by its name.
    pub shown_to: String,
}

/// Profiles by account, those after one.
pub fn lines(tx: &mut Tx, after: Option<AccountId>, limit: u32) -> Result<Vec<Line>, db::Error> {
    let sql = "select account_id from profiles where account_id > $1 union select account_id from profile_facts where account_id > $1
        union select account_id from profile_links where account_id > $1 order by 1 limit $2";
    let accounts = tx.all(sql, params![after.map_or(i64::MIN, AccountId::get), limit], |row| row.get(0))?;
    accounts.into_iter().map(|account| line(tx, account)).collect()
}

/// What one account says of itself.
pub fn line(tx: &mut Tx, account: AccountId) -> Result<Line, db::Error> {
    let Profile { cover, facts, links } = store::own(tx, account)?;
    let said = |name: &str, value: String, shown_to: ShownTo| Said { name: name.into(), value, shown_to: shown_to.name().into() };
    Ok(Line {
        account,
        cover,
        facts: facts.into_iter().map(|told| said(told.fact.name(), told.value, told.shown_to)).collect(),
        links: links.into_iter().map(|link| said("", link.url, link.shown_to)).collect(),
    })
}

/// Takes up what somebody said of themselves elsewhere, unless they say something here; answers whether they did not. That a link
/// was proved there is not taken on the word of a file.
pub fn put(tx: &mut Tx, line: &Line, now: i64) -> Result<bool, db::Error> {
    if store::own(tx, line.account)? != Profile::default() {
        return Ok(false);
    }
    let audience = |said: &Said| ShownTo::named(&said.shown_to).unwrap_or(ShownTo::OnlyMe);
    let facts = line.facts.iter().filter_map(|said| {
        let fact = Fact::named(&said.name)?;
        let value = fact.parse(&said.value).ok().filter(|value| !value.is_empty())?;
        Some(Told { fact, value, shown_to: audience(said) })
    });
    let links = line.links.iter().filter_map(|said| {
        let url = parse_url(&said.value).ok().flatten()?;
        Some(Link { url, shown_to: audience(said), proved: false })
    });
    let profile = Profile { cover: None, facts: facts.collect(), links: links.take(MAX_LINKS).collect() };
    store::save(tx, line.account, &profile)?;
    if let Some(cover) = line.cover.as_deref().filter(|key| media::is_key(key)) {
        store::set_cover(tx, line.account, Some(cover))?;
    }
    if !profile.links.is_empty() {
        super::proof::want(tx, line.account, now)?;
    }
    Ok(true)
}
