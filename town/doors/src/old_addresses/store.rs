//! Every query about old addresses.

use db::{Tx, params};
use people::{AccountId, accounts, pictures, uses};
use talk::{PostId, topics};
use things::{sections, stories};

use super::path::Candidate;

/// What an old address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A story, while it is published.
    Story(PostId),
    /// A section, by a slug it has or had.
    Section(String),
    /// A topic, by its key.
    Topic(String),
    /// Somebody's page.
    Account(AccountId),
    /// A picture, by its key.
    Picture(String),
    /// A page of the site that is always there, such as its feed.
    Page(String),
}

impl Target {
    fn parts(&self) -> (&'static str, String) {
        match self {
            Self::Story(id) => ("story", id.to_string()),
            Self::Section(slug) => ("section", slug.clone()),
            Self::Topic(key) => ("topic", key.clone()),
            Self::Account(id) => ("account", id.to_string()),
            Self::Picture(key) => ("picture", key.clone()),
            Self::Page(path) => ("page", path.clone()),
        }
    }
}

/// Keeps an old address. What it led to first stays; paths that are none are passed over.
pub fn keep(tx: &mut Tx, address: &str, target: &Target, now: i64) -> Result<bool, db::Error> {
    let Some(path) = super::normal(address) else { return Ok(false) };
    let (kind, name) = target.parts();
    let kept = tx.run(
        "insert into old_addresses (path, kind, target, created_at) values ($1, $2, $3, $4) on conflict (path) do nothing",
        params![&path, kind, &name, now],
    )?;
    if kept == 1
        && let Target::Picture(key) = target
    {
        uses::add(tx, uses::OLD_ADDRESSES, std::slice::from_ref(key))?;
    }
    Ok(kept == 1)
}

/// Where a path leads now; `None` when it is not known, or what it led to is not there any more.
pub fn resolve(tx: &mut Tx, path: &str) -> Result<Option<String>, db::Error> {
    let found = tx.first("select kind, target from old_addresses where path = $1", params![path], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?))
    })?;
    let Some((kind, target)) = found else { return Ok(None) };
    Ok(match kind.as_str() {
        "story" => match target.parse() {
            Ok(id) => tx.first("select slug from stories where id = $1 and listed_at is not null", params![id], |row| {
                Ok(stories::address(id, row.text(0)?))
            })?,
            Err(_) => None,
        },
        "section" => sections::by_slug(tx, &target)?.map(|section| section.address()),
        "topic" => topics::by_key(tx, &target)?.map(|topic| topic.address()),
        "account" => match target.parse() {
            Ok(id) => accounts::by_id(tx, id)?.map(|account| account.author().address()),
            Err(_) => None,
        },
        "picture" => pictures::find(tx, &target)?.map(|picture| pictures::address(&picture.key)),
        "page" => Some(target),
        _ => None,
    })
}

/// Where a candidate leads. Only lists have feeds of their own.
pub(super) fn leads_to(tx: &mut Tx, candidate: &Candidate) -> Result<Option<String>, db::Error> {
    let Some(to) = resolve(tx, &candidate.path)? else { return Ok(None) };
    let list = to.starts_with("/sections/") || to.starts_with("/topics/") || to.starts_with("/@");
    let then = if list { candidate.then } else { "" };
    // Nothing leads to itself: that would be asked for ever.
    Ok((to != candidate.path).then(|| format!("{to}{then}")))
}
