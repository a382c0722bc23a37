//! The way through a document: words are gathered into paragraphs, blocks end them.

use ego_tree::NodeRef;
use scraper::{Node, node::Element};
use std::rc::Rc;
use url::Url;

use super::Reading;
use super::blocks;
use super::runs::{self, Kind, Marks, Run};

/// Elements in elements; below that only words are taken.
const MAX_DEPTH: usize = 60;

/// What is written so far.
pub(super) struct Walk<'r> {
    pub(super) reading: &'r Reading<'r>,
    /// Quotes and lists around the place.
    pub(super) inside: usize,
    blocks: Vec<String>,
    runs: Vec<Run>,
}

/// The name of an element.
pub(super) fn name(node: NodeRef<'_, Node>) -> Option<&str> {
    node.value().as_element().map(Element::name)
}

/// An attribute of an element.
pub(super) fn attribute<'a>(node: NodeRef<'a, Node>, name: &str) -> Option<&'a str> {
    node.value().as_element()?.attr(name)
}

/// Whether an element is of this class.
pub(super) fn is_of(node: NodeRef<'_, Node>, class: &str) -> bool {
    attribute(node, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
}

impl<'r> Walk<'r> {
    pub(super) fn new(reading: &'r Reading<'r>) -> Self {
        Self { reading, inside: 0, blocks: Vec::new(), runs: Vec::new() }
    }

    pub(super) fn finish(mut self) -> Vec<String> {
        self.flush();
        self.blocks
    }

    /// A block that is ready.
    pub(super) fn push(&mut self, block: String) {
        self.flush();
        if !block.trim().is_empty() {
            self.blocks.push(block);
        }
    }

    /// Ends the paragraph.
    pub(super) fn flush(&mut self) {
        let paragraph = runs::write(std::mem::take(&mut self.runs));
        if !paragraph.is_empty() {
            self.blocks.push(paragraph);
        }
    }

    /// The blocks below a node, apart from everything else.
    pub(super) fn nested(&mut self, node: NodeRef<'_, Node>, marks: &Marks, depth: usize) -> Vec<String> {
        let outer = (std::mem::take(&mut self.blocks), std::mem::take(&mut self.runs));
        self.below(node, marks, depth);
        self.flush();
        let inner = std::mem::replace(&mut self.blocks, outer.0);
        self.runs = outer.1;
        inner
    }

    /// The blocks that one node makes, itself among them.
    pub(super) fn nested_one(&mut self, node: NodeRef<'_, Node>, depth: usize) -> Vec<String> {
        let outer = (std::mem::take(&mut self.blocks), std::mem::take(&mut self.runs));
        self.one(node, &Marks::default(), depth);
        self.flush();
        let inner = std::mem::replace(&mut self.blocks, outer.0);
        self.runs = outer.1;
        inner
    }

    /// Everything below a node.
    pub(super) fn below(&mut self, node: NodeRef<'_, Node>, marks: &Marks, depth: usize) {
        if depth > MAX_DEPTH {
            for below in node.descendants() {
                if let Node::Text(text) = below.value() {
                    self.text(text, marks);
                }
            }
            return;
        }
        for child in node.children() {
            self.one(child, marks, depth);
        }
    }

    fn one(&mut self, node: NodeRef<'_, Node>, marks: &Marks, depth: usize) {
        match node.value() {
            Node::Text(text) => self.text(text, marks),
            Node::Element(element) => self.element(node, element, marks, depth),
            _ => {}
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element, marks: &Marks, depth: usize) {
        let marks = &match element.name() {
            "strong" | "b" => Marks { strong: true, ..marks.clone() },
            "em" | "i" | "cite" | "dfn" => Marks { em: true, ..marks.clone() },
            "del" | "s" | "strike" => Marks { del: true, ..marks.clone() },
            "a" => Marks { link: element.attr("href").and_then(|href| self.link(href)).or_else(|| marks.link.clone()), ..marks.clone() },
            "br" => return self.run(Kind::Break, marks),
            "img" => return self.picture(node, marks),
            "code" | "kbd" | "samp" | "tt" => return self.run(Kind::Code(words(node)), marks),
            "sup" => {
                let text = words(node);
                return self.text(&raised(&text), marks);
            }
            _ if blocks::write(self, node, element.name(), marks, depth) => return,
            _ => marks.clone(),
        };
        self.below(node, marks, depth + 1);
    }

    pub(super) fn run(&mut self, kind: Kind, marks: &Marks) {
        self.runs.push(Run { kind, marks: marks.clone() });
    }

    fn text(&mut self, text: &str, marks: &Marks) {
        if !self.reading.breaks {
            return self.run(Kind::Text(text.to_owned()), marks);
        }
        let mut empty = 0;
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                empty += 1;
                if empty == 1 {
                    self.run(Kind::Break, marks);
                } else if empty == 2 {
                    self.flush();
                }
            }
            if !line.trim().is_empty() {
                empty = 0;
                self.run(Kind::Text(line.to_owned()), marks);
            } else if !line.is_empty() && number == 0 {
                self.run(Kind::Text(" ".to_owned()), marks);
            }
        }
    }

    fn picture(&mut self, node: NodeRef<'_, Node>, marks: &Marks) {
        let Some((src, alt)) = self.picture_of(node) else { return };
        let link = marks.link.clone().filter(|link| !is_picture_file(link));
        let title = attribute(node, "title").filter(|_| self.reading.titles).unwrap_or_default().to_owned();
        self.run(Kind::Picture { src, alt, title }, &Marks { link, ..Marks::default() });
    }

    /// The address and the alternative text of a picture; nothing for pixels that only count readers.
    pub(super) fn picture_of(&self, node: NodeRef<'_, Node>) -> Option<(String, String)> {
        let tiny = |side: &str| attribute(node, side).is_some_and(|side| matches!(side.trim(), "0" | "1" | "0px" | "1px"));
        if tiny("width") || tiny("height") {
            return None;
        }
        // Scripts that load pictures late keep the address beside a placeholder.
        let src = ["data-orig-file", "data-src", "data-lazy-src", "data-original", "src"]
            .into_iter()
            .filter_map(|name| attribute(node, name))
            .find(|src| !src.trim().is_empty() && !src.starts_with("data:"))?;
        Some((self.whole(src)?, attribute(node, "alt").unwrap_or_default().to_owned()))
    }

    /// An address with its host, when the page's own is known.
    pub(super) fn whole(&self, address: &str) -> Option<String> {
        let address = address.trim();
        if address.is_empty() || address.len() > 2_000 || address.starts_with("javascript:") {
            return None;
        }
        match self.reading.base {
            Some(base) => base.join(address).ok().map(Into::into),
            None => Some(address.to_owned()),
        }
    }

    fn link(&self, href: &str) -> Option<Rc<str>> {
        if href.trim().starts_with('#') {
            return None;
        }
        let whole = self.whole(href)?;
        let own = self.reading.base.and_then(Url::host_str);
        let Some(url) = Url::parse(&whole).ok().filter(|url| own.is_some() && url.host_str() == own) else { return Some(whole.into()) };
        let fragment = url.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default();
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        Some(format!("{}{query}{fragment}", url.path()).into())
    }
}

/// The words below a node, as they are written.
pub(super) fn words(node: NodeRef<'_, Node>) -> String {
    node.descendants().filter_map(|below| below.value().as_text().map(|text| &**text)).collect()
}

/// Links around pictures that lead to a larger copy of them.
fn is_picture_file(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or(link).to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic"].iter().any(|end| path.ends_with(end))
        || link.contains("attachment_id=")
        || link.contains("substackcdn.com/image/")
}

/// Raised digits have letters of their own; other raised words stay words.
fn raised(text: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.bytes().map(|byte| DIGITS[usize::from(byte - b'0')]).collect() } else { text.to_owned() }
}
