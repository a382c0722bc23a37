//! XML that others wrote, an element at a time: a feed of any size is read with the memory of its largest entry.
//!
//! Document types are passed over and entities beyond XML's own five stay as they are written, so there is nothing that
//! could unfold into more than was sent.

use anyhow::{Context as _, bail};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::io::BufRead;

/// Elements in elements.
const MAX_DEPTH: usize = 200;
/// Bytes of one entry.
const MAX_ENTRY: usize = 64 << 20;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name with its prefix, as it is written.
    pub name: String,
    attributes: Vec<(String, String)>,
    inner: Vec<Inner>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Inner {
    Text(String),
    Element(Element),
}

impl Element {
    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements right in it.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.inner.iter().filter_map(|inner| if let Inner::Element(element) = inner { Some(element) } else { None })
    }

    /// Those with this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children().filter(move |child| child.name == name)
    }

    /// The first with this name.
    pub fn one(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// The text right in it.
    pub fn text(&self) -> String {
        self.inner.iter().filter_map(|inner| if let Inner::Text(text) = inner { Some(text.as_str()) } else { None }).collect()
    }

    /// The text of the first child with this name, without white space around it; empty when there is none.
    pub fn text_of(&self, name: &str) -> String {
        self.one(name).map(|child| child.text().trim().to_owned()).unwrap_or_default()
    }

    /// What is in it, as HTML.
    pub fn html(&self) -> String {
        let mut out = String::new();
        self.push_inner(&mut out);
        out
    }

    fn push_inner(&self, out: &mut String) {
        for inner in &self.inner {
            match inner {
                Inner::Text(text) => push_escaped(out, text),
                Inner::Element(element) => {
                    let name = element.name.rsplit(':').next().unwrap_or(&element.name);
                    out.push('<');
                    out.push_str(name);
                    for (key, value) in &element.attributes {
                        out.push(' ');
                        out.push_str(key);
                        out.push_str("=\"");
                        push_escaped(out, value);
                        out.push('"');
                    }
                    out.push('>');
                    if !matches!(name, "br" | "img" | "hr" | "input" | "source" | "embed") {
                        element.push_inner(out);
                        out.push_str("</");
                        out.push_str(name);
                        out.push('>');
                    }
                }
            }
        }
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Hands over every element right in `<channel>`, `<feed>` or `<rdf:RDF>`, in order.
pub(super) fn each(source: impl BufRead, sink: &mut dyn FnMut(Element) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().allow_dangling_amp = true;
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut open, mut outer) = (Vec::new(), Vec::<Element>::new(), 0usize);
    let mut size = 0;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let event = event.with_context(|| format!("the file is damaged at byte {}", reader.error_position()))?;
        match event {
            Event::Eof => break,
            Event::Start(start) if open.is_empty() && is_outer(&start, outer) => outer += 1,
            Event::Start(start) => {
                if open.len() >= MAX_DEPTH {
                    bail!("there are more than {MAX_DEPTH} elements in each other");
                }
                open.push(element(&start));
            }
            Event::Empty(start) => close(element(&start), &mut open, sink)?,
            Event::End(_) => match open.pop() {
                Some(element) => {
                    if open.is_empty() {
                        size = 0;
                    }
                    close(element, &mut open, sink)?;
                }
                None => outer = outer.saturating_sub(1),
            },
            Event::Text(text) => push(&mut open, &text, &mut size)?,
            Event::CData(text) => push(&mut open, &text, &mut size)?,
            Event::GeneralRef(name) => push(&mut open, &entity(&name), &mut size)?,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    // A file that was cut off ends in the middle of an entry; half of one is not taken.
    anyhow::ensure!(open.is_empty() && outer == 0, "the file ends too early: it was cut off");
    Ok(())
}

fn is_outer(start: &BytesStart, depth: usize) -> bool {
    let name = start.local_name();
    match name.as_ref() {
        "rss" | "feed" | "RDF" => depth == 0,
        "channel" => {
            depth == 1 && start.attributes().all(|attribute| attribute.is_ok_and(|attribute| attribute.key.as_ref() != "rdf:about"))
        }
        _ => false,
    }
}

fn element(start: &BytesStart) -> Element {
    let attributes = start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| (attribute.key.as_ref().to_owned(), unescaped(&attribute.value)))
        .collect();
    Element { name: start.name().as_ref().to_owned(), attributes, inner: Vec::new() }
}

fn close(element: Element, open: &mut [Element], sink: &mut dyn FnMut(Element) -> anyhow::Result<()>) -> anyhow::Result<()> {
    match open.last_mut() {
        Some(above) => above.inner.push(Inner::Element(element)),
        None => sink(element)?,
    }
    Ok(())
}

fn push(open: &mut [Element], text: &str, size: &mut usize) -> anyhow::Result<()> {
    let Some(element) = open.last_mut() else { return Ok(()) };
    *size += text.len();
    anyhow::ensure!(*size <= MAX_ENTRY, "one entry is larger than {} MB", MAX_ENTRY >> 20);
    let text = text.replace('\0', "");
    match element.inner.last_mut() {
        Some(Inner::Text(last)) => last.push_str(&text),
        _ => element.inner.push(Inner::Text(text)),
    }
    Ok(())
}

/// One of XML's own entities, a number, or what was written.
fn entity(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => "\u{a0}".into(),
        _ => number.and_then(char::from_u32).map_or_else(|| format!("&{name};"), String::from),
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.find(';').filter(|end| *end <= 10) {
            Some(end) => {
                out.push_str(&entity(&rest[..end]));
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::each;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_file_is_read_or_refused(text in "(<(rss|channel|item|feed|a|b:c)( x=\"[a-z&;]{0,5}\")?/?>|</(rss|channel|item|a)>|<!\\[CDATA\\[|\\]\\]>|&[a-z#0-9]{1,4};|<!DOCTYPE a \\[|[\\PC\n]{0,5}){0,30}") {
            let _ = each(text.as_bytes(), &mut |element| { let _ = (element.html(), element.text()); Ok(()) });
        }
    }
}
