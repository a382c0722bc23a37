//! The form of a profile, and how its facts stand on pages.

use maud::{Markup, html};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::profile::{Fact, LINK_FIELDS, Link, LinkField, Profile};
use crate::{
    connections::ShownTo,
    pictures::{Place, Shown},
};

/// The form by which a member says more of themselves.
pub(super) fn edit(frame: &Frame, handle: &str, profile: &Profile, form: Option<&Form>, problems: &Problems) -> Markup {
    let body = html! {
        div.page { div.narrow.settings {
            nav.breadcrumbs aria-label="Way here" { ol { li { a href="/settings" { "Settings" } } } }
            h1 { "Your page" }
            p { "What stands on " a href={ "/@" (handle) "/about" } { "your page" } " beside your name, and who sees it." }
            (kit::problems(problems))
            form.form method="post" action="/settings/profile" enctype="multipart/form-data" {
                @for fact in Fact::ALL { (fact_fields(fact, profile, form, problems)) }
                fieldset {
                    legend { "Your pages elsewhere" }
                    p.hint { "A page that links back to yours with " code { "rel=\"me\"" } " is marked as yours. It is asked a moment after you save." }
                    @for (index, field) in LINK_FIELDS.iter().enumerate() { (link_fields(field, profile.links.get(index), form, problems)) }
                }
                (Field::input("file", "cover", "Wide picture").hint("Stands over your page, three times as wide as it is high. JPEG, PNG, GIF, WebP or AVIF, up to 40 MB.").problem(problems))
                @if profile.cover.is_some() { label.check { input type="checkbox" name="without_cover" value="1"; " Remove my wide picture" } }
                p.actions { button.button.primary { "Save" } }
            }
        } }
    };
    Page::new("Your page").private().current("/settings").draw(frame, &body)
}

fn fact_fields(fact: Fact, profile: &Profile, form: Option<&Form>, problems: &Problems) -> Markup {
    let told = profile.fact(fact);
    let value = typed(form, fact.name(), told.map_or("", |told| &told.value));
    let hint = match fact {
        Fact::Pronouns => "How people speak of you, such as she/her.",
        Fact::Place => "As precisely as you like: a street is not needed.",
    };
    html! {
        div.with-audience {
            (Field::line(fact.name(), fact.words()).value(value).max(fact.max()).hint(hint).problem(problems))
            (audience(fact.audience_name(), &format!("Who sees it: {}", fact.words()), told.map(|told| told.shown_to), form))
        }
    }
}

fn link_fields(field: &LinkField, link: Option<&Link>, form: Option<&Form>, problems: &Problems) -> Markup {
    let value = typed(form, field.url, link.map_or("", |link| &link.url));
    html! {
        div.with-audience {
            // Not of the type "url": people may leave out how an address begins.
            (Field::line(field.url, field.label).value(value).max(300).problem(problems))
            (audience(field.shown_to, &format!("Who sees it: {}", field.label.to_lowercase()), link.map(|link| link.shown_to), form))
        }
    }
}

fn typed<'a>(form: Option<&'a Form>, field: &str, otherwise: &'a str) -> &'a str {
    form.and_then(|form| form.get(field)).unwrap_or(otherwise)
}

/// Who sees a fact. Members do, until somebody says otherwise.
fn audience(name: &str, label: &str, chosen: Option<ShownTo>, form: Option<&Form>) -> Markup {
    let value = typed(form, name, chosen.unwrap_or(ShownTo::Members).name());
    html! {
        div.field.audience-field {
            label.visually-hidden for=(name) { (label) }
            select id=(name) name=(name) { @for shown in ShownTo::ALL { option value=(shown.name()) selected[shown.name() == value] { (shown.words()) } } }
        }
    }
}

/// The facts beside a name: pronouns and place, in one line.
pub fn facts_in_short(profile: &Profile) -> Markup {
    html! {
        @for told in &profile.facts { " · " bdi { (told.value) } }
    }
}

/// All facts and links, as the page about somebody lists them.
pub fn facts(profile: &Profile) -> Markup {
    html! {
        @for told in &profile.facts { dt { (told.fact.words()) } dd dir="auto" { (told.value) } }
        @if !profile.links.is_empty() {
            dt { "Elsewhere" }
            dd { ul.links { @for link in &profile.links { (elsewhere(link)) } } }
        }
    }
}

fn elsewhere(link: &Link) -> Markup {
    html! {
        li {
            a href=(link.url) rel="me nofollow ugc noopener" dir="ltr" { (link.words()) }
            @if link.proved { " " span.label.ok { (icon("check")) "Theirs: that page links back" } }
        }
    }
}

/// The wide picture over somebody's page. Decorative: what matters is said beside it.
pub fn cover(shown: &Shown) -> Markup {
    html! { div.profile-cover.picture { (shown.markup(Place { sizes: "(min-width: 75rem) 72rem, 100vw", first: true })) } }
}
