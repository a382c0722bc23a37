//! Sitemaps (sitemaps.org protocol 0.9): an index, a file for each month with stories, one for the pages of the site,
//! and one of the last two days for news search (Google's news extension).
//!
//! Months keep it cheap: the index only counts along the index of times, a month's file reads its own stories, and a
//! month that is over stays as it is. A month with more stories than one file holds has further files, numbered from 2.

mod files;
mod write;

use axum::{
    Extension, Router,
    extract::{Path, RawQuery, State},
    response::Response,
    routing::get,
};
use people::{Town, town::SITE};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use things::sections;
use web::{Cacheable, Error, Result, Tag};

use self::files::File;
use super::{document, store};
use crate::cards::LISTING;

/// Addresses in one file: under the protocol's 50,000, and light enough to be drawn at once.
const ADDRESSES: usize = 5_000;
/// Files of one month at most. What a site dates into one month beyond it is found through its sections.
const FILES: usize = 20;
/// What news search takes: two days, a thousand stories.
const NEWS_MS: i64 = 48 * 60 * 60 * 1000;
const NEWS: u32 = 1_000;

/// How old the list of files may be.
const RECOUNT: Duration = Duration::from_secs(600);

const XML: &str = "application/xml; charset=utf-8";

/// The addresses of sitemaps.
pub(super) fn routes() -> Router<Town> {
    let index = get(index).layer(Extension(Arc::new(Counted::default())));
    Router::new().route("/sitemap.xml", index).route("/sitemaps/{file}", get(show))
}

async fn index(State(town): State<Town>, Extension(counted): Extension<Arc<Counted>>, query: RawQuery) -> Result {
    bare(&query)?;
    let files = counted.files(&town).await?;
    Ok(document(XML, write::index(town.origin(), &files), about(&[], 600)))
}

/// The files as they were last counted. Counting a million stories takes a tenth of a second, so it is done once in ten
/// minutes at most, whoever asks, and by one request while the others wait for it.
#[derive(Default)]
struct Counted(tokio::sync::Mutex<Option<(Instant, Arc<[File]>)>>);

impl Counted {
    async fn files(&self, town: &Town) -> Result<Arc<[File]>> {
        let mut counted = self.0.lock().await;
        if let Some((at, files)) = &*counted
            && at.elapsed() < RECOUNT
        {
            return Ok(Arc::clone(files));
        }
        let zone = town.zone();
        let files: Arc<[File]> = town.db.read(move |tx| -> Result<_> { Ok(files::all(tx, &zone)?) }).await?.into();
        *counted = Some((Instant::now(), Arc::clone(&files)));
        Ok(files)
    }
}

async fn show(State(town): State<Town>, Path(name): Path<String>, query: RawQuery) -> Result {
    let file = File::named(&name).ok_or(Error::NotFound)?;
    bare(&query)?;
    match file {
        File::Pages => pages(&town).await,
        File::News => news(&town).await,
        File::Month { .. } => month(&town, file).await,
    }
}

async fn pages(town: &Town) -> Result<Response> {
    let tree = town.db.read(|tx| -> Result<_> { Ok(sections::all(tx)?) }).await?;
    Ok(document(XML, write::pages(town.origin(), &tree), about(&[], 3600)))
}

async fn news(town: &Town) -> Result<Response> {
    let span = town.now() - NEWS_MS..i64::MAX;
    let cards =
        town.db.read(move |tx| -> Result<_> { Ok(things::stories::published_between(tx, &span, talk::Cursor::NEWEST, NEWS)?) }).await?;
    Ok(document(XML, write::news(town.origin(), &town.site(), &cards), about(&[LISTING], 600)))
}

async fn month(town: &Town, file: File) -> Result<Response> {
    let (span, skip) = file.span(&town.zone()).ok_or(Error::NotFound)?;
    let over = span.end < town.now();
    let places = town.db.read(move |tx| -> Result<_> { Ok(store::places_between(tx, &span, skip, ADDRESSES)?) }).await?;
    if places.is_empty() {
        return Err(Error::NotFound);
    }
    // Stories of an earlier month change seldom; programs come back in an hour at the earliest.
    let more: &[Tag] = if over { &[] } else { &[LISTING] };
    Ok(document(XML, write::stories(town.origin(), &places), about(more, 3600)))
}

/// A sitemap has one address: with a query behind it anybody could have it drawn anew as often as they like.
fn bare(RawQuery(query): &RawQuery) -> Result<()> {
    if query.is_none() { Ok(()) } else { Err(Error::NotFound) }
}

fn about(more: &[Tag], seconds: u64) -> Cacheable {
    Cacheable { tags: [&[SITE], more].concat(), fresh_for: Duration::from_secs(seconds), subject: None }
}
