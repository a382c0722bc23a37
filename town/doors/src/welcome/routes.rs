//! The address of the first visit.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest as _, Request, State},
    routing::get,
};
use db::Tx;
use http::StatusCode;
use people::{
    AccountId, Caller, Town, Viewer,
    accounts::{self, Account},
    connections::{self, ShownTo},
    pictures,
    profiles::{self, Fact, Told},
};
use std::collections::HashSet;
use things::sections::{self, Tree};
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::pages;
use crate::connections::{Suggestion, can_be_followed, suggested, tag};

/// People suggested.
const PEOPLE: usize = 6;
/// Sections and people followed by one form.
const MOST: usize = 100;

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/welcome", get(show).post(update)).layer(DefaultBodyLimit::max(web::form::MAX_FILE + 1024 * 1024))
}

/// What the page is made from.
pub(super) struct Read {
    pub account: Account,
    pub place: Option<String>,
    pub sections: Tree,
    pub followed: HashSet<i64>,
    pub people: Vec<Suggestion>,
}

fn read(tx: &mut Tx, viewer: &Viewer) -> Result<Read> {
    let me = viewer.must_be_member()?.id;
    let sections = sections::all(tx)?;
    let ids: Vec<i64> = sections.under(None).map(|section| section.id.get()).collect();
    Ok(Read {
        account: accounts::by_id(tx, me)?.ok_or(Error::NotFound)?,
        place: profiles::own(tx, me)?.fact(Fact::Place).map(|told| told.value.clone()),
        followed: connections::followed_among(tx, me, &ids)?,
        people: suggested(tx, me, PEOPLE)?,
        sections,
    })
}

async fn page(town: &Town, caller: &Caller, problems: &Problems, form: Option<&Form>) -> Result<maud::Markup> {
    let (viewer, read) = town.read(caller, read).await?;
    Ok(pages::welcome(&town.frame(&viewer, caller), &town.site().name, &read, form, problems))
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    Ok(html(page(&town, &caller, &Problems::default(), None).await?))
}

async fn update(State(town): State<Town>, caller: Caller, request: Request) -> Result {
    let me = town.viewer(&caller).await?.must_be_member()?.id;
    town.limits.save.by(&me.get())?;
    // Read only now: nobody else gets to send megabytes.
    let form = Form::from_request(request, &town).await?;
    let mut problems = Problems::default();
    let place = Fact::Place.parse(form.text("place")).map_err(|words| problems.add("place", words)).unwrap_or_default();
    let mut picture = None;
    if let Some(file) = form.file("picture").filter(|_| problems.is_empty()) {
        match pictures::accept(&town, me, file.bytes.clone()).await {
            Ok(accepted) => picture = Some(accepted.key),
            Err(words) => problems.add("picture", words),
        }
    }
    if !problems.is_empty() {
        return Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, page(&town, &caller, &problems, Some(&form)).await?));
    }
    let chosen: Vec<i64> = form.all("follow").filter_map(|id| id.parse().ok()).take(MOST).collect();
    let now = town.now();
    let followed = town.write(&caller, move |tx, viewer| {
        let me = viewer.must_be_member()?.id;
        if let Some(key) = &picture {
            accounts::set_picture(tx, me, Some(key), now)?;
        }
        say_place(tx, me, &place)?;
        follow_all(tx, viewer, &chosen, now)
    });
    let (_, followed) = followed.await?;
    let tags = followed.into_iter().map(tag).chain([tag(me.get()), Tag("account", me.get())]);
    town.pages.changed(&tags.collect::<Vec<_>>());
    town.wake();
    Ok(see_other("/square?done=settled-in"))
}

/// Whom a place was for stays as it was chosen; at first it is for members.
fn say_place(tx: &mut Tx, me: AccountId, place: &str) -> Result<(), Error> {
    let before = profiles::own(tx, me)?;
    let shown_to = before.fact(Fact::Place).map_or(ShownTo::Members, |told| told.shown_to);
    Ok(profiles::tell(tx, me, &Told { fact: Fact::Place, value: place.to_owned(), shown_to })?)
}

/// Follows what can be followed of these, and answers what that was.
fn follow_all(tx: &mut Tx, viewer: &Viewer, chosen: &[i64], now: i64) -> Result<Vec<i64>, Error> {
    let me = viewer.must_be_member()?.id;
    let mut followed = Vec::new();
    for target in chosen {
        // As many as their level allows in an hour; the rest another day.
        if connections::must_have_follows_left(tx, viewer, now).is_err() {
            break;
        }
        // What went in the meantime is passed over: the rest of the form still holds.
        if *target != me.get() && can_be_followed(tx, viewer, *target)? {
            match connections::follow(tx, me, *target, now) {
                Ok(_) => followed.push(*target),
                Err(Error::Invalid(_) | Error::NotFound | Error::Forbidden(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(followed)
}
