//! What a review is, and what writing one takes.

use people::{AccountId, accounts::Author};
use serde::{Deserialize, Serialize};
use web::{Error, Form, Problems};

use super::criteria::{Criterion, CriterionId};
use crate::{Cursor, PostId};

/// Characters of its title: one line.
pub const MAX_TITLE: usize = 120;
/// Characters of what speaks for its subject, and of what speaks against it: a sentence or two each.
pub const MAX_POINT: usize = 300;
/// Characters of its words: a page.
pub const MAX_BODY: usize = 5_000;
/// Characters of an answer: half a page.
pub const MAX_ANSWER: usize = 3_000;
/// Most stars; the fewest are one.
pub const MOST_STARS: i64 = 5;
/// Reviews on one page of a subject's.
pub const PAGE: usize = 20;
/// Reviews on the page of the subject itself.
pub const FIRST: u32 = 3;

/// Stars of one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Which.
    pub criterion: CriterionId,
    /// 1 to 5.
    pub stars: i64,
}

/// What a review says: what a revision holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Stars of the whole, 1 to 5.
    pub stars: i64,
    /// Those of criteria, of as many as the writer liked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<Rating>,
    /// Whether its author recommends the subject.
    pub recommends: bool,
    /// It in a line.
    pub title: String,
    /// What speaks for its subject.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pros: String,
    /// What speaks against it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cons: String,
    /// Its words, as they were written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// Tag of the language it is written in; empty where nobody knows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

/// Why a review waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Since when.
    pub at: i64,
    /// Why.
    pub why: super::Reason,
}

/// What an author of the subject says to a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whose it is.
    pub by: Author,
    /// As it was written.
    pub body: String,
    /// As it is shown: safe, with links.
    pub html: String,
    /// When.
    pub at: i64,
    /// When it was changed last.
    pub edited_at: Option<i64>,
}

/// A review as a viewer sees it.
#[derive(Clone, Debug)]
pub struct Review {
    /// Its id.
    pub id: PostId,
    /// What it is of.
    pub subject: PostId,
    /// Whose it is.
    pub author: Author,
    /// Whether it is the viewer's own.
    pub mine: bool,
    /// What it says, as it was written.
    pub content: Content,
    /// The names of the criteria it gives stars to, in their order, with those stars.
    pub rated: Vec<(String, i64)>,
    /// Its words as they are shown: safe, with links.
    pub html: String,
    /// The sentence that moderators put over it; empty where there is none.
    pub label: String,
    /// When it was posted.
    pub posted_at: i64,
    /// When it was changed last.
    pub edited_at: Option<i64>,
    /// Whether it waits for somebody to look at it.
    pub held: Option<Held>,
    /// How many found it helpful.
    pub helpful: i64,
    /// Whether the viewer did.
    pub voted: bool,
    /// What an author of its subject says to it.
    pub answer: Option<Answer>,
}

/// The address of a review.
pub fn address(id: PostId) -> String {
    format!("/reviews/{id}")
}

impl Review {
    /// Its own address.
    pub fn address(&self) -> String {
        address(self.id)
    }

    /// Whether it is this account's.
    pub fn is_by(&self, account: AccountId) -> bool {
        self.author.id == account
    }
}

impl Content {
    /// All words that others read of it.
    pub(super) fn words(&self) -> String {
        let all = [self.title.as_str(), &self.pros, &self.cons, &self.body];
        all.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Reads `stars`, `recommend`, `title`, `pros`, `cons`, `body` and the stars of these criteria.
    pub fn parse(form: &Form, criteria: &[Criterion], problems: &mut Problems) -> Self {
        let stars = |name: &str| form.number(name).filter(|stars| (1..=MOST_STARS).contains(stars));
        let overall = stars("stars").unwrap_or_else(|| {
            problems.add("stars", "Choose how many stars you give, from one to five.");
            0
        });
        let recommends = match form.text("recommend") {
            "yes" => true,
            "no" => false,
            _ => {
                problems.add("recommend", "Say whether you recommend it.");
                false
            }
        };
        let title = line(form, ("title", "title"), MAX_TITLE, problems);
        if title.is_empty() {
            problems.add("title", "Write a title: your review in one line.");
        }
        let (pros, cons) = (line(form, ("pros", "part"), MAX_POINT, problems), line(form, ("cons", "part"), MAX_POINT, problems));
        let body = words(form, MAX_BODY, "a review", problems);
        let rated = criteria.iter().filter_map(|criterion| Some(Rating { criterion: criterion.id, stars: stars(&criterion.field())? }));
        let language = text::language::detect(&format!("{title}\n{pros}\n{cons}\n{body}")).unwrap_or_default().to_owned();
        Self { stars: overall, ratings: rated.collect(), recommends, title, pros, cons, body, language }
    }

    /// Everything it says, for comparing versions.
    pub fn in_words(&self) -> String {
        let recommends = if self.recommends { "Recommended" } else { "Not recommended" };
        let parts = [
            format!("{} of {MOST_STARS} stars. {recommends}.", self.stars),
            self.title.clone(),
            self.pros.clone(),
            self.cons.clone(),
            self.body.clone(),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

/// One line of text; what breaks it is a space.
fn line(form: &Form, (field, called): (&'static str, &str), most: usize, problems: &mut Problems) -> String {
    let line = text::note::clean(form.text(field)).split_whitespace().collect::<Vec<_>>().join(" ");
    let length = line.chars().count();
    if length > most {
        problems.add(field, format!("This {called} is {length} characters long, and may have {most}. Shorten it a little."));
    }
    line
}

/// Several lines of text under `body`.
pub(super) fn words(form: &Form, most: usize, what: &str, problems: &mut Problems) -> String {
    let body = text::note::clean(form.text("body"));
    let length = body.chars().count();
    if length > most {
        problems.add("body", format!("This is {length} characters long, and {what} may have {most}. Shorten it a little."));
    }
    body
}

/// In which order reviews stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// Those that most found helpful first.
    #[default]
    Helpful,
    Newest,
    /// The most stars first.
    Highest,
    /// The fewest stars first.
    Lowest,
}

impl Order {
    pub const ALL: [Self; 4] = [Self::Helpful, Self::Newest, Self::Highest, Self::Lowest];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Helpful => "helpful",
            Self::Newest => "newest",
            Self::Highest => "highest",
            Self::Lowest => "lowest",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Helpful => "Most helpful",
            Self::Newest => "Newest",
            Self::Highest => "Highest",
            Self::Lowest => "Lowest",
        }
    }

    /// Where its first page begins.
    pub fn beginning(self) -> Cursor {
        match self {
            Self::Lowest => Cursor { at: i64::MIN, id: PostId::new(i64::MIN) },
            _ => Cursor::NEWEST,
        }
    }
}

/// What an address asks of the reviews of a subject.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    order: String,
    /// Those with so many stars alone.
    #[serde(default)]
    stars: String,
    /// Those that recommend it, or do not, alone: `yes`, `no`.
    #[serde(default)]
    recommend: String,
    /// The last review of the page before.
    #[serde(default)]
    past: String,
}

impl Asked {
    pub(super) fn order(&self) -> Order {
        Order::ALL.into_iter().find(|order| order.name() == self.order).unwrap_or_default()
    }

    pub(super) fn stars(&self) -> Option<i64> {
        self.stars.parse().ok().filter(|stars| (1..=MOST_STARS).contains(stars))
    }

    pub(super) fn recommend(&self) -> Option<bool> {
        match self.recommend.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// Where the page begins, if it is not the first.
    ///
    /// # Errors
    /// `NotFound` for what is no place in a list.
    pub(super) fn past(&self) -> Result<Option<Cursor>, Error> {
        if self.past.is_empty() { Ok(None) } else { self.past.parse().map(Some).map_err(|()| Error::NotFound) }
    }
}
