//! The page by which a member sees to their own account.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, Size},
};

use super::account::{Account, MAX_BIO, MAX_NAME, avatar};
use crate::{
    identities::Providers,
    sign_in::{Session, SessionId, Ways, password},
};

/// What the settings page shows.
pub struct Settings<'a> {
    pub account: &'a Account,
    pub sessions: &'a [Session],
    pub ways: &'a Ways,
    pub providers: &'a Providers,
    /// What their level is called.
    pub level: &'a str,
    pub current: SessionId,
    pub now: i64,
    pub zone: &'a TimeZone,
    /// What was typed, when it could not be taken.
    pub form: Option<&'a Form>,
}

/// The settings page.
pub fn settings(frame: &Frame, of: &Settings, problems: &Problems) -> Markup {
    let body = html! {
        div.page { div.narrow.settings {
            h1 { "Settings" }
            (kit::problems(problems))
            (profile(of, problems))
            (names_and_address(of))
            section.form-part {
                h2 { "Your level" }
                p { "You are: " strong { (of.level) } ". What that allows, and how one comes to another level, stands on a page of its own." }
                p.actions { a.button href="/settings/level" { "What you may do here" } }
            }
            section.form-part {
                h2 { "About you" }
                p { "What you are here as, and what this site asks. You choose who sees each answer." }
                p.actions { a.button href="/settings/about" { "Say more about yourself" } }
            }
            (password_form(problems))
            (of.ways.markup(of.providers))
            (devices(of))
            section.form-part {
                h2 { "How you hear of things" }
                p { "By which ways we tell you when somebody names you, follows you or writes to you: here, by letter, on your devices." }
                p.actions { a.button href="/settings/notifications" { "Choose what you hear of" } }
            }
            section.form-part id="safety" {
                h2 { "Your safety" }
                p { "Who may name you, who may ask to be your friend, whether sensitive pictures are covered. And for when you are threatened, or somebody has come into your account: one switch that locks it." }
                p.actions { a.button href="/settings/safety" { "Choose who reaches you" } a.button href="/settings/lock" { "Lock my account" } a.button.quiet href="/help" { "Whom to call" } }
            }
            section.form-part {
                h2 { "Take your words with you" }
                p { "Your stories, pictures and everything else that is yours here, in one file." }
                p.actions { a.button href="/settings/export" { "Export what is yours" } }
            }
            section.form-part {
                h2 { "Leave" }
                p { "Delete your account. You choose what becomes of your words, and have two weeks to change your mind." }
                p.actions { a.button.quiet href="/settings/departure" { "Delete your account" } }
            }
        } }
    };
    Page::new("Settings").private().current("/settings").draw(frame, &body)
}

fn profile(of: &Settings, problems: &Problems) -> Markup {
    let typed = |field: &str, otherwise: &str| of.form.and_then(|form| form.get(field)).unwrap_or(otherwise).to_owned();
    let (name, bio) = (typed("display_name", &of.account.name), typed("bio", &of.account.bio));
    html! {
        section.form-part {
            h2 { "Who you are" }
            p.person { (avatar(&of.account.name, of.account.picture.as_deref(), Size::Large)) span { strong { "@" (of.account.handle) } br; a href={ "/@" (of.account.handle) } { "Your page" } } }
            form.form method="post" action="/settings" enctype="multipart/form-data" {
                (Field::line("display_name", "Name").value(&name).required().max(MAX_NAME).autocomplete("name").problem(problems))
                (Field::area("bio", "About you", 3).value(&bio).max(MAX_BIO).hint("A sentence or two. Readers see it on your page.").problem(problems))
                (Field::input("file", "picture", "Picture").hint("JPEG, PNG, GIF, WebP or AVIF, up to 40 MB.").problem(problems))
                @if of.account.picture.is_some() { label.check { input type="checkbox" name="without_picture" value="1"; " Remove my picture" } }
                p.actions { button.button.primary { "Save" } }
            }
            p { "Pronouns, neighbourhood, a wide picture, links to your pages elsewhere: " a href="/settings/profile" { "say more about yourself" } ", and choose who sees it." }
        }
    }
}

fn names_and_address(of: &Settings) -> Markup {
    html! {
        section.form-part {
            h2 { "Handle and address" }
            dl.facts {
                dt { "Handle" } dd { "@" (of.account.handle) " · " a href="/settings/handle" { "Change your handle" } }
                dt { "E-mail address" } dd { bdi { (of.account.email.as_deref().unwrap_or("none")) } " · " a href="/settings/email" { "Change your address" } }
            }
        }
    }
}

fn password_form(problems: &Problems) -> Markup {
    let hint = format!("At least {} characters.", password::MIN);
    html! {
        section.form-part {
            h2 { "Password" }
            form.form method="post" action="/settings/password" {
                (Field::input("password", "current_password", "Current password").required().autocomplete("current-password").problem(problems))
                (Field::input("password", "new_password", "New password").hint(hint).required().autocomplete("new-password").problem(problems))
                p.actions { button.button { "Change the password" } }
            }
        }
    }
}

fn devices(of: &Settings) -> Markup {
    html! {
        section.form-part id="sessions" {
            h2 { "Where you are signed in" }
            ul.list {
                @for session in of.sessions {
                    li.session {
                        p { strong { (device(&session.agent)) } @if session.id == of.current { " " span.label.ok { "This device" } } }
                        p.meta { "Signed in " (text::times::markup(session.created_at, of.now, of.zone)) " · last used " (text::times::markup(session.seen_at, of.now, of.zone)) }
                        @if session.id != of.current {
                            form method="post" action={ "/settings/sessions/" (session.id) "/remove" } { button.button.quiet { "Sign out there" } }
                        }
                    }
                }
            }
            @if of.sessions.len() > 1 {
                form method="post" action="/settings/sessions" { button.button.danger { "Sign out everywhere else" } }
            }
        }
    }
}

/// What a browser's long name means to people.
pub fn device(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let browser = first(&[("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Another program".to_owned(),
    }
}
