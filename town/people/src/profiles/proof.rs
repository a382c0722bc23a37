//! Proving links: the page a link leads to is asked, by a job, whether it leads back with `rel="me"`
//! (<https://microformats.org/wiki/rel-me>), through the way out that reaches the public web alone.

use fetch::{Asking, Limits};
use jobs::Context;
use serde::{Deserialize, Serialize};
use web::Tag;

use super::store;
use crate::{
    AccountId, Town,
    accounts::{self, Standing},
};

/// Bytes of a page that are looked at.
const MAX_PAGE: u64 = 2 << 20;
/// A page is not asked again within so long, however often its member saves.
const PAUSE_MS: i64 = 60 * 1000;
/// A page is asked again after so long: it may lead back no more.
const AGAIN_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The job that asks the pages of somebody's links.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProveLinks {
    /// Whose links.
    pub account: AccountId,
}

impl jobs::Job for ProveLinks {
    const KIND: &'static str = "profile.links";
}

fn key(account: AccountId) -> String {
    format!("profile.links:{account}")
}

/// Has somebody's links asked.
pub(super) fn want(tx: &mut db::Tx, account: AccountId, at: i64) -> Result<(), db::Error> {
    jobs::enqueue_unique(tx, &key(account), &ProveLinks { account }, at)?;
    Ok(())
}

/// Asks the pages of somebody's links whether they lead back. A page that does not answer proves nothing; it is asked again in a
/// month, as all are.
///
/// # Errors
/// When the database does not answer.
pub async fn prove_links(town: Town, _: Context, job: ProveLinks) -> anyhow::Result<()> {
    let (account, now) = (job.account, town.now());
    let (member, links) = town
        .db
        .read(move |tx| -> Result<_, db::Error> { Ok((accounts::by_id(tx, account)?, store::links_to_ask(tx, account, now - PAUSE_MS)?)) })
        .await?;
    let Some(member) = member.filter(|member| member.standing == Standing::Member) else { return Ok(()) };
    let home = format!("{}/@{}", town.origin(), member.handle);
    let mut answers = Vec::with_capacity(links.len());
    for url in links {
        let proved = leads_back(&town, &url, &home).await;
        answers.push((url, proved));
    }
    town.db
        .write(move |tx| -> Result<(), db::Error> {
            for (url, proved) in &answers {
                store::asked(tx, account, url, *proved, now)?;
            }
            // Also where none was asked just now: this run took the place of the one of next month.
            if store::own(tx, account)?.links.is_empty() { Ok(()) } else { want(tx, account, now + AGAIN_MS) }
        })
        .await?;
    town.pages.changed(&[Tag("account", account.get())]);
    Ok(())
}

async fn leads_back(town: &Town, url: &str, home: &str) -> bool {
    let asking = Asking::get(url).accept("text/html, application/xhtml+xml").within(Limits::of_bytes(MAX_PAGE));
    let Ok(answer) = town.fetch.ask(asking).await else { return false };
    if !answer.status.is_success() || !matches!(answer.media_type().as_str(), "text/html" | "application/xhtml+xml") {
        return false;
    }
    let home = home.to_owned();
    // Foreign markup can be slow to read: not where pages are answered.
    let said = tokio::task::spawn_blocking(move || text::html::same_person(&answer.text()).iter().any(|href| is_home(href, &home)));
    said.await.unwrap_or(false)
}

/// Whether an address is that of somebody's page here. Handles know no case, and a slash at the end leads to the same page.
pub(super) fn is_home(href: &str, home: &str) -> bool {
    let bare = |address: &str| address.trim().trim_end_matches('/').to_lowercase();
    bare(href) == bare(home)
}
