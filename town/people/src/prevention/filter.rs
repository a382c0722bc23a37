//! What a filter is, and what writing one takes.

use web::{Form, Problems};

db::id! {
    /// Names a filter.
    pub struct FilterId;
}

/// Filters of a site: more are a list that nobody reads.
pub const MOST: i64 = 2_000;
/// Characters of what is looked for.
pub const MAX_PATTERN: usize = 100;
/// Characters of a sentence.
pub const MAX_SENTENCE: usize = 300;
/// Letters that words must have to be looked for: one alone is everywhere.
const FEWEST: usize = 2;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words that follow one another.
    Words,
    /// A link to a host, or to one under it.
    Link,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Words, Self::Link];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Link => "link",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Words => "Words",
            Self::Link => "Links to a host",
        }
    }
}

/// What becomes of a post in which it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It waits until somebody has read it.
    Hold,
    /// A sentence stands over it.
    Label,
    /// It is not taken.
    Refuse,
    /// Its writer is asked once whether they are sure.
    Nudge,
}

impl Act {
    /// All of them, the mildest first.
    pub const ALL: [Self; 4] = [Self::Nudge, Self::Label, Self::Hold, Self::Refuse];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Label => "label",
            Self::Refuse => "refuse",
            Self::Nudge => "nudge",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Hold => "Hold: it waits until a moderator has read it",
            Self::Label => "Label: a sentence stands over it",
            Self::Refuse => "Refuse: it is not taken, and nothing written is lost",
            Self::Nudge => "Nudge: its writer is asked once whether they are sure",
        }
    }
}

/// A filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Its id.
    pub id: FilterId,
    /// What kind of thing it looks for.
    pub kind: Kind,
    /// What, as it was written.
    pub pattern: String,
    /// The same as it is compared.
    pub folded: String,
    /// What becomes of the post.
    pub act: Act,
    /// The sentence of its own; may be empty.
    pub sentence: String,
}

impl Filter {
    /// What the writer is told, or what stands over the post.
    pub fn words(&self) -> String {
        if !self.sentence.is_empty() {
            return self.sentence.clone();
        }
        let what = match self.kind {
            Kind::Words => format!("“{}”", self.pattern),
            Kind::Link => format!("a link to {}", self.pattern),
        };
        match self.act {
            Act::Refuse => format!("This is not taken here because of {what}. Write it without, and post it again."),
            Act::Nudge => format!("Are you sure? Think about {what} before you post it. Post again, and it goes out as it is."),
            Act::Hold | Act::Label => format!("Read this with care: it has {what}."),
        }
    }
}

/// What the form of a filter brings.
#[derive(Clone, Debug)]
pub struct Changes {
    /// What kind of thing is looked for.
    pub kind: Kind,
    /// What, as it was written.
    pub pattern: String,
    /// The same as it is compared.
    pub folded: String,
    /// What becomes of the post.
    pub act: Act,
    /// The sentence; may be empty, but for a label.
    pub sentence: String,
}

impl Changes {
    /// Reads `kind`, `pattern`, `act` and `sentence`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Option<Self> {
        let kind = Kind::named(form.text("kind"));
        let act = Act::named(form.text("act"));
        let (pattern, sentence) = (text::clean_line(form.text("pattern")), text::clean_line(form.text("sentence")));
        if kind.is_none() {
            problems.add("kind", "Choose what it looks for.");
        }
        if act.is_none() {
            problems.add("act", "Choose what becomes of the post.");
        }
        if sentence.chars().count() > MAX_SENTENCE {
            problems.add("sentence", format!("Use at most {MAX_SENTENCE} characters for the sentence."));
        } else if act == Some(Act::Label) && sentence.is_empty() {
            problems.add("sentence", "Write the sentence that is to stand over the post.");
        }
        if pattern.chars().count() > MAX_PATTERN {
            problems.add("pattern", format!("Use at most {MAX_PATTERN} characters."));
        }
        let kind = kind?;
        let folded = folded(kind, &pattern).map_err(|words| problems.add("pattern", words)).ok()?;
        Some(Self { kind, pattern, folded, act: act?, sentence })
    }
}

/// What is looked for, as it is compared.
fn folded(kind: Kind, pattern: &str) -> Result<String, &'static str> {
    match kind {
        Kind::Words => {
            let words = text::words(pattern);
            let letters = words.trim();
            if letters.chars().count() < FEWEST && !letters.chars().any(text::is_unparted) {
                return Err("Write a word or a phrase of at least two letters.");
            }
            Ok(letters.to_owned())
        }
        Kind::Link => super::matching::host(pattern).ok_or("Write the name of a host, such as example.com."),
    }
}
