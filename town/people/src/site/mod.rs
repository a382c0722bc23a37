//! The site: one installation, with its name, its place, its time and its rules.

mod licence;
mod store;

pub use licence::Licence;
pub use store::{bring, create, load, save, save_joining};

use jiff::tz::TimeZone;
use url::{Host, Url};
use web::{Form, Problems};

use crate::joining::Mode;

/// The site as its people set it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The nameplate.
    pub name: String,
    /// A few words under it.
    pub tagline: String,
    /// The sentence in the footer.
    pub sentence: String,
    /// The town or region it is about.
    pub place: String,
    /// IANA name, such as `America/Los_Angeles`.
    pub time_zone: String,
    /// BCP 47 tag of the language it is written in.
    pub language: String,
    /// Whether an editor must have read a story before it is published.
    pub review_required: bool,
    /// Under which terms its stories may be used, unless a story says otherwise; `None` where nothing is said.
    pub licence: Option<Licence>,
    /// Address of the hub that is told of every change (WebSub); empty for none.
    pub hub: String,
    /// Who may join by themselves.
    pub joining: Mode,
    /// The house rules as Markdown; empty for [`crate::house_rules::USUAL`].
    pub rules: String,
}

/// Languages offered at setup: tag and own name. Others can be typed into the database by hand; these are the ones
/// whose reading direction and hyphenation we have looked at.
pub const LANGUAGES: [(&str, &str); 12] = [
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("uk", "Українська"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("he", "עברית"),
];

const MAX_NAME: usize = 80;
const MAX_TAGLINE: usize = 160;
const MAX_SENTENCE: usize = 600;

impl Site {
    /// What stands there before anybody has set the site up.
    pub fn nameless() -> Self {
        Self {
            name: "A new Ocotillo".into(),
            tagline: String::new(),
            sentence: String::new(),
            place: String::new(),
            time_zone: "UTC".into(),
            language: "en".into(),
            review_required: false,
            licence: None,
            hub: String::new(),
            joining: Mode::Closed,
            rules: String::new(),
        }
    }

    /// Reads the setup or settings form.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let line = |field: &str| text::clean_line(form.text(field));
        let site = Self {
            name: line("name"),
            tagline: line("tagline"),
            sentence: line("sentence"),
            place: line("place"),
            time_zone: line("time_zone"),
            language: line("language"),
            review_required: form.ticked("review_required"),
            licence: Licence::chosen(form.text("licence")).unwrap_or_else(|words| {
                problems.add("licence", words);
                None
            }),
            hub: form.text("hub").trim().to_owned(),
            // Its own page of the desk changes these.
            joining: Mode::Closed,
            rules: String::new(),
        };
        site.check(problems);
        site
    }

    fn check(&self, problems: &mut Problems) {
        if self.name.is_empty() {
            problems.add("name", "Give the site a name.");
        }
        for (field, value, max) in [
            ("name", &self.name, MAX_NAME),
            ("tagline", &self.tagline, MAX_TAGLINE),
            ("sentence", &self.sentence, MAX_SENTENCE),
            ("place", &self.place, MAX_NAME),
        ] {
            if value.chars().count() > max {
                problems.add(field, format!("Use at most {max} characters here."));
            }
        }
        if !self.hub.is_empty() && !is_hub(&self.hub) {
            problems.add("hub", "Give the whole address of a hub on the public web, such as https://hub.example/.");
        }
        if TimeZone::get(&self.time_zone).is_err() {
            problems.add("time_zone", "Choose a time zone such as America/Los_Angeles.");
        }
        if !LANGUAGES.iter().any(|(tag, _)| *tag == self.language) {
            problems.add("language", "Choose one of the languages in the list.");
        }
    }

    /// Its time zone. UTC when the name means nothing to this system.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// Which way its language reads.
    pub fn direction(&self) -> &'static str {
        text::language::direction(&self.language)
    }
}

/// An address that the way out to the web takes: https, a name, nothing that only we reach.
pub fn is_hub(typed: &str) -> bool {
    const LONGEST: usize = 500;
    let Ok(url) = Url::parse(typed) else { return false };
    let named = matches!(url.host(), Some(Host::Domain(name)) if name.contains('.') && !name.ends_with(".localhost"));
    let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none() && url.fragment().is_none();
    url.scheme() == "https" && named && plain && typed.len() <= LONGEST
}

#[cfg(test)]
mod tests;
