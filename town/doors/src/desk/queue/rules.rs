//! The rules of the house by their short names, and what the public log tells.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::{Markup, html};
use people::{Caller, Permission, Town, Viewer, decisions::Entry};
use talk::moderation::{
    MAX_REASON, names_people,
    rules::{self, Changes, MAX_NAME, RuleId},
    set_names,
};
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field, icon},
    see_other,
};

use super::{list::tabs, page};

const PATH: &str = "/admin/queue/rules";
/// What the log calls these decisions.
const CHANGED: &str = "rules.changed";

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/queue/rules", get(list))
        .route("/admin/queue/rules/new", get(new).post(create))
        .route("/admin/queue/rules/{id}", get(show).post(update))
        .route("/admin/queue/log", post(update_log))
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, (all, names)) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::Moderate)?;
            Ok((rules::all(tx)?, names_people(tx)?))
        })
        .await?;
    let manages = viewer.may(Permission::ManageSite);
    let body = html! {
        (tabs(PATH))
        div.desk-head {
            p { "What a report and a decision name. The whole text of " a href="/rules" { "the house rules" } " says more." }
            @if manages { a.button.primary href={ (PATH) "/new" } { (icon("plus")) "Add a rule" } }
        }
        ul.list {
            @for rule in &all {
                li {
                    p dir="auto" { @if manages { a href={ (PATH) "/" (rule.id) } { (rule.name) } } @else { strong { (rule.name) } } @if rule.retired { " " span.label { "Retired" } } }
                    p.meta dir="auto" { (rule.reason) }
                }
            }
        }
        @if manages {
            section.panel {
                h2 { "The public log" }
                form.form method="post" action="/admin/queue/log" {
                    label.check { input type="checkbox" name="names" value="1" checked[names]; span { "Say there whom each decision is about" } }
                    p.actions { button.button { "Save" } }
                }
            }
        }
    };
    Ok(html(page(&town, &viewer, &caller, "Rules", &body)))
}

fn fields(action: &str, form: &Form, retired: Option<bool>, problems: &Problems) -> Markup {
    html! {
        (tabs(""))
        (kit::problems(problems))
        form.form.narrow method="post" action=(action) {
            (Field::line("name", "Name").value(form.text("name")).hint("Short, such as “Be kind”.").required().max(MAX_NAME).autocomplete("off").problem(problems))
            (Field::area("reason", "What whoever breaks it is told", 3).value(form.text("reason")).required().max(MAX_REASON).problem(problems))
            @if let Some(retired) = retired {
                label.check { input type="checkbox" name="retired" value="1" checked[retired]; span { "Retired: it stays where it stands, and is chosen no more" } }
            }
            p.actions { button.button.primary { "Save" } a.button href=(PATH) { "Back" } }
        }
    }
}

fn form_page(town: &Town, viewer: &Viewer, caller: &Caller, id: Option<RuleId>, (form, problems): (&Form, &Problems)) -> Markup {
    let action = id.map_or_else(|| format!("{PATH}/new"), |id| format!("{PATH}/{id}"));
    let body = fields(&action, form, id.map(|_| form.ticked("retired")), problems);
    page(town, viewer, caller, if id.is_some() { "A rule" } else { "Add a rule" }, &body)
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    Ok(html(form_page(&town, &viewer, &caller, None, (&Form::default(), &Problems::default()))))
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<RuleId>) -> Result {
    let (viewer, rule) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            rules::find(tx, id)
        })
        .await?;
    let mut pairs = vec![("name", rule.name.as_str()), ("reason", rule.reason.as_str())];
    if rule.retired {
        pairs.push(("retired", "1"));
    }
    Ok(html(form_page(&town, &viewer, &caller, Some(id), (&Form::from_pairs(pairs), &Problems::default()))))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    save(&town, &caller, None, &form).await
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<RuleId>, form: Form) -> Result {
    save(&town, &caller, Some(id), &form).await
}

async fn save(town: &Town, caller: &Caller, id: Option<RuleId>, form: &Form) -> Result {
    let viewer = town.viewer(caller).await?;
    viewer.must(Permission::ManageSite)?;
    let mut problems = Problems::default();
    let changes = Changes::parse(form, &mut problems);
    let (now, retired) = (town.now(), form.ticked("retired"));
    let saved = if problems.is_empty() {
        town.write(caller, move |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            let did = match id {
                Some(id) => {
                    rules::find(tx, id)?;
                    rules::change(tx, id, &changes, retired)?;
                    "Changed"
                }
                None => {
                    rules::add(tx, &changes)?;
                    "Added"
                }
            };
            Ok(Entry::new(CHANGED, format!("{did} the rule “{}”", changes.name)).by(tx, viewer, now)?)
        })
        .await
        .map(drop)
    } else {
        Err(Error::Invalid(problems))
    };
    match saved {
        Ok(()) => Ok(see_other("/admin/queue/rules?done=saved")),
        Err(Error::Invalid(problems)) => {
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, form_page(town, &viewer, caller, id, (form, &problems))))
        }
        Err(error) => Err(error),
    }
}

async fn update_log(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (names, now) = (form.ticked("names"), town.now());
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        set_names(tx, names)?;
        let did = if names { "The public log names people" } else { "The public log names nobody" };
        Ok(Entry::new(CHANGED, did).by(tx, viewer, now)?)
    })
    .await?;
    Ok(see_other("/admin/queue/rules?done=saved"))
}
