//! What is said under a post, on its page.

use maud::{Markup, html};
use web::kit::icon;

use super::{
    Standing,
    card::{self, Place},
    composer::{self, Composer, Typed},
    encoded, said, waiting,
};
use crate::{
    PostId,
    comments::{
        Conversation, May, OpenTo,
        comment::Order,
        store::{Choice, Head, Thread},
    },
};

/// The section “Comments” of a post's page: whole, whatever kind of post it is.
pub fn section(talk: &Conversation, standing: &Standing) -> Markup {
    let head = &talk.head;
    html! {
        section.strand.comments id="comments" aria-labelledby="comments-heading" {
            header {
                h2 id="comments-heading" data-comments=(head.subject) { (said::count(head.count)) }
                @if head.count > 1 || !talk.first { (orders(talk, standing)) }
            }
            (news(head.subject, head.count, standing))
            p.visually-hidden id="comments-said" role="status" {}
            (ruled(head))
            (composer::place(&head.may, &beginning(head.subject, &format!("/posts/{}/comments", head.subject), standing), standing))
            (hearing(head, standing))
            @for one in &talk.waiting { (waiting::card(one, standing)) }
            ol.threads id="threads" { @for thread in &talk.threads { li { (one(thread, head, standing)) } } }
            @if talk.threads.is_empty() && talk.first { p.meta { "Nobody has said anything here yet." } }
            (pager(talk, standing))
        }
    }
}

/// The composer over a conversation.
pub(in crate::comments) fn beginning<'a>(subject: PostId, action: &'a str, standing: &'a Standing) -> Composer<'a> {
    Composer { action, key: subject, label: "Your comment", typed: Typed::nothing(), back: standing.back, button: "Comment", asked: false }
}

/// Whether comments under this can be answered, or a form says why not.
pub(in crate::comments) fn answers(head: &Head) -> bool {
    matches!(head.may, May::Yes | May::Guest | May::Slow(_))
}

fn orders(talk: &Conversation, standing: &Standing) -> Markup {
    html! {
        nav.orders aria-label="Order of comments" {
            @for order in Order::ALL {
                a href={ (standing.back) "?order=" (order.name()) "#comments" } aria-current=[(order == talk.order).then_some("true")] rel="nofollow" { (order.words()) }
            }
        }
    }
}

/// Says how many comments came while the page is open, and brings them, without anything else moving. Shown by its script.
pub(in crate::comments) fn news(subject: PostId, known: i64, standing: &Standing) -> Markup {
    html! {
        new-comments id="new-comments" data-of=(subject) data-known=(known) {
            a.button.small hidden href={ "/posts/" (subject) "/comments?back=" (encoded(standing.back)) } data-turbo-stream="" rel="nofollow" { "New comments" }
        }
    }
}

/// What holds here where it is not as usual.
fn ruled(head: &Head) -> Markup {
    let rules = head.rules;
    html! {
        @if rules.open_to == OpenTo::Followed { p.meta { (icon("users")) " Only people whom its authors follow can comment here." } }
        @if rules.open_to == OpenTo::Nobody && !matches!(head.may, May::Closed) { p.meta { (icon("lock")) " Comments are closed." } }
        @if rules.slow_minutes > 0 { p.meta { (icon("clock")) " Slowed down: a member writes once in " (slow(rules.slow_minutes)) "." } }
    }
}

/// A number of minutes in words.
pub(in crate::comments) fn slow(minutes: i64) -> String {
    match minutes {
        1 => "a minute".into(),
        60 => "an hour".into(),
        1440 => "a day".into(),
        minutes => format!("{minutes} minutes"),
    }
}

/// How a member hears of the conversation, and the way to what holds here.
fn hearing(head: &Head, standing: &Standing) -> Markup {
    if standing.viewer.must_be_member().is_err() {
        return html! {};
    }
    let words = |choice: Choice| match choice {
        Choice::Usual => "Answers to me alone",
        Choice::Follow => "Every comment",
        Choice::Mute => "Nothing",
    };
    html! {
        div.actions.comment-choices {
            details.menu {
                summary.button.small.quiet { (icon("bell")) "I hear of: " (words(head.choice).to_lowercase()) }
                ul {
                    @for choice in [Choice::Usual, Choice::Follow, Choice::Mute] {
                        li {
                            form method="post" action={ "/posts/" (head.subject) "/comments/choice" } {
                                input type="hidden" name="back" value=(standing.back);
                                button name="choice" value=(choice.name()) aria-pressed=(if choice == head.choice { "true" } else { "false" }) { (words(choice)) }
                            }
                        }
                    }
                }
            }
            @if head.sets { a.button.small.quiet href={ "/posts/" (head.subject) "/comments/settings" } { (icon("settings")) "Who may comment" } }
        }
    }
}

fn one(thread: &Thread, head: &Head, standing: &Standing) -> Markup {
    let shown = Place::of(standing, answers(head), std::iter::once(&thread.top).chain(&thread.replies));
    html! {
        (card::branch(&thread.top, &thread.replies, &shown))
        @if thread.more > 0 {
            p.more-replies { a.button.small href={ "/comments/" (thread.top.id) "/thread" } { "Show " (text::count(thread.more, "more reply", "more replies")) } }
        }
    }
}

fn pager(talk: &Conversation, standing: &Standing) -> Markup {
    let order = talk.order.name();
    html! {
        @if !talk.first || talk.past.is_some() {
            nav.pager aria-label="Pages of comments" {
                @if !talk.first { a.button rel="nofollow" href={ (standing.back) "?order=" (order) "#comments" } { (icon("arrow-left")) "To the first" } }
                @if let Some(past) = talk.past { a.button rel="nofollow" href={ (standing.back) "?order=" (order) "&past=" (past) "#comments" } { "More comments" (icon("chevron-right")) } }
            }
        }
    }
}
