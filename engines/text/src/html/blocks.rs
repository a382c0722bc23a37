//! Blocks: headings, lists, quotes, code, figures, folds, frames.

use ego_tree::NodeRef;
use scraper::Node;

use super::escape;
use super::frames;
use super::runs::Marks;
use super::tables;
use super::walk::{Walk, attribute, is_of, name, words};

/// Quotes and lists in each other; deeper ones are written as what they hold.
const MAX_INSIDE: usize = 8;

type Place<'a> = NodeRef<'a, Node>;

/// Writes an element that is a block; false for one that stands in a line.
pub(super) fn write(walk: &mut Walk<'_>, node: Place<'_>, tag: &str, marks: &Marks, depth: usize) -> bool {
    if is_dropped(node, tag) {
        return true;
    }
    match tag {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => heading(walk, node, tag, depth),
        "blockquote" if walk.inside < MAX_INSIDE => quote(walk, node, depth),
        "ul" | "ol" | "menu" | "dir" if walk.inside < MAX_INSIDE => list(walk, node, tag == "ol", depth),
        "pre" => code(walk, node),
        "hr" => walk.push("---".to_owned()),
        "table" => {
            walk.flush();
            tables::write(walk, node, marks, depth);
        }
        "figure" => figure(walk, node, marks, depth),
        "details" => fold(walk, node, depth),
        "iframe" | "embed" | "video" | "audio" | "object" => frame(walk, node),
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "dir" | "div" | "dl" | "dt" | "fieldset"
        | "figcaption" | "footer" | "form" | "header" | "hgroup" | "li" | "main" | "menu" | "nav" | "ol" | "p" | "section" | "summary"
        | "ul" => {
            walk.flush();
            walk.below(node, marks, depth + 1);
            walk.flush();
        }
        _ => return false,
    }
    true
}

/// What no reader sees, and what asks them to subscribe elsewhere.
fn is_dropped(node: Place<'_>, tag: &str) -> bool {
    let hidden = matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "title"
            | "meta"
            | "link"
            | "svg"
            | "canvas"
            | "input"
            | "select"
            | "button"
            | "textarea"
            | "option"
            | "source"
            | "track"
            | "param"
    );
    hidden || ["subscription-widget-wrap", "subscribe-widget", "sharedaddy", "jp-relatedposts"].iter().any(|class| is_of(node, class))
}

fn heading(walk: &mut Walk<'_>, node: Place<'_>, tag: &str, depth: usize) {
    walk.flush();
    let level = usize::from(tag.as_bytes()[1] - b'0');
    let blocks = walk.nested(node, &Marks::default(), depth + 1);
    for block in blocks {
        if block.starts_with("![") || block.contains("\n\n") {
            walk.push(block);
        } else {
            walk.push(format!("{} {}", "#".repeat(level), block.replace("\\\n", " ").replace('\n', " ")));
        }
    }
}

fn quote(walk: &mut Walk<'_>, node: Place<'_>, depth: usize) {
    walk.flush();
    walk.inside += 1;
    let blocks = walk.nested(node, &Marks::default(), depth + 1);
    walk.inside -= 1;
    if !blocks.is_empty() {
        walk.push(indented(&blocks.join("\n\n"), "> ", "> "));
    }
}

fn list(walk: &mut Walk<'_>, node: Place<'_>, ordered: bool, depth: usize) {
    walk.flush();
    walk.inside += 1;
    let mut number: u32 = attribute(node, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1).min(999_999);
    let mut items: Vec<Vec<String>> = Vec::new();
    for child in node.children().filter(|child| child.value().is_element()) {
        let blocks = walk.nested(child, &Marks::default(), depth + 1);
        match items.last_mut() {
            // Lists right in lists belong to the item before them.
            Some(last) if matches!(name(child), Some("ul" | "ol")) => last.push(list_of(walk, child, depth)),
            _ if blocks.is_empty() => {}
            _ => items.push(blocks),
        }
    }
    walk.inside -= 1;
    let tight = items.iter().all(|blocks| blocks.len() == 1 || (blocks.len() == 2 && is_list(&blocks[1])));
    let gap = if tight { "\n" } else { "\n\n" };
    let mut lines = Vec::with_capacity(items.len());
    for blocks in items {
        let marker = if ordered { format!("{number}. ") } else { "- ".to_owned() };
        number += 1;
        lines.push(indented(&blocks.join(gap), &marker, &" ".repeat(marker.len())));
    }
    walk.push(lines.join(gap));
}

fn list_of(walk: &mut Walk<'_>, node: Place<'_>, depth: usize) -> String {
    let mut inner = Walk::new(walk.reading);
    inner.inside = walk.inside;
    list(&mut inner, node, name(node) == Some("ol"), depth + 1);
    inner.finish().join("\n")
}

fn is_list(block: &str) -> bool {
    block.starts_with("- ") || block.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ")
}

fn indented(text: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let prefix = if number == 0 { first } else { others };
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

fn code(walk: &mut Walk<'_>, node: Place<'_>) {
    let text = words(node);
    let text = text.trim_matches('\n');
    if text.trim().is_empty() {
        return walk.flush();
    }
    let classes = node.descendants().filter_map(|below| attribute(below, "class")).flat_map(str::split_ascii_whitespace);
    let language = classes.filter_map(|class| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"))).next();
    let language = language
        .filter(|language| language.len() < 30 && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#_.".contains(&byte)));
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2);
    let fence = "`".repeat(longest + 1);
    walk.push(format!("{fence}{}\n{text}\n{fence}", language.unwrap_or_default()));
}

fn figure(walk: &mut Walk<'_>, node: Place<'_>, marks: &Marks, depth: usize) {
    walk.flush();
    if is_of(node, "kg-bookmark-card") {
        return bookmark(walk, node);
    }
    let caption = node.children().find(|child| name(*child) == Some("figcaption"));
    let other = |below: Place<'_>| {
        below != node && matches!(name(below), Some("figure" | "table" | "blockquote" | "pre" | "iframe" | "video" | "audio" | "embed"))
    };
    let pictures: Vec<(String, String)> = if node.descendants().any(other) {
        Vec::new()
    } else {
        node.descendants().filter(|below| name(*below) == Some("img")).filter_map(|img| walk.picture_of(img)).collect()
    };
    if pictures.is_empty() {
        // The caption is a block of its own, so it follows what it is about.
        return walk.below(node, marks, depth + 1);
    }
    let caption = caption.map(words).unwrap_or_default().replace('|', "–");
    let last = pictures.len() - 1;
    let lines: Vec<String> = pictures
        .into_iter()
        .enumerate()
        .map(|(number, (src, alt))| picture(&src, &alt, if number == last { &caption } else { "" }))
        .collect();
    walk.push(lines.join("\n"));
}

fn picture(src: &str, alt: &str, caption: &str) -> String {
    let title = escape::title(caption);
    let title = if title.is_empty() { title } else { format!(" \"{title}\"") };
    format!("![{}]({}{title})", escape::words(alt), escape::destination(src))
}

/// A card that shows another page: its title as a link.
fn bookmark(walk: &mut Walk<'_>, node: Place<'_>) {
    let href = node.descendants().find_map(|below| attribute(below, "href")).and_then(|href| walk.whole(href));
    let titled = node.descendants().find(|below| is_of(*below, "kg-bookmark-title")).map(words);
    let Some(href) = href else { return };
    let title = escape::words(&titled.unwrap_or_else(|| href.clone()));
    walk.push(format!("[{title}]({})", escape::destination(&href)));
}

fn fold(walk: &mut Walk<'_>, node: Place<'_>, depth: usize) {
    walk.flush();
    let summary = node.children().find(|child| name(*child) == Some("summary"));
    let title = crate::clean_line(&summary.map(words).unwrap_or_default());
    let outer = walk.inside;
    let mut blocks = Vec::new();
    for child in node.children().filter(|child| Some(*child) != summary) {
        blocks.extend(walk.nested_one(child, depth + 1));
    }
    let title = if title.is_empty() { "…".to_owned() } else { title };
    // Folds begin at the start of a line; in quotes and lists they are read like anything else.
    if outer > 0 {
        walk.push(format!("**{}**", escape::words(&title)));
        return blocks.into_iter().for_each(|block| walk.push(block));
    }
    walk.push(format!("+++ {title}"));
    blocks.into_iter().for_each(|block| walk.push(block));
    walk.push("+++".to_owned());
}

fn frame(walk: &mut Walk<'_>, node: Place<'_>) {
    walk.flush();
    let inner = || node.descendants().filter(|below| name(*below) == Some("source")).find_map(|source| attribute(source, "src"));
    let src = attribute(node, "src").or_else(|| attribute(node, "data-src")).or_else(|| attribute(node, "data")).or_else(inner);
    let Some(address) = src.and_then(|src| walk.whole(src)).and_then(|src| frames::address(&src)) else { return };
    let escaped = escape::destination(&address);
    walk.push(format!("<{escaped}>"));
}
