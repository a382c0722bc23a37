//! Markdown of other dialects: raw HTML, footnotes and task lists, which ours shows as text, become what they stand for.

use super::MAX_SOURCE;
use super::tree;
use crate::html::{Reading, to_markdown};
use comrak::nodes::NodeValue;
use comrak::{Options, markdown_to_html};

/// A body of another dialect in ours. One that has nothing foreign in it stays as it was written.
pub fn of_other_dialects(source: &str, reading: &Reading) -> String {
    if source.len() > MAX_SOURCE || !is_foreign(source) {
        return source.to_owned();
    }
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.tasklist = true;
    // Nobody is shown this: it is read again, and what comes out is Markdown.
    options.render.r#unsafe = true;
    to_markdown(&markdown_to_html(source, &options), &Reading { breaks: false, titles: true, ..*reading })
}

fn is_foreign(source: &str) -> bool {
    let footnotes = source.contains("[^") && source.contains("]:");
    footnotes
        || tree::parsed(source, |root| {
            root.descendants().any(|node| match &node.data().value {
                NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) => true,
                NodeValue::Text(text) => text.starts_with("[ ] ") || text.starts_with("[x] "),
                _ => false,
            })
        })
}
