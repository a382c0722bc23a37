//! Pages of the desk's people.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{
    Viewer,
    accounts::{Account, MAX_NAME},
    levels::Levels,
};
use web::{
    Form, Problems,
    kit::{self, Field, Size, icon},
};

use super::rules;

/// Everybody with an account, a page at a time.
pub(super) fn list(people: &[Account], levels: &Levels, later: bool, next: Option<&str>) -> Markup {
    html! {
        div.desk-head {
            p { "Everybody with an account, the oldest first." }
            a.button.primary href="/admin/people/new" { (icon("plus")) "Invite somebody" }
        }
        div.table tabindex="0" role="region" aria-label="People" { table {
            thead { tr { th scope="col" { "Name" } th scope="col" { "Handle" } th scope="col" { "E-mail address" } th scope="col" { "Level" } } }
            tbody {
                @for account in people {
                    tr {
                        td { a href={ "/admin/people/" (account.id) } { (account.name) } @if account.suspended_at.is_some() { " " span.label.warn { "Suspended" } } }
                        td { "@" (account.handle) }
                        td { (account.email.as_deref().unwrap_or("none")) }
                        td { (title(levels, &account.level)) }
                    }
                }
            }
        } }
        (kit::pager(later.then_some("/admin/people"), next))
    }
}

fn title<'a>(levels: &'a Levels, name: &'a str) -> &'a str {
    levels.named(name).map_or(name, |level| level.title.as_str())
}

/// Making an account for somebody.
pub(super) fn invite(viewer: &Viewer, levels: &Levels, form: &Form, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        // The answer is a page and no redirect, which Turbo would not show.
        form.form.narrow method="post" action="/admin/people" data-turbo="false" {
            p { "They get a letter with a link to choose their password. You are shown the link, too." }
            (Field::line("display_name", "Name").value(form.text("display_name")).required().max(MAX_NAME).autocomplete("off").problem(problems))
            (Field::line("handle", "Handle").value(form.text("handle")).hint("Their address on the site: letters, digits and _, such as ana_duarte.")
                .required().max(text::handle::MAX).autocomplete("off").problem(problems))
            (Field::input("email", "email", "E-mail address").value(form.text("email")).required().max(254).autocomplete("off").problem(problems))
            (Field::choice("level", "Level", choices(viewer, levels)).value(form.get("level").unwrap_or("author")).required().problem(problems))
            p.actions { button.button.primary { "Invite" } a.button href="/admin/people" { "Cancel" } }
        }
    }
}

fn choices(viewer: &Viewer, levels: &Levels) -> Vec<(String, String)> {
    rules::levels_to_give(viewer, levels).into_iter().map(|level| (level.name.clone(), level.title.clone())).collect()
}

/// A link that was made, shown once.
pub(super) fn link(account: &Account, link: &str) -> Markup {
    html! {
        div.panel {
            p { "With this link " strong { (account.name) } " chooses a password. It works once and for a week, and is shown only now." }
            p.secret { (link) }
            @if let Some(email) = &account.email { p.meta { "A letter with it is on its way to " (email) "." } }
            p.actions { a.button href={ "/admin/people/" (account.id) } { "To the account" } a.button href="/admin/people" { "All people" } }
        }
    }
}

/// One account. `open` says whether the viewer may change it.
pub(super) fn person(
    viewer: &Viewer,
    account: &Account,
    levels: &Levels,
    open: bool,
    (now, zone): (i64, &TimeZone),
    problems: &Problems,
) -> Markup {
    let here = format!("/admin/people/{}", account.id);
    html! {
        (kit::problems(problems))
        div.panel {
            p.person { (account.author().avatar(Size::Medium)) span { strong { "@" (account.handle) } br; a href={ "/@" (account.handle) } { "Public page" } } }
            dl.facts {
                dt { "E-mail address" } dd { (account.email.as_deref().unwrap_or("none")) }
                dt { "Level" } dd { (title(levels, &account.level)) }
                dt { "Since" } dd { (text::times::markup(account.created_at, now, zone)) }
                @if let Some(since) = account.suspended_at { dt { "Suspended" } dd { (text::times::markup(since, now, zone)) } }
            }
        }
        @if open { (level_form(viewer, account, levels, &here, problems)) (access(account, &here)) }
        @else { p { "This account may do more than yours, so only somebody of its level can change it." } }
    }
}

fn level_form(viewer: &Viewer, account: &Account, levels: &Levels, here: &str, problems: &Problems) -> Markup {
    html! {
        section.panel {
            h2 { "Level" }
            form.form.narrow method="post" action={ (here) "/level" } {
                (Field::choice("level", "What they may do", choices(viewer, levels)).value(&account.level).required().problem(problems))
                p.actions { button.button { "Change the level" } }
            }
        }
    }
}

fn access(account: &Account, here: &str) -> Markup {
    html! {
        section.panel {
            h2 #suspension { "Access" }
            form method="post" action={ (here) "/link" } data-turbo="false" {
                p { "A lost password is replaced with a link that works for a week." }
                p.actions { button.button { "Make a link" } }
            }
            @if account.suspended_at.is_some() {
                form method="post" action={ (here) "/suspension/remove" } {
                    p { "They cannot sign in. What they wrote stays." }
                    p.actions { button.button { "Let them back in" } }
                }
            } @else {
                form method="post" action={ (here) "/suspension" } {
                    p { "Suspended people are signed out everywhere and cannot sign in. What they wrote stays." }
                    p.actions { button.button.danger { "Suspend" } }
                }
            }
        }
    }
}
