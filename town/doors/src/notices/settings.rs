//! The page where members choose by which ways they hear of what.

use axum::{Router, extract::State, routing::get};
use maud::{Markup, html};
use people::{
    Caller, Town,
    notices::{self, Email, Kind, Ways},
    prevention::{Porch, State as Reads, letter},
};
use std::collections::HashMap;
use things::stories::show::Now;
use web::{Form, Frame, Page, Result, html, kit::icon, see_other};

use super::{devices, kinds::KINDS};

const PATH: &str = "/settings/notifications";
/// The box for the letter of the front porch.
const LETTER: &str = "porch-letter";

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
    Ok(html(page(&town.frame(&viewer, &caller), &chosen, town.prevention().porch, &devices)))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let chosen: Vec<(&str, Ways)> = KINDS.into_iter().map(|kind| (kind.name, read(&form, kind))).collect();
    let (porch, wants) = (town.prevention().porch, form.ticked(LETTER));
    town.write(&caller, move |tx, viewer| {
        let me = viewer.must_be_member()?.id;
        // Who leaves it as it is by itself has not chosen.
        if letter::wants(notices::choices(tx, me)?.get(letter::CHOICE), porch) != wants {
            letter::choose(tx, me, wants)?;
        }
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

fn page(frame: &Frame, chosen: &HashMap<String, Ways>, porch: Porch, devices: &Markup) -> Markup {
    let body = html! {
        div.page { div.narrow.settings.ways {
            p.kicker { a href="/settings" { "Settings" } }
            h1 { "How you hear of things" }
            p { "On your " a.link href="/notifications" { "notifications page" } " here, by letter, or on your devices also while no page is open." }
            form.form method="post" action=(PATH) {
                @for kind in KINDS {
                    (row(kind, chosen.get(kind.name).copied().unwrap_or(kind.usual)))
                }
                (neighbours(letter::wants(chosen.get(letter::CHOICE), porch), porch))
                p.hint { "Daily letters come in the morning, and only when something happened. Every letter has a link that ends letters like it." }
                p.actions { button.button.primary { "Save" } }
            }
            (devices)
        } }
    };
    Page::new("How you hear of things").private().current("/settings").draw(frame, &body)
}

/// The letter of the front porch.
fn neighbours(wants: bool, porch: Porch) -> Markup {
    html! {
        fieldset.way {
            legend { (icon("mail")) "What the neighbours said" }
            label.check { input type="checkbox" name=(LETTER) value="1" checked[wants] aria-describedby="porch-letter-hint"; " A letter a day with what the neighbours said" }
            p.hint id="porch-letter-hint" {
                @if porch.state == Reads::All { "Every post here is read before it appears. What you may read of what appeared comes at " (porch.hour) ":00, and not at all when nobody said anything." }
                @else { "It goes while this site has every post read before it appears, which is not so now." }
            }
        }
    }
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
