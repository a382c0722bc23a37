//! The page of who runs an organization, for those who do.

use maud::{Markup, html};
use people::{
    AccountId,
    organizations::{Organization, Person, Role},
};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, Size, icon},
};

use super::PATH;

/// What the page shows.
pub(super) struct Shows<'a> {
    pub organization: &'a Organization,
    /// Who looks at it.
    pub me: AccountId,
    pub role: Role,
    pub people: &'a [Person],
    /// The day on which it is forgotten, when it is closed.
    pub closes: Option<&'a str>,
    /// A form that could not be taken.
    pub form: &'a Form,
    pub problems: &'a Problems,
}

/// The page.
pub(super) fn page(frame: &Frame, of: &Shows) -> Markup {
    let account = &of.organization.account;
    let (here, owns) = (format!("{PATH}/{}", account.id), of.role.owns());
    let body = html! {
        div.page { div.narrow.organization-people {
            nav.breadcrumbs aria-label="Way here" { ol { li { a href=(PATH) { "Organizations" } } li { a href=(account.author().address()) { bdi { (account.name) } } } } }
            h1 { "Who runs " bdi { (account.name) } }
            (kit::problems(of.problems))
            @if let Some(day) = of.closes { (closed(&here, owns, day)) }
            p.actions {
                a.button href={ "/notes/new?speaker=" (account.id) } { (icon("pen-line")) "Post in its name" }
                @if of.role.edits() { a.button href={ (here) "/edit" } { (icon("settings")) "Change its page" } }
            }
            ul.list.ruled {
                @for person in of.people { li { (one(of, person, &here)) } }
            }
            @if owns { (invitation(of, &here)) }
            (own(of, &here))
            @if owns && of.closes.is_none() { (closing(&here)) }
        } }
    };
    Page::new("Who runs it").private().draw(frame, &body)
}

fn one(of: &Shows, person: &Person, here: &str) -> Markup {
    let (who, id) = (&person.author, person.author.id);
    let field = format!("role-{id}");
    html! {
        p.person { (who.avatar(Size::Small)) span {
            a href=(who.address()) { bdi { (who.name) } } " @" (who.handle) br;
            span.meta { (person.role.words()) @if person.joined_at.is_none() { ", invited" } @if id == of.me { ", you" } @if person.named { ", named on its page" } }
        } }
        @if of.role.owns() {
            div.actions {
                @if person.joined_at.is_some() {
                    form.actions method="post" action={ (here) "/people/" (id) "/role" } {
                        label.visually-hidden for=(field) { "Role of " (who.name) }
                        select id=(field) name="role" { @for role in Role::ALL { option value=(role.name()) selected[role == person.role] { (role.words()) } } }
                        button.button.small { "Change" span.visually-hidden { " the role of " (who.name) } }
                    }
                }
                @if id != of.me {
                    form method="post" action={ (here) "/people/" (id) "/removal" } {
                        button.button.small.quiet { @if person.joined_at.is_some() { "Take out" } @else { "Withdraw" } span.visually-hidden { ": " (who.name) } }
                    }
                }
            }
        }
    }
}

fn invitation(of: &Shows, here: &str) -> Markup {
    let roles = Role::ALL.into_iter().rev().map(|role| (role.name().to_owned(), format!("{}: {}", role.words(), role.meaning())));
    html! {
        section.panel {
            h2 { "Invite somebody" }
            form.form id="invite" method="post" action={ (here) "/people" } {
                (Field::line("handle", "Handle").value(of.form.text("handle")).hint("Such as @rosa.").required().max(60).autocomplete("off").problem(of.problems))
                (Field::choice("role", "Role", roles).value(of.form.text("role")).problem(of.problems))
                p.actions { button.button.primary { "Invite" } }
            }
        }
    }
}

/// What each decides about themselves.
fn own(of: &Shows, here: &str) -> Markup {
    let named = of.people.iter().any(|person| person.author.id == of.me && person.named);
    html! {
        section.panel {
            h2 { "You" }
            form.form method="post" action={ (here) "/membership/name" } {
                label.check { input type="checkbox" name="named" value="1" checked[named]; " Its page names me among its people" }
                p.hint { "Who of you wrote a post, its people and the staff of this site see, and nobody else." }
                p.actions { button.button { "Save" } }
            }
            form method="post" action={ (here) "/membership/removal" } data-confirm="Leave this organization? An owner can invite you again." data-confirm-yes="Leave" {
                p.actions { button.button.quiet { "Leave it" } }
            }
        }
    }
}

fn closing(here: &str) -> Markup {
    html! {
        section.panel {
            h2 { "Close it" }
            p { "Its page is no longer shown. For two weeks an owner can open it again; then it is forgotten, and nobody can bring it back." }
            form.form method="post" action={ (here) "/closing" } data-confirm="Close this organization? Everybody who follows it loses it." data-confirm-yes="Close it" {
                fieldset {
                    legend { "What it posted" }
                    label.check { input type="radio" name="posts" value="stay" checked; " stays, under the name “Former member”" }
                    label.check { input type="radio" name="posts" value="go"; " is deleted with it" }
                }
                p.actions { button.button.danger { "Close it" } }
            }
        }
    }
}

fn closed(here: &str, owns: bool, day: &str) -> Markup {
    html! {
        div.flash.warn { (icon("triangle-alert"))
            p { "It is closed, and will be forgotten on " strong { (day) } ". Until then its owners can open it again, and everything is as it was." }
            @if owns { form method="post" action={ (here) "/closing/withdrawal" } { button.button.small { (icon("rotate-ccw")) "Open it again" } } }
        }
    }
}
