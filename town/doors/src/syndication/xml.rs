//! Writing XML 1.0: elements that always close, text that is always escaped and always legal.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event, attributes::Attribute},
};
use std::borrow::Cow;

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document that is being written.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document with this root, whose inside `fill` writes.
    pub(super) fn document(root: &str, attributes: Attributes, fill: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut xml = Self(Writer::new(Vec::with_capacity(64 * 1024)));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.within(root, attributes, fill);
        xml.0.into_inner()
    }

    /// An element whose inside `fill` writes.
    pub(super) fn within(&mut self, name: &str, attributes: Attributes, fill: impl FnOnce(&mut Self)) {
        self.event(Event::Start(start(name, attributes)));
        fill(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds nothing but text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// The same with attributes.
    pub(super) fn text_with(&mut self, name: &str, attributes: Attributes, text: &str) {
        let escaped = escape(&legal(text));
        self.within(name, attributes, |xml| xml.event(Event::Text(BytesText::from_escaped(escaped))));
    }

    /// An element without an inside.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Empty(start(name, attributes)));
    }

    fn event(&mut self, event: Event) {
        // Writing into memory cannot fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    // One that says nothing is not there: Atom allows no title without words.
    for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        start.push_attribute(Attribute::from((*name, legal(value))));
    }
    start
}

/// In hexadecimal references, as the RSS Advisory Board's profile asks: programs that take a plain title for HTML are told
/// apart by them from those whose authors meant HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&#x26;"),
            '<' => escaped.push_str("&#x3C;"),
            '>' => escaped.push_str("&#x3E;"),
            // Bare, it would be read as a line feed (§2.11).
            '\r' => escaped.push_str("&#xD;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Without the characters that XML 1.0 has no way to carry, escaped or not (§2.2, production 2), and without those
/// that it advises against: nobody typed them, they are what is left of a text in another encoding.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_legal) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|character| is_legal(*character)).collect())
    }
}

fn is_legal(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(words in ".{0,80}", value in ".{0,80}") {
            let bytes = Xml::document("a", &[("b", &value)], |xml| xml.text("c", &words));
            let text = String::from_utf8(bytes).unwrap();
            let read = roxmltree::Document::parse(&text).unwrap();
            let inner = read.root_element().first_element_child().unwrap();
            prop_assert_eq!(inner.text().unwrap_or_default(), &*legal(&words));
            prop_assert_eq!(read.root_element().attribute("b").is_some(), !value.is_empty());
        }
    }

    #[test]
    fn what_xml_cannot_carry_is_left_out() {
        assert_eq!(legal("a\u{0}b\u{b}c\u{1f}d\u{fffe}e\u{7f}\u{80}\u{9f}\u{a0}\tf\n"), "abcde\u{a0}\tf\n");
        assert!(matches!(legal("plain words"), Cow::Borrowed(_)));
    }
}
