//! Pages of joining.

use maud::{Markup, html};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::{MAX_REASON, routes::Way};
use crate::{
    accounts::{Account, MAX_NAME, Standing, names},
    identities::{self, Providers},
    proof,
    sign_in::password,
};

fn narrow(frame: &Frame, title: &str, body: &Markup) -> Markup {
    Page::new(title).private().current("/join").draw(frame, &html! { div.page { div.narrow.joining { h1 { (title) } (body) } } })
}

/// The form. `form` is what was typed when it could not be taken; the password is typed again.
pub(super) fn join(frame: &Frame, way: &Way, providers: &Providers, form: &Form, ticket: &str, problems: &Problems) -> Markup {
    let title = format!("Join {}", frame.site.name);
    let action = way.invited.as_ref().map_or_else(|| "/join".to_owned(), |(token, _)| format!("/invitation/{token}"));
    let body = html! {
        div.page { div.narrow.joining {
            h1 { (title) }
            p.standfirst { (opening(way)) }
            (kit::problems(problems))
            form.form method="post" action=(action) {
                (names_fields(form, problems))
                (email_field(form, problems))
                (password_field(problems))
                (birth_year(way, form, problems))
                (reason(way, form, problems))
                (promise(form, problems))
                (proof::field(ticket, problems))
                p.actions { button.button.primary { @if way.asks() { "Ask to join" } @else { "Join" } } a href="/sign-in" { "I have an account" } }
            }
            (identities::links(providers, "Join", "", way.invited.as_ref().map(|(token, _)| token.as_str())))
        } }
    };
    let page = Page::new(&title).current("/join");
    let page = if way.invited.is_some() || !problems.is_empty() { page.private() } else { page.canonical("/join") };
    page.draw(frame, &body)
}

fn opening(way: &Way) -> Markup {
    html! {
        @if let Some((_, invitation)) = &way.invited {
            @if let Some(by) = &invitation.by { bdi { (by.name) } " invites you. " } @else { "You are invited. " }
            "Choose how people will know you here."
        } @else if way.asks() {
            "Tell us who you are. Somebody of the site reads it, and writes to you."
        } @else {
            "Keep stories on a list, and take part in what comes. It takes a minute."
        }
    }
}

/// The form for somebody whom a provider vouches for.
pub(super) fn join_with(frame: &Frame, way: &Way, vouched: &identities::Newcomer, form: &Form, problems: &Problems) -> Markup {
    let title = format!("Join {}", frame.site.name);
    let body = html! {
        div.page { div.narrow.joining {
            h1 { (title) }
            p.standfirst { (vouched.title) " says who you are. " (opening(way)) }
            (kit::problems(problems))
            form.form method="post" action={ "/join/with/" (vouched.provider) } {
                (names_fields(form, problems))
                @if vouched.verified {
                    p { "Your e-mail address is " strong.address { (vouched.email) } ". Nobody else sees it." }
                } @else {
                    (email_field(form, problems))
                }
                (birth_year(way, form, problems))
                (reason(way, form, problems))
                (promise(form, problems))
                p.actions { button.button.primary { @if way.asks() { "Ask to join" } @else { "Join" } } a href="/" { "Not now" } }
            }
        } }
    };
    Page::new(&title).private().current("/join").draw(frame, &body)
}

/// The form of somebody whom a provider vouched for was open for too long.
pub(super) fn vouched_too_long_ago(frame: &Frame) -> Markup {
    narrow(
        frame,
        "That took too long",
        &html! {
            p { "It is more than an hour ago that you came here by your account elsewhere, or you have joined meanwhile. Nothing was lost: come again." }
            p.actions { a.button.primary href="/sign-in" { "To sign-in" } }
        },
    )
}

fn names_fields(form: &Form, problems: &Problems) -> Markup {
    html! {
        (Field::line("display_name", "Your name").value(form.text("display_name")).hint("What people read beside your words.")
            .required().max(MAX_NAME).autocomplete("name").problem(problems))
        (Field::line("handle", "Handle").value(form.text("handle"))
            .hint(format!("Your address here: {} to {} letters, digits, _ or -, such as ana_duarte.", names::MIN_HANDLE, text::handle::MAX))
            .required().max(text::handle::MAX).autocomplete("username").problem(problems))
    }
}

fn email_field(form: &Form, problems: &Problems) -> Markup {
    html! {
        (Field::input("email", "email", "E-mail address").value(form.text("email")).hint("We send a link there to see that it is yours. Nobody else sees it.")
            .required().max(254).autocomplete("email").problem(problems))
    }
}

fn password_field(problems: &Problems) -> Markup {
    let hint = format!("At least {} characters. Four or five unrelated words make a good one.", password::MIN);
    html! { (Field::input("password", "password", "Password").hint(hint).required().autocomplete("new-password").problem(problems)) }
}

fn birth_year(way: &Way, form: &Form, problems: &Problems) -> Markup {
    html! {
        @if way.minors_under > 0 {
            (Field::line("birth_year", "Year of birth").value(form.text("birth_year")).required().max(4).autocomplete("bday-year")
                .hint(format!("Nobody sees it. We look after members under {} more closely, and forget the year of everybody else at once.", way.minors_under))
                .problem(problems))
        }
    }
}

fn reason(way: &Way, form: &Form, problems: &Problems) -> Markup {
    html! {
        @if way.asks() {
            (Field::area("reason", "Why would you like to join?", 3).value(form.text("reason")).required().max(MAX_REASON)
                .hint("A sentence is enough. Only the people who run this site read it.").problem(problems))
        }
    }
}

fn promise(form: &Form, problems: &Problems) -> Markup {
    let problem = problems.of("rules");
    html! {
        div.field.wrong[problem.is_some()] {
            @if let Some(problem) = problem { p.error id="rules-problem" { (icon("triangle-alert")) (problem) } }
            label.check {
                input type="checkbox" id="rules" name="rules" value="1" required checked[form.ticked("rules")]
                    aria-invalid=[problem.map(|_| "true")] aria-describedby=[problem.map(|_| "rules-problem")];
                span { "I have read the " a href="/rules" target="_blank" { "house rules" span.visually-hidden { " (in a new tab)" } } " and keep to them." }
            }
        }
    }
}

/// Nobody joins by themselves.
pub(super) fn closed(frame: &Frame) -> Markup {
    narrow(
        frame,
        "Not open for joining",
        &html! {
            p { "The people who run " (frame.site.name) " make its accounts themselves. Everything that is published is free to read without one." }
            p.actions { a.button.primary href="/" { "To the front page" } a.button href="/sign-in" { "Sign in" } }
        },
    )
}

/// Only invitations lead in.
pub(super) fn by_invitation_only(frame: &Frame) -> Markup {
    narrow(
        frame,
        "Joining is by invitation",
        &html! {
            p { "Members come to " (frame.site.name) " by a link that its people give them. If you have one, open it. If not, ask somebody you know here." }
            p.actions { a.button.primary href="/" { "To the front page" } a.button href="/sign-in" { "Sign in" } }
        },
    )
}

/// An invitation that lets nobody in any more, or never did.
pub(super) fn no_such_invitation(frame: &Frame) -> Markup {
    narrow(
        frame,
        "This invitation no longer works",
        &html! {
            p { "It has run out, was withdrawn, or everybody it was for has come. Ask whoever gave it to you for another." }
            p.actions {
                @if frame.site.join { a.button.primary href="/join" { "Join without it" } }
                a.button href="/" { "To the front page" }
            }
        },
    )
}

/// What is still missing. `typed` is an address that could not be taken.
pub(super) fn how_far(frame: &Frame, account: &Account, typed: Option<&str>, problems: &Problems) -> Markup {
    if account.standing == Standing::Waiting {
        return narrow(
            frame,
            "Almost there",
            &html! {
                p { "Your e-mail address is confirmed. Now somebody of " (frame.site.name) " reads what you wrote and lets you in; we write to you then." }
                p { "Until then you can read everything, but not yet take part." }
                p.actions { a.button.primary href="/" { "To the front page" } }
            },
        );
    }
    let claimed = account.claimed_email.as_deref().unwrap_or_default();
    narrow(
        frame,
        "Look at your mail",
        &html! {
            p { "A letter is on its way to " strong.address { (claimed) } ". Open the link in it within a day, and you have joined as " strong { "@" (account.handle) } "." }
            p { "Until then you can read everything, but not yet take part." }
            (kit::problems(problems))
            section.form-part {
                h2 { "Nothing came?" }
                p { "Look in the spam folder. Or let us send the letter again, to another address if this one has a mistake in it." }
                form.form method="post" action="/join/confirmation" {
                    (Field::input("email", "email", "E-mail address").value(typed.unwrap_or(claimed)).required().max(254).autocomplete("email").problem(problems))
                    p.actions { button.button { "Send it again" } }
                }
            }
        },
    )
}

/// The page behind the link. `own` says whether this browser is the one that joined.
pub(super) fn confirm(frame: &Frame, account: &Account, own: bool, problems: &Problems) -> Markup {
    let claimed = account.claimed_email.as_deref().unwrap_or_default();
    narrow(
        frame,
        "Confirm your address",
        &html! {
            p { "You joined as " strong { "@" (account.handle) } " with the address " strong.address { (claimed) } "." }
            (kit::problems(problems))
            form.form method="post" {
                @if !own {
                    (Field::input("password", "password", "Password").required().autocomplete("current-password")
                        .hint("The one you chose when you joined. Did somebody else join with your address? Then leave this page.").problem(problems))
                }
                p.actions { button.button.primary { "Yes, this is my address" } }
            }
        },
    )
}

/// The link was used, or is too old, or was never ours.
pub(super) fn link_expired(frame: &Frame, signed_in: bool) -> Markup {
    narrow(
        frame,
        "This link no longer works",
        &html! {
            p { "Links that confirm an address work once and for a day, and only the latest one does." }
            p.actions {
                @if signed_in { a.button.primary href="/join/confirmation" { "Send another letter" } }
                @else { a.button.primary href="/sign-in?next=%2Fjoin%2Fconfirmation" { "Sign in, then ask for another" } }
            }
        },
    )
}

/// Somebody proved the address meanwhile.
pub(super) fn address_taken(frame: &Frame) -> Markup {
    narrow(
        frame,
        "You have an account with this address",
        &html! {
            p { "This address belongs to another account here, so it cannot belong to this one as well. Sign in to the other one, or choose a new password for it." }
            p.actions { a.button.primary href="/sign-in" { "Sign in" } a.button href="/password-reset" { "Choose a new password" } }
        },
    )
}
