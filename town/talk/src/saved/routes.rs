//! The addresses of saving.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use http::{HeaderMap, HeaderValue, header};
use maud::{Markup, html};
use people::{Caller, Town};
use serde::Deserialize;
use web::{Error, Form, Result, cookies, html::safe_path, see_other};

use super::{pages, put, take_off};
use crate::PostId;

/// Carries a guest's wish through signing in: the post's id, for as long as that may take, in seconds.
const WISH: &str = "wish";
const WISH_SECONDS: i64 = 15 * 60;
/// Longest way back, in bytes: a page's address with its query.
const MAX_BACK: usize = 1_000;
/// What Turbo asks for when it sends a form.
const STREAM: &str = "text/vnd.turbo-stream.html";

/// The addresses of this room.
pub(crate) fn routes() -> Router<Town> {
    Router::new().route("/posts/{id}/saved", get(granted).post(create)).route("/posts/{id}/saved/removal", post(remove))
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

async fn create(State(town): State<Town>, caller: Caller, Path(post): Path<String>, headers: HeaderMap, form: Form) -> Result {
    let post: PostId = post.parse().map_err(|_| Error::NotFound)?;
    let back = way_back(form.text("back"));
    let viewer = town.viewer(&caller).await?;
    let Some(me) = viewer.me else { return Ok(sign_in_first(&town, post, back)) };
    town.limits.saved.by(&me.id)?;
    let now = town.now();
    town.write(&caller, move |tx, viewer| put(tx, viewer.must_be_member()?.id, post, now)).await?;
    Ok(answer(&headers, post, true, back))
}

async fn remove(State(town): State<Town>, caller: Caller, Path(post): Path<String>, headers: HeaderMap, form: Form) -> Result {
    let post: PostId = post.parse().map_err(|_| Error::NotFound)?;
    let back = way_back(form.text("back"));
    town.limits.saved.by(&town.viewer(&caller).await?.must_be_member()?.id)?;
    town.write(&caller, move |tx, viewer| Ok(take_off(tx, viewer.must_be_member()?.id, post)?)).await?;
    Ok(answer(&headers, post, false, back))
}

/// Where somebody comes who has signed in to save a post: on to the post, which is saved if this browser wished it here.
async fn granted(
    State(town): State<Town>,
    caller: Caller,
    Path(post): Path<String>,
    Query(Back { back }): Query<Back>,
    headers: HeaderMap,
) -> Result {
    let post: PostId = post.parse().map_err(|_| Error::NotFound)?;
    let back = way_back(&back);
    let wished = cookies::read(&headers, WISH).is_some_and(|wish| wish == post.to_string());
    let viewer = town.viewer(&caller).await?;
    if !wished || viewer.me.is_none() {
        return Ok(see_other(back));
    }
    let now = town.now();
    town.write(&caller, move |tx, viewer| put(tx, viewer.must_be_member()?.id, post, now)).await?;
    Ok(([(header::SET_COOKIE, cookies::write(WISH, "", 0, town.secure))], see_other(&done(back, "kept"))).into_response())
}

fn sign_in_first(town: &Town, post: PostId, back: &str) -> Response {
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let next = format!("/posts/{post}/saved?back={}", encoded(back));
    let wish = cookies::write(WISH, &post.to_string(), WISH_SECONDS, town.secure);
    ([(header::SET_COOKIE, wish)], see_other(&format!("/sign-in?next={}", encoded(&next)))).into_response()
}

/// Only the button changes, where scripts run; elsewhere the page comes again and says what was done.
fn answer(headers: &HeaderMap, post: PostId, saved: bool, back: &str) -> Response {
    if !wants_stream(headers) {
        return see_other(&done(back, if saved { "kept" } else { "taken-off" }));
    }
    stream(html! {
        turbo-stream action="replace" method="morph" targets={ "form.save[data-post='" (post) "']" } { template { (pages::pressed(post, saved, back)) } }
    })
}

/// Whether a form was sent by scripts, which want to know what changes in the page and not the page.
pub(crate) fn wants_stream(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accepts| accepts.contains(STREAM))
}

/// What changes in the page.
pub(crate) fn stream(changes: Markup) -> Response {
    let kind = HeaderValue::from_static("text/vnd.turbo-stream.html; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], changes.into_string()).into_response()
}

/// The page that a form names as the one it stands on, if it is one of this site.
pub(crate) fn way_back(back: &str) -> &str {
    if back.len() <= MAX_BACK { safe_path(back) } else { "/" }
}

/// The page to come back to, with the word for what was done, once.
fn done(back: &str, word: &str) -> String {
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("done="));
    let pairs: Vec<String> = kept.map(str::to_owned).chain([format!("done={word}")]).collect();
    format!("{path}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_says_once_what_was_done() {
        assert_eq!(done("/stories/1/a", "kept"), "/stories/1/a?done=kept");
        assert_eq!(done("/saved?before=1-2&done=kept", "taken-off"), "/saved?before=1-2&done=taken-off");
        assert_eq!(way_back("//evil.example"), "/");
        assert_eq!(way_back(&format!("/{}", "a".repeat(MAX_BACK))), "/");
    }
}
