//! The address of the front page.

use axum::{Router, extract::State, response::Response, routing::get};
use maud::Markup;
use people::{Caller, Permission, Town, Viewer};
use talk::views;
use things::{sections, stories::show::Now};
use web::{Frame, Result, Tag};

use super::{Arrangement, FrontPage, compose, desk, pages, store};
use crate::cards::{self, CORRECTIONS, FRONT};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/", get(show)).merge(desk::routes())
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let now = Now::of(&town);
    let ms = now.ms;
    let (viewer, (arrangement, material)) = town
        .read(&caller, move |tx, _| {
            let arrangement = store::latest(tx)?;
            let material = store::material(tx, &arrangement, ms)?;
            Ok((arrangement, material))
        })
        .await?;
    let frame = town.frame(&viewer, &caller);
    Ok(answer(&viewer, &frame, &arrangement, &material, &now))
}

fn answer(viewer: &Viewer, frame: &Frame, arrangement: &Arrangement, material: &store::Material, now: &Now) -> Response {
    let front = compose(arrangement, &material.candidates, now.ms);
    let page = draw(frame, &front, material, viewer, now, None);
    let strands = front.strands.iter().map(|strand| sections::tag(strand.section.id));
    let corrected = material.corrections.iter().map(|corrected| views::tag(corrected.card.id.get()));
    let tags: Vec<Tag> = [FRONT, CORRECTIONS].into_iter().chain(strands).chain(corrected).collect();
    cards::answer(viewer, page, front.cards().chain(&material.most_read), &tags, now)
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
