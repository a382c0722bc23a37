//! Pages of joining on the desk.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{
    accounts::{Author, Standing},
    house_rules,
    invitations::{Invitation, InvitationId, MAX_NOTE, NewInvitation},
    joining::{Applicant, Mode},
};
use web::{
    Form, Problems,
    kit::{self, Field, Size, icon},
};

/// What the first page shows.
pub(super) struct Joining<'a> {
    pub waiting: &'a [Applicant],
    pub invitations: &'a [Invitation],
    pub mode: Mode,
    pub now: i64,
    pub zone: &'a TimeZone,
}

/// Who waits, and the invitations. `manages` says whether the viewer may change who may join.
pub(super) fn list(of: &Joining, manages: bool, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        div.desk-head {
            p { "Who may join: " strong { (of.mode.words()) } "." }
            @if manages { a.button href="/admin/joining/rules" { (icon("settings")) "Who may join, house rules" } }
        }
        section.panel {
            h2 #waiting tabindex="-1" { "Waiting to be let in" }
            @if of.waiting.is_empty() {
                @let words = if of.mode == Mode::Approval { "Whoever asks to join appears here once their e-mail address is proved." }
                    else { "Where people may ask to join, they appear here. This site lets them in another way." };
                (kit::empty("Nobody waits", words, None))
            } @else {
                ul.list { @for applicant in of.waiting { (waiting(applicant, of)) } }
            }
        }
        section.panel {
            div.desk-head {
                h2 { "Invitations" }
                a.button.primary href="/admin/joining/invitations" { (icon("plus")) "Make an invitation" }
            }
            (invitations(of))
        }
    }
}

fn waiting(applicant: &Applicant, of: &Joining) -> Markup {
    let author = &applicant.author;
    let here = format!("/admin/joining/people/{}", author.id);
    html! {
        li.applicant {
            p.person { (author.avatar(Size::Medium)) span { strong { bdi { (author.name) } } br; "@" (author.handle) } }
            blockquote dir="auto" { (applicant.reason) }
            p.meta { (applicant.email) " · asked " (text::times::markup(applicant.since, of.now, of.zone)) }
            div.actions {
                form method="post" action={ (here) "/admission" } { button.button.primary { "Let in" span.visually-hidden { " " (author.name) } } }
                details.refusal {
                    summary.button { "Refuse…" span.visually-hidden { " " (author.name) } }
                    form.form method="post" action={ (here) "/refusal" } {
                        div.field {
                            label for={ "why-" (author.id) } { "Why, for the letter to them" span.optional { " (optional)" } }
                            textarea id={ "why-" (author.id) } name="why" rows="2" maxlength="500" dir="auto" {}
                        }
                        p.actions { button.button.danger { "Refuse and delete the account" } }
                    }
                }
            }
        }
    }
}

fn invitations(of: &Joining) -> Markup {
    html! {
        @if of.mode == Mode::Closed { p { "Nobody may join just now, also not by an invitation." } }
        @if of.invitations.is_empty() {
            (kit::empty("No invitations yet", "An invitation is a link for one person or for many. You see who came by it, and can withdraw it.", None))
        } @else {
            div.table tabindex="0" role="region" aria-label="Invitations" { table {
                thead { tr { th scope="col" { "For" } th scope="col" { "Made by" } th scope="col" { "Came" } th scope="col" { "Works until" } } }
                tbody {
                    @for invitation in of.invitations {
                        tr {
                            td { a href={ "/admin/joining/invitations/" (invitation.id) } { bdi { (name(invitation)) } } }
                            td { (invitation.by.as_ref().map_or("somebody who left", |by| by.name.as_str())) }
                            td { (invitation.used) " of " (invitation.places) }
                            td { (until(invitation, of.now, of.zone)) }
                        }
                    }
                }
            } }
        }
    }
}

fn name(invitation: &Invitation) -> &str {
    if invitation.note.is_empty() { "Without a note" } else { &invitation.note }
}

fn until(invitation: &Invitation, now: i64, zone: &TimeZone) -> Markup {
    html! {
        @if invitation.withdrawn_at.is_some() { span.label.warn { "Withdrawn" } }
        @else if invitation.used >= invitation.places { span.label { "All have come" } }
        @else if invitation.expires_at <= now { span.label.warn { "Run out" } }
        @else { (text::times::markup(invitation.expires_at, now, zone)) }
    }
}

/// Making an invitation.
pub(super) fn invite(form: &Form, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        // The answer is a page and no redirect, which Turbo would not show.
        form.form.narrow method="post" action="/admin/joining/invitations" data-turbo="false" {
            p { "You get a link to pass on. Whoever joins by it needs no further leave." }
            (Field::line("note", "For whom").value(form.text("note")).hint("Such as “The choir”. Only the desk sees it.").max(MAX_NOTE).problem(problems))
            (Field::input("number", "places", "How many people").value(form.text("places")).required().problem(problems))
            (Field::input("number", "days", "For how many days").value(form.text("days")).required().problem(problems))
            p.actions { button.button.primary { "Make the link" } a.button href="/admin/joining" { "Cancel" } }
        }
    }
}

/// A link that was made, shown once.
pub(super) fn link(id: InvitationId, new: &NewInvitation, link: &str, closed: bool) -> Markup {
    html! {
        div.panel {
            p { "By this link " (text::count(new.places, "person", "people")) " may join. It is shown only now: copy it, and pass it on." }
            p.secret { (link) }
            @if closed { p { "Nobody may join this site just now. Until an administrator changes that, the link says so." } }
            p.actions { a.button href={ "/admin/joining/invitations/" (id) } { "To the invitation" } a.button href="/admin/joining" { "All invitations" } }
        }
    }
}

/// One invitation, and who came by it.
pub(super) fn invitation(invitation: &Invitation, people: &[(Author, Standing, i64)], (now, zone): (i64, &TimeZone)) -> Markup {
    html! {
        div.panel {
            dl.facts {
                dt { "For" } dd { bdi { (name(invitation)) } }
                dt { "Made by" } dd { (invitation.by.as_ref().map_or("somebody who left", |by| by.name.as_str())) ", " (text::times::markup(invitation.created_at, now, zone)) }
                dt { "Came" } dd { (invitation.used) " of " (invitation.places) }
                dt { "Works until" } dd { (until(invitation, now, zone)) }
            }
            @if invitation.works(now) {
                form method="post" action={ "/admin/joining/invitations/" (invitation.id) "/remove" } {
                    p { "Withdrawn, the link lets nobody in any more. Whoever came by it stays." }
                    p.actions { button.button.danger { "Withdraw" } }
                }
            }
        }
        section.panel {
            h2 { "Who came by it" }
            @if people.is_empty() {
                (kit::empty("Nobody yet", "People appear here as soon as they have filled in the form.", Some(("/admin/joining", "All invitations"))))
            } @else {
                ul.list {
                    @for (author, standing, since) in people {
                        li {
                            p.person { (author.avatar(Size::Small)) span { bdi { (author.name) } " @" (author.handle) } }
                            p.meta {
                                @if *standing == Standing::Unconfirmed { "Has yet to confirm their address · " }
                                "joined " (text::times::markup(*since, now, zone))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Who may join, and the house rules.
pub(super) fn rules(form: &Form, problems: &Problems) -> Markup {
    html! {
        (kit::problems(problems))
        form.form.narrow method="post" action="/admin/joining/rules" {
            (Field::choice("joining", "Who may join", Mode::choices()).value(form.text("joining"))
                .hint("Whoever joins proves their e-mail address, and may what the level “Member” may.").problem(problems))
            (Field::area("house_rules", "House rules", 18).value(form.text("house_rules")).max(house_rules::MAX)
                .hint(html! { "In Markdown. Everybody promises to keep them, and can read them at " a href="/rules" { "/rules" } ". Empty, they are the usual ones again." })
                .problem(problems))
            p.actions { button.button.primary { "Save" } a.button href="/admin/joining" { "Back" } }
        }
    }
}
