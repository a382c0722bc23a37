//! Numbers that change while a page is open.

use maud::{Markup, html};

/// How many comments stand under a post, in the heading over them. Open pages are told another number.
pub fn count(comments: i64) -> Markup {
    html! { (text::grouped(comments)) span.words { (if comments == 1 { " comment" } else { " comments" }) } }
}
