//! Pictures and a recording in a form.

use maud::{Markup, html};
use people::{
    pictures::{self, MAX_WORDS, Shown},
    uploads::{Family, Tray},
};
use web::{Form, Problems, kit::icon};

/// The fields for files in a form: those that are there, each with its words, and a tray for more. Its script (`uploads.js`) makes the
/// same for each that has just come.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    /// What parts its fields from others on a page; empty where there are none.
    pub id: &'a str,
    /// Pictures that the post may hold.
    pub most: usize,
    /// Those that are there.
    pub shown: &'a [Shown],
    /// Key of the recording that is.
    pub recording: Option<&'a str>,
    /// What may be chosen.
    pub takes: &'a [Family],
    /// A form that comes back.
    pub form: Option<&'a Form>,
    /// Whether what is there was said to be sensitive.
    pub sensitive: bool,
    /// What is wrong with it.
    pub problems: &'a Problems,
}

impl Fields<'_> {
    /// The fields.
    pub fn markup(&self) -> Markup {
        let sensitive = self.form.map_or(self.sensitive, |form| form.ticked("sensitive"));
        let tray =
            Tray { label: "Choose pictures", id: &self.named("file"), takes: self.takes, many: true, problem: self.problems.of("file") };
        html! {
            note-files.note-files id=(self.named("pictures")) {
                @if let Some(words) = self.problems.of("pictures") { p.error { (icon("triangle-alert")) (words) } }
                ul.note-alts {
                    @for shown in self.shown { (self.row(shown)) }
                    @if let Some(key) = self.recording {
                        li {
                            input type="hidden" name="picture" value=(key);
                            span.thumb { (icon("play")) }
                            span { "A recording" }
                            label.check { input type="checkbox" name="without" value=(key); "Take it out" }
                        }
                    }
                }
                p.hint { "Up to " (self.most) " pictures" @if self.takes.len() > 1 { ", or one recording" } ". Say of each what it shows, for those who cannot see it." }
                (tray.within("file", "uploaded"))
                (sensitive_field(sensitive))
            }
        }
    }

    /// One that is there.
    fn row(&self, shown: &Shown) -> Markup {
        let name = format!("alt-{}", shown.key);
        let id = self.named(&name);
        let alt = self.form.and_then(|form| form.get(&name)).unwrap_or(&shown.alt);
        html! {
            li {
                input type="hidden" name="picture" value=(shown.key);
                img.thumb src=(pictures::small_address(&shown.key)) alt="" width="72" height="72" loading="lazy";
                div.field {
                    label for=(id) { "What does it show?" }
                    textarea id=(id) name=(name) rows="2" maxlength=(MAX_WORDS) dir="auto" { "\n" (alt) }
                }
                label.check { input type="checkbox" name="without" value=(shown.key); "Take it out" }
            }
        }
    }

    /// The id of a field.
    fn named(&self, name: &str) -> String {
        if self.id.is_empty() { name.to_owned() } else { format!("{name}-{}", self.id) }
    }
}

/// The box in which somebody says that what they show is sensitive.
pub fn sensitive_field(ticked: bool) -> Markup {
    html! {
        label.check {
            input type="checkbox" name="sensitive" value="1" checked[ticked];
            span { "Sensitive: cover it until somebody opens it" span.hint { "Wounds, bare skin, an accident, a dead animal." } }
        }
    }
}
