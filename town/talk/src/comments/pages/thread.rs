//! A thread on a page of its own.

use maud::{Markup, html};
use web::{Frame, Page, kit::icon};

use super::{
    Standing,
    card::{self, Place},
    composer,
    section::answers,
};
use crate::comments::{lead, store::Part};

/// The page.
pub(in crate::comments) fn page(frame: &Frame, part: &Part, standing: &Standing) -> Markup {
    let (top, back) = (&part.top, lead(&part.head.kind, part.head.subject));
    let address = format!("/comments/{}/thread", top.id);
    let shown = Place::of(standing, answers(&part.head), std::iter::once(top).chain(&part.replies));
    let title = if top.stands() { format!("{}: {}", top.author.name, top.content.excerpt(60)) } else { "A conversation".into() };
    let body = html! {
        div.page { div.narrow.comments {
            p { a.link href={ (back) "#comments" } { (icon("arrow-left")) " What this is about, and all comments" } }
            h1.visually-hidden { (title) }
            p.visually-hidden id="comments-said" role="status" {}
            ol.threads { li {
                @if part.first { (card::branch(top, &part.replies, &shown)) } @else {
                    (card::card(top, &shown))
                    p.more-replies { a.button.small href=(address) { "Earlier replies" } }
                    div.replies { (card::branches(&part.replies, &shown)) }
                }
            } }
            @if let Some(past) = part.past {
                nav.pager aria-label="Pages of replies" { a.button rel="next nofollow" href={ (address) "?after=" (past) } { "More replies" (icon("chevron-right")) } }
            }
        } }
    };
    let live = format!("posts={}", top.id);
    Page::new(&title).private().with(composer::scripts(standing.viewer), &[]).live(&live).draw(frame, &body)
}
