//! The markup of comments.

pub(super) mod card;
pub(super) mod composer;
pub(super) mod forms;
pub(super) mod said;
pub(super) mod section;
pub(super) mod thread;
pub(super) mod waiting;

use jiff::tz::TimeZone;
use people::{Town, Viewer};

/// The moment in which comments are drawn, where, and before whom.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// Milliseconds since 1970.
    pub now: i64,
    /// The site's zone.
    pub zone: TimeZone,
    /// Tag of the site's language, which is that of the page.
    pub language: String,
    /// Whether people can join.
    pub joins: bool,
    /// Who looks at them.
    pub viewer: &'a Viewer,
    /// The page they stand on, where browsers without scripts come back to.
    pub back: &'a str,
}

impl<'a> Standing<'a> {
    /// Now, in this town.
    pub fn of(town: &Town, viewer: &'a Viewer, back: &'a str) -> Self {
        let site = town.site();
        Self { now: town.now(), zone: town.zone(), language: site.language.clone(), joins: site.joining.offers(), viewer, back }
    }

    /// For `lang`: the language of words where it is another than the page's.
    fn lang<'b>(&self, language: &'b str) -> Option<&'b str> {
        (!language.is_empty() && !text::language::same(language, &self.language)).then_some(language)
    }
}

/// What an address carries of another.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
