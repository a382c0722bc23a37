//! Who cannot join, on the desk: e-mail addresses, hosts of e-mail and networks, why, and until when.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    Caller, Permission, Town, Viewer, accounts,
    bars::{Bar, BarId, Changes, MAX_REASON, MAX_VALUE, TIMES, store},
    decisions::Entry,
};
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field, icon},
    see_other,
};

use super::frame::{Place, draw};

const PATH: &str = "/admin/blocks";
/// What the log calls these decisions.
const CHANGED: &str = "blocks.changed";
/// Blocks that are shown: the latest. What is older is found by setting it anew.
const SHOWN: usize = 500;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/blocks", get(list).post(create)).route("/admin/blocks/{id}/removal", post(lift))
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let form = Form::from_pairs([("for", "30")]);
    Ok(html(page(&town, &caller, &form, &Problems::default()).await?))
}

async fn page(town: &Town, caller: &Caller, form: &Form, problems: &Problems) -> Result<Markup> {
    let (viewer, all) = town
        .read(caller, |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            Ok(store::all(tx)?)
        })
        .await?;
    let now = town.now();
    let all: Vec<Bar> = all.into_iter().filter(|bar| bar.until.is_none_or(|until| until > now)).collect();
    let body = html! {
        p { "Nobody joins with these e-mail addresses or from these networks, and from a network whoever joined within the last week does not post. Members stay who they are: their own page suspends them." }
        (kit::problems(problems))
        (form_of(form, problems))
        section.panel {
            h2 { "What is blocked" }
            @if all.is_empty() { p.meta { "Nothing is." } }
            ul.list { @for bar in all.iter().take(SHOWN) { li { (row(bar, town)) } } }
            @if all.len() > SHOWN { p.meta { "And " (all.len() - SHOWN) " older ones." } }
        }
    };
    Ok(draw(&town.frame(&viewer, caller), &viewer, Place::Bars, "Blocks", &body))
}

fn form_of(form: &Form, problems: &Problems) -> Markup {
    let times = TIMES.map(|(name, words, _)| (name.to_owned(), words.to_owned()));
    html! {
        form.form.narrow method="post" action=(PATH) {
            (Field::line("value", "E-mail address, host or network").value(form.text("value")).required().max(MAX_VALUE).autocomplete("off").problem(problems)
                .hint("Such as name@example.com, example.com with all under it, 192.0.2.0/24 or 2001:db8::/32."))
            (Field::line("reason", "Why").value(form.text("reason")).required().max(MAX_REASON).autocomplete("off").problem(problems).hint("Only those who manage people read it."))
            (Field::choice("for", "For how long", times).value(form.text("for")).required().problem(problems))
            p.actions { button.button.primary { "Block" } }
        }
    }
}

fn row(bar: &Bar, town: &Town) -> Markup {
    let (now, zone) = (town.now(), town.zone());
    html! {
        p { strong { (bar.value) } " " span.label { (bar.kind.words()) } }
        p.meta dir="auto" { (bar.reason) }
        p.meta {
            "Since " (text::times::markup(bar.at, now, &zone))
            @if let Some(by) = &bar.by { ", by " bdi { (by.name) } }
            @match bar.until { Some(until) => { ", until " (text::times::markup(until, now, &zone)) } None => { ", until somebody lifts it" } }
            "."
        }
        form.actions method="post" action={ (PATH) "/" (bar.id) "/removal" } {
            button.button.small.quiet { (icon("x")) "Lift it" span.visually-hidden { ": " (bar.value) } }
        }
    }
}

/// The viewer's own e-mail address.
async fn own_email(town: &Town, caller: &Caller) -> Result<Option<String>> {
    let unit = |tx: &mut db::Tx, viewer: &Viewer| {
        let me = viewer.must(Permission::ManagePeople)?.id;
        Ok(accounts::by_id(tx, me)?.and_then(|account| account.email))
    };
    Ok(town.read(caller, unit).await?.1)
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let email = own_email(&town, &caller).await?;
    let (now, mut problems) = (town.now(), Problems::default());
    let changes = Changes::parse(&form, (email.as_deref(), caller.address), now, &mut problems);
    let Some(changes) = changes.filter(|_| problems.is_empty()) else {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &caller, &form, &problems).await?));
    };
    town.write(&caller, move |tx, viewer| {
        let me = viewer.must(Permission::ManagePeople)?.id;
        store::put(tx, &changes, me, now)?;
        Ok(Entry::new(CHANGED, format!("Blocked {}", changes.value)).because(&changes.reason).by(tx, viewer, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/blocks?done=saved"))
}

async fn lift(State(town): State<Town>, caller: Caller, Path(id): Path<String>) -> Result {
    town.viewer(&caller).await?.must(Permission::ManagePeople)?;
    let (id, now): (BarId, i64) = (id.parse().map_err(|_| Error::NotFound)?, town.now());
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManagePeople)?;
        let bar = store::find(tx, id)?;
        store::lift(tx, id)?;
        Ok(Entry::new(CHANGED, format!("Lifted the block of {}", bar.value)).by(tx, viewer, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/blocks?done=saved"))
}
