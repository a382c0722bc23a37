//! Organizations on the desk: what asks to be an official body, what nobody owns, and one of them.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use http::StatusCode;
use maud::{Markup, html};
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    accounts::{self, Standing},
    decisions::Entry,
    organizations::{self, Kind, Listed, Organization, Person, Role},
};
use web::{
    Error, Form, Problems, Result, Tag, html, html_with,
    kit::{self, Field, Size},
    see_other,
};

use super::frame::{Place, draw};

const PATH: &str = "/admin/organizations";
/// Of each list; what is decided makes room.
const MOST: u32 = 100;

pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/organizations", get(list))
        .route("/admin/organizations/{id}", get(show))
        .route("/admin/organizations/{id}/kind", post(set_kind))
        .route("/admin/organizations/{id}/owner", post(appoint))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &Markup) -> Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Organizations, title, body)
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, (asking, orphaned)) = town
        .read(&caller, |tx, viewer| {
            viewer.must(Permission::ManagePeople)?;
            Ok(organizations::asking(tx, MOST)?)
        })
        .await?;
    let body = html! {
        p { "Pages that several members run. " a href="/organizations" { "All of them" } "; each has the way here under “People”, where accounts are suspended as well." }
        section.panel {
            h2 { "Say to be official bodies" }
            @if asking.is_empty() { p { "None asks." } }
            ul.list { @for one in &asking { (entry(one, town.now(), &town.zone())) } }
        }
        section.panel {
            h2 { "Without an owner" }
            @if orphaned.is_empty() { p { "None." } }
            ul.list { @for one in &orphaned { (entry(one, town.now(), &town.zone())) } }
        }
    };
    Ok(html(page(&town, &viewer, &caller, "Organizations", &body)))
}

fn entry(one: &Listed, now: i64, zone: &jiff::tz::TimeZone) -> Markup {
    html! {
        li { p.person { (one.author.avatar(Size::Small)) span {
            a href={ (PATH) "/" (one.author.id) } { bdi { (one.author.name) } } " @" (one.author.handle) br;
            span.meta { (one.kind.words()) @if let Some(asked) = one.asked_at { ", asked " (text::times::markup(asked, now, zone)) } }
        } } }
    }
}

fn open(tx: &mut db::Tx, viewer: &Viewer, id: AccountId) -> Result<Organization> {
    viewer.must(Permission::ManagePeople)?;
    organizations::find(tx, id)?.ok_or(Error::NotFound)
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    Ok(html(one(&town, &caller, id, &Form::default(), &Problems::default()).await?))
}

async fn one(town: &Town, caller: &Caller, id: AccountId, form: &Form, problems: &Problems) -> Result<Markup> {
    let (viewer, (of, people)) = town
        .read(caller, move |tx, viewer| {
            let of = open(tx, viewer, id)?;
            Ok((of, organizations::people(tx, id)?))
        })
        .await?;
    let (account, here) = (&of.account, format!("{PATH}/{id}"));
    let kinds = Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), kind.words().to_owned()));
    let body = html! {
        (kit::problems(problems))
        p.person { (account.author().avatar(Size::Medium)) span { strong { "@" (account.handle) } br; a href=(account.author().address()) { "Its page" } " · " a href={ "/admin/people/" (id) } { "Its account" } } }
        section.panel {
            h2 { "What it is" }
            @if of.asked_at.is_some() { p { strong { "It says to be an official body." } " Confirm that only when you know: people will take its word." } }
            form.form.narrow method="post" action={ (here) "/kind" } {
                (Field::choice("kind", "Kind", kinds).value(of.kind.name()).problem(problems).hint("Saving this also answers whoever asked."))
                p.actions { button.button.primary { "Save" } a.button.quiet href=(PATH) { "Back" } }
            }
        }
        section.panel {
            h2 { "Who runs it" }
            @if people.is_empty() { p { "Nobody." } }
            ul.list { @for person in &people { (run_by(person)) } }
            form.form.narrow id="owner" method="post" action={ (here) "/owner" } {
                (Field::line("handle", "Appoint an owner").value(form.text("handle")).hint("Such as @rosa. They are told.").required().max(60).autocomplete("off").problem(problems))
                p.actions { button.button { "Appoint" } }
            }
        }
    };
    Ok(page(town, &viewer, caller, &account.name, &body))
}

fn run_by(person: &Person) -> Markup {
    let who = &person.author;
    html! {
        li { p.person { (who.avatar(Size::Small)) span {
            a href=(who.address()) { bdi { (who.name) } } " @" (who.handle) br;
            span.meta { (person.role.words()) @if person.joined_at.is_none() { ", invited" } }
        } } }
    }
}

async fn set_kind(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>, form: Form) -> Result {
    let (kind, now) = (Kind::named(form.text("kind")), town.now());
    let done = town
        .write(&caller, move |tx, viewer| {
            let before = open(tx, viewer, id)?;
            let kind = kind.ok_or_else(|| Error::invalid("kind", "Choose what it is."))?;
            organizations::set_kind(tx, id, kind, now)?;
            if kind != before.kind || before.asked_at.is_some() {
                let words = format!("Kind of organization: “{}”", kind.words());
                Entry::new("organization.kind", words).about(id).by(tx, viewer, now)?;
            }
            Ok(())
        })
        .await;
    answer(&town, &caller, id, done.map(drop), &form).await
}

async fn appoint(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>, form: Form) -> Result {
    let (handle, now) = (form.text("handle").trim().trim_start_matches('@').to_owned(), town.now());
    let done = town
        .write(&caller, move |tx, viewer| {
            open(tx, viewer, id)?;
            let account =
                accounts::by_handle(tx, &handle)?.filter(|account| account.standing == Standing::Member && !account.is_organization);
            let account = account
                .ok_or_else(|| Error::invalid("handle", "No member has this handle. Look for it on their page, under their name."))?;
            organizations::must_have_room(tx, account.id, "handle")?;
            organizations::appoint_and_tell(tx, id, account.id, Role::Owner, now)?;
            Ok(Entry::new("organization.owner", format!("Made @{} an owner", account.handle)).about(id).by(tx, viewer, now)?)
        })
        .await;
    answer(&town, &caller, id, done.map(drop), &form).await
}

async fn answer(town: &Town, caller: &Caller, id: AccountId, done: Result<()>, form: &Form) -> Result {
    match done {
        Ok(()) => {
            town.pages.changed(&[Tag("account", id.get())]);
            town.wake();
            Ok(see_other(&format!("{PATH}/{id}?done=saved")))
        }
        Err(Error::Invalid(problems)) => Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, one(town, caller, id, form, &problems).await?)),
        Err(error) => Err(error),
    }
}
