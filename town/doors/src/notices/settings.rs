//! The page where members choose by which ways they hear of what.

use axum::{Router, extract::State, routing::get};
use maud::{Markup, html};
use people::{
    Caller, Town,
    notices::{self, Email, Kind, Ways},
};
use std::collections::HashMap;
use things::stories::show::Now;
use web::{Form, Frame, Page, Result, html, kit::icon, see_other};

use super::{devices, kinds::KINDS};

const PATH: &str = "/settings/notifications";

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/settings/notifications", get(edit).post(update)).merge(devices::routes())
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, (chosen, devices)) = town
        .read(&caller, |tx, viewer| {
            let me = viewer.must_be_member()?.id;
            Ok((notices::choices(tx, me)?, notices::push::devices(tx, me)?))
        })
        .await?;
    let devices = devices::part(&devices, &town.push.public(), &Now::of(&town));
    Ok(html(page(&town.frame(&viewer, &caller), &chosen, &devices)))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let chosen: Vec<(&str, Ways)> = KINDS.into_iter().map(|kind| (kind.name, read(&form, kind))).collect();
    town.write(&caller, move |tx, viewer| {
        let me = viewer.must_be_member()?.id;
        for (kind, ways) in &chosen {
            notices::choose(tx, me, kind, *ways)?;
        }
        Ok(())
    })
    .await?;
    Ok(see_other("/settings/notifications?done=saved"))
}

/// What a form says of a kind: boxes `KIND-site` and `KIND-push`, a choice `KIND-email`.
fn read(form: &Form, kind: &Kind) -> Ways {
    Ways {
        site: form.ticked(&format!("{}-site", kind.name)),
        email: Email::named(form.text(&format!("{}-email", kind.name))),
        push: form.ticked(&format!("{}-push", kind.name)),
    }
}

fn page(frame: &Frame, chosen: &HashMap<String, Ways>, devices: &Markup) -> Markup {
    let body = html! {
        div.page { div.narrow.settings.ways {
            p.kicker { a href="/settings" { "Settings" } }
            h1 { "How you hear of things" }
            p { "On your " a.link href="/notifications" { "notifications page" } " here, by letter, or on your devices also while no page is open." }
            form.form method="post" action=(PATH) {
                @for kind in KINDS {
                    (row(kind, chosen.get(kind.name).copied().unwrap_or(kind.usual)))
                }
                p.hint { "Daily letters come in the morning, and only when something happened. Every letter has a link that ends letters like it." }
                p.actions { button.button.primary { "Save" } }
            }
            (devices)
        } }
    };
    Page::new("How you hear of things").private().current("/settings").draw(frame, &body)
}

fn row(kind: &Kind, ways: Ways) -> Markup {
    let name = kind.name;
    html! {
        fieldset.way {
            legend { (icon(kind.icon)) (kind.title) }
            label.check { input type="checkbox" name={ (name) "-site" } value="1" checked[ways.site]; " Here" }
            label.way-email {
                span { "Letter" }
                select name={ (name) "-email" } {
                    @for email in Email::ALL { option value=(email.name()) selected[email == ways.email] { (email.words()) } }
                }
            }
            label.check { input type="checkbox" name={ (name) "-push" } value="1" checked[ways.push]; " On my devices" }
        }
    }
}
