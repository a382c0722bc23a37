//! The page around an error.

use maud::{Markup, html};
use web::{ErrorPage, Frame, Page};

/// Says what happened and what to do next, in the site's own frame.
pub fn page(frame: &Frame, error: &ErrorPage) -> Markup {
    let body = html! {
        div.page {
            div.narrow.error-page {
                p.kicker { (error.status.as_u16()) }
                h1 { (error.title) }
                p { (error.words) }
                p.actions { a.button.primary href="/" { "To the front page" } a.button href="/archive" { "Look in the archive" } }
            }
        }
    };
    Page::new(error.title).private().draw(frame, &body)
}
