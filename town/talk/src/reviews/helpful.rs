//! Where members say that a review is helpful.

use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use http::HeaderMap;
use maud::html;
use people::{Caller, Permission, Town};
use web::{Error, Form, Result, see_other};

use super::{pages::card, read::id_in, store};
use crate::saved::{stream, wants_stream, way_back};

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/reviews/{id}/helpful", post(find)).route("/reviews/{id}/helpful/undo", post(undo))
}

async fn find(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    set(&town, &caller, &id, true, &headers, &form).await
}

async fn undo(State(town): State<Town>, caller: Caller, Path(id): Path<String>, headers: HeaderMap, form: Form) -> Result {
    set(&town, &caller, &id, false, &headers, &form).await
}

async fn set(town: &Town, caller: &Caller, id: &str, helpful: bool, headers: &HeaderMap, form: &Form) -> Result {
    let (id, now, back) = (id_in(id)?, town.now(), way_back(form.text("back")));
    let there = format!("{}#review-{id}", back.split('#').next().unwrap_or("/"));
    let Some(me) = town.viewer(caller).await?.me else {
        let next: String = url::form_urlencoded::byte_serialize(there.as_bytes()).collect();
        return Ok(see_other(&format!("/sign-in?next={next}")));
    };
    town.limits.press.by(&me.id)?;
    let (_, review) = town
        .write(caller, move |tx, viewer| {
            let me = viewer.must(Permission::React)?.id;
            if store::find(tx, viewer, id)?.mine {
                return Err(Error::Forbidden("Whether your own review is helpful is for others to say.".into()));
            }
            store::set_helpful(tx, me, id, helpful, now)?;
            store::find(tx, viewer, id)
        })
        .await?;
    town.pages.changed(&store::tags(review.subject, review.author.id));
    town.wake();
    if !wants_stream(headers) {
        return Ok(see_other(&there));
    }
    Ok(stream(html! {
        turbo-stream action="replace" method="morph" targets={ "form.helpful[data-review='" (id) "']" } { template { (card::helpful(&review, back)) } }
    }))
}
