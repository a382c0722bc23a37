//! The page of one's passkeys, and the button that uses one.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use web::{
    Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::{MAX_NAME, Passkey, relying::are_possible};

/// What the page shows.
pub(super) struct About<'a> {
    pub own: &'a [Passkey],
    /// What stands in the field for the name.
    pub name: &'a str,
    pub now: i64,
    pub zone: &'a TimeZone,
}

/// The button with which somebody signs in. It shows itself where the browser knows passkeys; nothing at all where the
/// site's address cannot have any.
pub fn button(frame: &Frame, next: &str, problems: &Problems) -> Markup {
    let problem = problems.of("passkey");
    html! {
        @if are_possible(&frame.site.origin) {
            passkey-form.field.wrong[problem.is_some()] #passkey tabindex="-1" data-does="get" data-challenge="/sign-in/passkey/challenge" hidden {
                @if let Some(problem) = problem { p.error { (icon("triangle-alert")) (problem) } }
                form method="post" action="/sign-in/passkey" {
                    input type="hidden" name="next" value=(next);
                    (carried())
                    p.actions { button.button { (icon("key-round")) "Use a passkey" } }
                }
                p.hint role="status" {}
            }
        }
    }
}

/// What the script fills in: the challenge, and what the device says to it.
fn carried() -> Markup {
    html! {
        input type="hidden" name="state" value="";
        input type="hidden" name="credential" value="";
    }
}

/// One's own passkeys, and adding another.
pub(super) fn list(frame: &Frame, about: &About, problems: &Problems) -> Markup {
    let body = html! {
        div.page { div.narrow.passkeys {
            h1 { "Passkeys" }
            p.standfirst { "Sign in with your finger, your face or the PIN of your device. There is nothing to remember, and nothing that another site could talk you into giving away." }
            (kit::problems(problems))
            (present(about))
            section.form-part {
                h2 { @if about.own.is_empty() { "Make one" } @else { "Make another" } }
                @if are_possible(&frame.site.origin) { (making(about, problems)) } @else {
                    p { "Passkeys need HTTPS and a name instead of a number in the address of this site. The people who run it can change that." }
                }
            }
            p.actions { a href="/settings" { "Back to the settings" } }
        } }
    };
    Page::new("Passkeys").private().current("/settings").draw(frame, &body)
}

fn present(about: &About) -> Markup {
    html! {
        @if about.own.is_empty() { p.meta { "You have none yet." } }
        ul.list {
            @for passkey in about.own {
                li.passkey {
                    p { strong { bdi { (passkey.name) } } }
                    p.meta {
                        "Made " (text::times::markup(passkey.created_at, about.now, about.zone))
                        @match passkey.used_at {
                            Some(at) => { " · last used " (text::times::markup(at, about.now, about.zone)) },
                            None => " · not used yet",
                        }
                    }
                    form method="post" action={ "/settings/passkeys/" (passkey.id) "/removal" }
                        data-confirm={ "Remove “" (passkey.name) "”? It will no longer sign you in, and you will be signed out everywhere else." } data-confirm-yes="Remove it" {
                        button.button.quiet { "Remove" span.visually-hidden { " " (passkey.name) } }
                    }
                }
            }
        }
    }
}

fn making(about: &About, problems: &Problems) -> Markup {
    let problem = problems.of("passkey");
    html! {
        passkey-form.field.wrong[problem.is_some()] #passkey tabindex="-1" data-does="create" data-challenge="/settings/passkeys/challenge" hidden {
            @if let Some(problem) = problem { p.error { (icon("triangle-alert")) (problem) } }
            form.form method="post" action="/settings/passkeys" {
                (carried())
                (Field::line("name", "Name").value(about.name).hint("Which device or key it is, for you to know it again.").required().max(MAX_NAME).problem(problems))
                p.actions { button.button.primary { (icon("key-round")) "Make a passkey" } }
            }
            p.hint role="status" {}
        }
        p.meta.no-passkeys { "This browser makes no passkeys, or is not allowed to run the script for it. Your password works as before." }
    }
}
