//! The history of a story, open to everyone once it is published.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use db::Tx;
use maud::Markup;
use people::{Caller, Town, Viewer, town::SITE};
use serde::Deserialize;
use std::time::Duration;
use talk::{
    PostId,
    revisions::{self, Revision},
    views,
};
use web::{Cacheable, Error, Result, html, kept};

use super::{changes, fields, pages::history as pages, saving::Rules};
use crate::{
    sections,
    stories::{self, Content, Status, reading, status_of},
};

/// Comparisons never change, and the list says only "12 minutes ago".
const FRESH: Duration = Duration::from_secs(60);

/// Which revision to compare with; the one before when nothing is said.
#[derive(Deserialize)]
pub(super) struct With {
    with: Option<i64>,
}

/// Lets in everyone to a published story, and its writers to any other.
fn admit(tx: &mut Tx, viewer: &Viewer, story: PostId, rules: &Rules) -> Result<String> {
    match status_of(tx, story)?.ok_or(Error::NotFound)? {
        Status::Published => {}
        Status::Removed if viewer.me.is_none() => return Err(reading::gone(tx, story)?),
        Status::Hidden if viewer.me.is_none() => return Err(Error::NotFound),
        Status::Removed | Status::Hidden => {
            stories::access(tx, viewer, story, rules.review_required)?;
        }
    }
    let latest = revisions::latest(tx, story)?.ok_or(Error::NotFound)?;
    Ok(content(&latest)?.headline)
}

fn content(revision: &Revision) -> Result<Content> {
    serde_json::from_str(&revision.content).map_err(Error::broken)
}

pub(super) async fn index(State(town): State<Town>, caller: Caller, Path(story): Path<PostId>) -> Result {
    let rules = Rules::of(&town);
    let (now, zone) = (rules.now, rules.zone.clone());
    let (viewer, (headline, all)) =
        town.read(&caller, move |tx, viewer| Ok((admit(tx, viewer, story, &rules)?, revisions::of(tx, story)?))).await?;
    let page = pages::index(&town.frame(&viewer, &caller), story, &headline, &all, now, &zone);
    Ok(answer(&viewer, page, story, &all))
}

pub(super) async fn show(
    State(town): State<Town>,
    caller: Caller,
    Path((story, number)): Path<(PostId, i64)>,
    Query(with): Query<With>,
) -> Result {
    let rules = Rules::of(&town);
    let (now, zone) = (rules.now, rules.zone.clone());
    let earlier = with.with.unwrap_or(number.saturating_sub(1));
    let (viewer, (headline, new, new_parts, old_parts)) = town
        .read(&caller, move |tx, viewer| {
            let headline = admit(tx, viewer, story, &rules)?;
            let tree = sections::all(tx)?;
            let new = revisions::named(tx, story, number)?.ok_or(Error::NotFound)?;
            // The first revision is compared with the empty page it began as.
            let old = match earlier {
                0 => Content::default(),
                earlier => content(&revisions::named(tx, story, earlier)?.ok_or(Error::NotFound)?)?,
            };
            let new_parts = fields::parts(tx, &content(&new)?, &tree, &rules)?;
            let old_parts = fields::parts(tx, &old, &tree, &rules)?;
            Ok((headline, new, new_parts, old_parts))
        })
        .await?;
    let changes = changes::between(old_parts, new_parts).await?;
    let page = pages::show(&town.frame(&viewer, &caller), story, &headline, (&new, earlier), &changes, (now, &zone));
    Ok(answer(&viewer, page, story, &[new]))
}

fn answer(viewer: &Viewer, page: Markup, story: PostId, shown: &[Revision]) -> Response {
    if viewer.me.is_some() {
        return html(page);
    }
    let people = shown.iter().map(|revision| web::Tag("account", revision.by.id.get()));
    let tags = [SITE, views::tag(story.get())].into_iter().chain(people).collect();
    kept(page, Cacheable { tags, fresh_for: FRESH, subject: None })
}
