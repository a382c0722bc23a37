//! An author's stories, whatever their state.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use talk::{Cursor, PostId};
use web::{
    Frame, Page,
    kit::{icon, pager},
};

use crate::stories::{Card, Draft, DraftState, writing::store::Removed};

/// What stands on the page.
pub struct Index {
    pub drafts: Vec<Draft>,
    pub published: Vec<Card>,
    /// Those of the drafts that readers see in an earlier version.
    pub changed: Vec<PostId>,
    pub removed: Vec<Removed>,
    /// Whether this is the first page, where all lists stand together.
    pub first: bool,
    pub more_drafts: Option<Cursor>,
    pub more_published: Option<Cursor>,
}

/// The page.
pub fn page(frame: &Frame, index: &Index, now: i64, zone: &TimeZone) -> Markup {
    let nothing = index.drafts.is_empty() && index.published.is_empty() && index.removed.is_empty();
    let body = html! {
        div.page.write-index {
            div.desk-head {
                h1 { "Your stories" }
                div.actions {
                    a.button.quiet href="/library" { (icon("library")) "Library" }
                    a.button.quiet href="/albums" { (icon("images")) "Albums" }
                    @if !nothing { a.button.quiet href="/numbers" { (icon("chart-column")) "Your numbers" } (start("primary")) }
                }
            }
            @if nothing { (nothing_yet(index.first)) }
            @if !index.drafts.is_empty() { (drafts(index, now, zone)) }
            @if !index.published.is_empty() { (published(index, now, zone)) }
            @if !index.removed.is_empty() { (removed(&index.removed, now, zone)) }
        }
    };
    Page::new("Your stories").private().current("/write").draw(frame, &body)
}

fn start(class: &str) -> Markup {
    html! { form method="post" action="/stories" { button class={ "button " (class) } { (icon("square-pen")) "Start a story" } } }
}

fn nothing_yet(first: bool) -> Markup {
    html! {
        div.empty {
            h2 { @if first { "Nothing written yet" } @else { "Nothing more" } }
            p { "A story saves itself while you write. Nobody else sees it before it is published." }
            (start("primary"))
        }
    }
}

fn newest(index: &Index) -> Option<&'static str> {
    (!index.first).then_some("/write")
}

fn drafts(index: &Index, now: i64, zone: &TimeZone) -> Markup {
    let older = index.more_drafts.map(|cursor| format!("/write?before={cursor}"));
    html! {
        section.drafts {
            h2 { "In the works" }
            ul.list.ruled { @for draft in &index.drafts { li { (row(draft, index.changed.contains(&draft.story), now, zone)) } } }
            (pager(newest(index), older.as_deref()))
        }
    }
}

fn row(draft: &Draft, published: bool, now: i64, zone: &TimeZone) -> Markup {
    html! {
        h3 { a href={ "/stories/" (draft.story) "/edit" } dir="auto" { (named(&draft.content.headline)) } }
        p.meta {
            (state(draft, published, now, zone))
            " Saved " (text::times::markup(draft.updated_at, now, zone))
            @if let Some(by) = &draft.by { " by " (by.name) }
        }
    }
}

/// Where a working copy stands, in words.
pub(super) fn state(draft: &Draft, published: bool, now: i64, zone: &TimeZone) -> Markup {
    let at = html! { @if let Some(at) = draft.publish_at { " for " (text::times::markup(at, now, zone)) } };
    html! {
        @match (draft.state, published) {
            (DraftState::Scheduled, _) => span.label.info { "Scheduled" (at) },
            (DraftState::Submitted, _) => span.label.info { "Handed in for review" },
            (DraftState::Draft, true) => span.label.warn { "Published, with changes that readers do not see yet" },
            (DraftState::Draft, false) => span.label { "Draft" },
            (DraftState::Clean, _) => span.label.ok { "Published" },
        }
    }
}

/// A headline, or what stands for one.
pub(super) fn named(headline: &str) -> &str {
    if headline.is_empty() { "No headline yet" } else { headline }
}

fn published(index: &Index, now: i64, zone: &TimeZone) -> Markup {
    let older = index.more_published.map(|cursor| format!("/write?published={cursor}"));
    html! {
        section.published-stories {
            h2 { "Published" }
            ul.list.ruled { @for card in &index.published { li {
                h3 { a href=(card.address()) dir="auto" { (card.headline) } }
                p.meta { (card.section_name) " · " (card.time(now, zone)) " · " (text::count(card.counts.views, "view", "views")) }
                p.actions {
                    a.button.small href={ "/stories/" (card.id) "/edit" } { (icon("square-pen")) "Edit" span.visually-hidden { " " (card.headline) } }
                    a.button.small.quiet href={ "/stories/" (card.id) "/numbers" } { (icon("chart-column")) "Numbers" span.visually-hidden { " of " (card.headline) } }
                    a.button.small.quiet href={ "/stories/" (card.id) "/history" } { (icon("history")) "History" span.visually-hidden { " of " (card.headline) } }
                }
            } } }
            (pager(newest(index), older.as_deref()))
        }
    }
}

fn removed(removed: &[Removed], now: i64, zone: &TimeZone) -> Markup {
    html! {
        section.removed {
            h2 { "Deleted" }
            p.hint { "For 30 days a deleted story can be restored; then it is gone for good." }
            ul.list.ruled { @for story in removed { li {
                h3 dir="auto" { (named(&story.headline)) }
                p.meta { "Deleted " (text::times::markup(story.removed_at, now, zone)) }
                form method="post" action={ "/stories/" (story.id) "/removal/undo" } {
                    button.button.small { (icon("rotate-ccw")) "Restore" span.visually-hidden { " " (named(&story.headline)) } }
                }
            } } }
        }
    }
}
