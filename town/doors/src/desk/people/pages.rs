//! Pages of the desk's people.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{
    AccountId, Viewer,
    accounts::{
        Account, MAX_NAME, Standing,
        found::{MAX_TYPED, State, Wanted},
    },
    decisions::{Decision, MAX_REASON},
    levels::{GUEST, Levels},
};
use web::{
    Form, Problems,
    kit::{self, Field, Size, icon},
};

use super::{rules, suspension};
use crate::desk::decisions;

/// Who is found, a page at a time. `last` is where the next page begins.
pub(super) fn list(people: &[Account], levels: &Levels, wanted: &Wanted, last: Option<AccountId>, (now, zone): (i64, &TimeZone)) -> Markup {
    let query = |before: Option<AccountId>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", wanted.typed.as_str()),
            ("level", wanted.level.as_deref().unwrap_or("")),
            ("state", wanted.state.map_or("", State::name)),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        format!("/admin/people?{}", query.finish())
    };
    let newest = query(None);
    html! {
        div.desk-head {
            p { "Everybody with an account, the newest first." }
            a.button.primary href="/admin/people/new" { (icon("plus")) "Invite somebody" }
        }
        (filters(levels, wanted))
        @if people.is_empty() { (kit::empty("Nobody is found", "Try fewer letters of a name, a handle or an e-mail address, or another level or state.", Some(("/admin/people", "Show everybody")))) }
        @else {
            div.table tabindex="0" role="region" aria-label="People" { table {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Handle" } th scope="col" { "E-mail address" } th scope="col" { "Level" } th scope="col" { "Joined" } } }
                tbody { @for account in people { (row(account, levels, now, zone)) } }
            } }
        }
        (kit::pager(wanted.before.map(|_| newest.trim_end_matches('?')), last.map(|last| query(Some(last))).as_deref()))
    }
}

fn row(account: &Account, levels: &Levels, now: i64, zone: &TimeZone) -> Markup {
    html! {
        tr {
            td { a href={ "/admin/people/" (account.id) } { bdi { (account.name) } } @if account.suspended_at.is_some() { " " span.label.warn { "Suspended" } } (on_the_way(account.standing)) }
            td { "@" (account.handle) }
            td { bdi { (address(account)) } }
            td { (title(levels, &account.level)) }
            td { (text::times::markup(account.created_at, now, zone)) }
        }
    }
}

fn filters(levels: &Levels, wanted: &Wanted) -> Markup {
    let any = |words: &str| std::iter::once((String::new(), words.to_owned()));
    let of_levels = any("Every level")
        .chain(levels.all().iter().filter(|level| level.name != GUEST).map(|level| (level.name.clone(), level.title.clone())));
    let of_states = any("Every state").chain(State::ALL.into_iter().map(|state| (state.name().to_owned(), state.words().to_owned())));
    html! {
        form.form.filters role="search" aria-label="People" action="/admin/people" {
            (Field::input("search", "q", "Name, handle or e-mail address").value(&wanted.typed).max(MAX_TYPED).autocomplete("off"))
            (Field::choice("level", "Level", of_levels).value(wanted.level.as_deref().unwrap_or("")))
            (Field::choice("state", "State", of_states).value(wanted.state.map_or("", State::name)))
            p.actions { button.button { (icon("search")) "Find" } }
        }
    }
}

/// Where mail goes, or is said to.
fn address(account: &Account) -> &str {
    account.email.as_deref().or(account.claimed_email.as_deref()).unwrap_or("none")
}

fn on_the_way(standing: Standing) -> Markup {
    html! {
        @match standing {
            Standing::Member => {},
            Standing::Unconfirmed => { " " span.label { "Address not confirmed" } },
            Standing::Waiting => { " " span.label { "Waits to be let in" } },
            Standing::Leaving => { " " span.label.warn { "Is leaving" } },
            Standing::Gone => { " " span.label { "Has left" } },
        }
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

/// What one person's page shows.
pub(super) struct Person<'a> {
    pub viewer: &'a Viewer,
    pub account: &'a Account,
    pub levels: &'a Levels,
    /// What was decided about them.
    pub history: &'a [Decision],
    /// Whether the viewer may change them.
    pub open: bool,
    pub now: i64,
    pub zone: &'a TimeZone,
}

/// One account, with the form that could not be taken, if there is one.
pub(super) fn person(of: &Person, form: Option<&Form>, problems: &Problems) -> Markup {
    let (account, levels) = (of.account, of.levels);
    let here = format!("/admin/people/{}", account.id);
    html! {
        (kit::problems(problems))
        div.panel {
            p.person { (account.author().avatar(Size::Medium)) span { strong { "@" (account.handle) } br; a href={ "/@" (account.handle) } { "Public page" } } }
            dl.facts {
                dt { "E-mail address" } dd { bdi { (address(account)) } (on_the_way(account.standing)) }
                dt { "Level" } dd { (title(levels, &account.level)) }
                dt { "Since" } dd { (text::times::markup(account.created_at, of.now, of.zone)) }
                @if let Some(since) = account.suspended_at {
                    dt { "Suspended" }
                    dd {
                        (text::times::markup(since, of.now, of.zone)) ", until "
                        @match account.suspended_until { Some(until) => (text::times::dateline(until, of.zone)), None => "somebody lifts it" }
                    }
                }
            }
        }
        @if account.standing == Standing::Waiting { (waiting(account)) }
        @if account.is_organization { p { "This is an organization: nobody signs in to it. " a href={ "/admin/organizations/" (account.id) } { "Who runs it, and what it is" } "." } }
        @if of.open {
            @if !account.is_organization { (level_form(of, &here, problems)) }
            (access(account, &here, form, problems))
        }
        @else { p { "This account may do more than yours, so only somebody of its level can change it." } }
        section.panel {
            h2 { "What was decided about them" }
            @if of.history.is_empty() { p { "Nothing yet." } }
            (decisions::markup(of.history, true, false, of.now, of.zone))
        }
    }
}

fn waiting(account: &Account) -> Markup {
    html! {
        section.panel {
            h2 { "Waits to be let in" }
            p { "Their address is confirmed." }
            form method="post" action={ "/admin/joining/people/" (account.id) "/admission" } {
                p.actions { button.button.primary { "Let in" } a.button href="/admin/joining" { "What they wrote, and refusing" } }
            }
        }
    }
}

fn level_form(of: &Person, here: &str, problems: &Problems) -> Markup {
    html! {
        section.panel {
            h2 { "Level" }
            form.form.narrow method="post" action={ (here) "/level" } {
                (Field::choice("level", "What they may do", choices(of.viewer, of.levels)).value(&of.account.level).required().problem(problems))
                p.actions { button.button { "Change the level" } }
            }
        }
    }
}

fn access(account: &Account, here: &str, form: Option<&Form>, problems: &Problems) -> Markup {
    let typed = |field: &str| form.map_or("", |form| form.text(field));
    let durations = suspension::DURATIONS.map(|(name, words, _)| (name.to_owned(), words.to_owned()));
    html! {
        section.panel {
            h2 #suspension { "Access" }
            @if !account.is_organization {
                form method="post" action={ (here) "/link" } data-turbo="false" {
                    p { "A lost password is replaced with a link that works for a week." }
                    p.actions { button.button { "Make a link" } }
                }
            }
            @if account.suspended_at.is_some() {
                @if !account.suspended_why.is_empty() { p { "They cannot sign in. They were told why:" } blockquote dir="auto" { (account.suspended_why) } }
                @else { p { "They cannot sign in. What they wrote stays." } }
                form method="post" action={ (here) "/suspension/remove" } { p.actions { button.button { "Let them back in" } } }
            } @else {
                form.form.narrow.suspension method="post" action={ (here) "/suspension" } {
                    p { "Suspended people are signed out everywhere and cannot sign in. What they said in the square is hidden meanwhile; stories stay. A letter tells them why." }
                    (Field::choice("days", "Suspend for", durations).value(if typed("days").is_empty() { "7" } else { typed("days") }).problem(problems))
                    (Field::area("why", "Why", 3).value(typed("why")).max(MAX_REASON).required().problem(problems))
                    p.actions { button.button.danger { "Suspend" } }
                }
            }
        }
    }
}
