//! The one way by which a list gets its feeds: the room's own handler, with the feed standing beside it.
//!
//! The router cannot tell `/sections/water` from `/sections/water.rss` (a segment is matched whole), so the handler of
//! the page is asked for both; this stands in front of it and answers the second. No slug, handle or topic has a dot.

use axum::{
    RequestExt as _,
    extract::{Path, Request},
    handler::Handler,
    response::{IntoResponse as _, Response},
};
use people::Town;
use std::{future::Future, pin::Pin};
use web::Error;

use super::{
    feed::{self, Format},
    lists::List,
};

/// A page with its feeds beside it. See [`beside`].
#[derive(Clone)]
pub struct Beside<H> {
    list: List,
    page: H,
}

/// Puts the feeds of a list beside its page: `.route("/topics/{tag}", get(beside(List::Topic, show)))`. The route has one
/// parameter, the list's name.
pub fn beside<H>(list: List, page: H) -> Beside<H> {
    Beside { list, page }
}

impl<H, T> Handler<T, Town> for Beside<H>
where
    H: Handler<T, Town>,
{
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, mut request: Request, town: Town) -> Self::Future {
        let Some(format) = Format::ending(request.uri().path()) else {
            return Box::pin(self.page.call(request, town));
        };
        Box::pin(async move {
            let Ok(Path(name)) = request.extract_parts::<Path<String>>().await else {
                return Error::NotFound.into_response();
            };
            let name = name.strip_suffix(format.suffix()).unwrap_or(&name).to_owned();
            feed::answer(&town, self.list, name, format, request.uri().path()).await.into_response()
        })
    }
}
