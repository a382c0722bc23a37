//! The feeds of a search: the newest stories that match, whole, for whoever wants to be told of the next one.
//!
//! The words are taken as they are typed: a feed that guessed would change its guess with every new story.

use axum::{
    extract::{RawQuery, State},
    http::Uri,
};
use db::Tx;
use jiff::tz::TimeZone;
use people::{Caller, Town};
use web::{Error, Result, Tag};

use super::{
    find::{self, Asked},
    pages,
    routes::asked,
};
use crate::syndication::{Format, Listed, of_found};

/// What the index says has changed.
pub(crate) const INDEX: Tag = Tag("search", 0);

/// Kept for guests like every feed: readers' programs ask for the same ones again and again, and what is asked for once
/// never drives them out.
pub(super) async fn show(State(town): State<Town>, caller: Caller, uri: Uri, RawQuery(query): RawQuery) -> Result {
    town.limits.search.by_address(caller.address)?;
    let format = Format::ending(uri.path()).ok_or(Error::NotFound)?;
    let asked = asked(&query.unwrap_or_default());
    if asked.typed.is_empty() {
        return Err(Error::Malformed("Say what to look for: /search.rss?q= and a word.".into()));
    }
    let (site, zone, now) = (town.site().name.clone(), town.zone(), town.now());
    of_found(&town, format, move |tx, limit| listed(tx, &asked, &site, (&zone, now), limit)).await
}

fn listed(tx: &mut Tx, asked: &Asked, site: &str, (zone, now): (&TimeZone, i64), limit: u32) -> Result<Listed> {
    let cards = find::newest(tx, asked, zone, now, limit as usize)?;
    let page = pages::address(asked, &asked.typed, 1, false);
    Ok(Listed {
        title: format!("{} · {site}", asked.typed),
        description: format!("The newest stories with {} on {site}.", asked.typed),
        base: page.clone(),
        page,
        cards,
        since: 0,
        tag: Some(INDEX),
    })
}
