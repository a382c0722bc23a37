//! The addresses of the archive.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use people::{Caller, Town, town::SITE};
use std::time::Duration;
use things::stories::{self, show::Now};
use web::{Cacheable, Error, Result, html, kept, see_other};

use super::{Stretch, pages, store};
use crate::cards::{self, ASK, Before, LISTING, Listed};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/archive", get(years))
        .route("/archive/{year}", get(year))
        .route("/archive/{year}/{month}", get(month))
        .route("/archive/{year}/{month}/{day}", get(day))
}

async fn years(State(town): State<Town>, caller: Caller) -> Result {
    let zone = town.zone();
    let (viewer, years) = town.read(&caller, move |tx, _| Ok(store::years(tx, &zone)?)).await?;
    let page = pages::years(&town.frame(&viewer, &caller), &years);
    if viewer.me.is_some() {
        return Ok(html(page));
    }
    Ok(kept(page, Cacheable { tags: vec![SITE, LISTING], fresh_for: Duration::from_secs(600), subject: None }))
}

/// People shorten addresses by hand: a year is a place on the first page.
async fn year(Path(year): Path<String>) -> Result {
    let year: i16 = number(&year)?;
    Ok(see_other(&format!("/archive#year-{year}")))
}

async fn month(State(town): State<Town>, caller: Caller, Path((year, month)): Path<(String, String)>, before: Before) -> Result {
    let stretch = Stretch { year: number(&year)?, month: number(&month)?, day: None };
    show(&town, &caller, stretch, before).await
}

async fn day(State(town): State<Town>, caller: Caller, Path((year, month, day)): Path<(String, String, String)>, before: Before) -> Result {
    let stretch = Stretch { year: number(&year)?, month: number(&month)?, day: Some(number(&day)?) };
    show(&town, &caller, stretch, before).await
}

/// Digits without a zero in front, so that a day has one address.
fn number<T: std::str::FromStr>(digits: &str) -> Result<T> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| plain).ok_or(Error::NotFound)
}

async fn show(town: &Town, caller: &Caller, stretch: Stretch, before: Before) -> Result<Response> {
    let now = Now::of(town);
    let (title, span) = stretch.title().zip(stretch.span(&now.zone)).ok_or(Error::NotFound)?;
    let zone = now.zone.clone();
    let (viewer, (around, found)) = town
        .read(caller, move |tx, _| {
            let around = store::around(tx, stretch, &zone)?;
            Ok((around, stories::published_between(tx, &span, before.0, ASK)?))
        })
        .await?;
    let listed = Listed::cut(found, before);
    let shown = pages::Shown { stretch, title: &title, around: &around, listed: &listed, now: &now };
    let page = pages::show(&town.frame(&viewer, caller), &shown);
    Ok(cards::answer(&viewer, page, &listed.cards, &[], &now))
}
