//! What a picture is: its file, and the words people gave it.

use web::{Form, Problems};

use crate::{AccountId, Permission, Viewer};

/// Longest caption, credit or alternative text, in characters: a caption is read in passing.
pub const MAX_WORDS: usize = 600;
/// Longest name, in characters.
pub const MAX_NAME: usize = 200;

/// A picture in its largest width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its key in the store; says the width, too.
    pub key: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// Its average colour, `#rrggbb`.
    pub colour: String,
    /// A version of 16 pixels as a `data:` address, shown until the picture is there. Empty where it has none.
    pub blur: String,
    /// What has to stay visible when it is cropped.
    pub focus: Focus,
    /// All its files together.
    pub bytes: i64,
    /// What people say of it.
    pub words: Words,
    /// Who uploaded it first; nobody any more when the account is gone.
    pub owner: Option<AccountId>,
    /// When it was uploaded first.
    pub created_at: i64,
    /// When it was taken out of the library, if it was.
    pub removed_at: Option<i64>,
}

/// What people say of a picture: where it is used next, its form begins with these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What it is called in the library; at first the name of its file.
    pub name: String,
    /// What it shows, for those who cannot see it (WCAG 1.1.1).
    pub alt: String,
    /// What it shows, for everyone.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

/// A point of a picture in percent of its width from the left and of its height from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focus {
    /// From the left.
    pub x: u8,
    /// From the top.
    pub y: u8,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

impl Focus {
    /// The point with these percents, moved inside of the picture.
    pub fn at(x: i64, y: i64) -> Self {
        let percent = |value: i64| u8::try_from(value.clamp(0, 100)).unwrap_or(50);
        Self { x: percent(x), y: percent(y) }
    }

    /// Reads `focus_x` and `focus_y`; what was not sent stays in the middle.
    pub fn parse(form: &Form) -> Self {
        Self::at(form.number("focus_x").unwrap_or(50), form.number("focus_y").unwrap_or(50))
    }

    /// The classes that put it there: pages carry no inline styles, so the point moves in steps of ten. None in the middle.
    pub fn class(self) -> Option<String> {
        let step = |percent: u8| (percent + 5) / 10 * 10;
        (self != Self::default()).then(|| format!("focus-x-{} focus-y-{}", step(self.x), step(self.y)))
    }
}

impl Words {
    /// What was written into a picture's file; its title is its name, else the file's own.
    pub fn read(told: &media::Words, name: &str) -> Self {
        let cut = |text: &str, max: usize| text.chars().take(max).collect::<String>();
        let name = if told.title.is_empty() { text::clean_line(name) } else { told.title.clone() };
        Self {
            name: cut(&name, MAX_NAME),
            alt: cut(&told.alt, MAX_WORDS),
            caption: cut(&told.caption, MAX_WORDS),
            credit: cut(&told.credit, MAX_WORDS),
        }
    }

    /// Reads `name`, `alt`, `caption` and `credit`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        Self {
            name: line(form, "name", MAX_NAME, problems),
            alt: line(form, "alt", MAX_WORDS, problems),
            caption: line(form, "caption", MAX_WORDS, problems),
            credit: line(form, "credit", MAX_WORDS, problems),
        }
    }

    /// Everything in which a search looks for words.
    pub fn sought(&self) -> String {
        text::fold(&[&*self.name, &self.alt, &self.caption, &self.credit].join(" "))
    }
}

/// One line of at most so many characters.
pub(crate) fn line(form: &Form, field: &'static str, max: usize, problems: &mut Problems) -> String {
    let value = text::clean_line(form.text(field));
    if value.chars().count() > max {
        problems.add(field, format!("Use at most {max} characters here."));
    }
    value
}

impl Picture {
    /// Whether this viewer may change its words: who uploaded it, and those who edit everybody's stories.
    pub fn editable_by(&self, viewer: &Viewer) -> bool {
        self.owner.is_some_and(|owner| viewer.is(owner)) || viewer.may(Permission::EditStories)
    }

    /// As a body names it: `![alt](address "caption | credit")`.
    pub fn markdown(&self) -> String {
        super::markdown(&self.words.alt, &super::address(&self.key), &self.words.caption, &self.words.credit)
    }
}
