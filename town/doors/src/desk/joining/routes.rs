//! Addresses of joining on the desk.

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use db::Tx;
use http::StatusCode;
use maud::Markup;
use people::{
    AccountId, Caller, Permission, Town, Viewer, accounts,
    decisions::Entry,
    house_rules,
    invitations::{self, InvitationId, NewInvitation},
    joining::{self, Mode, letters},
    letters::send,
    site,
};
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::pages;
use crate::desk::frame::{Place, draw};

/// More than anybody decides on in one sitting.
const WAITING: u32 = 100;
const INVITATIONS: u32 = 100;
/// As many as an invitation lets in.
const CAME: u32 = 1_000;
/// Longest answer to somebody who is refused, in characters.
const MAX_WHY: usize = 500;

pub(in crate::desk) fn routes() -> Router<Town> {
    Router::new()
        .route("/admin/joining", get(list))
        .route("/admin/joining/people/{id}/admission", post(admit))
        .route("/admin/joining/people/{id}/refusal", post(refuse))
        .route("/admin/joining/invitations", get(new).post(create))
        .route("/admin/joining/invitations/{id}", get(show))
        .route("/admin/joining/invitations/{id}/remove", post(remove))
        .route("/admin/joining/rules", get(edit).post(update))
}

fn page(town: &Town, viewer: &Viewer, caller: &Caller, title: &str, body: &Markup) -> Markup {
    draw(&town.frame(viewer, caller), viewer, Place::Joining, title, body)
}

async fn list(State(town): State<Town>, caller: Caller) -> Result {
    Ok(html(overview(&town, &caller, &Problems::default()).await?))
}

async fn overview(town: &Town, caller: &Caller, problems: &Problems) -> Result<Markup> {
    let (viewer, (waiting, invitations)) = town
        .read(caller, |tx, viewer| {
            viewer.must(Permission::WelcomePeople)?;
            Ok((joining::waiting(tx, WAITING)?, invitations::all(tx, INVITATIONS)?))
        })
        .await?;
    let of =
        pages::Joining { waiting: &waiting, invitations: &invitations, mode: town.site().joining, now: town.now(), zone: &town.zone() };
    Ok(page(town, &viewer, caller, "Joining", &pages::list(&of, viewer.may(Permission::ManageSite), problems)))
}

async fn admit(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>) -> Result {
    let (site, origin, now) = (town.site(), town.origin().to_owned(), town.now());
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::WelcomePeople)?;
        let account = accounts::by_id(tx, id)?.ok_or(Error::NotFound)?;
        if !joining::admit(tx, id, now)? {
            return Err(decided());
        }
        Entry::new("account.admitted", "Let in").about(id).by(tx, viewer, now)?;
        let (name, email) = (account.name.as_str(), account.email.as_deref().unwrap_or_default());
        send(tx, &letters::ADMITTED, (name, email), &[("site", &site.name), ("name", name), ("origin", &origin)], now)
    })
    .await?;
    town.wake();
    town.pages.changed(&[Tag("account", id.get())]);
    Ok(see_other("/admin/joining?done=admitted"))
}

async fn refuse(State(town): State<Town>, caller: Caller, Path(id): Path<AccountId>, form: Form) -> Result {
    let why = form.text("why").trim().to_owned();
    if why.chars().count() > MAX_WHY {
        let mut problems = Problems::default();
        problems.add("waiting", format!("Use at most {MAX_WHY} characters for the letter to them."));
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, overview(&town, &caller, &problems).await?));
    }
    let (site, now) = (town.site(), town.now());
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::WelcomePeople)?;
        let name = refuse_and_tell(tx, id, &site.name, &why, now)?;
        Ok(Entry::new("account.refused", format!("Refused {name}, who wanted to join")).because(&why).by(tx, viewer, now)?)
    })
    .await?;
    town.wake();
    Ok(see_other("/admin/joining?done=refused"))
}

fn refuse_and_tell(tx: &mut Tx, id: AccountId, site: &str, why: &str, now: i64) -> Result<String> {
    let account = accounts::by_id(tx, id)?.ok_or_else(decided)?;
    if !joining::refuse(tx, id)? {
        return Err(decided());
    }
    let (name, email) = (account.name.as_str(), account.email.as_deref().unwrap_or_default());
    send(tx, &letters::REFUSED, (name, email), &[("site", site), ("name", name), ("why", why)], now)?;
    Ok(format!("@{}", account.handle))
}

fn decided() -> Error {
    Error::Conflict("Somebody has decided on this person meanwhile. The desk shows who still waits.".into())
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::WelcomePeople).map(|_| ())).await?;
    let body = pages::invite(&Form::from_pairs([("places", "1"), ("days", "14")]), &Problems::default());
    Ok(html(page(&town, &viewer, &caller, "Make an invitation", &body)))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::WelcomePeople).map(|_| ())).await?;
    let mut problems = Problems::default();
    let new = NewInvitation::parse(&form, &mut problems);
    if !problems.is_empty() {
        let body = page(&town, &viewer, &caller, "Make an invitation", &pages::invite(&form, &problems));
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, body));
    }
    let now = town.now();
    let wanted = new.clone();
    let (viewer, (id, token)) = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must(Permission::WelcomePeople)?;
            let words = format!("Made an invitation for {}: {}", text::count(wanted.places, "person", "people"), wanted.note);
            Entry::new("invitation.made", words.trim_end_matches(": ").to_owned()).by(tx, viewer, now)?;
            Ok(invitations::make(tx, me.id, &wanted, now)?)
        })
        .await?;
    let link = format!("{}/invitation/{token}", town.origin());
    let closed = town.site().joining == Mode::Closed;
    // Shown this once: the database keeps only its digest.
    Ok(html(page(&town, &viewer, &caller, "An invitation", &pages::link(id, &new, &link, closed))))
}

async fn show(State(town): State<Town>, caller: Caller, Path(id): Path<InvitationId>) -> Result {
    let (viewer, (invitation, people)) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::WelcomePeople)?;
            Ok((invitations::find(tx, id)?.ok_or(Error::NotFound)?, invitations::came_by(tx, id, CAME)?))
        })
        .await?;
    let body = pages::invitation(&invitation, &people, (town.now(), &town.zone()));
    Ok(html(page(&town, &viewer, &caller, "Invitation", &body)))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(id): Path<InvitationId>) -> Result {
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::WelcomePeople)?;
        Entry::new("invitation.withdrawn", "Withdrew an invitation").by(tx, viewer, now)?;
        Ok(invitations::withdraw(tx, id, now)?)
    })
    .await?;
    Ok(see_other("/admin/joining?done=withdrawn"))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManageSite).map(|_| ())).await?;
    let site = town.site();
    let form = Form::from_pairs([("joining", site.joining.name()), ("house_rules", house_rules::in_force(&site.rules))]);
    Ok(html(page(&town, &viewer, &caller, "Who may join", &pages::rules(&form, &Problems::default()))))
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::ManageSite).map(|_| ())).await?;
    let mut problems = Problems::default();
    let mode = Mode::ALL.into_iter().find(|mode| mode.name() == form.text("joining"));
    if mode.is_none() {
        problems.add("joining", "Choose one of the ways in the list.");
    }
    let rules = house_rules::parse(form.text("house_rules"), &mut problems);
    let Some(mode) = mode.filter(|_| problems.is_empty()) else {
        let body = page(&town, &viewer, &caller, "Who may join", &pages::rules(&form, &problems));
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, body));
    };
    let now = town.now();
    town.write(&caller, move |tx, viewer| {
        viewer.must(Permission::ManageSite)?;
        Entry::new("site.joining", format!("Changed who may join ({}), or the house rules", mode.words())).by(tx, viewer, now)?;
        Ok(site::save_joining(tx, mode, &rules, now)?)
    })
    .await?;
    town.reload().await?;
    Ok(see_other("/admin/joining/rules?done=saved"))
}
