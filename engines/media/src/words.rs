//! What photographers and agencies write into their files: title, caption, credit, a description for those who cannot see.
//!
//! Read from IPTC's IIM (datasets of record 2, IPTC-IIM 4.2) and from XMP (ISO 16684-1) before both are thrown away.
//! Where both say something, XMP is believed: it is newer, and it knows its letters.

use roxmltree::{Document, Node, ParsingOptions};

/// Characters kept of each: enough for any caption, and no more for whoever puts a book there.
const LONGEST: usize = 2_000;
/// Bytes of XMP that are looked at: real ones have a few thousand.
const XMP: usize = 1 << 20;
/// Parts of an XMP document.
const NODES: u32 = 50_000;

/// What a file says of itself. Empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Its title.
    pub title: String,
    /// What it shows or tells, for everyone.
    pub caption: String,
    /// Who made it, and for whom: "Rosa Delgado / The Mesa Lantern".
    pub credit: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

impl Words {
    fn or(self, other: Self) -> Self {
        let either = |one: String, other: String| if one.is_empty() { other } else { one };
        Self {
            title: either(self.title, other.title),
            caption: either(self.caption, other.caption),
            credit: either(self.credit, other.credit),
            alt: either(self.alt, other.alt),
        }
    }
}

/// The words in these two, as far as they can be read.
pub(crate) fn of(iptc: Option<&[u8]>, xmp: Option<&[u8]>) -> Words {
    xmp.map(from_xmp).unwrap_or_default().or(iptc.map(from_iptc).unwrap_or_default())
}

/// One line, without control characters, of bounded length.
pub(crate) fn tidy(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

/// Creator and credit are often the same name twice.
fn credit(creator: &str, line: &str) -> String {
    match (tidy(creator), tidy(line)) {
        (creator, line) if line.is_empty() || creator.contains(&line) => creator,
        (creator, line) if creator.is_empty() || line.contains(&creator) => line,
        (creator, line) => format!("{creator} / {line}"),
    }
}

/// Datasets stand bare, or in a Photoshop image resource 0x0404.
fn from_iptc(bytes: &[u8]) -> Words {
    let bytes = resource(bytes).unwrap_or(bytes);
    let (mut words, mut creator, mut line) = (Words::default(), String::new(), String::new());
    let mut headline = String::new();
    let mut at = 0;
    while let Some(&[0x1C, record, number, high, low]) = bytes.get(at..at + 5) {
        let length = usize::from(u16::from_be_bytes([high, low]));
        let Some(value) = bytes.get(at + 5..at + 5 + length) else { break };
        at += 5 + length;
        let into = match (record, number) {
            (2, 5) => &mut words.title,
            (2, 105) => &mut headline,
            (2, 120) => &mut words.caption,
            (2, 80) => &mut creator,
            (2, 110) => &mut line,
            _ => continue,
        };
        if into.is_empty() {
            *into = tidy(&letters(value));
        }
    }
    if words.title.is_empty() {
        words.title = headline;
    }
    words.credit = credit(&creator, &line);
    words
}

fn resource(bytes: &[u8]) -> Option<&[u8]> {
    const MARK: &[u8] = b"8BIM\x04\x04";
    let found = bytes.windows(MARK.len()).position(|window| window == MARK)? + MARK.len();
    // A Pascal string padded to an even length, then four bytes of size.
    let name = usize::from(*bytes.get(found)?) + 1;
    let at = found + name + name % 2;
    let size = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
    bytes.get(at + 4..).map(|rest| &rest[..size.min(rest.len())])
}

/// UTF-8 where it is, else what old programs wrote: the letters of Latin-1.
fn letters(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), ToOwned::to_owned)
}

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";

fn from_xmp(bytes: &[u8]) -> Words {
    let Some(text) = bytes.get(..bytes.len().min(XMP)).and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
        return Words::default();
    };
    let text = text.trim_end_matches('\0');
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(text, options) else { return Words::default() };
    let said = |space, name| find(&document, space, name);
    let title = Some(said(DC, "title")).filter(|title| !title.is_empty()).unwrap_or_else(|| said(PHOTOSHOP, "Headline"));
    Words {
        title: tidy(&title),
        caption: tidy(&said(DC, "description")),
        credit: credit(&said(DC, "creator"), &said(PHOTOSHOP, "Credit")),
        alt: tidy(&said(CORE, "AltTextAccessibility")),
    }
}

/// A property as an element or as an attribute. Of several languages the default is taken, of several names all.
fn find(document: &Document, space: &str, name: &str) -> String {
    for node in document.descendants() {
        if let Some(value) = node.attribute((space, name)) {
            return value.to_owned();
        }
        if node.has_tag_name((space, name)) {
            return value(node);
        }
    }
    String::new()
}

fn value(property: Node) -> String {
    let items: Vec<Node> = property.descendants().filter(|node| node.tag_name().name() == "li").collect();
    let language = |node: &Node| node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).map(ToOwned::to_owned);
    if items.is_empty() {
        return property.text().unwrap_or_default().to_owned();
    }
    if items.iter().any(|item| language(item).is_some()) {
        let default = items.iter().find(|item| language(item).as_deref() == Some("x-default")).or(items.first());
        return default.and_then(Node::text).unwrap_or_default().to_owned();
    }
    items.iter().filter_map(Node::text).collect::<Vec<_>>().join(", ")
}
