//! What a form is answered with: a stream that changes its part of the page, or the way back to the page it stood on.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, header};
use maud::{Markup, html};
use web::{Form, html::safe_path, see_other};

/// Longest way back, in bytes: a page's address with its query.
const MAX_BACK: usize = 1_000;
/// What Turbo asks for when it sends a form.
const STREAM: &str = "text/vnd.turbo-stream.html";

/// The part of a page that a form stands in and changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The whole page comes again.
    Page,
    /// A follow button.
    Button,
    /// All that can be done with somebody, on their page.
    Panel,
}

impl Part {
    /// The part that a form names, where the browser asks for streams.
    pub fn of(form: &Form, headers: &HeaderMap) -> Self {
        let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match form.text("part") {
            "button" if accepts.contains(STREAM) => Self::Button,
            "panel" if accepts.contains(STREAM) => Self::Panel,
            _ => Self::Page,
        }
    }
}

/// Where a form stood.
pub(super) fn way_back(form: &Form) -> String {
    let back = form.text("back");
    if back.len() <= MAX_BACK { safe_path(back) } else { "/" }.to_owned()
}

/// The page to come back to, with the word for what was done, once.
pub(super) fn back(to: &str, done: &str) -> Response {
    let (path, query) = to.split_once('?').unwrap_or((to, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("done="));
    let pairs: Vec<String> = kept.map(str::to_owned).chain([format!("done={done}")]).collect();
    see_other(&format!("{path}?{}", pairs.join("&")))
}

/// Replaces what matches a selector.
pub(super) fn stream(targets: &str, by: &Markup) -> Response {
    let stream = html! { turbo-stream action="replace" method="morph" targets=(targets) { template { (by) } } };
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/vnd.turbo-stream.html; charset=utf-8"))], stream.into_string()).into_response()
}
