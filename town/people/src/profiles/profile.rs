//! What a profile is made of, and what a form must bring.

use url::Url;
use web::{Form, Problems};

use crate::connections::ShownTo;

/// Links of one member.
pub const MAX_LINKS: usize = 5;
/// Longest address of a link, in characters.
const MAX_URL: usize = 300;

/// A fact that members may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// How they are spoken of.
    Pronouns,
    /// Where in town they are at home, as precisely as they like.
    Place,
}

impl Fact {
    /// All of them, as they stand on a page.
    pub const ALL: [Self; 2] = [Self::Pronouns, Self::Place];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pronouns => "pronouns",
            Self::Place => "place",
        }
    }

    /// The name of the field that says who sees it.
    pub(super) fn audience_name(self) -> &'static str {
        match self {
            Self::Pronouns => "pronouns_to",
            Self::Place => "place_to",
        }
    }

    /// What people read.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pronouns => "Pronouns",
            Self::Place => "Neighbourhood",
        }
    }

    /// Longest value, in characters.
    pub fn max(self) -> usize {
        match self {
            Self::Pronouns => 40,
            Self::Place => 80,
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.name() == name)
    }

    /// What was typed for it, on one line and within its length.
    ///
    /// # Errors
    /// Words that say what to do.
    pub fn parse(self, typed: &str) -> Result<String, String> {
        let value = text::clean_line(typed);
        if value.chars().count() > self.max() {
            return Err(format!("Use at most {} characters.", self.max()));
        }
        Ok(value)
    }
}

/// A fact that somebody told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which it is.
    pub fact: Fact,
    /// What they said.
    pub value: String,
    /// Who sees it.
    pub shown_to: ShownTo,
}

/// A link to a page of theirs elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its address: `https` or `http`.
    pub url: String,
    /// Who sees it.
    pub shown_to: ShownTo,
    /// Whether that page leads back.
    pub proved: bool,
}

impl Link {
    /// What people read: the address without what every address has.
    pub fn words(&self) -> &str {
        let bare = self.url.strip_prefix("https://").or_else(|| self.url.strip_prefix("http://")).unwrap_or(&self.url);
        bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/')
    }
}

/// What somebody says of themselves; as much of it as whoever asked may see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Key of the wide picture.
    pub cover: Option<String>,
    /// What they told, in the order of [`Fact::ALL`].
    pub facts: Vec<Told>,
    /// Their links, in their order.
    pub links: Vec<Link>,
}

impl Profile {
    /// A fact, when it is told.
    pub fn fact(&self, fact: Fact) -> Option<&Told> {
        self.facts.iter().find(|told| told.fact == fact)
    }

    /// Reads facts and links of a form. The cover is a file, and stays what it is.
    pub(super) fn parse(form: &Form, problems: &mut Problems) -> Self {
        let mut profile = Self::default();
        for fact in Fact::ALL {
            match fact.parse(form.text(fact.name())) {
                Ok(value) if value.is_empty() => {}
                Ok(value) => profile.facts.push(Told { fact, value, shown_to: audience(form, fact.audience_name()) }),
                Err(words) => problems.add(fact.name(), words),
            }
        }
        for field in &LINK_FIELDS {
            match parse_url(form.text(field.url)) {
                Ok(None) => {}
                Ok(Some(url)) if profile.links.iter().any(|link| link.url == url) => {}
                Ok(Some(url)) => profile.links.push(Link { url, shown_to: audience(form, field.shown_to), proved: false }),
                Err(words) => problems.add(field.url, words),
            }
        }
        profile
    }
}

/// The fields of one link in the form.
pub(super) struct LinkField {
    pub url: &'static str,
    pub label: &'static str,
    pub shown_to: &'static str,
}

/// The fields of all links.
pub(super) const LINK_FIELDS: [LinkField; MAX_LINKS] = [
    LinkField { url: "link_1", label: "First link", shown_to: "link_1_to" },
    LinkField { url: "link_2", label: "Second link", shown_to: "link_2_to" },
    LinkField { url: "link_3", label: "Third link", shown_to: "link_3_to" },
    LinkField { url: "link_4", label: "Fourth link", shown_to: "link_4_to" },
    LinkField { url: "link_5", label: "Fifth link", shown_to: "link_5_to" },
];

/// Whom a form says something is for. What is not said is for nobody: a form that lost a field does not open anything.
fn audience(form: &Form, field: &str) -> ShownTo {
    ShownTo::named(form.text(field)).unwrap_or(ShownTo::OnlyMe)
}

/// The address of a page on the web; people may leave out how it begins.
pub(crate) fn parse_url(typed: &str) -> Result<Option<String>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&whole).ok().filter(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.username().is_empty()
            && url.password().is_none()
            && url.host_str().is_some_and(|host| host.contains('.') && !host.ends_with('.'))
    });
    match url {
        Some(url) if url.as_str().chars().count() <= MAX_URL => Ok(Some(url.into())),
        Some(_) => Err(format!("Use an address of at most {MAX_URL} characters.")),
        None => Err("Write the address of a page, such as https://example.com/rosa.".into()),
    }
}
