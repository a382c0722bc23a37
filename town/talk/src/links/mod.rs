//! Cards of links: what the page says of itself to which a note or a comment leads first.
//!
//! The page is asked by a job, after the post is there, through the way out that reaches the public web alone
//! ([`fetch::Fetcher`]): nobody waits for it, and nobody can send us to what only we can reach. Its words are kept, its
//! pictures are not. A page that cannot be had, or says nothing, has no card; neither has one of this site.

use db::{Row, Tx, params};
use fetch::{Asking, Limits};
use jobs::Context;
use maud::{Markup, html};
use people::Town;
use serde::{Deserialize, Serialize};
use text::html::About;
use url::Url;
use web::{Tag, kit::icon};

use crate::{posts::Visibility, views};

/// What a page said of itself is asked again after so long, when somebody leads to it once more.
const FRESH_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Bytes of a page: its head is at its beginning, but some begin with a megabyte of styles.
const MAX_PAGE: u64 = 2 << 20;
/// A page that does not answer is asked so often.
const TRIES: u32 = 3;
/// Posts whose pages are drawn anew when a card comes, of each kind.
pub const SHOWN_BY: u32 = 200;

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

    /// As it stands under the words of a post.
    pub fn markup(&self) -> Markup {
        let Self { url, about } = self;
        html! {
            a.link-card href=(url) rel="nofollow ugc noopener" {
                span.meta dir="auto" { (icon("link")) @if about.site.is_empty() { (self.host()) } @else { (about.site) } }
                strong dir="auto" { (about.title) }
                @if !about.description.is_empty() { span.words dir="auto" { (about.description) } }
            }
        }
    }
}

/// The job that asks a page what it says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct FetchCard {
    /// Its address.
    pub url: String,
}

/// The posts of a wing above whose pages show the card of an address: at most [`SHOWN_BY`].
pub type ShownBy = fn(&mut Tx, &str) -> Result<Vec<i64>, db::Error>;

impl jobs::Job for FetchCard {
    // As it was called when notes alone had cards: what waits in the queue is done.
    const KIND: &'static str = "note.card";
}

/// The card in four columns of a row, from this one on: address, title, description, site. None where there is no address.
///
/// # Errors
/// When the row has others.
pub fn card(row: &Row, at: usize) -> Result<Option<Card>, db::Error> {
    let Some(url) = row.get::<Option<String>>(at)? else { return Ok(None) };
    let about = About { title: row.get(at + 1)?, description: row.get(at + 2)?, site: row.get(at + 3)? };
    Ok(Some(Card { url, about }))
}

fn key(url: &str) -> String {
    format!("note.card:{}", web::token::hex(&web::token::digest(url)))
}

/// Has the page asked, unless it was lately. What is for nobody else, or for those it names, tells nobody that it is there.
///
/// # Errors
/// When the database does not answer.
pub fn want(tx: &mut Tx, link: Option<&str>, visibility: Visibility, now: i64) -> Result<(), db::Error> {
    let private = matches!(visibility, Visibility::OnlyMe | Visibility::Mentioned);
    let Some(url) = link.filter(|_| !private) else { return Ok(()) };
    let known = "select 1 from link_cards where url = $1 and fetched_at > $2";
    if tx.first(known, params![url, now - FRESH_MS], |row| row.get::<i64>(0))?.is_none() {
        jobs::enqueue_once(tx, &key(url), &FetchCard { url: url.to_owned() }, now)?;
    }
    Ok(())
}

/// Asks a page what it says of itself, for comments and for what `shown_by` knows of.
///
/// # Errors
/// When it does not answer and may do so later, or the database does not.
pub async fn fetch_card(town: Town, context: Context, asked: FetchCard, shown_by: ShownBy) -> anyhow::Result<()> {
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
            let sql = "select subject_id from comments where link = $1 order by id desc limit $2";
            let mut shown = tx.all(sql, params![&url, SHOWN_BY], |row| row.get::<i64>(0))?;
            shown.extend(shown_by(tx, &url)?);
            Ok::<_, db::Error>(shown)
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
