//! Where people choose, drop or paste files.

use maud::{Markup, html};
use web::kit::icon;

use super::{form::KEYS, upload::Family};

/// The script and the styles are on pages that name these: `Page::new(…).with(&["uploads.js"], &[])`.
///
/// With the script, files are on their way as soon as they are chosen, dropped or pasted, in parts, several at once, each with its
/// progress, a way to cancel and to retry. Without it, the field is what it is: a field for files in a form.
#[derive(Clone, Copy, Debug)]
pub struct Tray<'a> {
    /// The label of the field for files; its id is `id`.
    pub label: &'a str,
    /// Unique on the page.
    pub id: &'a str,
    /// What may be chosen.
    pub takes: &'a [Family],
    /// Whether several files at a time.
    pub many: bool,
    /// What is wrong with it, in a form that comes back.
    pub problem: Option<&'a str>,
}

impl Tray<'_> {
    /// On its own, with a form of its own: goes to `next`, a path of this site, when all files are there.
    ///
    /// A page that wants to go on by itself listens to the events (see [`Self::within`]) and prevents `upload:done`.
    pub fn alone(&self, next: &str) -> Markup {
        self.element(
            None,
            &html! {
                form.form method="post" action="/uploads" enctype="multipart/form-data" {
                    input type="hidden" name="next" value=(next);
                    (self.field("file"))
                    p.actions { button.button.primary { "Upload" } }
                }
            },
        )
    }

    /// Within another form, which is sent with the keys of what was uploaded in hidden fields named `keys`: one for each file, in the
    /// order they arrived, or the only one. Without the script the file itself is sent in the field `file`, for a form that takes
    /// files.
    ///
    /// Scripts hear of it from two events that bubble: `upload:taken` for each file, whose `detail` is `{ taken, file }` with the
    /// answer that the docstring of this room describes, and `upload:done`, with `{ taken: […], failed: 0 }`, when nothing is
    /// on its way any more. `tray.add(files)` gives it files.
    pub fn within(&self, file: &str, keys: &str) -> Markup {
        self.element(Some(keys), &self.field(file))
    }

    /// The same for a form that is about files alone and is read with [`super::receive`]: it is sent by itself when all of them
    /// are there. Where one could not be taken it waits for its button, so that the words about that one can be read.
    pub fn sending(&self) -> Markup {
        html! { upload-tray data-limits=(limits(self.takes)) data-keys=(KEYS) data-send { (self.field("file")) } }
    }

    fn element(&self, keys: Option<&str>, content: &Markup) -> Markup {
        html! { upload-tray data-limits=(limits(self.takes)) data-keys=[keys] { (content) } }
    }

    fn field(&self, name: &str) -> Markup {
        let (hint, problem) = (format!("{}-hint", self.id), format!("{}-problem", self.id));
        let described = if self.problem.is_some() { format!("{hint} {problem}") } else { hint.clone() };
        html! {
            div class={ "field" @if self.problem.is_some() { " wrong" } } {
                label for=(self.id) { (self.label) }
                p.hint id=(hint) { (words(self.takes)) }
                @if let Some(words) = self.problem { p.error id=(problem) { (icon("triangle-alert")) (words) } }
                input type="file" id=(self.id) name=(name) multiple[self.many] accept=(accept(self.takes)) aria-describedby=(described)
                    aria-invalid=[self.problem.map(|_| "true")];
            }
        }
    }
}

/// Bytes by family, as scripts read them from `data-limits`: what is not named is not taken.
pub fn limits(takes: &[Family]) -> String {
    let each = |family: &Family| format!("\"{}\":{}", family.name(), family.limit());
    format!("{{{}}}", takes.iter().map(each).collect::<Vec<_>>().join(","))
}

/// What a field for files may be given, as its `accept` says it. HEIC is not named: a phone then sends JPEG.
pub fn accept(takes: &[Family]) -> String {
    let each = |family: &Family| match family {
        Family::Picture => "image/jpeg,image/png,image/gif,image/webp,image/avif",
        Family::Audio => "audio/mpeg,audio/ogg,audio/mp4,.mp3,.ogg,.oga,.opus,.m4a",
        Family::Video => "video/mp4,video/webm,video/quicktime,.mp4,.m4v,.mov,.webm",
    };
    takes.iter().map(each).collect::<Vec<_>>().join(",")
}

fn words(takes: &[Family]) -> String {
    let each = |family: &Family| {
        let formats = match family {
            Family::Picture => "JPEG, PNG, GIF, WebP or AVIF",
            Family::Audio => "MP3, Ogg or M4A",
            Family::Video => "MP4 or WebM",
        };
        format!("{formats}, up to {} MB", family.limit() / 1_000_000)
    };
    format!("{}.", takes.iter().map(each).collect::<Vec<_>>().join("; "))
}
