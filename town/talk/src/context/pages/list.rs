//! Where context is written and rated, and where it is taken down.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{accounts::Account, decisions::MAX_REASON};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::shown::words;
use crate::{
    PostId,
    comments::lead,
    context::{
        MAX_BODY, MAX_SOURCES,
        content::REASONS,
        model::{Status, Value},
        store::{Kept, Listed, Subject},
    },
};

/// What the page of a post's contexts shows.
pub(in crate::context) struct Under<'a> {
    pub subject: &'a Subject,
    pub listed: &'a [Listed],
    /// Why the viewer cannot add any.
    pub hindrance: Option<&'a str>,
    /// Why the viewer cannot rate any.
    pub rates_not: Option<&'a str>,
    pub moderates: bool,
    /// What was typed, and what is wrong with it.
    pub typed: (&'a Form, &'a Problems),
    /// When, and where.
    pub now: (i64, TimeZone),
}

/// The page.
pub(in crate::context) fn page(frame: &Frame, under: &Under) -> Markup {
    let subject = under.subject;
    let body = html! {
        div.page { div.narrow.contexts {
            p.kicker { a href=(lead(&subject.kind, subject.id)) { "The post" } }
            h1 { "Context from readers" }
            p { "Something that readers of this post should know, with a source. It is shown to everybody when people find it helpful who usually disagree. " a.link href="/context" { "How this works" } }
            (written(under))
            h2 { "What readers added" }
            @if under.listed.is_empty() { p.meta { "Nobody has added context to this post." } } @else {
                @if let Some(words) = under.rates_not { p.meta { (words) } }
                ol.list.ruled { @for one in under.listed { li { (card(one, under)) } } }
            }
        } }
    };
    Page::new("Context from readers").private().draw(frame, &body)
}

/// The form; or why there is none.
fn written(under: &Under) -> Markup {
    let (form, problems) = under.typed;
    html! {
        h2 { "Add context" }
        @if let Some(words) = under.hindrance.filter(|_| problems.is_empty()) { p.context-closed { (icon("info")) (words) } } @else {
            (kit::problems(problems))
            form.form method="post" action={ "/posts/" (under.subject.id) "/context" } {
                (Field::area("body", "What readers should know", 4).value(form.text("body")).required().problem(problems)
                    .hint(format!("Facts rather than opinion, in at most {MAX_BODY} characters. Your name is not shown beside it.")))
                (Field::area("sources", "Sources", 2).value(form.text("sources")).required().problem(problems)
                    .hint(format!("Addresses of pages where this can be checked, one a line, at most {MAX_SOURCES}.")))
                p.actions { button.button.primary { "Add context" } }
            }
        }
    }
}

fn card(one: &Listed, under: &Under) -> Markup {
    let (now, zone) = &under.now;
    html! {
        article.context id={ "context-" (one.id) } aria-label={ "Context of " (text::times::iso(one.written_at)) } {
            p.meta {
                span class={ "context-status " (one.status.name()) } { @if one.removed.is_some() { "Taken down" } @else { (one.status.words()) } }
                span { (text::count(one.ratings, "rating counts", "ratings count")) }
                span { (text::times::markup(one.written_at, *now, zone)) }
            }
            (words(&one.content))
            @if let Some(why) = &one.removed {
                p { "The people who run this site took it down. The reason: " span dir="auto" { (why) } }
                @if under.moderates { form method="post" action={ "/contexts/" (one.id) "/takedown/undo" } { button.button.small { (icon("rotate-ccw")) "Bring it back" } } }
            } @else {
                @if one.mine { (own(one)) } @else if under.rates_not.is_none() { (rating(one)) }
                @if !one.mine || under.moderates {
                    p.meta {
                        @if !one.mine { a href={ "/reports/context/" (one.id) } rel="nofollow" { (icon("flag")) "Report" span.visually-hidden { " this context" } } }
                        @if under.moderates { a href={ "/contexts/" (one.id) "/takedown" } { "Take down…" } }
                    }
                }
            }
        }
    }
}

fn own(one: &Listed) -> Markup {
    html! {
        div.actions {
            span.meta { "You wrote this. Others say whether it helps." }
            form method="post" action={ "/contexts/" (one.id) "/removal" } data-confirm="Delete this context, with its ratings? It cannot be brought back." data-confirm-yes="Delete" {
                button.button.small.quiet { (icon("trash-2")) "Delete" }
            }
        }
    }
}

/// Three buttons, the reasons above them: one press rates.
fn rating(one: &Listed) -> Markup {
    let said = one.said.as_ref();
    html! {
        form.rate method="post" action={ "/contexts/" (one.id) "/rating" } {
            details open[said.is_some_and(|said| !said.reasons.is_empty())] {
                summary { "Why? (optional)" }
                fieldset {
                    legend.visually-hidden { "Reasons" }
                    @for (name, words) in REASONS {
                        label.check { input type="checkbox" name="reason" value=(name) checked[said.is_some_and(|said| said.reasons.contains(&name))]; (words) }
                    }
                }
            }
            div.actions role="group" aria-label="Is this helpful?" {
                @for value in Value::ALL {
                    button.button.small name="value" value=(value.name()) aria-pressed=(if said.is_some_and(|said| said.value == value) { "true" } else { "false" }) { (value.words()) }
                }
            }
        }
        @if said.is_some() {
            form method="post" action={ "/contexts/" (one.id) "/rating/undo" } { button.button.small.quiet { "Take my rating back" } }
        }
    }
}

/// Where the staff say why they take one down.
pub(in crate::context) fn take_down(
    frame: &Frame,
    context: &Kept,
    author: Option<&Account>,
    (form, problems): (&Form, &Problems),
) -> Markup {
    let body = html! {
        div.page { div.narrow.contexts {
            h1 { "Take down this context" }
            (kit::problems(problems))
            p {
                @if let Some(author) = author { "By " bdi { (author.name) } " (@" (author.handle) "). " }
                "Nobody sees it any more, and its author gets a letter with the reason. It can be brought back for 30 days."
                @if context.status == Status::Shown { " It is shown to everybody at this moment." }
            }
            blockquote.post-quote { (words(&context.content)) }
            form.form method="post" action={ "/contexts/" (context.id) "/takedown" } {
                (Field::area("why", "Why, for the letter to its author", 4).value(form.text("why")).max(MAX_REASON).required().problem(problems))
                p.actions { button.button.danger { "Take it down" } a.button href=(back(context.subject)) { "Leave it" } }
            }
        } }
    };
    Page::new("Take down this context").private().draw(frame, &body)
}

/// The page of a post's contexts.
pub(in crate::context) fn back(post: PostId) -> String {
    format!("/posts/{post}/context")
}
