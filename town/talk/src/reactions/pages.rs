//! The buttons with which somebody reacts, what stands beside them, and the page of those who did.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use web::{
    Frame, Page,
    kit::{self, Size, icon},
};

use super::{Kind, LIKE, Reacted, Reactions};
use crate::{Cursor, PostId};

/// The buttons of a post: one likes it, or takes back what the viewer reacted with; beside it a menu of the others, and how many of
/// each stand. `back` is the page they stand on, where browsers without scripts come back to.
pub fn button(post: PostId, reactions: &Reactions, back: &str) -> Markup {
    with_words(post, reactions, back, "")
}

/// The same after one was pressed, with words for those who do not see it change.
pub(super) fn pressed(post: PostId, reactions: &Reactions, back: &str) -> Markup {
    let words = match &reactions.mine {
        Some(kind) if kind.is_like() => "You like this.".to_owned(),
        Some(kind) => format!("Your reaction: {}.", kind.words),
        None => "Taken back.".to_owned(),
    };
    with_words(post, reactions, back, &words)
}

fn with_words(post: PostId, reactions: &Reactions, back: &str, words: &str) -> Markup {
    html! {
        div.reactions id={ "reactions-" (post) } data-post=(post) {
            (main_button(post, reactions, back))
            (menu(post, reactions, back))
            span.reacted data-reactions=(post) { (typed(post, &reactions.typed)) }
            span.visually-hidden role="status" { (words) }
        }
    }
}

fn main_button(post: PostId, reactions: &Reactions, back: &str) -> Markup {
    let liked = html! { span data-likes=(post) { (likes(reactions.likes)) } };
    let other = reactions.mine.as_ref().filter(|kind| !kind.is_like());
    html! {
        form.react method="post" action={ "/posts/" (post) "/reaction" @if reactions.mine.is_some() { "/undo" } } {
            input type="hidden" name="back" value=(back);
            @if reactions.mine.is_none() { input type="hidden" name="kind" value=(LIKE); }
            // Its name lets Turbo find it again after the exchange, and give the focus back.
            button.button.small id={ "react-" (post) } aria-pressed=(if reactions.mine.is_some() { "true" } else { "false" }) {
                @if let Some(kind) = other { (emoji(kind)) span dir="auto" { (kind.words) } } @else { (icon("heart")) span.words { "Like " } (liked) }
            }
        }
        @if other.is_some() { span.meta.liked { (icon("heart")) (liked) } }
    }
}

/// The others, and who reacted. A page without scripts opens it as every page does.
fn menu(post: PostId, reactions: &Reactions, back: &str) -> Markup {
    let mine = |kind: &Kind| reactions.mine.as_ref().is_some_and(|mine| mine.name == kind.name);
    let like = Kind::like();
    html! {
        details.menu.react-menu {
            summary id={ "react-menu-" (post) } { (icon("smile-plus")) span.visually-hidden { "Other reactions" } }
            ul {
                @for kind in [&like].into_iter().chain(reactions.offered.iter()) {
                    li {
                        form method="post" action={ "/posts/" (post) "/reaction" @if mine(kind) { "/undo" } } {
                            input type="hidden" name="back" value=(back);
                            input type="hidden" name="kind" value=(kind.name);
                            button aria-pressed=(if mine(kind) { "true" } else { "false" }) { (emoji(kind)) span dir="auto" { (kind.words) } }
                        }
                    }
                }
                li { a href={ "/posts/" (post) "/reactions" } { (icon("users")) "Who reacted" } }
            }
        }
    }
}

fn emoji(kind: &Kind) -> Markup {
    html! { span.emoji aria-hidden="true" { (kind.emoji) } }
}

/// How many like a post, in its button. Open pages are told another number.
pub fn likes(count: i64) -> Markup {
    html! { @if count > 0 { (text::grouped(count)) span.visually-hidden { (if count == 1 { " like" } else { " likes" }) } } }
}

/// The other reactions that stand, beside the buttons. Open pages are told others.
pub fn typed(post: PostId, typed: &[(Kind, i64)]) -> Markup {
    html! {
        @if !typed.is_empty() {
            a href={ "/posts/" (post) "/reactions" } {
                @for (kind, count) in typed {
                    span title=(kind.words) { (emoji(kind)) " " (text::grouped(*count)) span.visually-hidden { " " (kind.words) ". " } }
                }
            }
        }
    }
}

/// Who reacted to a post.
pub(super) struct Who<'a> {
    pub post: PostId,
    /// Where the post is.
    pub address: String,
    pub reactions: &'a Reactions,
    /// The kind that alone is shown.
    pub chosen: Option<&'a Kind>,
    pub people: &'a [Reacted],
    /// All kinds, with the like.
    pub kinds: &'a [Kind],
    pub first: bool,
    pub older: Option<Cursor>,
    /// When, and where.
    pub now: (i64, TimeZone),
}

impl Who<'_> {
    fn path(&self, kind: Option<&str>, before: Option<Cursor>) -> String {
        let kind = kind.map(|kind| format!("kind={kind}"));
        let asked: Vec<String> = kind.into_iter().chain(before.map(|before| format!("before={before}"))).collect();
        let path = format!("/posts/{}/reactions", self.post);
        if asked.is_empty() { path } else { format!("{path}?{}", asked.join("&")) }
    }
}

/// The page of those who reacted.
pub(super) fn who(frame: &Frame, who: &Who) -> Markup {
    let chosen = who.chosen.map(|kind| kind.name.as_str());
    let (newest, older) = (who.path(chosen, None), who.older.map(|older| who.path(chosen, Some(older))));
    let body = html! {
        div.page { div.narrow.who-reacted {
            p.kicker { a href=(who.address) { "The post" } }
            h1 { "Who reacted" }
            (tabs(who))
            @if who.people.is_empty() { (nobody(who)) } @else {
                ul.list.ruled { @for one in who.people { (person(one, who)) } }
            }
            (kit::pager((!who.first).then_some(newest.as_str()), older.as_deref()))
        } }
    };
    Page::new("Who reacted").private().draw(frame, &body)
}

fn tabs(who: &Who) -> Markup {
    let current = |is: bool| is.then_some("page");
    let chosen = |name: &str| who.chosen.is_some_and(|kind| kind.name == name);
    let like = Kind::like();
    let standing = (who.reactions.likes > 0).then_some((&like, who.reactions.likes));
    let others = who.reactions.typed.iter().map(|(kind, count)| (kind, *count));
    html! {
        nav.tabs aria-label="Reactions" {
            a href=(who.path(None, None)) aria-current=[current(who.chosen.is_none())] { "All" }
            @for (kind, count) in standing.into_iter().chain(others) {
                a href=(who.path(Some(&kind.name), None)) aria-current=[current(chosen(&kind.name))] {
                    (emoji(kind)) " " span dir="auto" { (kind.words) } " " (text::grouped(count))
                }
            }
        }
    }
}

fn person(one: &Reacted, who: &Who) -> Markup {
    let (now, zone) = &who.now;
    html! {
        li.person {
            (one.who.avatar(Size::Small))
            span {
                a href=(one.who.address()) { bdi { (one.who.name) } } " " span.meta { "@" (one.who.handle) }
                br;
                span.meta {
                    @if let Some(kind) = who.kinds.iter().find(|kind| kind.name == one.kind) { (emoji(kind)) " " span dir="auto" { (kind.words) } " · " }
                    (text::times::markup(one.at, *now, zone))
                }
            }
        }
    }
}

fn nobody(who: &Who) -> Markup {
    let words = if who.first { "Whoever reads this post can be the first." } else { "There is nobody further." };
    kit::empty("Nobody here", words, Some((who.address.as_str(), "To the post")))
}
