//! The pages of the first start.

use maud::{Markup, html};
use people::{accounts::MAX_NAME, joining::Mode, sign_in::password};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field},
};

use super::starters::STARTERS;
use crate::desk::site_fields;

/// The form. `form` is what was typed when it could not be taken; passwords are typed again.
pub(super) fn setup(frame: &Frame, form: &Form, problems: &Problems) -> Markup {
    let body = html! {
        div.page { div.narrow {
            h1 { "Set up your site" }
            p.standfirst { "A name, a place and somebody to run it. All of it can be changed later." }
            (kit::problems(problems))
            form.form method="post" {
                section.form-part {
                    h2 { "The site" }
                    (site_fields(form, problems))
                    (Field::choice("joining", "Who may join", Mode::choices()).value(form.get("joining").unwrap_or(Mode::Closed.name()))
                        .hint("Members have an account of their own. Until you choose, accounts are made on the desk.").problem(problems))
                }
                (starters(form))
                section.form-part { h2 { "You, its first administrator" } (administrator(form, problems)) }
                p.actions { button.button.primary { "Open the site" } }
            }
        } }
    };
    Page::new("Set up your site").private().draw(frame, &body)
}

fn starters(form: &Form) -> Markup {
    let sent = form.get("name").is_some();
    let ticked: Vec<&str> = form.all("sections").collect();
    html! {
        fieldset.form-part {
            legend { "Sections to begin with" }
            p.hint { "Sections can be added, renamed and removed at any time." }
            div.choices {
                @for starter in &STARTERS {
                    label.check {
                        input type="checkbox" name="sections" value=(starter.slug) checked[if sent { ticked.contains(&starter.slug) } else { starter.ticked }];
                        span { (starter.name) span.hint { (starter.description) } }
                    }
                }
            }
        }
    }
}

fn administrator(form: &Form, problems: &Problems) -> Markup {
    let hint = format!("At least {} characters. Four or five unrelated words make a good one.", password::MIN);
    html! {
        (Field::line("display_name", "Your name").value(form.text("display_name")).required().max(MAX_NAME).autocomplete("name").problem(problems))
        (Field::line("handle", "Handle").value(form.text("handle")).hint("Your address on the site: letters, digits and _, such as ana_duarte.")
            .required().max(text::handle::MAX).autocomplete("username").problem(problems))
        (Field::input("email", "email", "E-mail address").value(form.text("email")).required().max(254).autocomplete("email").problem(problems))
        (Field::input("password", "password", "Password").hint(hint).required().autocomplete("new-password").problem(problems))
    }
}

/// The link was used, replaced or mistyped.
pub(super) fn no_such_link(frame: &Frame, set_up: bool) -> Markup {
    let (words, step) = if set_up {
        (
            "This site has been set up already. Whoever did it can invite you, and change everything that was asked here.",
            ("/sign-in", "Sign in"),
        )
    } else {
        ("Setup links work once, and every start of the program prints a new one. Look for the newest in its output.", ("/", "Front page"))
    };
    let body = html! { div.page { div.narrow { h1 { "This link no longer works" } p { (words) } p.actions { a.button.primary href=(step.0) { (step.1) } } } } };
    Page::new("This link no longer works").private().draw(frame, &body)
}

/// What readers find before the site is set up.
pub(super) fn waiting(frame: &Frame) -> Markup {
    let body = html! {
        div.page { div.narrow {
            h1 { "This site is being set up" }
            p { "Soon there will be news here. Please come back in a while." }
            p.meta { "Is it yours? Open the setup link that the program printed when it started." }
        } }
    };
    Page::new("This site is being set up").private().draw(frame, &body)
}
