//! The words of a body without its markup.

use super::folds::{self, Part};
use super::tree::{self, Step, Walker};
use super::{MAX_SOURCE, pictures};
use comrak::nodes::{Node, NodeValue};

/// All the words of a body, for search, comparison and counting: blocks stand apart by an empty
/// line, items and cells by a line break; captions of pictures and titles of folds are among them.
pub fn plain(source: &str) -> String {
    read(source, false)
}

/// Only its running text, for excerpts: no headings, pictures, code and tables.
pub fn lead(source: &str) -> String {
    read(source, true)
}

fn read(source: &str, lead: bool) -> String {
    if source.len() > MAX_SOURCE {
        return source.trim().to_owned();
    }
    let mut reader = Reader { text: String::with_capacity(source.len()), lead };
    for part in folds::parts(source) {
        match part {
            Part::Text(text) => tree::parsed(text, |root| tree::walk(root, &mut reader)),
            Part::Open(title) if !lead => reader.block(title),
            Part::Open(_) | Part::Close => {}
        }
    }
    reader.text.truncate(reader.text.trim_end().len());
    reader.text
}

struct Reader {
    text: String,
    lead: bool,
}

impl<'a> Walker<'a> for Reader {
    fn enter(&mut self, node: Node<'a>) -> Step {
        match &node.data().value {
            NodeValue::Text(text) => self.text.push_str(text),
            NodeValue::Code(code) => self.text.push_str(&code.literal),
            NodeValue::HtmlInline(html) => self.text.push_str(html),
            NodeValue::SoftBreak => self.text.push(' '),
            NodeValue::LineBreak => self.text.push('\n'),
            NodeValue::HtmlBlock(html) => self.block(html.literal.trim_end()),
            NodeValue::Heading(_) | NodeValue::Table(_) | NodeValue::CodeBlock(_) | NodeValue::Image(_) if self.lead => {}
            NodeValue::CodeBlock(code) => self.block(code.literal.trim_end()),
            NodeValue::Image(image) => {
                let (caption, _) = pictures::caption(&image.title);
                let alt = if caption.is_empty() { tree::text_of(node) } else { caption.to_owned() };
                self.text.push_str(&alt);
            }
            _ => return Step::Into,
        }
        Step::Over
    }

    fn leave(&mut self, node: Node<'a>) {
        match &node.data().value {
            NodeValue::Paragraph if tree::is_tight(node) => self.end("\n"),
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::Table(_) | NodeValue::List(_) => self.end("\n\n"),
            NodeValue::TableCell => self.end("\n"),
            _ => {}
        }
    }
}

impl Reader {
    fn block(&mut self, text: &str) {
        self.text.push_str(text);
        self.end("\n\n");
    }

    /// Ends a block once: never at the start, and never with more line breaks than asked for.
    fn end(&mut self, breaks: &str) {
        if !self.text.is_empty() && !self.text.ends_with(breaks) {
            let missing = if self.text.ends_with('\n') { breaks.len() - 1 } else { breaks.len() };
            self.text.push_str(&breaks[..missing]);
        }
    }
}
