//! What of somebody's own waits to be read, as they see it: nobody else does.

use maud::{Markup, html};
use people::{Town, Viewer, accounts};
use web::kit::{Size, icon};

use super::{Standing, card as cards};
use crate::{
    comments::{lead, store::Waiting},
    gate::Held,
};

/// Under the post it is for.
pub(in crate::comments) fn card(of: &Waiting, standing: &Standing) -> Markup {
    html! {
        article.comment.waits id={ "waiting-" (of.id) } tabindex="-1" aria-label="A comment of yours that waits" {
            span.face { (accounts::avatar(&of.author.name, of.author.picture.as_deref(), Size::Medium)) }
            div.body {
                (words(of, standing))
                (withdrawal(of))
            }
        }
    }
}

fn words(of: &Waiting, standing: &Standing) -> Markup {
    html! {
        p.waits-why { (icon("clock")) span { "Waits to be read by a moderator, since " (text::times::markup(of.at, standing.now, &standing.zone)) ". Only you see it until then." } }
        @if !of.content.body.is_empty() { div.post-words lang=[standing.lang(&of.content.language)] { (text::note::markup(&of.content.body, &|_| None)) } }
        (cards::shown(&of.pictures, of.content.sensitive, standing.viewer.sensitive()))
    }
}

fn withdrawal(of: &Waiting) -> Markup {
    html! {
        form.actions method="post" action={ "/comments/waiting/" (of.id) "/removal" } {
            button.button.small.quiet { (icon("trash-2")) "Take it back" span.visually-hidden { ": " (of.content.excerpt(40)) } }
        }
    }
}

/// Among all that waits of somebody's.
pub fn listed(town: &Town, viewer: &Viewer, of: &Waiting) -> Markup {
    let standing = Standing::of(town, viewer, "/waiting");
    html! {
        article.comment.waits aria-label="A comment that waits" { div.body {
            (words(of, &standing))
            div.actions {
                a.button.small href={ (lead(&of.subject.1, of.subject.0)) "#comments" } { (icon("message-circle")) "Where it goes" }
                (withdrawal(of))
            }
        } }
    }
}

/// Before those who read it.
pub fn to_read(town: &Town, viewer: &Viewer, of: &Waiting) -> Markup {
    let standing = Standing::of(town, viewer, "");
    html! {
        p.byline {
            strong { a href=(of.author.address()) dir="auto" { (of.author.name) } }
            span { "comment on " a href={ (lead(&of.subject.1, of.subject.0)) "#comments" } { "a " (kind(&of.subject.1)) } }
            @if let Some(parent) = of.parent { span { a href={ "/comments/" (parent) } data-turbo="false" { "in answer to this" } } }
        }
        div.post-words dir="auto" lang=[standing.lang(&of.content.language)] { (text::note::markup(&of.content.body, &|_| None)) }
        (cards::small(&of.pictures))
        @if of.content.sensitive { p.waits-why { (icon("eye-off")) span { "Its author covers what it shows as sensitive." } } }
        (why(&of.held, &of.label, of.at, &standing))
    }
}

fn kind(kind: &str) -> &str {
    if kind == "note" { "post" } else { kind }
}

/// Why something waits, and since when.
pub fn why(held: &Held, label: &str, at: i64, standing: &Standing) -> Markup {
    html! {
        @if !label.is_empty() { p.waits-why { (icon("info")) span { "This will stand over it: “" bdi { (label) } "”" } } }
        p.waits-why {
            (icon("clock"))
            span {
                (held.why.words())
                @if !held.what.is_empty() { ": “" bdi { (held.what) } "”" }
                ". Waits since " (text::times::markup(at, standing.now, &standing.zone)) "."
            }
        }
    }
}
