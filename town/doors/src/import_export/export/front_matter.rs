//! What stands over a story in Markdown: YAML that Hugo, Jekyll and Eleventy read, and so does `ocotillo import`.

use std::fmt::Write as _;
use things::stories::{Content, whole::Whole};

/// The lines between the dashes.
pub(super) struct FrontMatter<'a> {
    pub story: &'a Whole,
    pub content: &'a Content,
    /// Names of its section and those above it, the outermost first.
    pub section: &'a [String],
    /// When it was published, unless it is a draft.
    pub published: Option<i64>,
    /// When it was changed last.
    pub updated: i64,
    /// Where its picture lies, seen from its own folder.
    pub picture: Option<String>,
}

impl FrontMatter<'_> {
    pub(super) fn write(&self) -> String {
        let mut out = String::from("---\n");
        let mut line = |name: &str, value: String| {
            let _ = writeln!(out, "{name}: {value}");
        };
        let (story, content) = (self.story, self.content);
        let at = |ms: Option<i64>| ms.and_then(text::times::stamp::write).unwrap_or_default();
        let lead = content.picture.clone().filter(|_| self.picture.is_some()).unwrap_or_default();
        let words = [
            ("title", content.headline.clone()),
            ("description", content.standfirst.clone()),
            ("date", at(self.published)),
            ("lastmod", at(Some(self.updated))),
            ("url", story.address.clone().filter(|_| self.published.is_some()).unwrap_or_default()),
            ("id", story.id.to_string()),
            ("place", content.place.clone()),
            ("work", content.work.name().to_owned()),
            ("image", self.picture.clone().unwrap_or_default()),
            ("image_alt", lead.alt),
            ("image_caption", lead.caption),
            ("image_credit", lead.credit),
        ];
        for (name, words) in words.iter().filter(|(_, words)| !words.is_empty()) {
            line(name, quoted(words));
        }
        // One category: a path, as folders have it.
        let section: Vec<String> = self.section.iter().map(|name| name.replace('/', "∕")).collect();
        let lists = [
            ("authors", story.byline.iter().map(|author| author.name.clone()).collect()),
            ("categories", if section.is_empty() { Vec::new() } else { vec![section.join("/")] }),
            ("tags", content.topics.clone()),
        ];
        for (name, values) in lists {
            if !values.is_empty() {
                line(name, format!("[{}]", values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ")));
            }
        }
        if !content.sources.is_empty() {
            line("sources", serde_json::to_string(&content.sources).unwrap_or_default());
        }
        if self.published.is_none() {
            line("draft", "true".into());
        }
        out + "---\n\n"
    }
}

/// A string of YAML, and of JSON. What YAML takes for a break or for nothing that can be printed is written as its number.
fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}
