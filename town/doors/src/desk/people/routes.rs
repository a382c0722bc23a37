//! Addresses of the desk's people.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    accounts::{self, Account, NewAccount},
    sign_in::{Purpose, issue},
    town::post_mail,
};
use serde::Deserialize;
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{letters, pages, rules, taken};
use crate::desk::frame::{Place, draw};

const PAGE: u32 = 50;
/// Longer than for links people ask for themselves: an invitation waits for somebody's next look at their mail.
const LINK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

pub(in crate::desk) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/people", get(list).post(create))
        .route("/admin/people/new", get(new))
        .route("/admin/people/{id}", get(edit))
        .route("/admin/people/{id}/level", post(update_level))
        .route("/admin/people/{id}/suspension", post(suspend))
        .route("/admin/people/{id}/suspension/remove", post(lift))
        .route("/admin/people/{id}/link", post(create_link))
}

#[derive(Deserialize)]
struct After {
    after: Option<AccountId>,
}

async fn list(State(town): State<Town>, caller: Caller, Query(After { after }): Query<After>) -> Result {
    let (viewer, mut people) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            Ok(accounts::list(tx, after, PAGE + 1)?)
        })
        .await?;
    let more = people.len() > PAGE as usize;
    people.truncate(PAGE as usize);
    let next = people.last().filter(|_| more).map(|last| format!("/admin/people?after={}", last.id));
    let body = pages::list(&people, &town.levels(), after.is_some(), next.as_deref());
    Ok(html(page(&town, &viewer, &caller, "People", &body)))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &maud::Markup) -> maud::Markup {
    draw(&town.frame(viewer, caller), viewer, Place::People, title, body)
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManagePeople).map(|_| ())).await?;
    let body = pages::invite(&viewer, &town.levels(), &Form::default(), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "Invite somebody", &body)))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManagePeople).map(|_| ())).await?;
    let again = |problems: &Problems| {
        let body = pages::invite(&viewer, &town.levels(), &form, problems);
        html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &viewer, &caller, "Invite somebody", &body))
    };
    let mut problems = Problems::default();
    let level = rules::chosen_level(&viewer, &town.levels(), form.text("level"), &mut problems);
    let Some(new) = NewAccount::parse(&form, &level, &mut problems).filter(|_| problems.is_empty()) else {
        return Ok(again(&problems));
    };
    let now = town.now();
    let desk = town.clone();
    let written = town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManagePeople)?;
        let id = accounts::insert(tx, &new, None, now).map_err(taken)?;
        let account = accounts::by_id(tx, id)?.ok_or(Error::NotFound)?;
        let link = write_link(tx, &desk, &account, letters::invitation)?;
        Ok((account, link))
    });
    match written.await {
        Ok((viewer, (account, link))) => Ok(show_link(&town, &viewer, &caller, &account, &link)),
        Err(Error::Invalid(problems)) => Ok(again(&problems)),
        Err(error) => Err(error),
    }
}

/// Makes a link with which somebody chooses a password, and the letter that carries it, in one transaction.
fn write_link(tx: &mut Tx, town: &Town, account: &Account, letter: fn(&str, &str, &str) -> (String, String)) -> Result<String> {
    let now = town.now();
    let token = issue(tx, Purpose::Reset, Some(account.id), LINK_MS, now)?;
    let link = format!("{}/password-reset/{token}", town.origin());
    if let Some(email) = &account.email {
        post_mail(tx, &account.name, email, letter(&town.site().name, &account.name, &link), now)?;
    }
    Ok(link)
}

/// The link is shown this once: the database keeps only its digest.
fn show_link(town: &Town, viewer: &Viewer, caller: &Caller, account: &Account, link: &str) -> Response {
    town.wake();
    html(page(town, viewer, caller, "A link to choose a password", &pages::link(account, link)))
}

async fn edit(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    Ok(html(person(&town, &caller, id, &Problems::default()).await?))
}

async fn person(town: &Town, caller: &Caller, id: AccountId, problems: &Problems) -> Result<maud::Markup> {
    let (viewer, account) = town
        .read(caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            accounts::by_id(tx, id)?.ok_or(Error::NotFound)
        })
        .await?;
    let levels = town.levels();
    let open = rules::must_change(&viewer, &levels, &account).is_ok();
    let body = pages::person(&viewer, &account, &levels, open, (town.now(), &town.zone()), problems);
    Ok(page(town, &viewer, caller, &account.name, &body))
}

async fn update_level(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>, form: Form) -> Result {
    let (wanted, levels, now) = (form.text("level").to_owned(), town.levels(), town.now());
    change(&town, &caller, id, move |tx, viewer| {
        let mut problems = Problems::default();
        let level = rules::chosen_level(viewer, &levels, &wanted, &mut problems);
        problems.or(())?;
        accounts::set_level(tx, id, &level, now)?;
        rules::somebody_manages(tx, "level")
    })
    .await
}

async fn suspend(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    let now = town.now();
    change(&town, &caller, id, move |tx, _| {
        accounts::set_suspended(tx, id, true, now)?;
        rules::somebody_manages(tx, "suspension")
    })
    .await
}

async fn lift(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    let now = town.now();
    change(&town, &caller, id, move |tx, _| Ok(accounts::set_suspended(tx, id, false, now)?)).await
}

/// Changes somebody whom the viewer may change; what cannot be is said on their page.
async fn change<F>(town: &Town, caller: &Caller, id: AccountId, change: F) -> Result
where
    F: Fn(&mut Tx, &Viewer) -> Result<()> + Send + 'static,
{
    let levels = town.levels();
    let written = town.write(caller, move |tx, viewer| {
        viewer.must(Permission::ManagePeople)?;
        let account = accounts::by_id(tx, id)?.ok_or(Error::NotFound)?;
        rules::must_change(viewer, &levels, &account)?;
        change(tx, viewer)
    });
    match written.await {
        Ok(_) => {
            town.pages.changed(&[Tag("account", id.get())]);
            // Whoever suspended themselves is a guest now, and the next page leads them to the door.
            Ok(see_other(&format!("/admin/people/{id}?done=saved")))
        }
        Err(Error::Invalid(problems)) => Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, person(town, caller, id, &problems).await?)),
        Err(error) => Err(error),
    }
}

async fn create_link(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    let (desk, levels) = (town.clone(), town.levels());
    let (viewer, (account, link)) = town
        .write(&caller, move |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            let account = accounts::by_id(tx, id)?.ok_or(Error::NotFound)?;
            rules::must_change(viewer, &levels, &account)?;
            let link = write_link(tx, &desk, &account, letters::new_password)?;
            Ok((account, link))
        })
        .await?;
    Ok(show_link(&town, &viewer, &caller, &account, &link))
}
