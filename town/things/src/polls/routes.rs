//! The address at which members vote.

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
    routing::post,
};
use http::{HeaderMap, HeaderValue, header};
use maud::html;
use people::{Caller, Town};
use talk::{PostId, views};
use web::{Error, Form, Result, html::safe_path, see_other};

use super::{Poll, pages, store};
use crate::stories::show::Now;

const STREAM: &str = "text/vnd.turbo-stream.html";

/// The addresses of this room.
pub(crate) fn routes() -> Router<Town> {
    Router::new().route("/polls/{id}/ballot", post(vote))
}

async fn vote(State(town): State<Town>, caller: Caller, Path(id): Path<PostId>, headers: HeaderMap, form: Form) -> Result {
    town.limits.press.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    let (chosen, now) = (form.all("choice").filter_map(|place| place.parse().ok()).collect::<Vec<usize>>(), town.now());
    let (_, poll) = town
        .write(&caller, move |tx, viewer| {
            store::vote(tx, viewer, id, &chosen, now)?;
            let me = viewer.must_be_member()?.id;
            store::of(tx, Some(me), &[id])?.remove(&id).ok_or(Error::NotFound)
        })
        .await?;
    // What guests see of it is how many voted.
    town.pages.changed(&[views::tag(id.get())]);
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accepts.contains(STREAM) { Ok(only_the_poll(&poll, &Now::of(&town))) } else { Ok(see_other(&back(id, form.text("back")))) }
}

fn only_the_poll(poll: &Poll, now: &Now) -> Response {
    let stream = html! {
        turbo-stream action="replace" method="morph" target={ "poll-" (poll.id) } { template { (pages::show(poll, true, "", now)) } }
    };
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/vnd.turbo-stream.html; charset=utf-8"))], stream.into_string()).into_response()
}

/// The page that the poll stands on, at the poll.
fn back(id: PostId, typed: &str) -> String {
    let path = safe_path(typed);
    let path = if typed.is_empty() { format!("/notes/{id}") } else { path.split(['#', '?']).next().unwrap_or("/").to_owned() };
    format!("{path}?done=voted#poll-{id}")
}
