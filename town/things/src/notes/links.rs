//! Cards of links: what the page says of itself to which a note leads first.
//!
//! The page is asked by a job, after the note is posted, through the way out that reaches the public web alone
//! ([`fetch::Fetcher`]): nobody waits for it, and nobody can send us to what only we can reach. Its words are kept, its
//! pictures are not. A page that cannot be had, or says nothing, has no card; neither has one of this site.

use db::{Tx, params};
use fetch::{Asking, Limits};
use jobs::Context;
use people::Town;
use serde::{Deserialize, Serialize};
use talk::{posts::Visibility, views};
use text::html::About;
use url::Url;
use web::Tag;

use super::Content;

/// What a page said of itself is asked again after so long, when somebody leads to it once more.
const FRESH_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Bytes of a page: its head is at its beginning, but some begin with a megabyte of styles.
const MAX_PAGE: u64 = 2 << 20;
/// A page that does not answer is asked so often.
const TRIES: u32 = 3;
/// Notes whose pages are drawn anew when a card comes.
const SHOWN_BY: u32 = 200;

/// What a page elsewhere says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its address.
    pub url: String,
    /// Its words.
    pub about: About,
}

impl Card {
    /// The host of the page, without the `www.` that nobody says.
    pub fn host(&self) -> String {
        let host = Url::parse(&self.url).ok().and_then(|url| url.host_str().map(ToOwned::to_owned)).unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(&host).to_owned()
    }
}

/// The job that asks a page what it says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct FetchCard {
    /// Its address.
    pub url: String,
}

impl jobs::Job for FetchCard {
    const KIND: &'static str = "note.card";
}

fn key(url: &str) -> String {
    format!("note.card:{}", web::token::hex(&web::token::digest(url)))
}

/// The address that a note has a card of: the first in its words, where it shows nothing else.
pub(super) fn of(content: &Content) -> Option<String> {
    let shows = !content.pictures.is_empty() || content.recording.is_some() || content.quoted.is_some();
    if shows { None } else { text::note::first_link(&content.body) }
}

/// Has the page asked, unless it was lately. What is for nobody else, or for those it names, tells nobody that it is there.
pub(super) fn want(tx: &mut Tx, link: Option<&str>, visibility: Visibility, now: i64) -> Result<(), db::Error> {
    let private = matches!(visibility, Visibility::OnlyMe | Visibility::Mentioned);
    let Some(url) = link.filter(|_| !private) else { return Ok(()) };
    let known = "select 1 from link_cards where url = $1 and fetched_at > $2";
    if tx.first(known, params![url, now - FRESH_MS], |row| row.get::<i64>(0))?.is_none() {
        jobs::enqueue_once(tx, &key(url), &FetchCard { url: url.to_owned() }, now)?;
    }
    Ok(())
}

/// Asks a page what it says of itself.
///
/// # Errors
/// When it does not answer and may do so later, or the database does not.
pub async fn fetch_card(town: Town, context: Context, asked: FetchCard) -> anyhow::Result<()> {
    let FetchCard { url } = asked;
    let own = url.strip_prefix(town.origin()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    let about = match own {
        true => About::default(),
        false => match ask(&town, &url).await {
            // A host that is not there has no card; nobody has to look into that.
            Err(_) if context.attempt >= TRIES => About::default(),
            asked => asked?,
        },
    };
    let now = town.now();
    let shown = town
        .db
        .write(move |tx| {
            keep(tx, &url, &about, now)?;
            let sql = "select id from notes where link = $1 order by id desc limit $2";
            tx.all(sql, params![&url, SHOWN_BY], |row| row.get::<i64>(0))
        })
        .await?;
    let tags: Vec<Tag> = shown.into_iter().map(views::tag).collect();
    town.pages.changed(&tags);
    Ok(())
}

async fn ask(town: &Town, url: &str) -> anyhow::Result<About> {
    let asking = Asking::get(url).accept("text/html, application/xhtml+xml").within(Limits::of_bytes(MAX_PAGE));
    let answer = match town.fetch.ask(asking).await {
        Ok(answer) if answer.status.is_server_error() => anyhow::bail!("{url} answered {}", answer.status),
        Ok(answer) => answer,
        Err(error) if error.is_permanent() => return Ok(About::default()),
        Err(error) => return Err(error.into()),
    };
    if !answer.status.is_success() || !matches!(answer.media_type().as_str(), "text/html" | "application/xhtml+xml") {
        return Ok(About::default());
    }
    // Foreign markup can be slow to read: not where pages are answered.
    Ok(tokio::task::spawn_blocking(move || text::html::about(&answer.text())).await?)
}

fn keep(tx: &mut Tx, url: &str, about: &About, now: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into link_cards (url, title, description, site, fetched_at) values ($1, $2, $3, $4, $5)
         on conflict (url) do update set title = excluded.title, description = excluded.description, site = excluded.site,
           fetched_at = excluded.fetched_at",
        params![url, &about.title, &about.description, &about.site, now],
    )?;
    Ok(())
}
