//! Pages of two-step sign-in.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use web::{
    Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::{
    RecoveryCodes,
    setup::{Picture, Setup},
    totp,
};

fn narrow(frame: &Frame, title: &str, body: &Markup) -> Markup {
    Page::new(title).private().current("/settings").draw(frame, &html! { div.page { div.narrow.second-factor { h1 { (title) } (body) } } })
}

fn code(problems: &Problems, hint: &'static str) -> Markup {
    html! { (Field::line("code", "Code").hint(hint).required().max(40).autocomplete("one-time-code").problem(problems)) }
}

/// The page on the way in.
pub(super) fn ask(frame: &Frame, next: &str, problems: &Problems) -> Markup {
    narrow(
        frame,
        "One more step",
        &html! {
            p { "Open the app on your telephone that makes codes for " (frame.site.name) ", and type the one it shows." }
            (kit::problems(problems))
            form.form method="post" action="/sign-in/second-step" {
                input type="hidden" name="next" value=(next);
                (code(problems, "Six digits from your app, or one of your recovery codes."))
                p.actions { button.button.primary { "Continue" } a href="/sign-in" { "Start again" } }
            }
            p.meta { "No telephone and no recovery code? The people who run this site can turn the second step off for you, once they know that it is you." }
        },
    )
}

/// How it is turned on.
pub(super) fn set_up(frame: &Frame, setup: &Setup, picture: &Picture, address: &str, problems: &Problems) -> Markup {
    narrow(
        frame,
        "Two-step sign-in",
        &html! {
            p.standfirst { "A password can be guessed, or given away by another site. With a second step, nobody gets in with it alone." }
            (kit::problems(problems))
            ol.steps {
                li {
                    h2 { "Take an app that makes codes" }
                    p { "Any will do: your password manager may be one, or one of the many called “authenticator”." }
                }
                li {
                    h2 { "Show it this picture" }
                    (qr(picture))
                    p { "On this very telephone? " a href=(address) { "Open it in the app" } ". Or type this into the app by hand:" }
                    copy-text {
                        div.field {
                            label for="secret" { "Key" }
                            textarea.codes id="secret" rows="2" readonly dir="ltr" autocomplete="off" spellcheck="false" { "\n" (totp::spelled(&setup.secret)) }
                        }
                        p.actions { button.button.small type="button" hidden { (icon("link")) "Copy" } span.said role="status" {} }
                    }
                }
                li {
                    h2 { "Type the code that it shows" }
                    // The answer shows the recovery codes once: a page and no redirect, which Turbo would not show.
                    form.form method="post" action="/settings/two-step" data-turbo="false" {
                        input type="hidden" name="setup" value=(setup.sealed);
                        (code(problems, "Six digits. They change every half minute."))
                        p.actions { button.button.primary { "Turn it on" } a href="/settings" { "Leave it off" } }
                        p.meta { "You will be signed out everywhere else." }
                    }
                }
            }
        },
    )
}

fn qr(picture: &Picture) -> Markup {
    let (side, whole) = (picture.side, format!("0 0 {0} {0}", picture.side));
    html! {
        svg.qr viewBox=(whole) role="img" aria-label="A picture for the camera of your app. The key below says the same." shape-rendering="crispEdges" {
            rect.paper width=(side) height=(side) {}
            path.ink d=(picture.path) {}
        }
    }
}

/// How it stands.
pub(super) fn is_on(frame: &Frame, since: i64, left: i64, (now, zone): (i64, &TimeZone)) -> Markup {
    narrow(
        frame,
        "Two-step sign-in",
        &html! {
            p { span.label.ok { "On" } " since " (text::times::markup(since, now, zone)) ". After your password you are asked for a code of your app." }
            section.form-part {
                h2 { "Recovery codes" }
                p {
                    @match left {
                        0 => strong { "None is left." },
                        1 => strong { "One is left." },
                        _ => { (left) " are left." },
                    }
                    " Each lets you in once when your telephone is not at hand."
                }
                form method="post" action="/settings/two-step/codes" data-turbo="false" {
                    p.actions { button.button { "Make ten new ones" } }
                    p.meta { "The old ones no longer work then." }
                }
            }
            section.form-part {
                h2 { "Turn it off" }
                p { "Your password alone will let you in again, and you will be signed out everywhere else." }
                form method="post" action="/settings/two-step/removal" data-confirm="Turn two-step sign-in off?" data-confirm-yes="Turn it off" {
                    p.actions { button.button.danger { "Turn it off" } a href="/settings" { "Back to the settings" } }
                }
            }
        },
    )
}

/// The codes, shown once.
pub(super) fn codes(frame: &Frame, codes: &RecoveryCodes, site: &str) -> Markup {
    narrow(
        frame,
        "Your recovery codes",
        &html! {
            p.standfirst { "Two-step sign-in is on. Each of these codes lets you in once when your telephone is lost or broken. They are shown only now." }
            copy-text.recovery-codes {
                div.field {
                    label for="codes" { "Recovery codes for " (site) }
                    textarea.codes id="codes" rows="10" cols="20" readonly dir="ltr" autocomplete="off" spellcheck="false" { "\n" (codes.lines()) }
                }
                p.actions { button.button type="button" hidden { (icon("link")) "Copy" } span.said role="status" {} }
            }
            ul.on-paper { @for code in codes.iter() { li { code { (code) } } } }
            p { "Print this page or copy the codes, and keep them where your telephone is not." }
            p.actions { a.button.primary href="/settings/two-step" { "I have kept them" } }
        },
    )
}
