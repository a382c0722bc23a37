//! The first wall: HTML written tag by tag from the tree.

use super::folds::{self, Part};
use super::pictures::{self, Known};
use super::tree::{self, Step, Walker, text_of};
use super::{embeds, escape, headings, links, tables};
use comrak::nodes::{ListType, Node, NodeCodeBlock, NodeList, NodeValue};

/// Tags in tags; below that only words are written. Browsers and the second wall slow down with
/// depth, and no reader can follow it.
const MAX_DEPTH: usize = 32;

/// Longest name of a code block's language.
const MAX_LANGUAGE: usize = 30;

/// The HTML of a whole body.
pub(super) fn body(source: &str, known: Known<'_>) -> String {
    let mut writer = Writer {
        out: String::with_capacity(source.len() + source.len() / 4),
        known,
        closing: Vec::new(),
        depth: 0,
        names: headings::Names::default(),
        table: tables::Position::default(),
    };
    for part in folds::parts(source) {
        match part {
            Part::Text(text) => tree::parsed(text, |root| tree::walk(root, &mut writer)),
            Part::Open(title) => {
                writer.out.push_str("<details><summary>");
                escape::push(&mut writer.out, title);
                writer.out.push_str("</summary>\n");
            }
            Part::Close => writer.out.push_str("</details>\n"),
        }
    }
    writer.out
}

struct Writer<'p> {
    out: String,
    known: Known<'p>,
    /// What to write when leaving each of the nodes entered.
    closing: Vec<&'static str>,
    /// How many of those wrote a tag.
    depth: usize,
    names: headings::Names,
    table: tables::Position,
}

impl<'a> Walker<'a> for Writer<'_> {
    fn enter(&mut self, node: Node<'a>) -> Step {
        match &node.data().value {
            NodeValue::Text(text) => escape::push(&mut self.out, text),
            NodeValue::SoftBreak => self.out.push('\n'),
            NodeValue::LineBreak => self.out.push_str("<br>\n"),
            NodeValue::ThematicBreak => self.out.push_str("<hr>\n"),
            NodeValue::Code(code) => self.leaf("<code>", &code.literal, "</code>"),
            NodeValue::CodeBlock(block) => self.code_block(block),
            NodeValue::HtmlInline(html) => escape::push(&mut self.out, html),
            NodeValue::HtmlBlock(html) => self.leaf("<p>", html.literal.trim_end(), "</p>\n"),
            NodeValue::Image(image) => {
                pictures::push_inline(&mut self.out, node, &image.url, self.known);
            }
            NodeValue::Paragraph => return self.paragraph(node),
            value => {
                self.open(node, value);
                return Step::Into;
            }
        }
        Step::Over
    }

    fn leave(&mut self, _: Node<'a>) {
        let closing = self.closing.pop().unwrap_or_default();
        if closing.starts_with('<') {
            self.depth -= 1;
        }
        self.out.push_str(closing);
    }
}

impl Writer<'_> {
    fn paragraph(&mut self, node: Node<'_>) -> Step {
        if self.depth < MAX_DEPTH
            && let Some(block) = pictures::figures(node, self.known).or_else(|| embeds::card(node, self.known))
        {
            self.out.push_str(&block);
            return Step::Over;
        }
        if tree::is_tight(node) {
            // A nested list after it must not touch its last word.
            self.closing.push(if node.next_sibling().is_some() { "\n" } else { "" });
        } else {
            self.tag("<p>", "</p>\n");
        }
        Step::Into
    }

    fn open(&mut self, node: Node<'_>, value: &NodeValue) {
        match value {
            NodeValue::Heading(heading) => self.heading(node, heading.level),
            NodeValue::BlockQuote => self.tag("<blockquote>\n", "</blockquote>\n"),
            NodeValue::List(list) => self.list(list),
            NodeValue::Item(_) => self.tag("<li>", "</li>\n"),
            NodeValue::Emph => self.tag("<em>", "</em>"),
            NodeValue::Strong => self.tag("<strong>", "</strong>"),
            NodeValue::Strikethrough => self.tag("<del>", "</del>"),
            NodeValue::Link(link) => self.link(&link.url),
            NodeValue::Table(table) => {
                self.table.table(table);
                self.tag(tables::OPEN, tables::CLOSE);
            }
            NodeValue::TableRow(header) => {
                let (open, close) = self.table.row(*header);
                self.tag(open, close);
            }
            NodeValue::TableCell => {
                let (open, close) = self.table.cell();
                self.tag(open, close);
            }
            // Extensions that are off.
            _ => self.closing.push(""),
        }
    }

    /// Writes an opening tag, unless the depth is reached; then only a line break parts the words.
    fn tag(&mut self, open: &str, close: &'static str) {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            self.out.push_str(open);
            self.closing.push(close);
        } else {
            self.closing.push(if close.ends_with('\n') { "\n" } else { "" });
        }
    }

    fn leaf(&mut self, open: &str, text: &str, close: &str) {
        self.out.push_str(open);
        escape::push(&mut self.out, text);
        self.out.push_str(close);
    }

    fn heading(&mut self, node: Node<'_>, level: u8) {
        let (open, close) = headings::tag(level);
        let name = self.names.name(&text_of(node));
        self.tag(&format!("{open} id=\"{name}\">"), close);
    }

    fn list(&mut self, list: &NodeList) {
        match list.list_type {
            ListType::Bullet => self.tag("<ul>\n", "</ul>\n"),
            ListType::Ordered if list.start == 1 => self.tag("<ol>\n", "</ol>\n"),
            ListType::Ordered => self.tag(&format!("<ol start=\"{}\">\n", list.start), "</ol>\n"),
        }
    }

    fn link(&mut self, url: &str) {
        match links::link(url) {
            Some(url) => {
                let mut open = String::from("<a");
                escape::attribute(&mut open, "href", &url);
                open.push('>');
                self.tag(&open, "</a>");
            }
            None => self.closing.push(""),
        }
    }

    fn code_block(&mut self, block: &NodeCodeBlock) {
        self.out.push_str("<pre><code");
        let language = block.info.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        if is_language(&language) {
            escape::attribute(&mut self.out, "class", &format!("language-{language}"));
        }
        self.leaf(">", &block.literal, "</code></pre>\n");
    }
}

/// "rust", "c++", "objective-c": all that may follow "language-".
pub(super) fn is_language(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-#_.".contains(&byte);
    !name.is_empty() && name.len() <= MAX_LANGUAGE && name.bytes().all(allowed)
}
