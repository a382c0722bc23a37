//! One review.

use maud::{Markup, PreEscaped, html};
use people::Permission;
use web::kit::{Size, icon};

use super::{Standing, stars};
use crate::{
    moderation::label,
    reviews::{About, Answer, Review, desk::Waiting},
};

/// Where reviews are shown.
pub(in crate::reviews) struct Shown<'a> {
    pub standing: &'a Standing<'a>,
    /// The level of its heading.
    pub level: u8,
    /// Whether the viewer is an author of its subject.
    pub answers: bool,
    /// What it is of, where that is not said around it.
    pub about: Option<&'a About>,
}

/// For `lang`: the language of words where it is another than the page's.
fn lang<'a>(standing: &Standing, language: &'a str) -> Option<&'a str> {
    (!language.is_empty() && !text::language::same(language, &standing.language)).then_some(language)
}

/// A review in a list of somebody's, with what it is of.
pub fn listed(review: &Review, about: &About, standing: &Standing) -> Markup {
    card(review, &Shown { standing, level: 2, answers: false, about: Some(about) })
}

/// A review that waits, for those who decide on it: nothing but what it says.
pub fn waiting(waiting: &Waiting, standing: &Standing) -> Markup {
    let review = &waiting.review;
    html! {
        p.review-of { "Of " a href=(waiting.about.address) dir="auto" { (waiting.about.title) } }
        h2.review-title dir="auto" { (stars(review.content.stars)) " " (review.content.title) }
        (byline(review, standing))
        (content(review, standing))
    }
}

/// The review.
pub(in crate::reviews) fn card(review: &Review, of: &Shown) -> Markup {
    let title = html! { a href=(review.address()) { (review.content.title) } };
    html! {
        article.review id={ "review-" (review.id) } tabindex="-1" aria-label={ "Review by " (review.author.name) } {
            @if let Some(about) = of.about { p.review-of { "Of " a href=(about.address) dir="auto" { (about.title) } } }
            (stars(review.content.stars))
            @if of.level <= 2 { h2.review-title dir="auto" { (title) } } @else { h3.review-title dir="auto" { (title) } }
            (whole(review, of))
        }
    }
}

/// Everything of a review but its stars and title.
pub(in crate::reviews) fn whole(review: &Review, of: &Shown) -> Markup {
    html! {
        (byline(review, of.standing))
        @if review.held.is_some() { p.review-waits { (icon("clock")) " It waits until somebody has looked at it. Until then you alone see it." } }
        (label(&review.label))
        (content(review, of.standing))
        @if let Some(answer) = &review.answer { (answered(answer, of.standing)) }
        @if review.held.is_none() || review.mine { (actions(review, of)) }
    }
}

fn byline(review: &Review, standing: &Standing) -> Markup {
    html! {
        p.byline {
            (review.author.avatar(Size::Small))
            strong { a href=(review.author.address()) dir="auto" { (review.author.name) } }
            span { a.when href=(review.address()) { (text::times::markup(review.posted_at, standing.now, &standing.zone)) } }
            @if review.edited_at.is_some() { span { a.edited href={ (review.address()) "/history" } { "edited" } } }
        }
    }
}

fn content(review: &Review, standing: &Standing) -> Markup {
    let content = &review.content;
    let lang = lang(standing, &content.language);
    html! {
        p.recommends { @if content.recommends { (icon("check")) " Recommends it" } @else { (icon("x")) " Does not recommend it" } }
        @if !content.pros.is_empty() || !content.cons.is_empty() {
            dl.points lang=[lang] {
                @if !content.pros.is_empty() { div.for { dt { (icon("plus")) "For it" } dd dir="auto" { (content.pros) } } }
                @if !content.cons.is_empty() { div.against { dt { (icon("minus")) "Against it" } dd dir="auto" { (content.cons) } } }
            }
        }
        @if !content.body.is_empty() { div.post-words lang=[lang] { (PreEscaped(&review.html)) } }
        @if !review.rated.is_empty() {
            ul.rated aria-label="By what is judged" { @for (words, given) in &review.rated { li { span dir="auto" { (words) } " " (stars(*given)) } } }
        }
    }
}

fn answered(answer: &Answer, standing: &Standing) -> Markup {
    html! {
        div.review-answer {
            p.byline {
                (answer.by.avatar(Size::Small))
                strong { a href=(answer.by.address()) dir="auto" { (answer.by.name) } }
                span.label { "Author" }
                span { "answers " (text::times::markup(answer.at, standing.now, &standing.zone)) }
                @if answer.edited_at.is_some() { span { "edited" } }
            }
            div.post-words { (PreEscaped(&answer.html)) }
        }
    }
}

/// What can be done with a review.
fn actions(review: &Review, of: &Shown) -> Markup {
    html! {
        div.actions.post-actions {
            @if review.held.is_none() { (helpful(review, of.standing.back)) }
            @if of.answers && review.answer.as_ref().is_none_or(|answer| of.standing.viewer.is(answer.by.id)) {
                a.button.small.quiet href={ (review.address()) "/answer" } {
                    (icon("corner-down-right"))
                    @if review.answer.is_some() { "Change your answer" } @else { "Answer" }
                    span.visually-hidden { " to the review by " (review.author.name) }
                }
            }
            (menu(review, of.standing))
        }
    }
}

/// How many found it helpful, and the button of those who may say so.
pub(in crate::reviews) fn helpful(review: &Review, back: &str) -> Markup {
    let count = html! { @if review.helpful > 0 { " " (text::grouped(review.helpful)) } };
    html! {
        @if review.mine {
            @if review.helpful > 0 { p.meta { (text::count(review.helpful, "reader finds", "readers find")) " it helpful" } }
        } @else {
            form.helpful method="post" action={ (review.address()) "/helpful" @if review.voted { "/undo" } } data-review=(review.id) {
                input type="hidden" name="back" value=(back);
                // Its name lets Turbo find it again after the exchange, and give the focus back.
                button.button.small id={ "helpful-" (review.id) } aria-pressed=(if review.voted { "true" } else { "false" }) {
                    (icon("thumbs-up")) "Helpful" (count) span.visually-hidden { ": review by " (review.author.name) }
                }
            }
        }
    }
}

fn menu(review: &Review, standing: &Standing) -> Markup {
    let (viewer, address) = (standing.viewer, review.address());
    let own = review.mine && viewer.may(Permission::WriteReviews);
    let moderates = viewer.may(Permission::ModerateNotes) && !review.mine;
    let reports = !review.mine;
    html! {
        @if own || moderates || reports {
            details.menu.post-menu {
                summary { (icon("ellipsis")) span.visually-hidden { "More about the review by " (review.author.name) } }
                ul {
                    @if own {
                        li { a href={ "/posts/" (review.subject) "/review" } { (icon("pen-line")) "Edit" } }
                        li {
                            form method="post" action={ (address) "/removal" } data-confirm="Delete this review? It can be restored for 30 days." data-confirm-yes="Delete" {
                                button { (icon("trash-2")) "Delete" }
                            }
                        }
                    }
                    @if moderates { li { a href={ (address) "/takedown" } { (icon("trash-2")) "Take down…" } } }
                    @if reports { li { a href={ "/reports/review/" (review.id) } rel="nofollow" { (icon("flag")) "Report…" } } }
                }
            }
        }
    }
}
