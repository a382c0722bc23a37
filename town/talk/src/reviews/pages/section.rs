//! What the page of a subject shows of its reviews.

use maud::{Markup, html};
use web::kit::icon;

use super::{
    Standing,
    card::{Shown, card},
    encoded,
    summary::summary as draw_summary,
};
use crate::{PostId, reviews::Summary};

/// The section “Reviews” of a subject's page. `own` says that the viewer is one of its authors.
pub fn section(subject: PostId, summary: Option<&Summary>, own: bool, standing: &Standing) -> Markup {
    html! {
        section.strand.reviews id="reviews" aria-labelledby="reviews-heading" {
            header {
                h2 id="reviews-heading" { "Reviews" }
                @if !own { (invitation(subject, standing)) }
            }
            @match summary {
                None => p.meta { "Nobody has reviewed this yet." },
                Some(summary) => {
                    (draw_summary(subject, &summary.tally, &summary.criteria, None))
                    ul.review-list { @for review in &summary.first { li { (card(review, &Shown { standing, level: 3, answers: own, about: None })) } } }
                    p { a.button.small href={ "/posts/" (subject) "/reviews" } { "All reviews" (icon("chevron-right")) } }
                }
            }
        }
    }
}

/// The way to the form; for guests by way of signing in.
pub(super) fn invitation(subject: PostId, standing: &Standing) -> Markup {
    let form = format!("/posts/{subject}/review");
    html! {
        @if standing.viewer.me.is_some() { a href=(form) { "Write a review" } }
        @else { a href={ "/sign-in?next=" (encoded(&form)) } rel="nofollow" { "Sign in to write a review" } }
    }
}
