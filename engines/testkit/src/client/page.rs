//! What came back, asked by meaning.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use scraper::{ElementRef, Html, Selector};

use super::form::Form;
use super::landmarks;

/// How much of a page's text a failed expectation shows.
const SHOWN: usize = 600;

/// An answer of the site.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path and query that were asked for.
    pub address: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
}

impl Page {
    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{} is no JSON ({error}): {}", self.address, self.start()))
    }

    /// The body as a document.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// A header's value, where there is one.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Where a redirect leads.
    ///
    /// # Panics
    /// When this is no redirect.
    #[track_caller]
    pub fn location(&self) -> String {
        let location = self.header("location").filter(|_| self.status.is_redirection());
        location.unwrap_or_else(|| panic!("{} is no redirect but {}: {}", self.address, self.status, self.start())).into()
    }

    /// The text of every element that the selector finds, white space collapsed.
    #[track_caller]
    pub fn select_text(&self, css: &str) -> Vec<String> {
        self.html().select(&selector(css)).map(visible).collect()
    }

    /// The text of the one element that the selector finds.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[track_caller]
    pub fn one(&self, css: &str) -> String {
        let mut found = self.select_text(css);
        assert!(found.len() == 1, "{} × {css:?} on {}, not one: {}", found.len(), self.address, self.start());
        found.remove(0)
    }

    /// How many elements the selector finds.
    #[track_caller]
    pub fn count(&self, css: &str) -> usize {
        self.html().select(&selector(css)).count()
    }

    /// Whether the selector finds anything.
    #[track_caller]
    pub fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    /// Whether a reader sees these words, one after the other, however they are marked up.
    pub fn has_text(&self, words: &str) -> bool {
        visible(self.html().root_element()).contains(&collapsed(words))
    }

    /// An attribute of the first element that the selector finds and that has it.
    #[track_caller]
    pub fn attr(&self, css: &str, name: &str) -> Option<String> {
        self.html().select(&selector(css)).find_map(|element| element.attr(name).map(str::to_owned))
    }

    /// The form that the selector finds, with the values that the page gives its fields.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[track_caller]
    pub fn form(&self, css: &str) -> Form {
        Form::of(self, css)
    }

    /// Expects a status, by number; returns the page for more questions.
    ///
    /// # Panics
    /// When it has another, with the start of what the page says.
    #[track_caller]
    pub fn assert_status(&self, expected: u16) -> &Self {
        let location = self.header("location").map(|to| format!(" to {to}")).unwrap_or_default();
        assert!(self.status.as_u16() == expected, "{} answered {}{location}, not {expected}: {}", self.address, self.status, self.start());
        self
    }

    /// Expects a reader to see these words; returns the page for more questions.
    ///
    /// # Panics
    /// When they do not.
    #[track_caller]
    pub fn assert_text(&self, words: &str) -> &Self {
        assert!(self.has_text(words), "no {words:?} on {}: {}", self.address, self.start());
        self
    }

    /// What keeps people with assistive technology from finding their way, in words; empty when
    /// all is well. Checked: language, title, one main, one heading of level 1, banner, footer,
    /// names of navigations, unique ids, text alternatives, labels of fields.
    pub fn landmark_faults(&self) -> Vec<String> {
        landmarks::faults(&self.html())
    }

    /// Expects [`Page::landmark_faults`] to find nothing.
    ///
    /// # Panics
    /// With the list of what it found.
    #[track_caller]
    pub fn assert_landmarks(&self) -> &Self {
        let faults = self.landmark_faults();
        assert!(faults.is_empty(), "{}: {}", self.address, faults.join("; "));
        self
    }

    /// The start of what the page says, for failed expectations.
    pub(super) fn start(&self) -> String {
        let html = self.html();
        let main = html.select(&selector("main")).next().unwrap_or_else(|| html.root_element());
        let text = visible(main);
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}

/// A selector written in a test.
#[track_caller]
pub(super) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css:?} is no selector: {error}"))
}

/// The text that a reader sees of an element, white space collapsed.
pub(super) fn visible(element: ElementRef) -> String {
    let mut text = String::new();
    gather(element, &mut text);
    collapsed(&text)
}

fn gather(element: ElementRef, text: &mut String) {
    for child in element.children() {
        if let Some(words) = child.value().as_text() {
            text.push_str(words);
        } else if let Some(child) = ElementRef::wrap(child) {
            let hidden = child.attr("hidden").is_some();
            match child.value().name() {
                "script" | "style" | "template" | "head" => {}
                _ if hidden => {}
                name => {
                    // Words of neighbouring blocks do not touch, those of inline marks do.
                    let gap = if INLINE.contains(&name) { "" } else { " " };
                    text.push_str(gap);
                    gather(child, text);
                    text.push_str(gap);
                }
            }
        }
    }
}

const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "time",
];

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
