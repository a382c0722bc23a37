//! The page of the first visit.

use maud::{Markup, html};
use people::{accounts, profiles::Fact};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, Size},
};

use super::routes::Read;
use crate::connections::Suggestion;

/// What a new member may begin with.
pub(super) fn welcome(frame: &Frame, site: &str, read: &Read, form: Option<&Form>, problems: &Problems) -> Markup {
    let account = &read.account;
    let place = form.and_then(|form| form.get("place")).or(read.place.as_deref()).unwrap_or_default();
    let body = html! {
        div.page { div.narrow.settings.welcome {
            h1 { "Welcome, " bdi { (account.name) } }
            p { "A minute now makes " (site) " yours. Leave out what you like: everything can be done later." }
            (kit::problems(problems))
            form.form method="post" action="/welcome" enctype="multipart/form-data" {
                section.form-part {
                    h2 { "Show your face" }
                    p.person { (accounts::avatar(&account.name, account.picture.as_deref(), Size::Large)) span { "People talk more easily with somebody they can see." } }
                    (Field::input("file", "picture", if account.picture.is_some() { "Another picture" } else { "Picture" }).hint("JPEG, PNG, GIF, WebP or AVIF, up to 40 MB.").problem(problems))
                }
                section.form-part {
                    h2 { "Where in town are you?" }
                    (Field::line("place", Fact::Place.words()).value(place).max(Fact::Place.max()).hint("As precisely as you like. Members see it; your settings change that.").problem(problems))
                }
                (sections(read, form))
                (people(&read.people, form))
                p.actions {
                    button.button.primary { "To the square" }
                    a.button.quiet href="/square" { "Not now" }
                }
            }
        } }
    };
    Page::new("Welcome").private().current("/welcome").draw(frame, &body)
}

/// Whether something stays ticked: what was sent, else what holds.
fn ticked(form: Option<&Form>, id: &str, holds: bool) -> bool {
    form.map_or(holds, |form| form.all("follow").any(|chosen| chosen == id))
}

fn sections(read: &Read, form: Option<&Form>) -> Markup {
    html! {
        @if !read.sections.is_empty() {
            section.form-part role="group" aria-labelledby="read" {
                h2 id="read" { "What do you want to read?" }
                p.hint { "What is new there stands on your square." }
                div.choices {
                    @for section in read.sections.under(None) {
                        @let id = section.id.to_string();
                        label.check { input type="checkbox" name="follow" value=(id) checked[ticked(form, &id, read.followed.contains(&section.id.get()))]; " " span dir="auto" { (section.name) } }
                    }
                }
            }
        }
    }
}

fn people(suggested: &[Suggestion], form: Option<&Form>) -> Markup {
    html! {
        @if !suggested.is_empty() {
            section.form-part role="group" aria-labelledby="hear" {
                h2 id="hear" { "Whom do you want to hear?" }
                ul.list.faces {
                    @for Suggestion { who, why } in suggested {
                        @let id = who.id.to_string();
                        li { label.check {
                            input type="checkbox" name="follow" value=(id) checked[ticked(form, &id, false)];
                            (who.avatar(Size::Medium))
                            span { strong dir="auto" { (who.name) } " " span.meta { bdi { (why) } } }
                        } }
                    }
                }
            }
        }
    }
}
