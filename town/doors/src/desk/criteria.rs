//! What is judged in reviews: the usual criteria of the site, and those that sections have of their own.

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use db::Tx;
use http::StatusCode;
use maud::{Markup, html};
use people::{Caller, Permission, Town, Viewer, decisions::Entry, town::SITE};
use talk::reviews::criteria::{self, Criterion, MAX_WORDS, MOST, ORGANIZATIONS, USUAL};
use things::sections::{self, SectionId, Tree};
use web::{
    Error, Form, Problems, Result, html, html_with,
    kit::{self, Field},
    see_other,
};

use super::frame::{Place, draw};

const PATH: &str = "/admin/reviews/criteria";

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/reviews/criteria", get(list)).route("/admin/reviews/criteria/{section}", get(edit).post(update))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &Markup) -> Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Reviews, title, body)
}

fn joined(criteria: &[Criterion]) -> String {
    criteria.iter().map(|criterion| criterion.words.as_str()).collect::<Vec<_>>().join(", ")
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, (tree, usual, organizations, own)) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::EditSections)?;
            let tree = sections::all(tx)?;
            let mut own = Vec::new();
            for (_, section) in tree.in_order() {
                own.push(joined(&criteria::own(tx, section.id.get())?));
            }
            Ok((tree, joined(&criteria::own(tx, USUAL)?), joined(&criteria::own(tx, ORGANIZATIONS)?), own))
        })
        .await?;
    let body = html! {
        p { "Whoever reviews a story or an organization gives stars to the whole, and to these. A section may have its own." }
        ul.list {
            li {
                p { a href={ (PATH) "/" (USUAL) } { strong { "The usual ones" } } }
                p.meta { @if usual.is_empty() { "None: the whole alone is judged." } @else { (usual) } }
            }
            li {
                p { a href={ (PATH) "/" (ORGANIZATIONS) } { strong { "Of organizations" } } }
                p.meta { @if organizations.is_empty() { "The usual ones" } @else { (organizations) } }
            }
            @for ((_, section), own) in tree.in_order().into_iter().zip(&own) {
                li {
                    p { a href={ (PATH) "/" (section.id) } dir="auto" { (section.name) } }
                    p.meta dir="auto" { @if own.is_empty() { "The usual ones" } @else { (own) } }
                }
            }
        }
    };
    Ok(html(page(&town, &viewer, &caller, "What is judged in reviews", &body)))
}

/// Whose criteria an address names, and what that is called.
fn owner(tree: &Tree, id: i64) -> Result<String> {
    match id {
        USUAL => return Ok("The usual ones".into()),
        ORGANIZATIONS => return Ok("Of organizations".into()),
        _ => {}
    }
    tree.get(SectionId::new(id)).map(|section| section.name.clone()).ok_or(Error::NotFound)
}

fn open(tx: &mut Tx, viewer: &Viewer, id: i64) -> Result<(String, Vec<Criterion>)> {
    viewer.must(Permission::EditSections)?;
    Ok((owner(&sections::all(tx)?, id)?, criteria::own(tx, id)?))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<i64>) -> Result {
    let (viewer, (name, own)) = town.read(&caller, move |tx, viewer| open(tx, viewer, id)).await?;
    let typed = own.iter().map(|criterion| criterion.words.as_str()).collect::<Vec<_>>().join("\n");
    Ok(html(form(&town, &viewer, &caller, (id, &name), (&typed, &Problems::default()))))
}

fn form(town: &Town, viewer: &Viewer, caller: &Caller, (id, name): (i64, &str), (typed, problems): (&str, &Problems)) -> Markup {
    let none = if id == USUAL { "Left empty, the whole alone is judged." } else { "Left empty, the usual ones hold." };
    let body = html! {
        (kit::problems(problems))
        form.form.narrow method="post" action={ (PATH) "/" (id) } {
            (Field::area("criteria", "What is judged", 6).value(typed).problem(problems)
                .hint(format!("One a line, at most {MOST} of {MAX_WORDS} characters. {none} One that you take out stays with the reviews that used it.")))
            p.actions { button.button.primary { "Save" } a.button href=(PATH) { "Back" } }
        }
    };
    page(town, viewer, caller, &format!("What is judged in reviews: {name}"), &body)
}

async fn update(State(town): State<Town>, caller: Caller, Path(id): Path<i64>, sent: Form) -> Result {
    let (viewer, (name, _)) = town.read(&caller, move |tx, viewer| open(tx, viewer, id)).await?;
    let mut problems = Problems::default();
    let wanted = criteria::parse(&sent, &mut problems);
    if !problems.is_empty() {
        let page = form(&town, &viewer, &caller, (id, &name), (sent.text("criteria"), &problems));
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        open(tx, viewer, id)?;
        criteria::set(tx, id, &wanted)?;
        Ok(Entry::new("reviews.criteria", format!("Changed what is judged in reviews: {name}")).by(tx, viewer, now)?)
    })
    .await?;
    town.pages.changed(&[SITE]);
    Ok(see_other("/admin/reviews/criteria?done=saved"))
}
