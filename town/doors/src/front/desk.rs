//! The addresses by which an editor arranges the front page.

use axum::{Router, extract::State, http::StatusCode, response::Response, routing::get};
use db::Tx;
use people::{Caller, Permission, Town, decisions::Entry};
use talk::{Cursor, PostId};
use things::{
    sections,
    stories::{self, Card, show::Now},
};
use web::{Form, Problems, Result, html, html_with, see_other};

use super::{
    Arrangement, arrange,
    arrangement::{LEAD_FIELDS, ROW_FIELDS},
    compose, store,
};
use crate::cards::FRONT;

/// The addresses of the arranging page.
pub(super) fn routes() -> Router<Town> {
    Router::new().route("/admin/front", get(edit).post(update))
}

async fn edit(State(town): State<Town>, caller: Caller) -> Result {
    form(&town, &caller, None, None, &Problems::default()).await
}

/// The form: as it is saved, or as it was sent.
async fn form(town: &Town, caller: &Caller, sent: Option<Arrangement>, typed: Option<&Form>, problems: &Problems) -> Result {
    let (viewer, (arrangement, offer)) = town
        .read(caller, move |tx, viewer| {
            viewer.must(Permission::ArrangeFront)?;
            let arrangement = sent.clone().map_or_else(|| store::latest(tx), Ok)?;
            let offer = offer(tx, &arrangement)?;
            Ok((arrangement, offer))
        })
        .await?;
    let page = arrange::form(&town.frame(&viewer, caller), &viewer, &arrangement, &offer, typed, problems);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(html_with(status, page))
}

/// What the form offers: the newest stories, and those that are arranged although they are older.
fn offer(tx: &mut Tx, arrangement: &Arrangement) -> Result<arrange::Offer> {
    let mut offered = stories::cards(tx, Cursor::NEWEST, store::NEWEST)?;
    let older: Vec<PostId> = arrangement.stories().into_iter().filter(|id| offered.iter().all(|card| card.id != *id)).collect();
    offered.extend(stories::cards_by_ids(tx, &older)?);
    Ok(arrange::Offer { stories: offered, tree: sections::all(tx)? })
}

async fn update(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (sent, mut problems, known) = read(&town, &caller, &form).await?;
    if form.text("do") == "reset" {
        return publish(&town, &caller, Arrangement::default()).await;
    }
    check_published(&form, &sent, &known, &mut problems);
    if !problems.is_empty() || form.text("do") == "arrange" {
        let typed = Some(&form).filter(|_| !problems.is_empty());
        return self::form(&town, &caller, Some(sent), typed, &problems).await;
    }
    if form.text("do") == "preview" { preview(&town, &caller, sent).await } else { publish(&town, &caller, sent).await }
}

async fn read(town: &Town, caller: &Caller, form: &Form) -> Result<(Arrangement, Problems, Vec<Card>)> {
    let (_, tree) = town
        .read(caller, |tx, viewer| {
            viewer.must(Permission::ArrangeFront)?;
            Ok(sections::all(tx)?)
        })
        .await?;
    let mut problems = Problems::default();
    let sent = Arrangement::parse(form, &tree, &mut problems);
    let wanted = sent.stories();
    let known = town.db.read(move |tx| stories::cards_by_ids(tx, &wanted)).await?;
    Ok((sent, problems, known))
}

/// A pasted address must lead to a story that readers can see; a chosen one may have been taken off meanwhile.
fn check_published(form: &Form, sent: &Arrangement, known: &[Card], problems: &mut Problems) {
    let missing: Vec<PostId> = sent.stories().into_iter().filter(|id| known.iter().all(|card| card.id != *id)).collect();
    for (_, address) in std::iter::once(LEAD_FIELDS).chain(ROW_FIELDS) {
        let pasted = form.text(address);
        if missing.iter().any(|id| pasted.contains(&id.to_string())) {
            problems.add(address, "That story is not published, so readers could not open it. Paste another address.");
        }
    }
}

async fn preview(town: &Town, caller: &Caller, sent: Arrangement) -> Result<Response> {
    let now = Now::of(town);
    let (arrangement, ms) = (sent.clone(), now.ms);
    let (viewer, material) = town.read(caller, move |tx, _| Ok(store::material(tx, &arrangement, ms)?)).await?;
    let front = compose(&sent, &material.candidates, now.ms);
    let banner = arrange::banner(&sent);
    Ok(html(super::routes::draw(&town.frame(&viewer, caller), &front, &material, &viewer, &now, Some(banner))))
}

async fn publish(town: &Town, caller: &Caller, arrangement: Arrangement) -> Result<Response> {
    let now = town.now();
    town.write(caller, move |tx, viewer| {
        let me = viewer.must(Permission::ArrangeFront)?.id;
        Entry::new("front.arranged", "Arranged the front page").by(tx, viewer, now)?;
        store::save(tx, &arrangement, me, now)
    })
    .await?;
    town.pages.changed(&[FRONT]);
    Ok(see_other("/admin/front?done=saved"))
}
