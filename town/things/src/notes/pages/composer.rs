//! Where a note is written: whole without a script, which only adds a counter, completion and pictures as they are chosen.

use maud::{Markup, html};
use people::{
    Permission, Viewer,
    accounts::{self, Author},
    lists::List,
    pictures::Shown,
    uploads::{self, Family},
};
use talk::{files::Fields, posts::Visibility};
use web::{
    Form, Problems,
    kit::{Field, Size, icon},
};

use crate::{
    notes::{MAX_BODY, MAX_PICTURES, Note, note::MAX_WARNING},
    polls,
};

/// The scripts that a page with a composer names: `Page::with(SCRIPTS, &[])`.
pub const SCRIPTS: &[&str] = &["uploads.js", "notes.js"];

/// A composer on a page.
#[derive(Clone, Copy)]
pub struct Composer<'a> {
    /// Who writes.
    pub viewer: &'a Viewer,
    /// A form that could not be taken, or a draft that is gone on with.
    pub form: Option<&'a Form>,
    /// What is wrong with it.
    pub problems: &'a Problems,
    /// Pictures that came with it.
    pub shown: &'a [Shown],
    /// Key of the recording that did.
    pub recording: Option<&'a str>,
    /// The lists that it may be for.
    pub lists: &'a [List],
    /// The organizations in whose name it may be.
    pub voices: &'a [Author],
    /// The note it is to speak of.
    pub quoted: Option<&'a Note>,
    /// Where what is written is, unless the writer says otherwise.
    pub place: &'a str,
    /// Where the writer comes back to.
    pub back: &'a str,
}

impl<'a> Composer<'a> {
    /// An empty one.
    pub fn new(viewer: &'a Viewer, lists: &'a [List], problems: &'a Problems, back: &'a str) -> Self {
        Self { viewer, form: None, problems, shown: &[], recording: None, lists, voices: &[], quoted: None, place: "", back }
    }

    fn typed(&self, field: &str) -> &'a str {
        self.form.map_or("", |form| form.text(field))
    }
}

/// The composer; nothing for those who may not post.
pub fn composer(of: &Composer) -> Markup {
    let Some(me) = of.viewer.me.as_ref().filter(|_| of.viewer.may(Permission::WriteNotes) && of.viewer.must_be_member().is_ok()) else {
        return html! {};
    };
    let takes = uploads::allowed(of.viewer).map_or(&[Family::Picture][..], |(_, takes)| takes);
    let fields = Fields {
        id: "",
        most: MAX_PICTURES,
        shown: of.shown,
        recording: of.recording,
        takes,
        form: of.form,
        sensitive: false,
        problems: of.problems,
    };
    html! {
        note-composer.compose data-max=(MAX_BODY) {
            form method="post" action="/notes" enctype="multipart/form-data" id="compose" {
                // The first button of a form is what the Enter key presses in a line of text.
                button.visually-hidden name="do" value="post" tabindex="-1" aria-hidden="true" { "Post" }
                input type="hidden" name="back" value=(of.back);
                (sure(of.problems, of.form))
                @if let Some(quoted) = of.quoted { input type="hidden" name="quote" value=(quoted.id); }
                @if !of.typed("draft").is_empty() { input type="hidden" name="draft" value=(of.typed("draft")); }
                div.composer {
                    (accounts::avatar(&me.name, me.picture.as_deref(), Size::Medium))
                    (words(of.typed("body"), &format!("What is happening near you, {}?", first_name(&me.name)), of.problems))
                }
                @if let Some(quoted) = of.quoted { p.compose-quotes { (icon("quote")) span { "Speaks of a post by " bdi { (quoted.author.name) } ": “" bdi { (quoted.content.excerpt(80)) } "”" } } }
                @if of.form.is_none() && !of.place.is_empty() { p.compose-quotes { (icon("map-pin")) span { "At " bdi { (of.place) } ", unless you name another place under “More”." } } }
                div.compose-bar {
                    details.extra open[!of.shown.is_empty() || of.recording.is_some() || of.problems.of("pictures").is_some() || of.problems.of("file").is_some()] {
                        summary { (icon("image")) span.words { "Pictures" } }
                        (fields.markup())
                    }
                    details.extra open[!of.typed("poll_choice").is_empty()] {
                        summary { (icon("chart-column")) span.words { "Poll" } }
                        div.stack { (polls::fields(of.form, of.problems)) }
                    }
                    details.extra open[more_is_open(of)] {
                        summary { (icon("ellipsis")) span.words { "More" } }
                        div.stack {
                            (warning(of.typed("warning"), of.problems))
                            (place(if of.form.is_some() { of.typed("place") } else { of.place }, of.problems))
                            (language(of.typed("language")))
                            (Field::input("datetime-local", "post_at", "Post it later").value(of.typed("post_at")).problem(of.problems).hint("In the town’s time. Empty for now."))
                            p.actions { button.button.small name="do" value="draft" { "Keep as a draft" } a href="/notes/drafts" { "Your drafts" } }
                        }
                    }
                    div.compose-send {
                        (speaker(of.typed("speaker"), &me.name, of.voices))
                        (audience(of.typed("audience"), of.lists, me.minor))
                        button.button.primary name="do" value="post" { "Post" }
                    }
                }
            }
        }
    }
}

fn more_is_open(of: &Composer) -> bool {
    let filled = |field: &str| !of.typed(field).is_empty() || of.problems.of(field).is_some();
    filled("warning") || filled("place") || filled("post_at")
}

/// How somebody is spoken to.
fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// The words themselves.
pub(super) fn words(typed: &str, prompt: &str, problems: &Problems) -> Markup {
    let problem = problems.of("body").or(problems.of("sure"));
    html! {
        div class={ "field" @if problem.is_some() { " wrong" } } {
            label.visually-hidden for="body" { "Your post" }
            @if let Some(words) = problem { p.error id="body-problem" { (icon("triangle-alert")) (words) } }
            textarea id="body" name="body" rows="3" placeholder=(prompt) dir="auto" aria-invalid=[problem.map(|_| "true")]
                aria-describedby=(if problem.is_some() { "body-hint body-problem" } else { "body-hint" }) { "\n" (typed) }
            p.hint.visually-hidden id="body-hint" { "At most " (MAX_BODY) " characters. @ and a handle names somebody, # begins a topic." }
        }
    }
}

/// Whoever was asked whether they are sure, and sends it again, is.
pub(super) fn sure(problems: &Problems, form: Option<&Form>) -> Markup {
    let asked = problems.of("sure").is_some() || form.is_some_and(|form| form.ticked("sure"));
    html! { @if asked { input type="hidden" name="sure" value="1"; } }
}

/// What to be warned of.
pub(super) fn warning(typed: &str, problems: &Problems) -> Markup {
    html! {
        (Field::line("warning", "Warning").value(typed).max(MAX_WARNING).problem(problems)
            .hint("The post is folded away behind these words: “How the film ends”, “A hurt animal”."))
    }
}

/// Where it is.
pub(super) fn place(typed: &str, problems: &Problems) -> Markup {
    html! {
        (Field::line("place", "Place").value(typed).max(text::place::MAX).problem(problems)
            .hint("Where it is, as people here call that: “Depot Street”, “The reservoir”. What is posted there stands together."))
    }
}

/// The language; found in the words unless it is chosen.
pub(super) fn language(typed: &str) -> Markup {
    let found = std::iter::once((String::new(), "As the words say".to_owned()));
    let all = text::language::all().map(|(tag, name)| (tag.to_owned(), name.to_owned()));
    html! { (Field::choice("language", "Language", found.chain(all)).value(typed)) }
}

/// In whose name it is posted; nothing where there is no choice.
fn speaker(typed: &str, own: &str, voices: &[Author]) -> Markup {
    html! {
        @if !voices.is_empty() {
            label.visually-hidden for="speaker" { "Post as" }
            select.audience id="speaker" name="speaker" {
                option value="" { "As yourself: " (own) }
                @for voice in voices { @let id = voice.id.to_string(); option value=(id) selected[id == typed] { "As " (voice.name) } }
            }
        }
    }
}

fn audience(typed: &str, lists: &[List], minor: bool) -> Markup {
    let usual = if minor { Visibility::Members } else { Visibility::Public };
    let chosen = if typed.is_empty() { usual.name() } else { typed };
    let (wide, narrow) = (&Visibility::ALL[..4], &Visibility::ALL[5..]);
    let option =
        |visibility: &Visibility| html! { option value=(visibility.name()) selected[visibility.name() == chosen] { (visibility.words()) } };
    html! {
        label.visually-hidden for="audience" { "Who reads it" }
        select.audience id="audience" name="audience" {
            @for visibility in wide { (option(visibility)) }
            @for list in lists { @let value = format!("list:{}", list.id); option value=(value) selected[value == chosen] { "List: " (list.name) } }
            @for visibility in narrow { (option(visibility)) }
        }
    }
}
