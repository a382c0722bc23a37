//! Pages and letters of signing in.

use maud::{Markup, html};
use web::{
    Frame, Page, Problems,
    kit::{self, Field},
};

use super::password;

fn narrow(frame: &Frame, title: &str, body: &Markup) -> Markup {
    Page::new(title).private().draw(frame, &html! { div.page { div.narrow { h1 { (title) } (body) } } })
}

/// The sign-in form. `name` is what was typed before.
pub fn sign_in(frame: &Frame, name: &str, next: &str, problems: &Problems) -> Markup {
    narrow(
        frame,
        "Sign in",
        &html! {
            (kit::problems(problems))
            form.form method="post" action="/sign-in" {
                input type="hidden" name="next" value=(next);
                (Field::line("email", "E-mail address or handle").value(name).required().max(254).autocomplete("username").problem(problems))
                (Field::input("password", "password", "Password").required().autocomplete("current-password"))
                p.actions { button.button.primary { "Sign in" } a href="/password-reset" { "Forgot your password?" } }
            }
        },
    )
}

/// Asks for the address to which a reset link is mailed.
pub fn ask_reset(frame: &Frame, email: &str, problems: &Problems) -> Markup {
    narrow(
        frame,
        "Forgot your password?",
        &html! {
            (kit::problems(problems))
            p { "Write the e-mail address of your account. We send a link that lets you choose a new password within an hour." }
            // The answer is a page and no redirect, which Turbo would not show.
            form.form method="post" action="/password-reset" data-turbo="false" {
                (Field::input("email", "email", "E-mail address").value(email).required().autocomplete("email").problem(problems))
                p.actions { button.button.primary { "Send the link" } a href="/sign-in" { "Back to sign in" } }
            }
        },
    )
}

/// The same whether or not there is such an account.
pub fn reset_asked(frame: &Frame) -> Markup {
    narrow(
        frame,
        "Look at your mail",
        &html! {
            p { "If that address belongs to an account here, a letter with a link is on its way. The link works for an hour." }
            p.meta { "Nothing came? Look in the spam folder, or ask the people who run this site: they can print a link for you." }
        },
    )
}

/// Chooses a new password.
pub fn new_password(frame: &Frame, problems: &Problems) -> Markup {
    let hint = format!("At least {} characters. Four or five unrelated words make a good one.", password::MIN);
    narrow(
        frame,
        "Choose a new password",
        &html! {
            (kit::problems(problems))
            form.form method="post" {
                (Field::input("password", "password", "New password").hint(hint).required().autocomplete("new-password").problem(problems))
                p.actions { button.button.primary { "Save and sign in" } }
                p.meta { "You will be signed out everywhere else." }
            }
        },
    )
}

/// The link was used, or is too old, or was never ours.
pub fn link_expired(frame: &Frame) -> Markup {
    narrow(
        frame,
        "This link no longer works",
        &html! {
            p { "Links for a new password work once and for an hour." }
            p.actions { a.button.primary href="/password-reset" { "Ask for a new one" } }
        },
    )
}

/// The letter with a reset link: subject and text.
pub fn reset_letter(site: &str, name: &str, link: &str) -> (String, String) {
    let text = format!(
        "Hello {name},\n\nsomebody, hopefully you, asked for a new password for your account at {site}.\n\
         Open this address within an hour to choose one:\n\n{link}\n\n\
         If it was not you, leave this letter alone: nothing has changed.\n"
    );
    (format!("A new password for {site}"), text)
}
