//! The addresses of sections for readers.

use axum::{
    Router,
    extract::{Path, RawQuery, State},
    routing::get,
};
use people::{Caller, Town};
use things::{
    sections::{self, Section, Tree},
    stories::{self, show::Now},
};
use web::{Error, Result, Tag, moved};

use super::{pages, store};
use crate::{
    cards::{self, ASK, Before, Listed},
    connections,
    syndication::{List, beside},
};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/sections", get(list)).route("/sections/{slug}", get(beside(List::Section, show)))
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, (tree, newest)) = town.read(&caller, |tx, _| Ok((sections::all(tx)?, store::newest_of_each(tx)?))).await?;
    let (frame, now) = (town.frame(&viewer, &caller), Now::of(&town));
    let page = pages::list(&frame, &tree, &newest, &now);
    Ok(cards::answer(&viewer, page, newest.values(), &[], &now))
}

async fn show(State(town): State<Town>, caller: Caller, Path(slug): Path<String>, RawQuery(query): RawQuery, before: Before) -> Result {
    let asked = slug.clone();
    let (viewer, (section, tree, found, follows)) = town
        .read(&caller, move |tx, viewer| {
            let section = sections::by_slug(tx, &asked)?.ok_or(Error::NotFound)?;
            let found = stories::on_shelf(tx, section.id.get(), before.0, ASK)?;
            let follows = connections::follows(tx, viewer, section.id.get())?;
            Ok((section, sections::all(tx)?, found, follows))
        })
        .await?;
    if let Some(address) = cards::right_address(&slug, &section.slug, query.as_deref()) {
        return Ok(moved(&format!("/sections/{address}")));
    }
    let (frame, now) = (town.frame(&viewer, &caller), Now::of(&town));
    let listed = Listed::cut(found, before);
    let page = pages::show(&frame, &pages::Shown { section: &section, tree: &tree, listed: &listed, follows, now: &now });
    Ok(cards::answer(&viewer, page, &listed.cards, &tags(&section, &tree), &now))
}

/// The section, those above it and those right in it: all are named on its page.
fn tags(section: &Section, tree: &Tree) -> Vec<Tag> {
    let above = tree.path(section.id).into_iter();
    above.chain(tree.under(Some(section.id))).map(|section| sections::tag(section.id)).collect()
}
