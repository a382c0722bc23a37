//! The pages of a change of address.

use maud::{Markup, html};
use web::{
    Frame, Page, Problems,
    kit::{self, Field},
};

/// The form. `typed` is the address as it was written when it could not be taken.
pub fn ask(frame: &Frame, email: Option<&str>, typed: &str, problems: &Problems) -> Markup {
    let body = html! {
        p { @match email {
            Some(email) => { "Your mail goes to " strong { bdi { (email) } } "." },
            None => { "We have no address of yours: write one, and a forgotten password is no trouble any more." },
        } }
        p.quiet { "A letter goes to the new address. It becomes yours once you open the link in it; until then nothing changes." }
        form.form method="post" action="/settings/email" {
            (Field::input("email", "email", "New e-mail address").value(typed).required().max(254).autocomplete("email").problem(problems))
            p.actions { button.button.primary { "Send the letter" } a.button.quiet href="/settings" { "Back to settings" } }
        }
    };
    drawn(frame, "Your e-mail address", problems, &body)
}

/// The link in the letter to the new address.
pub fn confirm(frame: &Frame, email: &str) -> Markup {
    let body = html! {
        p { "From now on your mail goes to " strong { bdi { (email) } } ", and you can sign in with it. The address before is told." }
        form.form method="post" { p.actions { button.button.primary { "This is my address" } } }
    };
    drawn(frame, "Your new address", &Problems::default(), &body)
}

/// The link in the letter to the address before.
pub fn take_back(frame: &Frame, handle: &str, email: &str) -> Markup {
    let body = html! {
        p { "@" (handle) " gets its mail at " strong { bdi { (email) } } " again. Everybody who is signed in to the account is signed out; its password, its passkeys and its second step no longer count, and you choose a new password." }
        form.form method="post" { p.actions { button.button.danger { "Take the address back" } } }
    };
    drawn(frame, "This was not me", &Problems::default(), &body)
}

/// A link that no longer works.
pub fn expired(frame: &Frame) -> Markup {
    let body = html! {
        p { "Links of this kind work once, and only for some time. Ask for a new letter, or write to those who run this site if you cannot get into your account." }
        p.actions { a.button href="/settings/email" { "Your e-mail address" } }
    };
    drawn(frame, "This link no longer works", &Problems::default(), &body)
}

/// Somebody else has the address meanwhile.
pub fn taken(frame: &Frame) -> Markup {
    let body = html! {
        p { "Another account has this address by now, and an address can belong to one account only." }
        p.actions { a.button href="/settings/email" { "Choose another address" } }
    };
    drawn(frame, "This address is in use", &Problems::default(), &body)
}

fn drawn(frame: &Frame, title: &str, problems: &Problems, inner: &Markup) -> Markup {
    let body = html! { div.page { div.narrow { h1 { (title) } (kit::problems(problems)) (inner) } } };
    Page::new(title).private().draw(frame, &body)
}
