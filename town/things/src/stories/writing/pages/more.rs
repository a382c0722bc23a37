//! What else can be done with a story, apart from writing: forms of their own, below the one that is written in.

use maud::{Markup, html};
use web::kit::icon;

use super::edit::Desk;
use crate::stories::DraftState;

pub(super) fn actions(desk: &Desk) -> Markup {
    let story = desk.draft.story;
    let published = desk.address.is_some();
    let waits = matches!(desk.draft.state, DraftState::Submitted | DraftState::Scheduled);
    let returnable = waits && (desk.access.publish || desk.draft.state == DraftState::Submitted);
    html! {
        section.write-more aria-label="More for this story" {
            div.actions {
                @if published || desk.draft.state == DraftState::Clean {
                    a.button.quiet href={ "/stories/" (story) "/history" } { (icon("history")) "History" }
                }
                @if returnable {
                    (button(&format!("/stories/{story}/submission/remove"), return_words(desk), "", None))
                }
                @if published && desk.access.publish {
                    (button(&format!("/stories/{story}/publication/remove"), "Unpublish", "", Some("Take this story off the site? Its words stay here as a draft.")))
                }
                @if !published || desk.access.publish {
                    (button(&format!("/stories/{story}/removal"), "Delete", "danger", Some("Delete this story? It can be restored for 30 days.")))
                }
            }
        }
    }
}

fn return_words(desk: &Desk) -> &'static str {
    match desk.draft.state {
        DraftState::Scheduled => "Do not publish by itself",
        _ if desk.access.edit => "Return to author",
        _ => "Take back from review",
    }
}

fn button(action: &str, words: &str, class: &str, question: Option<&str>) -> Markup {
    html! {
        form method="post" action=(action) data-confirm=[question] { button class={ "button quiet " (class) } { (words) } }
    }
}
