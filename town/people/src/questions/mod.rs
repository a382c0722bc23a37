//! What a site asks of its members, by what they are here as: resident, business, organization, official.
//!
//! The site defines the questions; each answer has an audience of its own, which its owner chose. Nobody is kept out for lack of an
//! answer: a question that must be answered is asked whenever the form is saved.

mod routes;
mod settings;
mod store;
#[cfg(test)]
mod tests;

pub use routes::routes;
pub use store::{Fact, all, answers_of, change, facts, find, insert, profile_of, put_answer, remove, set_profile, swap};

use url::Url;
use web::{Form, Problems};

db::id! {
    /// Names a question.
    pub struct QuestionId;
}

/// Longest question, in characters.
pub const MAX_WORDS: usize = 120;
/// Longest answer, in characters.
pub const MAX_ANSWER: usize = 300;
/// Questions of one site.
pub const MOST: usize = 40;
/// Choices of one question.
const MOST_CHOICES: usize = 30;

/// What somebody is here as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// A neighbour.
    #[default]
    Resident,
    /// Somebody who sells or serves.
    Business,
    /// A club, a church, a school.
    Organization,
    /// Who speaks for a public office. Staff alone make somebody one.
    Official,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Resident, Self::Business, Self::Organization, Self::Official];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Business => "business",
            Self::Organization => "organization",
            Self::Official => "official",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Resident => "Resident",
            Self::Business => "Business",
            Self::Organization => "Organization",
            Self::Official => "Official",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line.
    Text,
    /// One of several.
    Choice,
    /// A web address.
    Link,
    /// A whole number.
    Number,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Choice, Self::Link, Self::Number];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Choice => "choice",
            Self::Link => "link",
            Self::Number => "number",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "A line of text",
            Self::Choice => "One of several",
            Self::Link => "A web address",
            Self::Number => "A number",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A question as the site asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// For whom it is.
    pub profiles: Vec<Profile>,
    /// Its words.
    pub words: String,
    /// What an answer is.
    pub kind: Kind,
    /// What can be chosen, where it is a choice.
    pub choices: Vec<String>,
    /// Whether it must be answered.
    pub required: bool,
}

/// A question that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// What it asks.
    pub asked: Asked,
}

impl Asked {
    /// Reads `words`, `kind`, `choices`, `required`, and a `profile` for each it is for.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let words = text::clean_line(form.text("words"));
        if words.is_empty() || words.chars().count() > MAX_WORDS {
            problems.add("words", format!("Write the question in at most {MAX_WORDS} characters."));
        }
        let kind = Kind::named(form.text("kind")).unwrap_or_else(|| {
            problems.add("kind", "Choose what an answer is.");
            Kind::Text
        });
        let mut choices: Vec<String> = Vec::new();
        for line in form.text("choices").lines().map(text::clean_line).filter(|line| !line.is_empty()) {
            if !choices.contains(&line) {
                choices.push(line);
            }
        }
        if kind == Kind::Choice && !(2..=MOST_CHOICES).contains(&choices.len()) {
            problems.add("choices", format!("Write from 2 to {MOST_CHOICES} choices, one a line."));
        }
        if choices.iter().any(|choice| choice.chars().count() > MAX_ANSWER) {
            problems.add("choices", format!("Use at most {MAX_ANSWER} characters for a choice."));
        }
        let profiles: Vec<Profile> =
            Profile::ALL.into_iter().filter(|profile| form.all("profile").any(|name| name == profile.name())).collect();
        if profiles.is_empty() {
            problems.add("profile", "Choose whom it is for.");
        }
        Self { profiles, words, kind, choices: if kind == Kind::Choice { choices } else { Vec::new() }, required: form.ticked("required") }
    }

    /// An answer as it is kept; empty for none.
    ///
    /// # Errors
    /// Words that say what can be answered.
    pub fn answer(&self, typed: &str) -> Result<String, String> {
        let typed = text::clean_line(typed);
        if typed.is_empty() {
            return if self.required { Err(format!("“{}” needs an answer.", self.words)) } else { Ok(typed) };
        }
        if typed.chars().count() > MAX_ANSWER {
            return Err(format!("“{}”: use at most {MAX_ANSWER} characters.", self.words));
        }
        match self.kind {
            Kind::Text => Ok(typed),
            Kind::Choice if self.choices.contains(&typed) => Ok(typed),
            Kind::Choice => Err(format!("“{}”: choose one of the answers in the list.", self.words)),
            Kind::Number => {
                let number = typed.parse::<i64>().map_err(|_| format!("“{}”: write a whole number.", self.words))?;
                Ok(number.to_string())
            }
            Kind::Link => {
                let whole = if typed.contains("://") { typed } else { format!("https://{typed}") };
                let fine = Url::parse(&whole)
                    .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.domain().is_some_and(|name| name.contains('.')));
                if fine { Ok(whole) } else { Err(format!("“{}”: write a web address such as https://example.com.", self.words)) }
            }
        }
    }
}
