//! Where a comment is written: whole without a script, which only keeps unsent words in the browser.

use maud::{Markup, html};
use people::accounts;
use web::{
    Problems,
    kit::{Size, icon},
};

use super::{Standing, encoded};
use crate::{
    PostId,
    comments::{MAX_BODY, May},
};

/// What a form of words is for.
#[derive(Clone, Copy)]
pub(in crate::comments) struct Composer<'a> {
    /// Where it is sent.
    pub action: &'a str,
    /// What parts its field from others on a page, and its words from those of others in the browser.
    pub key: PostId,
    /// The field's name for those who hear it.
    pub label: &'a str,
    /// What stands in it.
    pub typed: &'a str,
    /// Where the writer comes back to.
    pub back: &'a str,
    /// What its button says.
    pub button: &'a str,
    /// Whether the writer asked for it just now.
    pub asked: bool,
    pub problems: &'a Problems,
}

/// The form.
pub(in crate::comments) fn form(of: &Composer, standing: &Standing) -> Markup {
    let Some(me) = &standing.viewer.me else { return html! {} };
    let (id, sure) = (format!("body-{}", of.key), of.problems.of("sure"));
    let problem = of.problems.of("body").or(sure);
    let hint = format!("{id}-hint");
    let described = if problem.is_some() { format!("{hint} {id}-problem") } else { hint.clone() };
    html! {
        comment-draft data-key=(of.key) {
            // What comes back is a page, also for a form in a frame.
            // On the page that gives a form back nothing is there that could be drawn into: the next one is a page, too.
            form.comment-form method="post" action=(of.action) data-turbo-frame="_top" data-turbo=[(!of.problems.is_empty()).then_some("false")] {
                input type="hidden" name="back" value=(of.back);
                // Whoever was asked and sends it again is sure.
                @if sure.is_some() { input type="hidden" name="sure" value="1"; }
                div.composer {
                    (accounts::avatar(&me.name, me.picture.as_deref(), Size::Medium))
                    div class={ "field" @if problem.is_some() { " wrong" } } {
                        label.visually-hidden for=(id) { (of.label) }
                        @if let Some(words) = problem { p.error id={ (id) "-problem" } role="alert" { (icon("triangle-alert")) (words) } }
                        textarea id=(id) name="body" rows="3" required placeholder="Add to the conversation" dir="auto" autofocus[of.asked]
                            aria-invalid=[problem.map(|_| "true")] aria-describedby=(described) { "\n" (of.typed) }
                        p.hint.visually-hidden id=(hint) { "At most " (text::grouped(MAX_BODY as i64)) " characters. @ and a handle names somebody." }
                    }
                }
                div.actions { button.button.primary { (of.button) } }
            }
        }
    }
}

/// The place of the form over a conversation: the form, or why there is none and what to do about it.
pub(in crate::comments) fn place(may: &May, of: &Composer, standing: &Standing) -> Markup {
    match may {
        May::Yes => form(of, standing),
        May::Guest => {
            let next = encoded(&format!("{}#comments", standing.back));
            html! {
                p.comment-closed {
                    (icon("message-circle"))
                    span {
                        a href={ "/sign-in?next=" (next) } rel="nofollow" { "Sign in" }
                        @if standing.joins { " or " a href="/join" { "join" } }
                        " to comment."
                    }
                }
            }
        }
        other => html! { p.comment-closed { (icon("info")) span { (other.words(standing.now).unwrap_or_default()) } } },
    }
}
