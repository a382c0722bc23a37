//! Sources: what a story rests on, for readers to check.

use serde::{Deserialize, Serialize};
use web::Problems;

pub(super) const MAX_SOURCES: usize = 40;
const MAX_TITLE: usize = 200;
const MAX_ADDRESS: usize = 1_000;

/// One source: words, and where it can be read if it can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Its address on the web; empty for a source without one.
    pub url: String,
}

/// Reads one source a line, `Title | https://address`.
pub(super) fn parse(lines: &str, problems: &mut Problems) -> Vec<Source> {
    let mut sources = Vec::new();
    for line in lines.lines().map(text::clean_line).filter(|line| !line.is_empty()) {
        let (title, url) = match line.rsplit_once('|') {
            Some((title, url)) => (title.trim(), url.trim()),
            None if is_web(&line) => (line.as_str(), line.as_str()),
            None => (line.as_str(), ""),
        };
        if !url.is_empty() && !is_web(url) {
            problems.add("sources", format!("“{url}” is not a web address. Write a source as: Title | https://example.org"));
        }
        if title.chars().count() > MAX_TITLE || url.len() > MAX_ADDRESS {
            problems.add("sources", format!("A source has at most {MAX_TITLE} characters, its address at most {MAX_ADDRESS}."));
        }
        sources.push(Source { title: if title.is_empty() { url.to_owned() } else { title.to_owned() }, url: url.to_owned() });
    }
    if sources.len() > MAX_SOURCES {
        problems.add("sources", format!("Name at most {MAX_SOURCES} sources."));
        sources.truncate(MAX_SOURCES);
    }
    sources
}

/// Writes them back the way they are typed.
pub fn typed(sources: &[Source]) -> String {
    let line = |source: &Source| if source.url.is_empty() { source.title.clone() } else { format!("{} | {}", source.title, source.url) };
    sources.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
