//! The page on which a story is written.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{
    pictures::Picture,
    uploads::{self, Family},
};
use std::sync::Arc;
use talk::PostId;
use web::{
    Form, Frame, Page, Problems,
    kit::{self, icon},
};

use super::{form, index, more};
use crate::stories::{Access, Copy, Draft};

/// Words that the page is to hold in place of what was saved.
pub enum Given {
    /// None: what was saved is shown.
    Nothing,
    /// A form that could not be taken.
    Words(Arc<Form>),
    /// A form whose sender was not the first: the form, the newest version, what differs, who was first.
    Beside { form: Arc<Form>, version: i64, changes: Markup, by: String },
}

impl Given {
    /// The form, if there is one.
    pub fn form(&self) -> Option<Arc<Form>> {
        match self {
            Self::Nothing => None,
            Self::Words(form) | Self::Beside { form, .. } => Some(Arc::clone(form)),
        }
    }
}

/// Everything on the page.
pub struct Desk {
    pub draft: Draft,
    pub form: Arc<Form>,
    /// The version that the next save replaces.
    pub base: i64,
    pub access: Access,
    pub body_html: String,
    /// The picture above it, if it has one that is here.
    pub lead: Option<Picture>,
    /// Whether this person may say what of that picture stays visible.
    pub focusable: bool,
    pub others: Vec<String>,
    pub copies: Vec<Copy>,
    /// Where readers find it, if they do.
    pub address: Option<String>,
    /// Sections.
    pub choices: Vec<(String, String)>,
    /// Own name of the language that its words show; `None` while they are too few to tell.
    pub language: Option<&'static str>,
    /// Who was faster, and what differs.
    pub beside: Option<(String, Markup)>,
}

/// The page.
pub fn page(frame: &Frame, desk: &Desk, problems: &Problems, now: i64, zone: &TimeZone) -> Markup {
    let story = desk.draft.story;
    let title = index::named(&desk.draft.content.headline);
    let body = html! {
        div.page.write-page {
            h1.visually-hidden { "Write: " (title) }
            (kit::problems(problems))
            @if let Some((by, changes)) = &desk.beside { (conflict(story, by, changes)) }
            (standing(desk, now, zone))
            story-editor data-story=(story) data-base=(desk.base) data-draft={ "/stories/" (story) "/draft" } data-limits=(uploads::limits(&Family::ALL)) data-accept=(uploads::accept(&Family::ALL)) {
                (form::form(desk, problems))
            }
            (more::actions(desk))
        }
    };
    Page::new(title).private().current("/write").with(&["uploads.js", "editor.js"], &["editor.css"]).draw(frame, &body)
}

/// Both versions are kept; which goes on is the person's choice.
fn conflict(story: PostId, by: &str, changes: &Markup) -> Markup {
    html! {
        section.conflict role="alert" {
            h2 { (by) " saved this story while you were writing" }
            p { "Nothing is lost: their version is the newest, and yours is kept beside it. Struck words are only in theirs, underlined ones only in yours." }
            (changes)
            p.actions {
                button.button.primary form="story" name="do" value="save" { "Keep mine as the new version" }
                a.button href={ "/stories/" (story) "/edit" } { "Take theirs" }
                a.button.quiet href="#body" { "Go on editing mine below" }
            }
        }
    }
}

/// Where the story stands, who else is at it, what waits.
fn standing(desk: &Desk, now: i64, zone: &TimeZone) -> Markup {
    let story = desk.draft.story;
    html! {
        p.standing.meta {
            (index::state(&desk.draft, desk.address.is_some(), now, zone))
            @if let Some(address) = &desk.address { " " a href=(address) { "See it as readers do" } }
        }
        @if !desk.others.is_empty() {
            p.flash.info { (icon("users")) span { (desk.others.join(", ")) @if desk.others.len() > 1 { " are" } @else { " is" } " writing on this story, too. You will be told when both of you have changed it." } }
        }
        @if !desk.copies.is_empty() && desk.beside.is_none() {
            details.copies {
                summary { (text::count(i64::try_from(desk.copies.len()).unwrap_or(0), "copy waits", "copies wait")) " to be looked at" }
                p.hint { "Words that were saved after somebody else had changed the story. They are kept until somebody uses or discards them." }
                ul { @for copy in &desk.copies { li { a href={ "/stories/" (story) "/drafts/" (copy.id) } { "By " (copy.by.name) ", " (text::times::markup(copy.created_at, now, zone)) } } } }
            }
        }
    }
}

/// Stands above a preview.
pub fn preview_banner(story: PostId) -> Markup {
    html! {
        div.flash.info.preview-banner role="status" {
            (icon("eye"))
            p { "This is a preview. Readers see it like this once it is published. " a href={ "/stories/" (story) "/edit" } { "Go on writing" } }
        }
    }
}
