//! The markup of reviews.

pub(super) mod card;
pub(super) mod form;
pub(super) mod list;
pub(super) mod one;
pub(super) mod section;
pub(super) mod summary;

pub use crate::comments::Standing;

use maud::{Markup, html};
use web::{Frame, Page, kit::icon};

use super::review::MOST_STARS;

/// Stars, with words for those who do not see them.
pub fn stars(given: i64) -> Markup {
    html! {
        span.stars role="img" aria-label={ (given) " of " (MOST_STARS) " stars" } {
            @for star in 1..=MOST_STARS { span.star.on[star <= given] { (icon("star")) } }
        }
    }
}

/// A page around one review.
fn narrow(frame: &Frame, title: &str, inner: &Markup) -> Markup {
    let body = html! { div.page { div.narrow.note-page.review-page { h1 dir="auto" { (title) } (inner) } } };
    Page::new(title).private().draw(frame, &body)
}

/// What an address carries of another.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
