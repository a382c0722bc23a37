//! A note as it stands in a feed, and on its own page.

use maud::{Markup, PreEscaped, html};
use people::{Permission, Viewer, accounts::Author, badges};
use talk::{
    context,
    moderation::{Kind, Subject, report_link},
    posts::Visibility,
    reactions, saved,
};
use web::kit::{Size, icon};

use super::files;
use crate::{
    notes::{Item, Note, Quoted},
    polls,
    stories::show::Now,
};

/// Where a card stands, and before whom.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// The moment in which the page is drawn.
    pub now: &'a Now,
    /// Who looks at it.
    pub viewer: &'a Viewer,
    /// The page it stands on, where browsers without scripts come back to.
    pub back: &'a str,
}

impl Standing<'_> {
    fn member(&self) -> bool {
        self.viewer.may(Permission::WriteNotes) && self.viewer.must_be_member().is_ok()
    }
}

/// The notes of a feed, under one another.
pub fn list(items: &[Item], standing: &Standing) -> Markup {
    html! { div.feed { @for item in items { (card(&item.note, item.shared_by.as_ref(), standing)) } } }
}

/// One note; with a word on who passed it on, if somebody did.
pub fn card(note: &Note, shared_by: Option<&Author>, standing: &Standing) -> Markup {
    html! {
        article.post id={ "note-" (note.id) } aria-label={ "Post by " (note.author.name) } {
            @if let Some(by) = shared_by { p.post-why { (icon("repeat-2")) a href=(by.address()) { bdi { (by.name) } } " shared" } }
            @if note.pinned && shared_by.is_none() { p.post-why { (icon("pin")) "Pinned" } }
            (face(&note.author))
            div.body {
                (byline(note, standing))
                (content(note, standing))
                (added(note, standing))
                (actions(note, standing))
            }
        }
    }
}

/// What readers added; on the note's own page also the way to add something.
fn added(note: &Note, standing: &Standing) -> Markup {
    if standing.back == note.address() {
        return context::section(&note.contexts, note.id, standing.viewer, &[note.author.id]);
    }
    context::beside(&note.contexts, note.id, standing.member() && !note.may_change)
}

fn face(author: &Author) -> Markup {
    // The name beside it leads to the same page.
    html! { a.face href=(author.address()) tabindex="-1" aria-hidden="true" { (author.avatar(Size::Medium)) } }
}

fn byline(note: &Note, standing: &Standing) -> Markup {
    let (author, now) = (&note.author, standing.now);
    html! {
        p.byline {
            strong { a href=(author.address()) dir="auto" { (author.name) } }
            (badges::beside(&note.badges))
            span.handle { "@" (author.handle) }
            // Its people and the staff alone are told.
            @if let Some(by) = &note.written_by { span { "by " a href=(by.address()) { bdi { (by.name) } } } }
            span { a.when href=(note.address()) { (text::times::markup(note.posted_at, now.ms, &now.zone)) } }
            @if note.edited_at.is_some() { span { a.edited href={ "/notes/" (note.id) "/history" } { "edited" } } }
            @if note.visibility != Visibility::Public { span.audience { (icon(audience_icon(note.visibility))) (audience_words(note.visibility)) } }
        }
    }
}

/// The icon that stands for an audience.
pub(in crate::notes) fn audience_icon(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "globe",
        Visibility::Quiet => "moon",
        Visibility::Members => "users",
        Visibility::Connections => "user",
        Visibility::List => "list",
        Visibility::Mentioned => "at-sign",
        Visibility::OnlyMe => "lock",
    }
}

fn audience_words(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Mentioned => "People named here",
        Visibility::Connections => "Friends",
        // Nobody is told that somebody keeps a list.
        Visibility::List => "Some people",
        other => other.words(),
    }
}

/// What a note says and shows; behind its warning, if it has one.
fn content(note: &Note, standing: &Standing) -> Markup {
    let tongue = standing.now.tongue(&note.content.language);
    let inside = html! {
        @if !note.html.is_empty() { div.post-words lang=[tongue.lang] dir=[(tongue.dir == "rtl").then_some("rtl")] { (PreEscaped(&note.html)) } }
        (files::shown(note, standing.viewer.sensitive()))
        @if let Some(place) = &note.place { p.post-place { (icon("map-pin")) a href=(place.address()) { bdi { (place.name) } } } }
        @if let Some(poll) = &note.poll { (polls::show(poll, standing.member(), standing.back, standing.now)) }
        @if let Some(quoted) = &note.quoted { (quote(quoted, standing)) }
        @else if let Some(card) = &note.card { (card.markup()) }
    };
    let label = talk::moderation::label(&note.label);
    if note.content.warning.is_empty() {
        return html! { (label) (inside) };
    }
    html! {
        (label)
        details.post-warning {
            summary { (icon("triangle-alert")) span dir="auto" { (note.content.warning) } span.show { "Show" } }
            div.stack { (inside) }
        }
    }
}

fn quote(quoted: &Quoted, standing: &Standing) -> Markup {
    let Quoted::Note(note) = quoted else {
        return html! { p.post-quote.away { "The post this one speaks of is not here." } };
    };
    let (now, tongue) = (standing.now, standing.now.tongue(&note.content.language));
    html! {
        blockquote.post-quote cite=(note.address()) {
            p.byline {
                (note.author.avatar(Size::Small))
                strong dir="auto" { (note.author.name) }
                a.when href=(note.address()) { (text::times::markup(note.posted_at, now.ms, &now.zone)) }
            }
            @if note.content.warning.is_empty() {
                div.post-words lang=[tongue.lang] { (PreEscaped(&note.html)) }
                @if !note.pictures.is_empty() || note.recording.is_some() { (files::shown(note, standing.viewer.sensitive())) }
                @if note.poll.is_some() { p.meta { (icon("chart-column")) " A poll" } }
            } @else { p { (icon("triangle-alert")) " " span dir="auto" { (note.content.warning) } } }
        }
    }
}

fn actions(note: &Note, standing: &Standing) -> Markup {
    let shareable = note.visibility.may_be_shared();
    html! {
        div.actions.post-actions {
            @if note.visibility != Visibility::OnlyMe { (reactions::button(note.id, &note.reactions, standing.back)) }
            a.button.small.quiet href={ (note.address()) "#comments" } { (icon("message-circle")) span data-comments=(note.id) { (talk::comments::said_count(note.comments)) } }
            @if standing.member() && shareable {
                (share(note, standing.back))
                a.button.small.quiet href={ "/notes/new?quote=" (note.id) } { (icon("quote")) span.words { "Quote" } }
            } @else if note.shares > 0 { span.meta { (icon("repeat-2")) " " (text::count(note.shares, "share", "shares")) } }
            @if note.visibility != Visibility::OnlyMe { (saved::button(note.id, note.saved, standing.back)) }
            @if note.may_change && standing.member() { (own(note, standing.back)) }
            @else if standing.member() { (of_others(note, standing.viewer.may(Permission::ModerateNotes), standing.back)) }
            @else if !standing.viewer.is(note.author.id) { (report_link(Subject { kind: Kind::Note, id: note.id.get() }, &note.author.name)) }
        }
    }
}

/// The button that passes a note on, and takes that back.
pub(in crate::notes) fn share(note: &Note, back: &str) -> Markup {
    let (path, pressed) = if note.shared { ("share/removal", "true") } else { ("share", "false") };
    html! {
        form.share method="post" action={ "/notes/" (note.id) "/" (path) } id={ "share-" (note.id) } {
            input type="hidden" name="back" value=(back);
            button.button.small.quiet id={ "share-button-" (note.id) } aria-pressed=(pressed) {
                (icon("repeat-2")) span.words { "Share " } span data-shares=(note.id) { (shares(note.shares)) }
            }
        }
    }
}

/// How often a note was passed on, in its button. Open pages are told another number.
pub fn shares(count: i64) -> Markup {
    html! { @if count > 0 { (count) span.visually-hidden { (if count == 1 { " share" } else { " shares" }) } } }
}

/// What can be done with somebody else's note, seldom.
fn of_others(note: &Note, moderates: bool, back: &str) -> Markup {
    let shows = !note.pictures.is_empty() || note.recording.is_some();
    let (path, words) = if note.covered { ("cover/removal", "Uncover what it shows") } else { ("cover", "Cover what it shows") };
    html! {
        details.menu.post-menu {
            summary { (icon("ellipsis")) span.visually-hidden { "More about the post by " (note.author.name) } }
            ul {
                @if moderates && shows && (note.covered || !note.content.sensitive) {
                    li { form method="post" action={ "/notes/" (note.id) "/" (path) } { input type="hidden" name="back" value=(back); button { (icon("eye-off")) (words) } } }
                }
                @if moderates { li { a href={ "/notes/" (note.id) "/takedown" } { (icon("trash-2")) "Take down…" } } }
                li { a href={ "/reports/note/" (note.id) } rel="nofollow" { (icon("flag")) "Report…" } }
            }
        }
    }
}

fn own(note: &Note, back: &str) -> Markup {
    let id = note.id;
    let (pin, words) = match (note.pinned, note.of_organization) {
        (true, _) => ("pin/removal", "Unpin"),
        (false, true) => ("pin", "Pin to the top of its posts"),
        (false, false) => ("pin", "Pin to the top of my posts"),
    };
    html! {
        details.menu.post-menu {
            summary { (icon("ellipsis")) span.visually-hidden { @if note.of_organization { "More about the post by " (note.author.name) } @else { "More about your post" } } }
            ul {
                li { a href={ "/notes/" (id) "/edit" } { (icon("pen-line")) "Edit" } }
                li { form method="post" action={ "/notes/" (id) "/" (pin) } { input type="hidden" name="back" value=(back); button { (icon("pin")) (words) } } }
                li {
                    form method="post" action={ "/notes/" (id) "/removal" } data-confirm="Delete this post? It can be restored for 30 days." data-confirm-yes="Delete" {
                        button { (icon("trash-2")) "Delete" }
                    }
                }
            }
        }
    }
}
