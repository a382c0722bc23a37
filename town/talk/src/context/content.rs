//! What is written and what is said of it: types, and what may come in.

use url::Url;
use web::{Form, Problems};

use super::model::Value;

/// Longest context, in characters: what one reads beside a post without losing it.
pub const MAX_BODY: usize = 600;
/// Most sources.
pub const MAX_SOURCES: usize = 5;
/// Longest address of a source, in bytes.
const MAX_ADDRESS: usize = 1_000;

/// What a context says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Plain words, as they were written.
    pub body: String,
    /// Addresses on the web, at least one.
    pub sources: Vec<String>,
}

impl Content {
    /// Reads `body`, and `sources`, one a line.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let body = text::note::clean(form.text("body"));
        let length = body.chars().count();
        if body.is_empty() {
            problems.add("body", "Write what readers should know.");
        } else if length > MAX_BODY {
            problems.add("body", format!("This is {length} characters long, and context may have {MAX_BODY}. Shorten it a little."));
        }
        let mut sources: Vec<String> = Vec::new();
        for line in form.text("sources").lines().map(text::clean_line).filter(|line| !line.is_empty()) {
            match address(&line) {
                Some(address) if !sources.contains(&address) => sources.push(address),
                Some(_) => {}
                None => problems.add(
                    "sources",
                    format!("“{}” is no web address. Write one a line, beginning with https://.", text::excerpt(&line, 80)),
                ),
            }
        }
        if sources.is_empty() {
            problems.add("sources", "Give at least one source: the address of a page where readers can check this.");
        } else if sources.len() > MAX_SOURCES {
            problems.add("sources", format!("Give at most {MAX_SOURCES} sources."));
        }
        Self { body, sources }
    }
}

/// A web address as it is kept; `None` for what is none.
pub(super) fn address(line: &str) -> Option<String> {
    let url = Url::parse(line).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())?;
    // A name and a password in an address show another host than they lead to.
    let plain = url.username().is_empty() && url.password().is_none() && url.as_str().len() <= MAX_ADDRESS;
    plain.then(|| url.to_string())
}

/// The host of a source, as people know it.
pub(super) fn host(address: &str) -> String {
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(ToOwned::to_owned)).unwrap_or_default();
    host.strip_prefix("www.").map_or(host.clone(), ToOwned::to_owned)
}

/// Why somebody says what they say: name, and words.
pub(super) const REASONS: [(&str, &str); 6] = [
    ("clear", "Clear and easy to check"),
    ("sources", "Good sources"),
    ("needed", "Says what was missing"),
    ("wrong", "Wrong, or not what the source says"),
    ("opinion", "Opinion rather than fact"),
    ("beside", "Beside the point"),
];

/// What somebody says of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Whether it helps.
    pub value: Value,
    /// Why: names of reasons.
    pub reasons: Vec<&'static str>,
}

impl Said {
    /// Reads `value` and any `reason`; what is no reason is left out.
    pub(super) fn parse(form: &Form, problems: &mut Problems) -> Option<Self> {
        let Some(value) = Value::named(form.text("value")) else {
            problems.add("value", "Choose whether it is helpful, somewhat helpful or not helpful.");
            return None;
        };
        let given: Vec<&str> = form.all("reason").collect();
        Some(Self { value, reasons: known_reasons(&given) })
    }
}

/// Those of these names that are reasons.
pub(super) fn known_reasons(given: &[&str]) -> Vec<&'static str> {
    REASONS.iter().map(|(name, _)| *name).filter(|name| given.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(body: &str, sources: &str) -> (Content, Option<String>, Option<String>) {
        let mut problems = Problems::default();
        let content = Content::parse(&Form::from_pairs([("body", body), ("sources", sources)]), &mut problems);
        let problem = |field| problems.of(field).map(ToOwned::to_owned);
        (content, problem("body"), problem("sources"))
    }

    #[test]
    fn context_says_something_and_rests_on_something() {
        let (content, body, sources) = parsed(" It was 2019. ", "https://example.org/a\nhttps://example.org/a\n\n http://b.example/ ");
        assert_eq!((body, sources), (None, None));
        assert_eq!(
            content,
            Content { body: "It was 2019.".into(), sources: vec!["https://example.org/a".into(), "http://b.example/".into()] }
        );
        assert!(parsed("", "https://example.org").1.is_some_and(|words| words.contains("Write what")));
        assert_eq!(parsed(&"é".repeat(MAX_BODY), "https://example.org").1, None);
        assert!(parsed(&"é".repeat(MAX_BODY + 1), "https://example.org").1.is_some_and(|words| words.contains("601 characters")));
        for wrong in ["", "  \n", "a book", "javascript:alert(1)", "https://", "https://bank.example@evil.example/", "ftp://example.org/"] {
            assert!(parsed("It was 2019.", wrong).2.is_some(), "{wrong:?}");
        }
        let six: String = (0..6).map(|number| format!("https://example.org/{number}\n")).collect();
        assert!(parsed("It was 2019.", &six).2.is_some_and(|words| words.contains("at most 5")));
        assert!(parsed("It was 2019.", &format!("https://example.org/{}", "a".repeat(MAX_ADDRESS))).2.is_some());
        assert_eq!(host("https://www.example.org/a"), "example.org");
    }
}
