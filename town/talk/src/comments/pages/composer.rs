//! Where a comment is written: whole without scripts, which only keep unsent words in the browser and send pictures as they are chosen.

use maud::{Markup, html};
use people::{Permission, Viewer, accounts, pictures::Shown, uploads::Family};
use web::{
    Form, Problems,
    kit::{Size, icon},
};

use super::{Standing, encoded};
use crate::{
    PostId,
    comments::{MAX_BODY, MAX_PICTURES, May},
    files::Fields,
};

/// The scripts that a page with a form for comments names: `Page::with(scripts(viewer), &[])`. None for those who cannot comment.
pub fn scripts(viewer: &Viewer) -> &'static [&'static str] {
    if viewer.may(Permission::WriteComments) && viewer.must_be_member().is_ok() { &["uploads.js"] } else { &[] }
}

/// What somebody wrote that could not be taken.
#[derive(Clone, Copy)]
pub(in crate::comments) struct Typed<'a> {
    /// The form as it came.
    pub form: Option<&'a Form>,
    /// Its pictures.
    pub shown: &'a [Shown],
    /// What is wrong with it.
    pub problems: &'a Problems,
}

impl<'a> Typed<'a> {
    /// Nothing yet.
    pub fn nothing() -> Self {
        static NONE: std::sync::LazyLock<Problems> = std::sync::LazyLock::new(Problems::default);
        Self { form: None, shown: &[], problems: &NONE }
    }

    /// Its words.
    pub fn words(&self) -> &'a str {
        self.form.map_or("", |form| form.text("body"))
    }

    /// Whether there is anything that would be lost.
    pub fn is_empty(&self) -> bool {
        self.words().is_empty() && self.shown.is_empty()
    }

    /// The fields for its pictures.
    pub fn fields(&self, id: &str, sensitive: bool) -> Markup {
        let Self { form, shown, problems } = *self;
        Fields { id, most: MAX_PICTURES, shown, recording: None, takes: &[Family::Picture], form, sensitive, problems }.markup()
    }
}

/// What a form of words is for.
#[derive(Clone, Copy)]
pub(in crate::comments) struct Composer<'a> {
    /// Where it is sent.
    pub action: &'a str,
    /// What parts its field from others on a page, and its words from those of others in the browser.
    pub key: PostId,
    /// The field's name for those who hear it.
    pub label: &'a str,
    /// What stands in it.
    pub typed: Typed<'a>,
    /// Where the writer comes back to.
    pub back: &'a str,
    /// What its button says.
    pub button: &'a str,
    /// Whether the writer asked for it just now.
    pub asked: bool,
}

/// The form.
pub(in crate::comments) fn form(of: &Composer, standing: &Standing) -> Markup {
    let Some(me) = &standing.viewer.me else { return html! {} };
    let (key, problems) = (of.key.to_string(), of.typed.problems);
    let (id, sure) = (format!("body-{key}"), problems.of("sure"));
    let problem = problems.of("body").or(sure);
    let open = !of.typed.shown.is_empty() || problems.of("pictures").is_some() || problems.of("file").is_some();
    let hint = format!("{id}-hint");
    let described = if problem.is_some() { format!("{hint} {id}-problem") } else { hint.clone() };
    html! {
        comment-draft data-key=(of.key) {
            // What comes back is a page, also for a form in a frame.
            // On the page that gives a form back nothing is there that could be drawn into: the next one is a page, too.
            form.comment-form method="post" action=(of.action) enctype="multipart/form-data" data-turbo-frame="_top" data-turbo=[(!problems.is_empty()).then_some("false")] {
                input type="hidden" name="back" value=(of.back);
                // Whoever was asked and sends it again is sure.
                @if sure.is_some() { input type="hidden" name="sure" value="1"; }
                div.composer {
                    (accounts::avatar(&me.name, me.picture.as_deref(), Size::Medium))
                    div class={ "field" @if problem.is_some() { " wrong" } } {
                        label.visually-hidden for=(id) { (of.label) }
                        @if let Some(words) = problem { p.error id={ (id) "-problem" } role="alert" { (icon("triangle-alert")) (words) } }
                        textarea id=(id) name="body" rows="3" placeholder="Add to the conversation" dir="auto" autofocus[of.asked]
                            aria-invalid=[problem.map(|_| "true")] aria-describedby=(described) { "\n" (of.typed.words()) }
                        p.hint.visually-hidden id=(hint) { "At most " (text::grouped(MAX_BODY as i64)) " characters. @ and a handle names somebody." }
                    }
                }
                div.comment-send {
                    details.extra open[open] {
                        summary { (icon("image")) "Pictures" }
                        (of.typed.fields(&key, false))
                    }
                    button.button.primary { (of.button) }
                }
            }
        }
    }
}

/// The place of the form over a conversation: the form, or why there is none and what to do about it.
pub(in crate::comments) fn place(may: &May, of: &Composer, standing: &Standing) -> Markup {
    match may {
        May::Yes => form(of, standing),
        May::Guest => {
            let next = encoded(&format!("{}#comments", standing.back));
            html! {
                p.comment-closed {
                    (icon("message-circle"))
                    span {
                        a href={ "/sign-in?next=" (next) } rel="nofollow" { "Sign in" }
                        @if standing.joins { " or " a href="/join" { "join" } }
                        " to comment."
                    }
                }
            }
        }
        other => html! { p.comment-closed { (icon("info")) span { (other.words(standing.now).unwrap_or_default()) } } },
    }
}
