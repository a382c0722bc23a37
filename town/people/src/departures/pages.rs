//! The pages of leaving.

use maud::{Markup, html};
use web::{Frame, Page};

/// What is said before somebody leaves.
pub(super) fn ask(frame: &Frame, may_leave: bool, with_posts: bool) -> Markup {
    let body = html! {
        @if !may_leave {
            p.notice.warn { "You are the only one who can look after people and site here. Make somebody else an administrator first." }
            p.actions { a.button href="/admin/people" { "People" } a.button.quiet href="/settings" { "Back to settings" } }
        } @else {
            p { "This is what happens:" }
            ul.plain-points {
                li { "You are signed out everywhere, and your page is no longer shown." }
                li { "For two weeks you can sign in and stay after all. Nothing is lost until then." }
                li { "Then your name, address, picture, settings and all that only you see are deleted. Nobody can bring them back." }
                li { "Drafts are deleted with you. What you wrote together with others stays in their care." }
            }
            p { "Take your words with you first: " a href="/settings/export" { "export what is yours" } "." }
            form.form method="post" action="/settings/departure" {
                fieldset {
                    legend { "What you published" }
                    label.check { input type="radio" name="posts" value="stay" checked[!with_posts]; " stays, under the name “Former member”" }
                    label.check { input type="radio" name="posts" value="go" checked[with_posts]; " is deleted with me" }
                }
                p.actions { button.button.danger { "Delete my account" } a.button.quiet href="/settings" { "Back to settings" } }
            }
        }
    };
    drawn(frame, "Delete your account", &body)
}

/// What somebody sees who is about to leave. `day` is when they are forgotten.
pub(super) fn stay(frame: &Frame, day: &str) -> Markup {
    let body = html! {
        p { "Your account will be deleted on " strong { (day) } ", as you asked. Until then you can take that back, and everything is as it was." }
        form.form method="post" action="/settings/departure/withdrawal" {
            p.actions { button.button.primary { "Stay after all" } }
        }
        form method="post" action="/sign-out" { p.actions { button.button.quiet { "Sign out" } } }
    };
    drawn(frame, "You are about to leave", &body)
}

/// Somebody has just asked to leave.
pub(super) fn farewell(frame: &Frame) -> Markup {
    let body = html! {
        p { "You are signed out, and your account will be deleted in two weeks. A letter tells you the day." }
        p { "Should you change your mind before then, sign in: a button brings everything back." }
        p.actions { a.button href="/" { "To the front page" } }
    };
    drawn(frame, "Farewell", &body)
}

fn drawn(frame: &Frame, title: &str, inner: &Markup) -> Markup {
    let body = html! { div.page { div.narrow { h1 { (title) } (inner) } } };
    Page::new(title).private().draw(frame, &body)
}
