//! Pages around one review: itself, what it said before, where it is answered or taken down, that it is gone.

use maud::{Markup, PreEscaped, html};
use people::decisions::MAX_REASON;
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::{
    Standing,
    card::{Shown, whole},
    narrow, stars,
};
use crate::{
    PostId,
    reviews::{
        About, Content, Review,
        review::{MAX_ANSWER, address},
        store::Place,
    },
    revisions::Revision,
};

/// A review on a page of its own.
pub(in crate::reviews) fn page(frame: &Frame, review: &Review, about: &About, own: bool, standing: &Standing) -> Markup {
    let shown = Shown { standing, level: 2, answers: own, about: None };
    let (title, here) = (&review.content.title, review.address());
    let body = html! {
        div.page { div.narrow.reviews {
            p.review-of { "A review of " a.link href=(about.address) dir="auto" { (about.title) } }
            article.review id={ "review-" (review.id) } tabindex="-1" aria-labelledby="title" {
                (stars(review.content.stars))
                h1 id="title" dir="auto" { (title) }
                (whole(review, &shown))
            }
            p { a.link href={ "/posts/" (about.id) "/reviews" } { "All reviews of this" } }
        } }
    };
    let page = Page::new(title);
    let page = if review.held.is_some() { page.private() } else { page.canonical(&here) };
    page.draw(frame, &body)
}

/// All versions, the newest first, each with what changed in it.
pub(in crate::reviews) fn history(frame: &Frame, review: &Review, versions: &[(Revision, Content)], standing: &Standing) -> Markup {
    let inner = html! {
        p.meta { "Every version of " a href=(review.address()) { "a review by " bdi { (review.author.name) } } ". Struck words were taken out, underlined ones were added." }
        ol.list.ruled.revisions reversed {
            @for (at, (revision, content)) in versions.iter().enumerate() {
                li {
                    h2 { "Version " (revision.number) }
                    p.meta { (text::times::markup(revision.created_at, standing.now, &standing.zone)) }
                    div.diff dir="auto" {
                        @match versions.get(at + 1) {
                            Some((_, before)) => (text::diff::markup(&text::diff::words(&before.in_words(), &content.in_words()))),
                            None => (content.in_words()),
                        }
                    }
                }
            }
        }
    };
    narrow(frame, "History of a review", &inner)
}

fn quoted(review: &Review) -> Markup {
    html! {
        blockquote.post-quote cite=(review.address()) {
            p.byline { strong dir="auto" { (review.author.name) } (stars(review.content.stars)) }
            p dir="auto" { strong { (review.content.title) } }
            div.post-words { (PreEscaped(&review.html)) }
        }
    }
}

/// Where an author of the subject answers.
pub(in crate::reviews) fn answer(frame: &Frame, review: &Review, (typed, problems): (&str, &Problems)) -> Markup {
    let old = review.answer.is_some();
    let inner = html! {
        (quoted(review))
        (kit::problems(problems))
        form.form method="post" action={ (review.address()) "/answer" } {
            (Field::area("body", "Your answer", 6).value(typed).required().problem(problems)
                .hint(format!("At most {} characters. You answer once, and can change it later.", text::grouped(MAX_ANSWER as i64))))
            p.actions { button.button.primary { @if old { "Save" } @else { "Answer" } } a.button.quiet href=(review.address()) { "Cancel" } }
        }
        @if old {
            form method="post" action={ (review.address()) "/answer/removal" } data-confirm="Delete your answer?" data-confirm-yes="Delete" {
                button.button.danger { (icon("trash-2")) "Delete the answer" }
            }
        }
    };
    narrow(frame, if old { "Change your answer" } else { "Answer a review" }, &inner)
}

/// Where somebody of the staff says why a review is taken down.
pub(in crate::reviews) fn take_down(frame: &Frame, review: &Review, typed: &Form, problems: &Problems) -> Markup {
    let inner = html! {
        (quoted(review))
        (kit::problems(problems))
        form.form method="post" action={ (review.address()) "/takedown" } {
            (Field::area("why", "Why", 3).value(typed.text("why")).required().max(MAX_REASON).problem(problems)
                .hint("Its author is told. For 30 days it can be brought back."))
            p.actions { button.button.danger { "Take it down" } a.button.quiet href=(review.address()) { "Cancel" } }
        }
    };
    narrow(frame, "Take down a review", &inner)
}

/// A review that is gone, for its author and the staff.
pub(in crate::reviews) fn gone(frame: &Frame, id: PostId, place: &Place, restores: bool) -> Markup {
    let inner = html! {
        @match &place.why {
            Some(why) => { p { "The people who run this site took it down. The reason:" } blockquote.post-quote { p dir="auto" { (why) } } },
            None => p { "It is deleted, and can be restored for 30 days." },
        }
        p.meta dir="auto" { "It was called “" (place.title) "”." }
        @if restores {
            form method="post" action={ (address(id)) "/removal/undo" } { p.actions { button.button.primary { (icon("undo-2")) @if place.why.is_some() { "Bring it back" } @else { "Undo" } } } }
        }
        p { a.link href={ "/posts/" (place.subject) "/reviews" } { "To the reviews" } }
    };
    narrow(frame, "This review is gone", &inner)
}
