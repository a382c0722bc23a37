//! What a story holds: the parts an author fills in, the same in a working copy and in a revision.

use people::{AccountId, pictures, recordings, site::Licence};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use talk::topics::MAX_TOPICS;
use web::{Form, Problems};

use super::sources::{self, Source};
use crate::sections::SectionId;

/// Characters of a headline. The longest that still reads as one.
pub const MAX_HEADLINE: usize = 200;
/// Characters of a standfirst.
pub const MAX_STANDFIRST: usize = 500;
/// Bytes of a body: about 150,000 words.
pub const MAX_BODY: usize = 1024 * 1024;
pub(super) const MAX_LINE: usize = 300;
const MAX_COAUTHORS: usize = 12;
/// Pictures of one story; a page with more does not load on a phone.
const MAX_PICTURES: usize = 200;

/// What type of work a story is, so that nobody takes opinion for news (the label beside the byline).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Work {
    /// What happened.
    #[default]
    News,
    /// What it means.
    Analysis,
    /// What somebody thinks of it.
    Opinion,
    /// What something is worth.
    Review,
    /// Paid for.
    Sponsored,
    /// Sent in by whom it is about.
    Press,
}

impl Work {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 6] = [Self::News, Self::Analysis, Self::Opinion, Self::Review, Self::Sponsored, Self::Press];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Analysis => "analysis",
            Self::Opinion => "opinion",
            Self::Review => "review",
            Self::Sponsored => "sponsored",
            Self::Press => "press",
        }
    }

    /// What readers see.
    pub fn words(self) -> &'static str {
        match self {
            Self::News => "News",
            Self::Analysis => "Analysis",
            Self::Opinion => "Opinion",
            Self::Review => "Review",
            Self::Sponsored => "Sponsored",
            Self::Press => "Press release",
        }
    }
}

impl FromStr for Work {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|work| work.name() == name).ok_or(())
    }
}

/// The picture over a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadPicture {
    /// Its key.
    pub key: String,
    /// What it shows, for everyone.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// What it shows, for those who cannot see it (WCAG 1.1.1).
    pub alt: String,
}

/// The parts of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The headline.
    pub headline: String,
    /// The sentence or two under it.
    pub standfirst: String,
    /// The story, as Markdown.
    pub body: String,
    /// Where it stands; a draft may not know yet.
    pub section: Option<SectionId>,
    /// Topics as typed, without the #.
    pub topics: Vec<String>,
    /// Where it happened.
    pub place: String,
    /// Who wrote it with its author.
    pub coauthors: Vec<AccountId>,
    /// What type of work it is.
    pub work: Work,
    /// Tag of the language its author says it is in; empty to have it found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// The picture over it.
    pub picture: Option<LeadPicture>,
    /// The time its author gives it (milliseconds), when it is not the moment of publishing.
    pub dated: Option<i64>,
    /// Under which terms it may be used (a name of [`Licence`]), when they are not the site's.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "licence")]
    pub licence: Option<Licence>,
}

/// By its name, as in tables.
mod licence {
    use people::site::Licence;
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[allow(clippy::ref_option, reason = "serde gives a reference to the field")]
    pub fn serialize<S: Serializer>(licence: &Option<Licence>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(licence.map_or("", Licence::name))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Licence>, D::Error> {
        Ok(String::deserialize(deserializer)?.parse().ok())
    }
}

impl Content {
    /// Reads the write form. What breaks a limit is named in `problems`; co-authors are resolved by the caller, who can
    /// ask the database. Everything typed stays in the form, so nothing is lost on a problem. `uploaded` is the key of
    /// the picture that came with the form, if one did.
    pub fn parse(form: &Form, uploaded: Option<&str>, zone: &jiff::tz::TimeZone, problems: &mut Problems) -> Self {
        let line = |field: &'static str, max: usize, problems: &mut Problems| {
            let value = text::clean_line(form.text(field));
            if value.chars().count() > max {
                problems.add(field, format!("Use at most {max} characters here; these are {}.", value.chars().count()));
            }
            value
        };
        let body = form.text("body").to_owned();
        if body.len() > MAX_BODY {
            problems.add("body", "The story is longer than a megabyte of text. Split it into parts.");
        }
        let content = Self {
            headline: line("headline", MAX_HEADLINE, problems),
            standfirst: line("standfirst", MAX_STANDFIRST, problems),
            body,
            section: parse_section(form.text("section"), problems),
            topics: parse_topics(form.text("topics"), problems),
            place: line("place", MAX_LINE, problems),
            coauthors: Vec::new(),
            work: parse_work(form.text("work"), problems),
            language: parse_language(form.text("language"), problems),
            sources: sources::parse(form.text("sources"), problems),
            picture: parse_picture(form, uploaded, problems),
            dated: parse_dated(form.text("published_at"), zone, problems),
            licence: Licence::chosen(form.text("licence")).map_err(|words| problems.add("licence", words)).unwrap_or_default(),
        };
        if content.picture_keys().len() > MAX_PICTURES {
            problems.add("body", format!("A story holds at most {MAX_PICTURES} pictures. Take some out."));
        }
        content
    }

    /// The language it is in: the one that was chosen, else the one its words show, else the site's (`usual`).
    pub fn language_or<'a>(&'a self, usual: &'a str) -> &'a str {
        if self.language.is_empty() { self.found_language().unwrap_or(usual) } else { &self.language }
    }

    /// The language that its words show; `None` when they are too few to tell.
    pub fn found_language(&self) -> Option<&'static str> {
        /// Bytes of the body that are read for it: the first page or two.
        const BEGINNING: usize = 12_000;
        let beginning = &self.body[..self.body.floor_char_boundary(BEGINNING)];
        text::language::detect(&format!("{}\n{}\n{}", self.headline, self.standfirst, text::markdown::plain(beginning)))
    }

    /// What keeps it from being published.
    pub fn check_publishable(&self, problems: &mut Problems) {
        if self.headline.is_empty() {
            problems.add("headline", "A story needs a headline before it can be published.");
        }
        if self.body.trim().is_empty() {
            problems.add("body", "There is no story yet. Write something first.");
        }
        if self.section.is_none() {
            problems.add("section", "Choose the section the story stands in.");
        }
        if self.picture.as_ref().is_some_and(|picture| picture.alt.is_empty()) {
            problems.add("picture_alt", "Say in a few words what the picture shows, for people who cannot see it.");
        }
    }

    /// Keys of every picture in it, each once.
    pub fn picture_keys(&self) -> Vec<String> {
        let lead = self.picture.iter().map(|picture| picture.key.clone());
        let mut keys: Vec<String> = lead.chain(keys_in(&self.body)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Keys of every picture and recording that it shows or leads to, each once.
    pub fn media_keys(&self) -> Vec<String> {
        let mut keys = self.picture_keys();
        keys.extend(recordings_in(&self.body));
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// Keys of the pictures named in a body.
pub(super) fn keys_in(body: &str) -> impl Iterator<Item = String> {
    addresses_in(body).filter_map(|address| pictures::key_in(address).map(ToOwned::to_owned))
}

/// Keys of the recordings named in a body.
pub(super) fn recordings_in(body: &str) -> impl Iterator<Item = String> {
    addresses_in(body).filter_map(|address| recordings::key_in(address).map(ToOwned::to_owned))
}

fn addresses_in(body: &str) -> impl Iterator<Item = &str> {
    const LONGEST: usize = 100;
    body.match_indices("/media/").map(|(at, _)| {
        // Bounded, so that a body of nothing but beginnings takes no longer than any other.
        let rest = &body[at..];
        let end = rest.bytes().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || b"/-.".contains(byte)).count();
        rest[..end].trim_end_matches('.')
    })
}

/// The handles in the co-authors field.
pub(super) fn coauthor_handles(typed: &str, problems: &mut Problems) -> Vec<String> {
    let handles: Vec<String> = typed
        .split([',', ' ', '\n'])
        .map(|handle| handle.trim().trim_start_matches('@').to_owned())
        .filter(|handle| !handle.is_empty())
        .collect();
    if handles.len() > MAX_COAUTHORS {
        problems.add("coauthors", format!("Name at most {MAX_COAUTHORS} co-authors."));
        return Vec::new();
    }
    handles
}

fn parse_topics(typed: &str, problems: &mut Problems) -> Vec<String> {
    let mut topics: Vec<text::topic::Topic> = Vec::new();
    for word in typed.split([',', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        // "night sky" is what people type, "nightsky" what a hashtag can be.
        match text::topic::parse(&word.split_whitespace().collect::<String>()) {
            Some(topic) if topics.iter().all(|known| known.key != topic.key) => topics.push(topic),
            Some(_) => {}
            None => problems.add("topics", format!("“{word}” cannot be a topic. Use letters, digits and _ only.")),
        }
    }
    if topics.len() > MAX_TOPICS {
        problems.add("topics", format!("Set at most {MAX_TOPICS} topics."));
    }
    topics.into_iter().map(|topic| topic.name).collect()
}

fn parse_section(typed: &str, problems: &mut Problems) -> Option<SectionId> {
    let section = typed.parse().ok();
    if section.is_none() && !typed.is_empty() {
        problems.add("section", "That section does not exist. Choose another.");
    }
    section
}

fn parse_work(typed: &str, problems: &mut Problems) -> Work {
    let work = typed.parse().ok();
    if work.is_none() && !typed.is_empty() {
        problems.add("work", "Choose one of the types of work.");
    }
    work.unwrap_or_default()
}

fn parse_language(typed: &str, problems: &mut Problems) -> String {
    let known = text::language::known(typed);
    if known.is_none() && !typed.trim().is_empty() {
        problems.add("language", "Choose one of the languages in the list, or let it be found by itself.");
    }
    known.unwrap_or_default().to_owned()
}

fn parse_picture(form: &Form, uploaded: Option<&str>, problems: &mut Problems) -> Option<LeadPicture> {
    let kept = Some(form.text("picture_id").trim()).filter(|key| !key.is_empty() && !form.ticked("without_picture"));
    let key = uploaded.or(kept)?;
    let mut line = |field: &'static str| {
        let value = text::clean_line(form.text(field));
        if value.chars().count() > MAX_LINE * 2 {
            problems.add(field, format!("Use at most {} characters here.", MAX_LINE * 2));
        }
        value
    };
    Some(LeadPicture { key: key.to_owned(), caption: line("picture_caption"), credit: line("picture_credit"), alt: line("picture_alt") })
}

fn parse_dated(typed: &str, zone: &jiff::tz::TimeZone, problems: &mut Problems) -> Option<i64> {
    if typed.trim().is_empty() {
        return None;
    }
    text::times::parse_local(typed.trim(), zone).map_err(|words| problems.add("published_at", words)).ok()
}
