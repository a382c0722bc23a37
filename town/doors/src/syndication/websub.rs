//! WebSub (W3C Recommendation, 23 January 2018): the hub is told which feeds and pages have changed, and tells those who
//! have subscribed. What hubs expect of a publisher is a form with `hub.mode=publish` and `hub.url` (PubSubHubbub 0.3 §7.1,
//! which the Recommendation leaves as it was); one address at a time is what all of them understand.

use anyhow::bail;
use db::{Tx, params};
use fetch::Asking;
use http::HeaderValue;
use jobs::give_up;
use people::{AccountId, Town, accounts};
use serde::{Deserialize, Serialize};
use talk::{
    places::{self, PlaceId},
    topics::{self, TopicId},
};
use things::{
    sections::{self, Section, SectionId},
    stories::Changed,
};

use super::Format;

/// The job that tells the hub.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ping {
    /// Whose lists have changed: sections, authors, topics. That of the site has changed with any.
    pub shelves: Vec<i64>,
}

impl jobs::Job for Ping {
    const KIND: &'static str = "websub.ping";
}

/// The header that names hub and feed (§4).
pub(super) fn links(hub: &str, own: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("<{hub}>; rel=\"hub\", <{own}>; rel=\"self\"")).ok()
}

/// Writes down that the hub is to be told, if the site has one.
pub(crate) fn tell(tx: &mut Tx, changed: &Changed, now: i64) -> Result<(), db::Error> {
    if hub(tx)?.is_some() {
        jobs::enqueue(tx, &Ping { shelves: changed.shelves.clone() }, now)?;
    }
    Ok(())
}

fn hub(tx: &mut Tx) -> Result<Option<String>, db::Error> {
    tx.first("select hub from site where hub <> ''", params![], |row| row.get(0))
}

/// Tells the hub. What fails is told again later, all of it: hearing twice of a change does no harm.
///
/// # Errors
/// When the hub does not answer or does not take it.
pub async fn ping(town: Town, ping: Ping) -> anyhow::Result<()> {
    let unit = move |tx: &mut Tx| -> Result<_, db::Error> { Ok((hub(tx)?, lists(tx, &ping.shelves)?)) };
    // Taken away meanwhile: nobody is to be told.
    let (Some(hub), lists) = town.db.read(unit).await? else { return Ok(()) };
    for (page, base) in lists {
        let feeds = Format::ALL.into_iter().map(|format| format.of(&base));
        for path in feeds.chain([page]) {
            publish(&town, &hub, &format!("{}{path}", town.origin())).await?;
        }
    }
    Ok(())
}

async fn publish(town: &Town, hub: &str, topic: &str) -> anyhow::Result<()> {
    let answer = town.fetch.ask(Asking::form(hub, &[("hub.mode", "publish"), ("hub.url", topic)])).await;
    let answer = answer.map_err(|error| if error.is_permanent() { give_up(error) } else { error.into() })?;
    match answer.status.as_u16() {
        200..=299 => Ok(()),
        408 | 429 | 500.. => bail!("the hub {hub} answered {}", answer.status),
        _ => Err(give_up(anyhow::anyhow!("the hub {hub} does not take {topic}: {}", answer.status))),
    }
}

/// Page and feeds (without their ending) of each list; the site's first.
fn lists(tx: &mut Tx, shelves: &[i64]) -> Result<Vec<(String, String)>, db::Error> {
    let tree = sections::all(tx)?;
    let mut pages: Vec<String> = shelves.iter().filter_map(|owner| tree.get(SectionId::new(*owner))).map(Section::address).collect();
    for owner in shelves {
        pages.extend(accounts::by_id(tx, AccountId::new(*owner))?.map(|account| account.author().address()));
        pages.extend(topics::by_id(tx, TopicId::new(*owner))?.map(|topic| topic.address()));
        pages.extend(places::by_id(tx, PlaceId::new(*owner))?.map(|place| place.address()));
    }
    Ok([("/".to_owned(), "/feed".to_owned())].into_iter().chain(pages.into_iter().map(|page| (page.clone(), page))).collect())
}
