//! Pages around one comment: where it is answered, changed, taken down; what it said before; that it is gone.

use maud::{Markup, html};
use people::{Viewer, decisions::MAX_REASON, pictures::Shown};
use web::{
    Form, Frame, Page, Problems,
    kit::{self, Field, icon},
};

use super::{
    Standing, card,
    composer::{self, Composer, Typed},
    section,
};
use crate::{
    PostId,
    comments::{Comment, Content, MAX_BODY, May, OpenTo, comment::address, lead, rules::SLOW, store::Head},
    files,
    moderation::Held,
    revisions::Revision,
};

/// Characters of a comment that is shown beside a form.
const EXCERPT: usize = 400;

fn narrow(frame: &Frame, title: &str, inner: &Markup) -> Markup {
    with_scripts(frame, title, inner, &[])
}

fn with_scripts(frame: &Frame, title: &str, inner: &Markup, scripts: &[&str]) -> Markup {
    let body = html! { div.page { div.narrow.note-page.comments { h1 { (title) } (inner) } } };
    Page::new(title).private().with(scripts, &[]).draw(frame, &body)
}

fn quoted(comment: &Comment, standing: &Standing) -> Markup {
    html! {
        blockquote.post-quote cite=(comment.address()) {
            p.byline { strong dir="auto" { (comment.author.name) } }
            (card::said(comment, standing))
        }
    }
}

/// Where a comment is written alone: one that begins a thread, or one that answers another.
pub(in crate::comments) fn write(frame: &Frame, head: &Head, parent: Option<&Comment>, typed: Typed, standing: &Standing) -> Markup {
    let (action, key, label) = match parent {
        Some(parent) => (format!("{}/reply", parent.address()), parent.id, format!("Your answer to {}", parent.author.name)),
        None => (format!("/posts/{}/comments", head.subject), head.subject, "Your comment".to_owned()),
    };
    let button = if parent.is_some() { "Reply" } else { "Comment" };
    let of = Composer { action: &action, key, label: &label, typed, back: standing.back, button, asked: true };
    // What was written stays in sight, also where it cannot be sent any more.
    let may = if typed.is_empty() { &head.may } else { &May::Yes };
    let inner = html! {
        @if let Some(parent) = parent {
            (quoted(parent, standing))
            // The same form stands under the comment where scripts run.
            turbo-frame id={ "reply-" (parent.id) } { (composer::place(may, &of, standing)) }
        } @else { (composer::place(may, &of, standing)) }
        p { a.link href={ (lead(&head.kind, head.subject)) "#comments" } { "Back to the conversation" } }
    };
    with_scripts(frame, if parent.is_some() { "Answer a comment" } else { "Your comment" }, &inner, composer::scripts(standing.viewer))
}

/// Where a comment is changed; `typed` is a form that could not be taken.
pub(in crate::comments) fn edit(frame: &Frame, comment: &Comment, typed: Typed, viewer: &Viewer) -> Markup {
    let problems = typed.problems;
    let (words, typed) = match typed.form {
        Some(_) => (typed.words(), typed),
        None => (comment.content.body.as_str(), Typed { shown: &comment.pictures, ..typed }),
    };
    let inner = html! {
        (kit::problems(problems))
        form.form method="post" action={ (comment.address()) "/edit" } enctype="multipart/form-data" {
            @if problems.of("sure").is_some() { input type="hidden" name="sure" value="1"; }
            (Field::area("body", "Your comment", 6).value(words).problem(problems)
                .hint(format!("At most {} characters. What it said before stays readable in its history.", text::grouped(MAX_BODY as i64))))
            (typed.fields("", comment.content.sensitive))
            p.actions id="sure" { button.button.primary { "Save" } a.button.quiet href=(comment.address()) data-turbo="false" { "Cancel" } }
        }
    };
    with_scripts(frame, "Change your comment", &inner, composer::scripts(viewer))
}

/// All versions, the newest first, each with what changed in it.
pub(in crate::comments) fn history(frame: &Frame, comment: &Comment, versions: &[(Revision, Content)], standing: &Standing) -> Markup {
    let inner = html! {
        p.meta { "Every version of " a href=(comment.address()) data-turbo="false" { "a comment by " bdi { (comment.author.name) } } ". Struck words were taken out, underlined ones were added." }
        ol.list.ruled.revisions reversed {
            @for (at, (revision, content)) in versions.iter().enumerate() {
                li {
                    h2 { "Version " (revision.number) }
                    p.meta { (text::times::markup(revision.created_at, standing.now, &standing.zone)) }
                    div.diff dir="auto" {
                        @match versions.get(at + 1) {
                            Some((_, before)) => (text::diff::markup(&text::diff::words(&before.body, &content.body))),
                            None => (content.body),
                        }
                    }
                    @if let Some(told) = files_changed(versions.get(at + 1).map(|(_, before)| before), content) { p.meta { (told) } }
                }
            }
        }
    };
    narrow(frame, "History of a comment", &inner)
}

/// What changed of what it shows, in words.
fn files_changed(before: Option<&Content>, content: &Content) -> Option<String> {
    let before = before.map(|before| (before.keys(), before.pictures.as_slice()));
    files::changes(before.as_ref().map(|(keys, pictures)| (keys.as_slice(), *pictures)), (&content.keys(), &content.pictures))
}

/// A comment that is gone, for its author and for whoever may bring it back.
pub(in crate::comments) struct Gone<'a> {
    pub id: PostId,
    /// What it said.
    pub content: &'a Content,
    /// What it showed.
    pub shown: &'a [Shown],
    /// The reason of the staff.
    pub why: Option<&'a str>,
    /// The decision that holds, and what can be done about it.
    pub held: Option<&'a Held>,
    /// Whether the viewer may bring it back.
    pub restores: bool,
    /// Where it was.
    pub subject: &'a str,
}

/// What is seen of a comment that is gone.
pub(in crate::comments) fn gone(frame: &Frame, of: &Gone, viewer: &Viewer) -> Markup {
    let Gone { id, content, shown, why, held, restores, subject } = *of;
    let (title, words) = match why {
        Some(_) => ("Taken down", "The people who run this site took this comment down: nobody sees it."),
        None => ("Deleted", "Your comment is deleted: nobody sees it. It can be restored for 30 days."),
    };
    let inner = html! {
        div.flash.warn {
            (icon("trash-2"))
            p { (words) }
            @if restores { form method="post" action={ (address(id)) "/removal/undo" } { button.button.small { (icon("rotate-ccw")) @if why.is_some() { "Bring it back" } @else { "Undo" } } } }
        }
        @if let Some(why) = why { p { "The reason: " span dir="auto" { (why) } } }
        @if let Some(held) = held { (held.ways()) }
        @if !content.body.is_empty() { blockquote.post-quote dir="auto" { (content.body) } }
        // What was taken down may be what nobody wants to come upon.
        (card::shown(shown, content.sensitive || why.is_some(), viewer.sensitive()))
        p.actions { a.button href={ (subject) "#comments" } { "Back to the conversation" } }
    };
    narrow(frame, title, &inner)
}

/// Where the staff say why they take one down.
pub(in crate::comments) fn take_down(frame: &Frame, comment: &Comment, form: &Form, problems: &Problems) -> Markup {
    let elsewhere = comment.author.is_elsewhere();
    let inner = html! {
        (kit::problems(problems))
        @if elsewhere {
            p { "By " bdi { (comment.author.name) } ", on the old site. Nobody sees it any more, and what answers it stays. Whoever wrote it has no account here and hears nothing of it; the reason stands in the log. It can be brought back for 30 days." }
        } @else {
            p { "By " a href=(comment.author.address()) { bdi { (comment.author.name) } } ". Nobody sees it any more, what answers it stays, and its author gets a letter with the reason. It can be brought back for 30 days." }
        }
        blockquote.post-quote dir="auto" { (comment.content.excerpt(EXCERPT)) }
        (card::small(&comment.pictures))
        form.form method="post" action={ (comment.address()) "/takedown" } {
            (Field::area("why", if elsewhere { "Why, for the log" } else { "Why, for the letter to its author" }, 4).value(form.text("why")).max(MAX_REASON).required().problem(problems))
            p.actions { button.button.danger { "Take it down" } a.button href=(comment.address()) data-turbo="false" { "Leave it" } }
        }
    };
    narrow(frame, "Take down this comment", &inner)
}

/// Where it is set who may comment under a post, and how often.
pub(in crate::comments) fn settings(frame: &Frame, head: &Head, form: Option<&Form>, problems: &Problems) -> Markup {
    let (open, slow) = (head.rules.open_to.name(), head.rules.slow_minutes.to_string());
    let typed = |field: &str, kept: &str| form.and_then(|form| form.get(field)).unwrap_or(kept).to_owned();
    let opens = OpenTo::ALL.map(|open| (open.name().to_owned(), open.words().to_owned()));
    let waits = SLOW.map(|minutes| {
        let words = if minutes == 0 { "As often as they like".to_owned() } else { format!("Once in {}", section::slow(minutes)) };
        (minutes.to_string(), words)
    });
    let inner = html! {
        (kit::problems(problems))
        form.form method="post" action={ "/posts/" (head.subject) "/comments/settings" } {
            (Field::choice("open_to", "Who may comment here", opens).value(&typed("open_to", open)).problem(problems)
                .hint("What was said before stays. Authors of the post and editors may always comment, unless comments are closed."))
            (Field::choice("slow_minutes", "How often a member may comment", waits).value(&typed("slow_minutes", &slow)).problem(problems)
                .hint("A conversation that is slowed down cools down."))
            p.actions { button.button.primary { "Save" } a.button.quiet href={ (lead(&head.kind, head.subject)) "#comments" } { "Cancel" } }
        }
    };
    narrow(frame, "Comments on this post", &inner)
}
