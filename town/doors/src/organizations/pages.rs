//! The directory of organizations, and the forms of what one says of itself.

use maud::{Markup, html};
use people::{
    Permission, Viewer,
    accounts::{MAX_BIO, MAX_NAME},
    organizations::{Kind, Listed, MAX_CONTACT, MAX_HOURS, MAX_PLACE, MAX_WEBSITE, Membership, Organization, Wanted},
};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, Size, icon},
};

use super::PATH;

/// The directory.
pub(super) struct Directory<'a> {
    pub wanted: &'a Wanted,
    pub found: &'a [Listed],
    /// What the viewer runs, and is invited to.
    pub own: &'a [Membership],
    /// The page after this one.
    pub next: Option<String>,
}

/// All organizations by name.
pub(super) fn directory(frame: &Frame, viewer: &Viewer, of: &Directory) -> Markup {
    let Directory { wanted, found, own, next } = of;
    let asked = !wanted.typed.is_empty() || wanted.kind.is_some();
    let body = html! {
        div.page.organizations {
            header.section-header {
                h1 { "Organizations" }
                p { "Businesses, clubs and public bodies of this town, each with a page of its own." }
            }
            (tabs(viewer))
            @if wanted.after.is_none() && !asked { (yours(own)) }
            form.filters method="get" action=(PATH) role="search" aria-label="Find organizations" {
                (Field::line("q", "Name").value(&wanted.typed).max(super::directory::MAX_TYPED).autocomplete("off"))
                (Field::choice("kind", "Kind", kinds()).value(wanted.kind.map_or("", Kind::name)))
                p.actions { button.button { (icon("search")) "Find" } @if asked { a.button.quiet href=(PATH) { "All of them" } } }
            }
            @if found.is_empty() { (nobody(asked)) } @else {
                h2.visually-hidden { "All organizations" }
                ul.list.people { @for one in *found { (entry(one)) } }
            }
            @if let Some(next) = next { nav.pager aria-label="Pages" { a.button.older rel="next" href=(next) { "More organizations" (icon("chevron-right")) } } }
        }
    };
    let page = Page::new("Organizations").description("Businesses, clubs and public bodies of this town.");
    let page = if asked || wanted.after.is_some() { page } else { page.canonical(PATH) };
    page.draw(frame, &body)
}

fn tabs(viewer: &Viewer) -> Markup {
    html! {
        p.actions {
            @if viewer.may(Permission::FoundOrganizations) && viewer.must_be_member().is_ok() { a.button.primary href={ (PATH) "/new" } { (icon("plus")) "Found an organization" } }
            @else if viewer.me.is_none() { a.button href={ "/sign-in?next=%2Forganizations%2Fnew" } rel="nofollow" { "Sign in to found one" } }
        }
    }
}

fn kinds() -> impl Iterator<Item = (String, String)> {
    let all = std::iter::once((String::new(), "All kinds".to_owned()));
    all.chain(Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), kind.many().to_owned())))
}

fn nobody(asked: bool) -> Markup {
    if asked {
        return kit::empty("None found", "Try the beginning of a word of its name, or another kind.", Some((PATH, "All of them")));
    }
    kit::empty(
        "No organizations yet",
        "Whoever runs a business or a club can give it a page here.",
        Some(("/organizations/new", "Found the first")),
    )
}

/// What the viewer runs, and is invited to.
fn yours(own: &[Membership]) -> Markup {
    html! {
        @if !own.is_empty() {
            section.panel aria-labelledby="yours" {
                h2 id="yours" { "Yours" }
                ul.list {
                    @for one in own {
                        @let (id, of) = (one.organization.id, &one.organization);
                        li.desk-head {
                            p.person { (of.avatar(Size::Small)) span {
                                a href=(of.address()) { bdi { (of.name) } } br;
                                span.meta { @if one.joined { (one.role.words()) } @else { "You are invited: " (one.role.words().to_lowercase()) ", who " (one.role.meaning()) } @if !one.here { ", closed for now" } }
                            } }
                            @if one.joined {
                                p.actions {
                                    a.button.small href={ (PATH) "/" (id) "/people" } { "Who runs it" span.visually-hidden { ": " (of.name) } }
                                    @if one.role.edits() { a.button.small href={ (PATH) "/" (id) "/edit" } { "Change its page" span.visually-hidden { ": " (of.name) } } }
                                }
                            } @else { (answer(one)) }
                        }
                    }
                }
            }
        }
    }
}

/// The two answers to an invitation.
fn answer(one: &Membership) -> Markup {
    let (here, name) = (format!("{PATH}/{}/membership", one.organization.id), &one.organization.name);
    html! {
        div.actions {
            form method="post" action=(here) { button.button.small.primary { "Accept" span.visually-hidden { " the invitation of " (name) } } }
            form method="post" action={ (here) "/removal" } { button.button.small { "Refuse" span.visually-hidden { " the invitation of " (name) } } }
        }
    }
}

fn entry(one: &Listed) -> Markup {
    let author = &one.author;
    html! {
        li.person {
            (author.avatar(Size::Medium))
            div {
                h3.headline.small { a href=(author.address()) dir="auto" { (author.name) } " " span.meta { "@" (author.handle) } }
                p.meta { (kind_icon(one.kind)) " " (one.kind.words()) @if !one.place.is_empty() { " · " bdi { (one.place) } } }
                @if !one.bio.is_empty() { p.meta dir="auto" { (text::excerpt(&one.bio, 160)) } }
            }
        }
    }
}

/// What stands for a kind.
fn kind_icon(kind: Kind) -> Markup {
    icon(match kind {
        Kind::Business => "store",
        Kind::Organization => "building-2",
        Kind::Official => "landmark",
    })
}

/// The form by which one is founded.
pub(super) fn found(frame: &Frame, form: &Form, problems: &Problems) -> Markup {
    let kinds = Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), kind.words().to_owned()));
    let first = (String::new(), "Choose".to_owned());
    let body = html! {
        div.page { div.narrow {
            nav.breadcrumbs aria-label="Way here" { ol { li { a href=(PATH) { "Organizations" } } } }
            h1 { "Found an organization" }
            p { "A page that you run together: you invite others, and all of you post in its name. People follow it like anybody here." }
            (kit::problems(problems))
            form.form method="post" action=(PATH) {
                (Field::line("display_name", "Name").value(form.text("display_name")).required().max(MAX_NAME).autocomplete("organization").problem(problems))
                (Field::line("handle", "Handle").value(form.text("handle")).hint("Its address on the site: letters, digits and _, such as juniper_books.")
                    .required().max(text::handle::MAX).autocomplete("off").problem(problems))
                (Field::choice("kind", "What it is", std::iter::once(first).chain(kinds)).value(form.text("kind")).required().problem(problems)
                    .hint("Whether something is an official body the people of this site confirm; until then it stands here as an organization."))
                (details(form, problems))
                p.actions { button.button.primary { "Found it" } a.button.quiet href=(PATH) { "Cancel" } }
            }
        } }
    };
    Page::new("Found an organization").private().draw(frame, &body)
}

/// What it says of itself beside its name.
fn details(form: &Form, problems: &Problems) -> Markup {
    html! {
        (Field::area("bio", "What it is and does", 4).value(form.text("bio")).max(MAX_BIO).problem(problems))
        (Field::input("url", "website", "Its page elsewhere").value(form.text("website")).max(MAX_WEBSITE).autocomplete("url").problem(problems))
        (Field::line("place", "Where it is").value(form.text("place")).max(MAX_PLACE).hint("Such as “12 Depot Street”.").problem(problems))
        (Field::area("hours", "When it is open", 4).value(form.text("hours")).max(MAX_HOURS).hint("In your own words, a line each: “Tuesday to Friday, 9 to 5”.").problem(problems))
        (Field::area("contact", "How to reach it", 3).value(form.text("contact")).max(MAX_CONTACT).hint("A telephone number, an address for mail. Everyone sees it.").problem(problems))
    }
}

/// The form by which its page is changed.
pub(super) fn edit(frame: &Frame, of: &Organization, form: &Form, problems: &Problems, has_cover: bool) -> Markup {
    let id = of.account.id;
    let address = of.account.author().address();
    let body = html! {
        div.page { div.narrow {
            nav.breadcrumbs aria-label="Way here" { ol { li { a href=(PATH) { "Organizations" } } li { a href=(address) { bdi { (of.account.name) } } } } }
            h1 { "Change the page of " bdi { (of.account.name) } }
            (kit::problems(problems))
            form.form method="post" action={ (PATH) "/" (id) "/edit" } enctype="multipart/form-data" {
                (Field::line("display_name", "Name").value(form.text("display_name")).required().max(MAX_NAME).autocomplete("organization").problem(problems))
                (details(form, problems))
                (Field::input("file", "picture", "Picture").hint("JPEG, PNG, GIF, WebP or AVIF, up to 40 MB.").problem(problems))
                @if of.account.picture.is_some() { label.check { input type="checkbox" name="without_picture" value="1"; " Remove its picture" } }
                (Field::input("file", "cover", "Wide picture").hint("Stands over the page, three times as wide as it is high.").problem(problems))
                @if has_cover { label.check { input type="checkbox" name="without_cover" value="1"; " Remove its wide picture" } }
                @if of.kind != Kind::Official && of.asked_at.is_none() { label.check { input type="checkbox" name="official" value="1" checked[form.ticked("official")]; " It is an official body: ask the people of this site to confirm that" } }
                @if of.asked_at.is_some() { p.hint { "The people of this site are asked to confirm that it is an official body." } }
                p.actions { button.button.primary { "Save" } a.button.quiet href=(address) { "Cancel" } a.button.quiet href={ (PATH) "/" (id) "/people" } { (icon("users")) "Who runs it" } }
            }
        } }
    };
    Page::new("Change its page").private().draw(frame, &body)
}
