//! The pages of authors.

use maud::{Markup, html};
use people::{
    AccountId, Viewer,
    accounts::Account,
    badges::Badge,
    organizations::{Organization, Person, Role},
    pictures::{Place, Shown},
    profiles::{self, Profile},
    questions,
};
use talk::{
    Cursor,
    moderation::{Kind, Subject, report_link},
    reviews::{self, About, Review, Standing},
};
use things::{notes::Note, stories::show::Now};
use web::{
    Frame, Page,
    kit::{self, Size, icon},
};

use super::store;
use crate::{
    cards::{self, Listed},
    connections::{self, Panel, Tabs, follow_button},
    organizations,
    posted::Posted,
};

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

/// Whose page it is.
pub(super) struct Head<'a> {
    pub account: &'a Account,
    /// What somebody of the staff is called.
    pub title: Option<String>,
    /// What the viewer sees of what they say of themselves.
    pub profile: &'a Profile,
    /// Their wide picture.
    pub cover: Option<&'a Shown>,
    /// What they answered of what the site asks, as this viewer sees it.
    pub answers: &'a [questions::Fact],
    /// As what they are here.
    pub kind: questions::Profile,
    /// Their badges.
    pub badges: &'a [Badge],
    /// Whether there are reviews of theirs.
    pub reviews: bool,
    /// Whether they are looking at themselves.
    pub own: bool,
    /// What the viewer can do with them.
    pub panel: Option<&'a Panel>,
    /// Their connections, where the viewer sees them.
    pub tabs: Option<&'a Tabs>,
    /// The organization that they are, if they are one, and what the viewer is in it.
    pub organization: Option<(&'a Organization, Option<Role>)>,
}

impl Head<'_> {
    fn blocks(&self) -> bool {
        self.panel.is_some_and(|panel| panel.between().blocks)
    }
}

/// What an author's page shows.
pub(super) struct Shows<'a> {
    pub head: Head<'a>,
    pub listed: &'a Listed,
    pub now: &'a Now,
}

/// An author's page: who they are, and their stories.
pub(super) fn show(frame: &Frame, shown: &Shows) -> Markup {
    let Shows { listed, now, .. } = *shown;
    let account = shown.head.account;
    let address = account.author().address();
    let body = html! {
        div.page.author-page {
            (head(&shown.head))
            @if shown.head.blocks() { (you_block_them()) } @else {
                (tabs(&shown.head, Tab::Stories))
                @if listed.cards.is_empty() { (nothing(shown, &address)) }
                (cards::list(&listed.cards, now))
                (listed.pager(&address))
            }
        }
    };
    let page = Page::new(&account.name).description(&account.bio).feeds(&address);
    let page = if listed.is_first() { page.canonical(&address) } else { page };
    page.draw(frame, &body)
}

/// What they posted in the town square.
pub(super) fn posts(frame: &Frame, viewer: &Viewer, of: &Head, posted: &Posted, now: &Now) -> Markup {
    let account = of.account;
    let address = account.author().address();
    let (here, title) = (format!("{address}/posts"), format!("{}, posts", account.name));
    let body = html! {
        div.page.author-page {
            (head(of))
            @if of.blocks() { (you_block_them()) } @else {
                (tabs(of, Tab::Posts))
                @if posted.is_empty() { (no_posts(posted, of.own, &here)) }
                div.narrow-feed { (posted.list(viewer, now, &here)) (posted.pager(&here)) }
            }
        }
    };
    let page = Page::new(&title).description(&account.bio).feeds(&here);
    let page = if posted.is_first() { page.canonical(&here) } else { page };
    page.draw(frame, &body)
}

/// The pictures in what they posted.
pub(super) fn photos(frame: &Frame, of: &Head, posted: &Posted) -> Markup {
    let account = of.account;
    let (here, title) = (format!("{}/photos", account.author().address()), format!("{}, photos", account.name));
    let body = html! {
        div.page.author-page {
            (head(of))
            @if of.blocks() { (you_block_them()) } @else {
                (tabs(of, Tab::Photos))
                h2.visually-hidden { "Photos" }
                @if posted.items.is_empty() { (no_photos(posted, of.own, &here)) } @else {
                    ul.photos {
                        @for item in &posted.items {
                            @for picture in &item.note.pictures { li { (photo(&item.note, picture)) } }
                        }
                    }
                }
                (posted.pager(&here))
            }
        }
    };
    let page = Page::new(&title).description(&account.bio);
    let page = if posted.is_first() { page.canonical(&here) } else { page };
    page.draw(frame, &body)
}

/// What they think of what others wrote.
pub(super) fn reviews(
    frame: &Frame,
    of: &Head,
    found: &[(Review, About)],
    (first, older): (bool, Option<Cursor>),
    standing: &Standing,
) -> Markup {
    let account = of.account;
    let (here, title) = (standing.back, format!("{}, reviews", account.name));
    let older = older.map(|older| format!("{here}?before={older}"));
    let body = html! {
        div.page.author-page {
            (head(of))
            @if of.blocks() { (you_block_them()) } @else {
                (tabs(of, Tab::Reviews))
                div.narrow-feed.reviews {
                    @if found.is_empty() { (no_reviews(first, of.own, here)) }
                    ul.review-list { @for (review, about) in found { li { (reviews::listed(review, about, standing)) } } }
                    (kit::pager((!first).then_some(here), older.as_deref()))
                }
            }
        }
    };
    let page = Page::new(&title).description(&account.bio);
    let page = if first { page.canonical(here) } else { page };
    page.draw(frame, &body)
}

fn no_reviews(first: bool, own: bool, here: &str) -> Markup {
    match (first, own) {
        (true, true) => kit::empty("Your reviews will stand here", "You have reviewed nothing yet.", Some(("/", "To the front page"))),
        (true, false) => kit::empty("No reviews yet", "What they think of stories will stand here.", Some(("/", "To the front page"))),
        (false, _) => kit::empty("That was all", "There are no older reviews.", Some((here, "To the newest"))),
    }
}

/// A picture that leads to the post it was shown in. One that nobody described is at least named by that.
fn photo(note: &Note, picture: &Shown) -> Markup {
    let place = Place { sizes: "(min-width: 61rem) 16rem, 33vw", first: false };
    let alt =
        if picture.alt.is_empty() { format!("Without a description, from: {}", note.content.excerpt(60)) } else { picture.alt.clone() };
    html! { a.picture href=(note.address()) { (Shown { alt, ..picture.clone() }.markup(place)) } }
}

/// What they say of themselves.
pub(super) fn about(frame: &Frame, of: &Head, now: &Now) -> Markup {
    let account = of.account;
    let address = account.author().address();
    let body = html! {
        div.page.author-page {
            (head(of))
            @if of.blocks() { (you_block_them()) } @else {
                (tabs(of, Tab::About))
                div.about {
                    h2 { "About " bdi { (account.name) } }
                    dl.facts {
                        dt { "Handle" } dd { "@" (account.handle) }
                        @if let Some((organization, _)) = of.organization { (organizations::facts(organization)) }
                        @else { dt { "Here as" } dd { (of.kind.words()) @if let Some(title) = &of.title { ", " (title) } } }
                        (profiles::facts(of.profile))
                        @for fact in of.answers { (answer(fact, of.own)) }
                        @for badge in of.badges { dt { (badge.looks.name) } dd { (badge.looks.meaning) } }
                        dt { "Here since" } dd { (text::times::markup(account.created_at, now.ms, &now.zone)) }
                    }
                    @if of.own { p.actions { a.button href="/settings/profile" { (icon("settings")) "Say more, and who sees it" } a.button href="/settings/about" { (icon("pen-line")) "Answer what the site asks" } } }
                }
            }
        }
    };
    let (title, here) = (format!("About {}", account.name), format!("{address}/about"));
    Page::new(&title).description(&account.bio).canonical(&here).draw(frame, &body)
}

fn answer(fact: &questions::Fact, own: bool) -> Markup {
    let bare = fact.value.split_once("://").map_or(fact.value.as_str(), |(_, rest)| rest);
    html! {
        dt { (fact.question) }
        dd {
            @if fact.link { a href=(fact.value) rel="ugc nofollow noopener" dir="auto" { (bare) } } @else { bdi { (fact.value) } }
            @if own { " " span.meta { "(" (fact.shown_to.words().to_lowercase()) ")" } }
        }
    }
}

/// Who of an organization's people wish to be named.
pub(super) fn people(frame: &Frame, of: &Head, people: &[Person]) -> Markup {
    let account = of.account;
    let (here, title) = (format!("{}/people", account.author().address()), format!("{}, people", account.name));
    let body = html! {
        div.page.author-page {
            (head(of))
            @if of.blocks() { (you_block_them()) } @else {
                (tabs(of, Tab::People))
                (organizations::named(people))
            }
        }
    };
    Page::new(&title).description(&account.bio).canonical(&here).draw(frame, &body)
}

/// What members think of an organization.
pub(super) fn reviewed(frame: &Frame, of: &Head, reviews: &Markup) -> Markup {
    let account = of.account;
    let (here, title) = (format!("{}/reviews", account.author().address()), format!("{}, reviews", account.name));
    let body = html! {
        div.page.author-page {
            (head(of))
            @if of.blocks() { (you_block_them()) } @else {
                (tabs(of, Tab::Reviews))
                div.narrow-feed { (reviews) }
            }
        }
    };
    Page::new(&title).description(&account.bio).canonical(&here).draw(frame, &body)
}

/// What of somebody a page shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Stories,
    Posts,
    Photos,
    Reviews,
    People,
    About,
}

fn tabs(of: &Head, current: Tab) -> Markup {
    let account = of.account;
    let tab = |tab: Tab, end: &str, words: &str| {
        html! { a href={ (account.author().address()) (end) } aria-current=[(tab == current).then_some("page")] { (words) } }
    };
    html! {
        nav.tabs aria-label={ "Of " (account.name) } {
            @if of.organization.is_none() || current == Tab::Stories { (tab(Tab::Stories, "", "Stories")) }
            (tab(Tab::Posts, "/posts", "Posts"))
            (tab(Tab::Photos, "/photos", "Photos"))
            @if of.reviews || of.organization.is_some() { (tab(Tab::Reviews, "/reviews", "Reviews")) }
            @if of.organization.is_some() { (tab(Tab::People, "/people", "People")) }
            (tab(Tab::About, "/about", "About"))
        }
    }
}

fn no_photos(posted: &Posted, own: bool, here: &str) -> Markup {
    match (posted.is_first(), own) {
        (true, true) => {
            kit::empty("Your pictures will stand here", "Those in your posts do.", Some(("/square/local", "To the town square")))
        }
        (true, false) => {
            kit::empty("No pictures yet", "Those in their posts will stand here.", Some(("/square/local", "To the town square")))
        }
        (false, _) => kit::empty("That was all", "There are no older pictures.", Some((here, "To the newest"))),
    }
}

fn head(of: &Head) -> Markup {
    let account = of.account;
    html! {
        @if let Some(cover) = of.cover.filter(|_| !of.blocks()) { (profiles::cover(cover)) }
        header.profile {
            (account.author().avatar(Size::Large))
            div.who {
                h1 dir="auto" { (account.name) }
                @if !of.badges.is_empty() { p.badges { @for badge in of.badges { (badge.looks.whole()) } } }
                p.meta { "@" (account.handle) @if let Some((organization, _)) = of.organization { " · " (organization.kind.words()) } @if let Some(title) = &of.title { " · " (title) } @if !of.blocks() { (profiles::facts_in_short(of.profile)) } }
                @if !account.bio.is_empty() { p.bio dir="auto" { (account.bio) } }
                @let address = account.author().address();
                @if let Some(tabs) = of.tabs.filter(|_| !of.blocks()) { @if of.organization.is_some() { (tabs.followers(&address)) } @else { (tabs.markup(&address)) } }
                @if let Some(panel) = of.panel { (connections::panel(panel, "")) } @else if !of.own {
                    div.actions {
                        (follow_button(account.id.get(), false, &address, &account.name))
                        (report_link(Subject { kind: Kind::Profile, id: account.id.get() }, &account.name))
                    }
                }
                @if of.own { p.actions { a.button href="/settings" { (icon("settings")) "Change your page" } } }
                @if let Some((organization, Some(role))) = of.organization { (organizations::ways(organization, role)) }
            }
        }
    }
}

fn you_block_them() -> Markup {
    kit::empty(
        "You block them",
        "Neither of you sees the other. Their stories stay where the paper prints them.",
        Some(("/connections/blocked", "Whom you block")),
    )
}

fn no_posts(posted: &Posted, own: bool, here: &str) -> Markup {
    match (posted.is_first(), own) {
        (true, true) => {
            kit::empty("Your posts will stand here", "You have posted nothing yet.", Some(("/square/local", "To the town square")))
        }
        (true, false) => {
            kit::empty("No posts yet", "What they post for you to read will stand here.", Some(("/square/local", "To the town square")))
        }
        (false, _) => kit::empty("You are caught up", "There are no older posts.", Some((here, "To the newest"))),
    }
}

fn nothing(shown: &Shows, address: &str) -> Markup {
    match (shown.listed.is_first(), shown.head.own) {
        (true, true) => kit::empty("Your stories will stand here", "Nothing of yours is published yet.", Some(("/", "To the front page"))),
        (true, false) => kit::empty("No stories yet", "What they publish will stand here.", Some(("/", "To the front page"))),
        (false, _) => kit::empty("That was all", "There are no older stories.", Some((address, "To the newest"))),
    }
}
