//! Badges: small marks beside somebody's name, which the site defines, and which those who may give and take.
//!
//! Each has an icon, a colour and a name; the name is always there for those who do not see the icon. Badges say something and
//! allow nothing: what somebody may do is their level's.

mod store;
#[cfg(test)]
mod tests;

pub use store::{Held, all, change, find, give, held, holders, insert, of, remove, swap, take};

use maud::{Markup, html};
use web::{Form, Problems, kit::icon};

db::id! {
    /// Names a badge.
    pub struct BadgeId;
}

/// Longest name, in characters.
pub const MAX_NAME: usize = 30;
/// Longest meaning, in characters.
pub const MAX_MEANING: usize = 120;
/// Badges of one site.
pub const MOST: usize = 30;

/// Icons that a badge may have.
pub const ICONS: [&str; 10] =
    ["badge-check", "landmark", "newspaper", "shield-check", "award", "star", "heart", "leaf", "house", "megaphone"];
/// Colours that a badge may have: names of tokens, each of which can be read on every paper in both themes.
pub const COLOURS: [(&str, &str); 5] = [("leaf", "Green"), ("sky", "Blue"), ("bloom", "Red"), ("gold", "Gold"), ("ink", "Black or white")];

/// What a badge is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks {
    /// Its name.
    pub name: String,
    /// What it says of whoever has it.
    pub meaning: String,
    /// One of [`ICONS`].
    pub icon: String,
    /// One of [`COLOURS`].
    pub colour: String,
}

/// A badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// Its id.
    pub id: BadgeId,
    /// What it is.
    pub looks: Looks,
}

impl Looks {
    /// Reads `name`, `meaning`, `icon`, `colour`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let looks = Self {
            name: text::clean_line(form.text("name")),
            meaning: text::clean_line(form.text("meaning")),
            icon: form.text("icon").to_owned(),
            colour: form.text("colour").to_owned(),
        };
        if looks.name.is_empty() || looks.name.chars().count() > MAX_NAME {
            problems.add("name", format!("Name it in at most {MAX_NAME} characters."));
        }
        if looks.meaning.is_empty() || looks.meaning.chars().count() > MAX_MEANING {
            problems.add("meaning", format!("Say in at most {MAX_MEANING} characters what it says of whoever has it."));
        }
        if !ICONS.contains(&looks.icon.as_str()) {
            problems.add("icon", "Choose one of the icons.");
        }
        if !COLOURS.iter().any(|(name, _)| *name == looks.colour) {
            problems.add("colour", "Choose one of the colours.");
        }
        looks
    }

    /// With its name, as it stands on a profile.
    pub fn whole(&self) -> Markup {
        html! { span class={ "badge whole badge-" (self.colour) } title=(self.meaning) { (icon(&self.icon)) (self.name) } }
    }

    /// The icon alone, beside a name in a list; its name is there for those who do not see it.
    pub fn small(&self) -> Markup {
        html! { span class={ "badge badge-" (self.colour) } title={ (self.name) ": " (self.meaning) } { (icon(&self.icon)) span.visually-hidden { (self.name) } } }
    }
}

/// Badges beside a name in a list.
pub fn beside(badges: &[Badge]) -> Markup {
    html! { @if !badges.is_empty() { span.badges { @for badge in badges { (badge.looks.small()) } } } }
}
