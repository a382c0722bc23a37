//! Reactions on the desk: what the site offers besides the like, in which order, under which names.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::{Markup, html};
use people::{Caller, Permission, Town, Viewer, decisions::Entry, town::SITE};
use talk::reactions::{self, Changes, Kind, MAX_WORDS};
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field, icon},
    see_other,
};

use super::frame::{Place, draw};

const PATH: &str = "/admin/reactions";
/// What the log calls these decisions.
const CHANGED: &str = "reactions.changed";

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/reactions", get(list))
        .route("/admin/reactions/new", get(new).post(create))
        .route("/admin/reactions/{name}", get(show).post(update))
        .route("/admin/reactions/{name}/position", post(reorder))
        .route("/admin/reactions/{name}/retirement", post(retire))
        .route("/admin/reactions/{name}/retirement/undo", post(offer_again))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &Markup) -> Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Reactions, title, body)
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, kinds) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            Ok(reactions::all(tx)?)
        })
        .await?;
    let (retired, offered): (Vec<&Kind>, Vec<&Kind>) = kinds.iter().partition(|kind| kind.retired);
    let body = html! {
        div.desk-head {
            p { "What members answer posts with in one press. The like is always there; these stand in the menu beside it, in this order." }
            a.button.primary href="/admin/reactions/new" { (icon("plus")) "Add a reaction" }
        }
        @if offered.is_empty() { (kit::empty("Only the like", "Add a reaction, or bring one back.", None)) }
        ul.list { @for (at, kind) in offered.iter().enumerate() { (row(kind, at > 0)) } }
        @if !retired.is_empty() {
            h2 { "Retired" }
            p.meta { "They stay where they stand, and nobody can choose them." }
            ul.list { @for kind in &retired { (row(kind, false)) } }
        }
    };
    Ok(html(page(&town, &viewer, &caller, "Reactions", &body)))
}

fn row(kind: &Kind, movable: bool) -> Markup {
    html! {
        li.desk-head {
            p { span.emoji aria-hidden="true" { (kind.emoji) } " " a href={ (PATH) "/" (kind.name) } dir="auto" { (kind.words) } }
            @if movable {
                form method="post" action={ (PATH) "/" (kind.name) "/position" } {
                    button.button.small.quiet { (icon("arrow-up")) span.visually-hidden { "Move “" (kind.words) "” up" } }
                }
            }
        }
    }
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    let body = fields("/admin/reactions/new", &Form::default(), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "Add a reaction", &body)))
}

fn fields(action: &str, form: &Form, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        form.form.narrow #reaction method="post" action=(action) {
            (Field::line("emoji", "Emoji").value(form.text("emoji")).hint("One, such as 🙏. Your keyboard has them.").required().max(40).autocomplete("off").problem(problems))
            (Field::line("words", "Name").value(form.text("words")).hint("Such as “Thanks”.").required().max(MAX_WORDS).autocomplete("off").problem(problems))
            p.actions { button.button.primary { "Save" } a.button href=(PATH) { "Back" } }
        }
    }
}

/// What the form asks for, carried out and written down.
async fn save(town: &Town, caller: &Caller, name: Option<String>, sent: &Form) -> Result<()> {
    let mut problems = Problems::default();
    let changes = Changes::parse(sent, &mut problems);
    problems.or(()).map_err(Error::Invalid)?;
    let now = town.now();
    town.write(caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        let Changes { words, emoji } = &changes;
        let did = match &name {
            Some(name) => {
                let before = known(reactions::named(tx, name)?)?;
                reactions::change(tx, name, &changes)?;
                format!("Changed the reaction {} “{}” to {emoji} “{words}”", before.emoji, before.words)
            }
            None => {
                reactions::add(tx, &changes)?;
                format!("Added the reaction {emoji} “{words}”")
            }
        };
        Ok(Entry::new(CHANGED, did).by(tx, viewer, now)?)
    })
    .await?;
    town.pages.changed(&[SITE]);
    Ok(())
}

/// One of the site's own: the like is not.
fn known(kind: Option<Kind>) -> Result<Kind> {
    kind.filter(|kind| !kind.is_like()).ok_or(Error::NotFound)
}

async fn create(State(town): State<Town>, caller: Caller, sent: Form) -> Result {
    let viewer = town.viewer(&caller).await?;
    viewer.must(Permission::ManageSite)?;
    match save(&town, &caller, None, &sent).await {
        Ok(()) => Ok(see_other("/admin/reactions?done=saved")),
        Err(Error::Invalid(problems)) => {
            let body = fields("/admin/reactions/new", &sent, &problems);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, "Add a reaction", &body)))
        }
        Err(error) => Err(error),
    }
}

async fn show(State(town): State<Town>, caller: Caller, Path(name): Path<String>) -> Result {
    Ok(html(one(&town, &caller, name, None, &Problems::default()).await?))
}

/// The page of one kind; with a form that could not be taken, if there is one.
async fn one(town: &Town, caller: &Caller, name: String, sent: Option<&Form>, problems: &Problems) -> Result<Markup> {
    let (viewer, kind) = town
        .read(caller, move |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            known(reactions::named(tx, &name)?)
        })
        .await?;
    let standing = Form::from_pairs([("emoji", kind.emoji.as_str()), ("words", kind.words.as_str())]);
    let address = format!("{PATH}/{}", kind.name);
    let (path, words, button) = if kind.retired {
        ("retirement/undo", "It is retired: it stays where it stands, and nobody can choose it.", "Offer it again")
    } else {
        ("retirement", "Retired, it stays where it stands, and nobody can choose it any more.", "Retire it")
    };
    let body = html! {
        (fields(&address, sent.unwrap_or(&standing), problems))
        section.panel {
            h2 { "Retire" }
            p { (words) }
            form method="post" action={ (address) "/" (path) } { p.actions { button.button { (button) } } }
        }
    };
    Ok(page(town, &viewer, caller, &kind.words, &body))
}

async fn update(State(town): State<Town>, caller: Caller, Path(name): Path<String>, sent: Form) -> Result {
    match save(&town, &caller, Some(name.clone()), &sent).await {
        Ok(()) => Ok(see_other("/admin/reactions?done=saved")),
        Err(Error::Invalid(problems)) => {
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, one(&town, &caller, name, Some(&sent), &problems).await?))
        }
        Err(error) => Err(error),
    }
}

async fn reorder(State(town): State<Town>, caller: Caller, Path(name): Path<String>) -> Result {
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        known(reactions::named(tx, &name)?)?;
        reactions::move_up(tx, &name)?;
        Ok(Entry::new(CHANGED, "Changed the order of reactions").by(tx, viewer, now)?)
    })
    .await?;
    town.pages.changed(&[SITE]);
    Ok(see_other("/admin/reactions?done=saved"))
}

async fn retire(State(town): State<Town>, caller: Caller, Path(name): Path<String>) -> Result {
    set_retired(&town, &caller, name, true).await
}

async fn offer_again(State(town): State<Town>, caller: Caller, Path(name): Path<String>) -> Result {
    set_retired(&town, &caller, name, false).await
}

async fn set_retired(town: &Town, caller: &Caller, name: String, retired: bool) -> Result {
    let (now, asked) = (town.now(), name.clone());
    let done = town
        .write(caller, move |tx, viewer| {
            viewer.must(Permission::ManageSite)?;
            let kind = known(reactions::named(tx, &asked)?)?;
            reactions::retire(tx, &asked, retired)?;
            let did = if retired { "Retired" } else { "Brought back" };
            Ok(Entry::new(CHANGED, format!("{did} the reaction {} “{}”", kind.emoji, kind.words)).by(tx, viewer, now)?)
        })
        .await;
    match done {
        Ok(_) => {
            town.pages.changed(&[SITE]);
            Ok(see_other("/admin/reactions?done=saved"))
        }
        Err(Error::Invalid(problems)) => Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, one(town, caller, name, None, &problems).await?)),
        Err(error) => Err(error),
    }
}
