//! Context where it stands: under its post, for everybody.

use maud::{Markup, html};
use people::{AccountId, Permission, Viewer};
use web::kit::icon;

use crate::{
    PostId,
    context::{Content, Shown, content::host},
};

/// What readers added to a post, if anything is shown. `rates` leads those who may to where they rate it.
pub fn beside(shown: &[Shown], post: PostId, rates: bool) -> Markup {
    html! {
        @if !shown.is_empty() {
            aside.reader-context aria-label="Context that readers added" {
                p.told { (icon("info")) strong { "Readers added context" } }
                @for one in shown { div.one id={ "context-" (one.id) } { (words(&one.content)) } }
                p.meta {
                    a href="/context" { "How this works" }
                    @if rates { a href={ "/posts/" (post) "/context" } { "Rate it, or add to it" } }
                }
            }
        }
    }
}

/// The same on a post's own page, with a way to add context for those who may: members, but not the authors of the post.
pub fn section(shown: &[Shown], post: PostId, viewer: &Viewer, authors: &[AccountId]) -> Markup {
    let adds = viewer.may(Permission::WriteComments) && viewer.must_be_member().is_ok() && !authors.iter().any(|author| viewer.is(*author));
    html! {
        (beside(shown, post, adds))
        @if adds && shown.is_empty() {
            p.add-context { a href={ "/posts/" (post) "/context" } { (icon("info")) "Add context" } }
        }
    }
}

/// What a context says, and where that can be checked.
pub(super) fn words(content: &Content) -> Markup {
    html! {
        div.words dir="auto" { (text::note::markup(&content.body, &|_| None)) }
        ul.sources aria-label="Sources" {
            @for source in &content.sources {
                li { (icon("link")) a href=(source) rel="nofollow ugc noopener" { bdi { (host(source)) } } }
            }
        }
    }
}
