//! What a kind of reaction is.

use web::{Form, Problems};

/// The name of the like.
pub const LIKE: &str = "like";
/// Longest words for a kind, in characters: they stand in a button.
pub const MAX_WORDS: usize = 20;
/// Kinds that a site offers at once, besides the like: more would be a keyboard.
pub const MOST: usize = 8;

/// A kind of reaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name in tables and forms; never changed.
    pub name: String,
    /// What people call it.
    pub words: String,
    /// What stands for it.
    pub emoji: String,
    /// Whether it is offered no more.
    pub retired: bool,
}

impl Kind {
    /// The one that is always there.
    pub fn like() -> Self {
        Self { name: LIKE.into(), words: "Like".into(), emoji: "❤️".into(), retired: false }
    }

    /// Whether it is that one.
    pub fn is_like(&self) -> bool {
        self.name == LIKE
    }
}

/// What the site says of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// What people call it.
    pub words: String,
    /// What stands for it.
    pub emoji: String,
}

impl Changes {
    /// Reads `words` and `emoji`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let words = text::clean_line(form.text("words"));
        if words.is_empty() || words.chars().count() > MAX_WORDS {
            problems.add("words", format!("Name it in at most {MAX_WORDS} characters."));
        }
        let emoji = text::emoji::parse(form.text("emoji")).unwrap_or_default();
        if emoji.is_empty() {
            problems.add("emoji", "Put one emoji here and nothing else, such as 🙏.");
        }
        Self { words, emoji }
    }
}
