//! The pages of authors.

use maud::{Markup, html};
use people::{AccountId, accounts::Account};
use things::stories::show::Now;
use web::{
    Frame, Page,
    kit::{self, Size, icon},
};

use super::store;
use crate::cards::{self, Listed};

/// Everyone who has published, by name.
pub(super) fn list(frame: &Frame, authors: &[store::Listed], next: Option<AccountId>) -> Markup {
    let older = next.map(|id| format!("/authors?after={id}"));
    let body = html! {
        div.page {
            header.section-header { h1 { "Authors" } p { "The people whose stories you read here." } }
            @if authors.is_empty() {
                (kit::empty("Nobody has published yet", "Whoever publishes a story is listed here.", Some(("/", "To the front page"))))
            } @else {
                ul.list.people { @for listed in authors { (entry(listed)) } }
            }
            @if let Some(address) = older { nav.pager aria-label="Pages" { a.button.older rel="next" href=(address) { "More authors" (icon("chevron-right")) } } }
        }
    };
    Page::new("Authors").description("The people who write here.").canonical("/authors").draw(frame, &body)
}

fn entry(listed: &store::Listed) -> Markup {
    let author = &listed.author;
    html! {
        li.person {
            (author.avatar(Size::Medium))
            div {
                h2.headline.small { a href=(author.address()) dir="auto" { (author.name) } " " span.meta { "@" (author.handle) } }
                @if !listed.bio.is_empty() { p.meta dir="auto" { (text::excerpt(&listed.bio, 160)) } }
            }
        }
    }
}

/// What an author's page shows.
pub(super) struct Shown<'a> {
    pub account: &'a Account,
    /// What somebody of the staff is called.
    pub title: Option<String>,
    pub listed: &'a Listed,
    /// Whether they are looking at themselves.
    pub own: bool,
    pub now: &'a Now,
}

/// An author's page: who they are, and their stories.
pub(super) fn show(frame: &Frame, shown: &Shown) -> Markup {
    let Shown { account, listed, now, .. } = *shown;
    let address = account.author().address();
    let body = html! {
        div.page.author-page {
            header.profile {
                (account.author().avatar(Size::Large))
                div.who {
                    h1 dir="auto" { (account.name) }
                    p.meta { "@" (account.handle) @if let Some(title) = &shown.title { " · " (title) } }
                    @if !account.bio.is_empty() { p.bio dir="auto" { (account.bio) } }
                    @if shown.own { p.actions { a.button href="/settings" { (icon("settings")) "Change your page" } } }
                }
            }
            @if listed.cards.is_empty() { (nothing(shown, &address)) }
            (cards::list(&listed.cards, now))
            (listed.pager(&address))
        }
    };
    let page = Page::new(&account.name).description(&account.bio).feeds(&address);
    let page = if listed.is_first() { page.canonical(&address) } else { page };
    page.draw(frame, &body)
}

fn nothing(shown: &Shown, address: &str) -> Markup {
    match (shown.listed.is_first(), shown.own) {
        (true, true) => kit::empty("Your stories will stand here", "Nothing of yours is published yet.", Some(("/", "To the front page"))),
        (true, false) => kit::empty("No stories yet", "What they publish will stand here.", Some(("/", "To the front page"))),
        (false, _) => kit::empty("That was all", "There are no older stories.", Some((address, "To the newest"))),
    }
}
