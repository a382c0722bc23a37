//! How notices look.

use maud::{Markup, html};
use talk::Cursor;
use things::stories::show::Now;
use web::{
    Frame, Page,
    kit::{self, Size, icon},
};

use super::{
    items::Item,
    kinds::{self, KINDS},
    staff::Message,
};

pub(super) const PATH: &str = "/notifications";

/// What the page shows.
pub(super) struct Shows<'a> {
    pub items: &'a [Item],
    /// The kind that alone is shown.
    pub kind: Option<&'a str>,
    pub first: bool,
    pub older: Option<Cursor>,
    pub unread: i64,
    pub now: &'a Now,
}

/// A member's notices.
pub(super) fn list(frame: &Frame, shows: &Shows) -> Markup {
    let now = shows.now;
    let body = html! {
        div.page.notices {
            header.section-header {
                h1 { "Notifications" }
                p { "What concerns you, the latest first. " a.link href="/settings/notifications" { "Choose how you hear of it" } }
            }
            (filter(shows))
            @if shows.unread > 0 {
                form.read-all method="post" action="/notifications/reading" {
                    // What comes while the page is read stays unread.
                    input type="hidden" name="until" value=(now.ms);
                    button.button.small { (icon("check")) "Mark all as read" }
                }
            }
            @if shows.items.is_empty() { (nothing(shows)) } @else {
                ul.list.ruled.noticed { @for item in shows.items { (one(item, now)) } }
            }
            (pager(shows))
        }
    };
    Page::new("Notifications").private().current(PATH).draw(frame, &body)
}

fn filter(shows: &Shows) -> Markup {
    let current = |is: bool| is.then_some("page");
    html! {
        nav.tabs aria-label="Kinds" {
            a href=(PATH) aria-current=[current(shows.kind.is_none())] { "All" }
            @for kind in KINDS {
                a href={ (PATH) "?kind=" (kind.name) } aria-current=[current(shows.kind == Some(kind.name))] { (icon(kind.icon)) (kinds::short(kind)) }
            }
        }
    }
}

fn one(item: &Item, now: &Now) -> Markup {
    let notice = &item.notice;
    html! {
        li.notice.unread[!notice.read] id={ "notice-" (notice.id) } {
            span.notice-faces {
                @if notice.people.is_empty() { span.notice-icon { (icon(item.kind.icon)) } }
                @for who in &notice.people { (who.avatar(Size::Small)) }
            }
            div.notice-words {
                // Scripts mark it as read on the way; Turbo must not go there in advance.
                p { a href=(item.address) data-notice=(notice.id) data-turbo-prefetch="false" data-turbo=[item.answer.as_ref().map(|_| "false")] { @if !notice.read { span.visually-hidden { "New: " } } bdi { (item.sentence()) } } }
                @if !item.words.is_empty() { p.meta dir="auto" { (item.words) } }
                p.meta.notice-when { (icon(item.kind.icon)) (text::times::markup(notice.at, now.ms, &now.zone)) }
            }
            @if !notice.read {
                form method="post" action={ "/notifications/" (notice.id) "/reading" } {
                    button.button.small.quiet { "Mark as read" span.visually-hidden { ": " (item.sentence()) } }
                }
            }
        }
    }
}

fn pager(shows: &Shows) -> Markup {
    let with = |query: Option<String>| match (shows.kind, query) {
        (Some(kind), Some(query)) => format!("{PATH}?kind={kind}&{query}"),
        (Some(kind), None) => format!("{PATH}?kind={kind}"),
        (None, Some(query)) => format!("{PATH}?{query}"),
        (None, None) => PATH.to_owned(),
    };
    let older = shows.older.map(|cursor| with(Some(format!("before={cursor}"))));
    let newest = with(None);
    kit::pager((!shows.first).then_some(newest.as_str()), older.as_deref())
}

fn nothing(shows: &Shows) -> Markup {
    if !shows.first {
        return kit::empty("That was all", "There is nothing older.", Some((PATH, "To the newest")));
    }
    kit::empty(
        "Nothing yet",
        "When somebody follows you, names you in a post or shares what you wrote, it stands here.",
        Some(("/square", "To the square")),
    )
}

/// A message from those who run the site.
pub(super) fn message(frame: &Frame, message: &Message, now: &Now) -> Markup {
    let body = html! {
        div.page { article.narrow.staff-message {
            p.kicker { a href=(PATH) { "Notifications" } }
            h1 dir="auto" { (message.subject) }
            p.meta {
                "From " @if let Some(author) = &message.author { bdi { (author) } ", " } (frame.site.name) " · "
                (text::times::markup(message.at, now.ms, &now.zone))
            }
            div.prose dir="auto" { @for part in message.body.split("\n\n") { p { @for (place, line) in part.lines().enumerate() { @if place > 0 { br; } (line) } } } }
        } }
    };
    Page::new(&message.subject).private().draw(frame, &body)
}
