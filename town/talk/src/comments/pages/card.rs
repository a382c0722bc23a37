//! A comment, and what stands under it.

use maud::{Markup, PreEscaped, html};
use people::{
    Permission, Sensitive, badges,
    pictures::{self, Shown},
};
use std::collections::HashMap;
use web::kit::{Size, icon};

use super::Standing;
use crate::{
    PostId,
    comments::{Comment, State},
    files::{self, Widths},
    moderation::{Kind, Subject, report_link},
    reactions,
};

/// Pictures of a comment are as wide as its words, and no wider than the styles say.
const WIDTHS: Widths = Widths { whole: "(min-width: 34rem) 28rem, 80vw", part: "(min-width: 34rem) 14rem, 40vw" };

/// Where comments are shown.
pub(in crate::comments) struct Place<'a> {
    pub standing: &'a Standing<'a>,
    /// Whether they can be answered.
    pub answers: bool,
    /// Whether it was written just now: whoever wrote it goes on from there.
    pub fresh: bool,
    /// Who wrote what, of those that are shown.
    pub names: HashMap<PostId, &'a str>,
}

impl<'a> Place<'a> {
    /// These comments of one thread.
    pub fn of(standing: &'a Standing<'a>, answers: bool, comments: impl Iterator<Item = &'a Comment>) -> Self {
        let names = comments.filter(|comment| comment.stands()).map(|comment| (comment.id, comment.author.name.as_str())).collect();
        Self { standing, answers, fresh: false, names }
    }
}

/// A comment with all that stands under it, in the order of reading. What is nested goes no deeper than levels do.
pub(in crate::comments) fn branch(comment: &Comment, under: &[Comment], of: &Place) -> Markup {
    html! {
        (card(comment, of))
        @if of.answers && comment.stands() { turbo-frame id={ "reply-" (comment.id) } {} }
        div.replies id={ "replies-" (comment.id) } {
            @if !under.is_empty() {
                details open {
                    summary { (text::count(comment.replies.max(1), "reply", "replies")) }
                    (branches(under, of))
                }
            }
        }
    }
}

/// Comments beside one another, each with what stands under it.
pub(in crate::comments) fn branches(comments: &[Comment], of: &Place) -> Markup {
    let mut rest = comments;
    let mut parts = Vec::new();
    while let Some((first, others)) = rest.split_first() {
        let under = others.iter().take_while(|other| other.level() > first.level()).count();
        let (under, after) = others.split_at(under);
        parts.push((first, under));
        rest = after;
    }
    html! { ol { @for (comment, under) in parts { li { (branch(comment, under, of)) } } } }
}

/// One comment.
pub(in crate::comments) fn card(comment: &Comment, of: &Place) -> Markup {
    if !comment.stands() {
        return gone(comment);
    }
    let (standing, author) = (of.standing, &comment.author);
    html! {
        article.comment.picked[comment.picked] id={ "comment-" (comment.id) } tabindex="-1" autofocus[of.fresh] aria-label={ "Comment by " (author.name) } {
            @if author.is_elsewhere() { span.face aria-hidden="true" { (author.avatar(Size::Medium)) } }
            // The name beside it leads to the same page.
            @else { a.face href=(author.address()) tabindex="-1" aria-hidden="true" { (author.avatar(Size::Medium)) } }
            div.body {
                (byline(comment, standing))
                @if comment.is_flattened() { (answered(comment, of)) }
                (crate::moderation::label(&comment.label))
                (said(comment, standing))
                (actions(comment, of))
            }
        }
    }
}

/// What it says and shows.
pub(in crate::comments) fn said(comment: &Comment, standing: &Standing) -> Markup {
    html! {
        @if !comment.html.is_empty() { div.post-words lang=[standing.lang(&comment.content.language)] { (PreEscaped(&comment.html)) } }
        (shown(&comment.pictures, comment.is_sensitive(), standing.viewer.sensitive()))
        @if let Some(card) = &comment.card { (card.markup()) }
    }
}

/// Pictures of a comment; behind a cover where they are sensitive.
pub(in crate::comments) fn shown(pictures: &[Shown], covered: bool, sensitive: Sensitive) -> Markup {
    let plainly = files::pictures(pictures, WIDTHS);
    if covered && !pictures.is_empty() { files::cover(sensitive, "Sensitive pictures", &plainly) } else { plainly }
}

/// The same small, before those who judge it.
pub(in crate::comments) fn small(pictures: &[Shown]) -> Markup {
    html! { @if !pictures.is_empty() { ul.case-pictures { @for one in pictures { li { (one.markup(pictures::Place { sizes: "12rem", first: false })) } } } } }
}

fn gone(comment: &Comment) -> Markup {
    html! {
        article.comment.gone id={ "comment-" (comment.id) } tabindex="-1" aria-label="A comment that is not here" {
            p.meta {
                @match comment.state {
                    State::TakenDown => { (icon("trash-2")) " The people who run this site took this comment down." }
                    State::Hidden => { (icon("eye-off")) " You do not see this comment." }
                    _ => { (icon("trash-2")) " Its author deleted this comment." }
                }
                @if comment.mine { " " a href=(comment.address()) { "It was yours: see it" } }
            }
        }
    }
}

fn byline(comment: &Comment, standing: &Standing) -> Markup {
    html! {
        p.byline {
            @if comment.author.is_elsewhere() {
                strong { bdi { (comment.author.name) } }
                span.label { (icon("history")) "Brought along from the old site" }
            } @else {
                strong { a href=(comment.author.address()) dir="auto" { (comment.author.name) } }
            }
            (badges::beside(&comment.badges))
            @if comment.by_author { span.label { "Author" } }
            @if comment.picked { span.label.ok { (icon("award")) "Editor’s pick" } }
            // Browsers go to the place on the page by themselves; what redirects on the way would lose it otherwise.
            span { a.when href=(comment.address()) data-turbo="false" { (text::times::markup(comment.posted_at, standing.now, &standing.zone)) } }
            @if comment.edited_at.is_some() { span { a.edited href={ (comment.address()) "/history" } { "edited" } } }
        }
    }
}

/// Whom a comment answers that stands beside what it answers.
fn answered(comment: &Comment, of: &Place) -> Markup {
    let Some(parent) = comment.parent else { return html! {} };
    html! {
        p.meta.comment-answers {
            (icon("corner-down-right")) " "
            @if let Some(name) = of.names.get(&parent) { "Answers " a href={ "#comment-" (parent) } { bdi { (name) } } }
            @else { a href={ "/comments/" (parent) } data-turbo="false" { "Answers a comment above" } }
        }
    }
}

/// What can be done with a comment.
fn actions(comment: &Comment, of: &Place) -> Markup {
    let viewer = of.standing.viewer;
    let member = viewer.must_be_member().is_ok();
    // A guest is led to sign in, which has a page of its own.
    let frame = member.then(|| format!("reply-{}", comment.id));
    html! {
        div.actions.post-actions {
            (reactions::button(comment.id, &comment.reactions, of.standing.back))
            @if of.answers {
                a.button.small.quiet href={ (comment.address()) "/reply" } data-turbo-frame=[frame] rel="nofollow" {
                    (icon("message-circle")) "Reply" span.visually-hidden { " to " (comment.author.name) }
                }
            }
            @if member { (menu(comment, of.standing)) }
            @else if !comment.mine { (report_link(Subject { kind: Kind::Comment, id: comment.id.get() }, &comment.author.name)) }
        }
    }
}

fn menu(comment: &Comment, standing: &Standing) -> Markup {
    let (viewer, address) = (standing.viewer, comment.address());
    let own = comment.mine && viewer.may(Permission::WriteComments);
    let (picks, moderates) = (viewer.may(Permission::EditStories), viewer.may(Permission::ModerateNotes) && !comment.mine);
    let reports = !comment.mine;
    let covers = moderates && !comment.pictures.is_empty() && (comment.covered || !comment.content.sensitive);
    let (cover, cover_words) =
        if comment.covered { ("/cover/removal", "Uncover what it shows") } else { ("/cover", "Cover what it shows") };
    if !own && !picks && !moderates && !reports {
        return html! {};
    }
    let (pick, words) =
        if comment.picked { ("/pick/removal", "No longer an editor’s pick") } else { ("/pick", "Make it an editor’s pick") };
    html! {
        details.menu.post-menu {
            summary { (icon("ellipsis")) span.visually-hidden { "More about the comment by " (comment.author.name) } }
            ul {
                @if own {
                    li { a href={ (address) "/edit" } { (icon("pen-line")) "Edit" } }
                    li {
                        form method="post" action={ (address) "/removal" } data-confirm="Delete this comment? It can be restored for 30 days." data-confirm-yes="Delete" {
                            button { (icon("trash-2")) "Delete" }
                        }
                    }
                }
                @if picks {
                    li { form method="post" action={ (address) (pick) } { input type="hidden" name="back" value=(standing.back); button { (icon("award")) (words) } } }
                }
                @if covers { li { form method="post" action={ (address) (cover) } { button { (icon("eye-off")) (cover_words) } } } }
                @if moderates { li { a href={ (address) "/takedown" } { (icon("trash-2")) "Take down…" } } }
                @if reports { li { a href={ "/reports/comment/" (comment.id) } rel="nofollow" { (icon("flag")) "Report…" } } }
            }
        }
    }
}
