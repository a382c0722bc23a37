//! The address of the front page.

use axum::{Router, extract::State, routing::get};
use maud::Markup;
use people::{Caller, Permission, Town, Viewer};
use std::sync::Arc;
use talk::views;
use things::{sections, stories::show::Now};
use web::{Cacheable, Frame, Result, Tag, kept};

use super::{FrontPage, compose, desk, pages, store};
use crate::cards::{self, CORRECTIONS, FRONT};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/", get(show)).merge(desk::routes())
}

/// The name under which what the page is made of is remembered: it is the same for everybody.
const MADE: &str = "front page";

/// What the page is made of.
struct Made {
    front: FrontPage,
    material: store::Material,
    about: Cacheable,
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let now = Now::of(&town);
    let (viewer, made) = match town.pages.recall::<Made>(MADE) {
        Some(made) => (town.viewer(&caller).await?, made),
        None => make(&town, &caller, &now).await?,
    };
    let page = draw(&town.frame(&viewer, &caller), &made.front, &made.material, &viewer, &now, None);
    Ok(if viewer.me.is_some() { web::html(page) } else { kept(page, made.about.clone()) })
}

async fn make(town: &Town, caller: &Caller, now: &Now) -> Result<(Viewer, Arc<Made>)> {
    let (born, ms) = (town.pages.begin(), now.ms);
    let (viewer, (arrangement, material)) = town
        .read(caller, move |tx, _| {
            let arrangement = store::latest(tx)?;
            let material = store::material(tx, &arrangement, ms)?;
            Ok((arrangement, material))
        })
        .await?;
    let front = compose(&arrangement, &material.candidates, ms);
    let about = about(&front, &material, now);
    let made = Made { front, material, about: about.clone() };
    Ok((viewer, town.pages.remember(MADE, made, &about, born)))
}

fn about(front: &FrontPage, material: &store::Material, now: &Now) -> Cacheable {
    let strands = front.strands.iter().map(|strand| sections::tag(strand.section.id));
    let corrected = material.corrections.iter().map(|corrected| views::tag(corrected.card.id.get()));
    let tags: Vec<Tag> = [FRONT, CORRECTIONS].into_iter().chain(strands).chain(corrected).collect();
    cards::about(front.cards().chain(&material.most_read), &tags, now)
}

/// Draws a composed page, with a banner above it when it is only a preview.
pub(super) fn draw(
    frame: &Frame,
    front: &FrontPage,
    material: &store::Material,
    viewer: &Viewer,
    now: &Now,
    banner: Option<Markup>,
) -> Markup {
    pages::show(
        frame,
        &pages::Shown {
            front,
            most_read: &material.most_read,
            corrections: &material.corrections,
            writes: viewer.may(Permission::WriteStories),
            now,
            banner,
        },
    )
}
