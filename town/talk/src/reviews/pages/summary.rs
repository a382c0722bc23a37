//! What all reviews of a subject say together.

use maud::{Markup, html};

use super::stars;
use crate::{
    PostId,
    reviews::{Tally, criteria::Criterion, review::MOST_STARS},
};

/// Their mean, how many give how many stars, what they make of each criterion. `chosen` are the stars that alone are listed.
pub(in crate::reviews) fn summary(subject: PostId, tally: &Tally, criteria: &[Criterion], chosen: Option<i64>) -> Markup {
    let rated = tally.by_criterion(criteria);
    html! {
        div.review-summary {
            div.score {
                p.mean { b { (tally.in_figures()) } span.visually-hidden { " of " (MOST_STARS) " stars on average" } }
                p aria-hidden="true" { (stars(tally.average().round() as i64)) }
                p.meta { (text::count(tally.count(), "review", "reviews")) }
                p.meta { (tally.percent_recommended()) "% recommend it" }
                @if tally.is_weighed() { p.meta.weighed { "Weighed: there are few so far." } }
            }
            ul.bars.histogram aria-label="Reviews by stars" {
                @for given in (1..=MOST_STARS).rev() { li { (row(subject, tally, given, chosen)) } }
            }
            @if !rated.is_empty() {
                ul.bars aria-label="By what is judged" {
                    @for (words, mean) in &rated {
                        li { span.what dir="auto" { (words) } (bar(mean / MOST_STARS as f64)) span { (format!("{mean:.1}")) } }
                    }
                }
            }
        }
    }
}

/// How many give so many stars; leads to those.
fn row(subject: PostId, tally: &Tally, given: i64, chosen: Option<i64>) -> Markup {
    let count = usize::try_from(given - 1).ok().and_then(|at| tally.stars.get(at)).copied().unwrap_or(0);
    let part = if tally.count() == 0 { 0.0 } else { count as f64 / tally.count() as f64 };
    let number = text::grouped(count);
    html! {
        a href={ "/posts/" (subject) "/reviews?stars=" (given) "#list" } aria-current=[(chosen == Some(given)).then_some("true")] rel="nofollow" {
            span.what { (text::count(given, "star", "stars")) }
            (bar(part))
            span { (number) span.visually-hidden { (if count == 1 { " review" } else { " reviews" }) } }
        }
    }
}

/// A part of one as a bar, for those who see it.
fn bar(part: f64) -> Markup {
    let width = format!("{:.1}", part.clamp(0.0, 1.0) * 100.0);
    html! { svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" { rect width=(width) height="8" {} } }
}
