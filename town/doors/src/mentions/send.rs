//! Telling other pages that a story links to them (§3.1).

use anyhow::anyhow;
use db::{Tx, params};
use fetch::{Asking, Limits};
use http::StatusCode;
use jobs::Context;
use people::Town;
use scraper::{ElementRef, Html};
use serde::{Deserialize, Serialize};
use talk::{PostId, mentions};
use things::stories::{Changed, Source};
use web::token;

use super::{TRIES, endpoint, is_ours, web_address};

/// Pages told of one story; a story with more links is a list of links.
const MOST: usize = 50;
/// Bytes of a page in which its endpoint is looked for.
const MAX_PAGE: u64 = 1 << 20;

/// The job that tells one page.
#[derive(Debug, Serialize, Deserialize)]
pub struct Send {
    /// What links to it, or did.
    pub story: PostId,
    /// Its address.
    pub target: String,
}

impl jobs::Job for Send {
    const KIND: &'static str = "mention.send";
}

impl Send {
    /// Several changes are told as one.
    fn key(&self) -> String {
        let digest = token::hex(&token::digest(&self.target)[..16]);
        format!("mention.send:{}:{digest}", self.story)
    }
}

/// Writes down whom to tell: every page that the story links to now, and those it no longer does (§3.1.5).
pub(crate) fn tell(tx: &mut Tx, changed: &Changed, origin: &str, now: i64) -> Result<(), db::Error> {
    let story = changed.story;
    let mut targets = links_of(tx, story, origin)?;
    for target in &targets {
        mentions::note_sent(tx, story, target)?;
    }
    let before = mentions::sent_of(tx, story)?;
    targets.extend(before.into_iter().filter(|target| !targets.contains(target)).collect::<Vec<_>>());
    for target in targets {
        let send = Send { story, target };
        jobs::enqueue_unique(tx, &send.key(), &send, now)?;
    }
    Ok(())
}

/// Where the story leads, away from this site; nowhere when readers do not see it.
fn links_of(tx: &mut Tx, story: PostId, origin: &str) -> Result<Vec<String>, db::Error> {
    let sql = "select body_html, sources from stories where id = $1 and listed_at is not null";
    let found = tx.first(sql, params![story], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    let Some((body, sources)) = found else { return Ok(Vec::new()) };
    let sources: Vec<Source> = serde_json::from_str(&sources).unwrap_or_default();
    Ok(links_in(&body, sources.iter().map(|source| source.url.as_str()), origin))
}

fn links_in<'a>(body: &str, sources: impl Iterator<Item = &'a str>, origin: &str) -> Vec<String> {
    let html = Html::parse_fragment(body);
    let elements = html.root_element().descendants().filter_map(ElementRef::wrap);
    let in_body = elements.filter(|element| element.value().name() == "a").filter_map(|link| web_address(link.value().attr("href")?));
    let mut links: Vec<String> = Vec::new();
    for url in in_body.chain(sources.filter_map(web_address)).filter(|url| !is_ours(url, origin)) {
        if links.len() < MOST && !links.iter().any(|known| known == url.as_str()) {
            links.push(url.into());
        }
    }
    links
}

/// Tells one page, if it wants to be told.
///
/// # Errors
/// When it does not answer and may do so later.
pub async fn send(town: Town, context: Context, send: Send) -> anyhow::Result<()> {
    let (story, target, origin) = (send.story, send.target.clone(), town.origin().to_owned());
    let linked = town.db.read(move |tx| links_of(tx, story, &origin)).await?.contains(&target);
    match told(&town, &send).await {
        Told::Yes if linked => Ok(()),
        Told::Later(error) if context.attempt < TRIES => Err(error),
        // It knows that there is no link any more, or does not want to know of any.
        _ => Ok(town.db.write(move |tx| mentions::forget_sent(tx, story, &target)).await?),
    }
}

/// How it went.
enum Told {
    Yes,
    No,
    Later(anyhow::Error),
}

async fn told(town: &Town, send: &Send) -> Told {
    let asking = Asking::get(&send.target).accept("text/html, */*;q=0.5").within(Limits::of_bytes(MAX_PAGE));
    let page = match town.fetch.ask(asking).await {
        Ok(page) if is_passing(page.status) => return Told::Later(anyhow!("{} answered {}", send.target, page.status)),
        Ok(page) => page,
        Err(error) => return failed(error),
    };
    let Ok(Some(endpoint)) = tokio::task::spawn_blocking(move || endpoint::of(&page)).await else { return Told::No };
    // The address that stays when the headline changes: the same page is the same source.
    let source = format!("{}/stories/{}", town.origin(), send.story);
    let form = Asking::form(endpoint.as_str(), &[("source", &source), ("target", &send.target)]);
    match town.fetch.ask(form).await {
        Ok(answer) if answer.status.is_success() => Told::Yes,
        Ok(answer) if is_passing(answer.status) => Told::Later(anyhow!("{endpoint} answered {}", answer.status)),
        Ok(_) => Told::No,
        Err(error) => failed(error),
    }
}

fn failed(error: fetch::Error) -> Told {
    if error.is_permanent() { Told::No } else { Told::Later(error.into()) }
}

/// What may be otherwise the next time.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}

#[cfg(test)]
mod tests {
    use super::links_in;

    #[test]
    fn links_lead_away_and_count_once() {
        let body = r##"<p><a href="https://a.example/x?a=1&amp;b=2">x</a> <a href="https://a.example/x?a=1&amp;b=2">again</a>
            <a href="#below">y</a> <a href="/sections/water">z</a> <a href="https://town.example/stories/1">ours</a>
            <a href="mailto:a@b.example">m</a> <a href="https://me:secret@c.example/">c</a> https://d.example/</p>"##;
        let sources = ["", "https://b.example", "https://a.example/x?a=1&b=2"];
        assert_eq!(links_in(body, sources.into_iter(), "https://town.example"), ["https://a.example/x?a=1&b=2", "https://b.example/"]);
        let many: String = (0..60).map(|number| format!("<a href=https://a.example/{number}>x</a>")).collect();
        assert_eq!(links_in(&many, [].into_iter(), "https://town.example").len(), 50);
    }
}
