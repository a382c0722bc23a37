//! The addresses by which somebody leaves, or stays after all.

use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::{get, post},
};
use http::StatusCode;
use serde::Deserialize;
use web::{Form, Result, Tag, html, html_with, see_other};

use super::{GRACE_MS, letters, pages, store};
use crate::{
    AccountId, Caller, Town, Viewer,
    accounts::{Account, Standing},
    letters::{Values, send},
    sign_in::ask_again,
};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/settings/departure", get(new).post(create))
        .route("/settings/departure/withdrawal", post(withdraw))
        .route("/farewell", get(farewell))
}

/// What the pages ask of the database.
struct Known {
    account: Account,
    may_leave: bool,
    leaves_at: Option<i64>,
}

async fn known(town: &Town, caller: &Caller) -> Result<(Viewer, Known)> {
    town.read(caller, |tx, viewer| {
        let me = viewer.must_be_signed_in()?;
        let account = store::account(tx, me.id)?;
        Ok(Known { may_leave: !rules_here(viewer) || store::has_successor(tx, me.id)?, leaves_at: store::leaves_at(tx, me.id)?, account })
    })
    .await
}

/// Whether the site would be without a head.
fn rules_here(viewer: &Viewer) -> bool {
    viewer.may(crate::Permission::ManagePeople) && viewer.may(crate::Permission::ManageSite)
}

fn day(town: &Town, at: i64) -> String {
    text::times::dateline(at, &town.zone())
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    posts: String,
}

impl Chosen {
    /// What is chosen goes with them.
    const GO: &str = "go";

    /// Where somebody shows again that it is them before the form is shown, with what they had chosen.
    fn again(&self) -> Response {
        ask_again(if self.posts == Self::GO { "/settings/departure?posts=go" } else { "/settings/departure" })
    }
}

async fn new(State(town): State<Town>, caller: Caller, Query(chosen): Query<Chosen>) -> Result {
    let (viewer, known) = known(&town, &caller).await?;
    let frame = town.frame(&viewer, &caller);
    if let Some(at) = known.leaves_at {
        return Ok(html(pages::stay(&frame, &day(&town, at))));
    }
    if !viewer.must_be_member()?.proved_lately(town.now()) {
        return Ok(chosen.again());
    }
    Ok(html(pages::ask(&frame, known.may_leave, chosen.posts == Chosen::GO)))
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let (viewer, known) = known(&town, &caller).await?;
    let chosen = Chosen { posts: form.text("posts").to_owned() };
    if !viewer.must_be_member()?.proved_lately(town.now()) {
        return Ok(chosen.again());
    }
    let with_posts = chosen.posts == Chosen::GO;
    if !known.may_leave {
        return Ok(html_with(StatusCode::CONFLICT, pages::ask(&town.frame(&viewer, &caller), false, with_posts)));
    }
    let now = town.now();
    let (at, id) = (now + GRACE_MS, known.account.id);
    let (site, day, origin) = (town.site(), day(&town, at), town.origin().to_owned());
    town.db
        .write(move |tx| -> Result<()> {
            store::ask(tx, id, with_posts, at, now)?;
            match &known.account.email {
                Some(email) => {
                    let name = known.account.name.as_str();
                    let values: Values = &[("site", &site.name), ("name", name), ("day", &day), ("origin", &origin)];
                    send(tx, &letters::ASKED, (name, email), values, now)
                }
                None => Ok(()),
            }
        })
        .await?;
    town.wake();
    seen_anew(&town, id);
    Ok(see_other("/farewell"))
}

/// The page after the form, for the guest that they are now.
async fn farewell(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    Ok(html(pages::farewell(&town.frame(&viewer, &caller))))
}

async fn withdraw(State(town): State<Town>, caller: Caller) -> Result {
    let now = town.now();
    let (_, id) = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must_be_signed_in()?;
            if me.standing == Standing::Leaving {
                store::stay(tx, me.id, now)?;
            }
            Ok(me.id)
        })
        .await?;
    seen_anew(&town, id);
    Ok(see_other("/settings?done=stayed"))
}

fn seen_anew(town: &Town, id: AccountId) {
    town.pages.changed(&[Tag("account", id.get())]);
}
