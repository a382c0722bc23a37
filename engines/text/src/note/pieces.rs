//! Cutting a text into words, addresses, people and topics.

use unicode_normalization::char::is_combining_mark;

use crate::{handle, markdown, topic};

/// A piece of a text. Put together as written, the pieces are the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Just words.
    Words(&'a str),
    /// A web address: where it leads, and as it is written.
    Link(String, &'a str),
    /// Somebody: their handle, without the `@`.
    Person(&'a str),
    /// A topic, and as it is written, with its `#`.
    Topic(topic::Topic, &'a str),
}

/// Cuts a text. Only what stands at the beginning of a word is looked at, so `rosa@example.com` names nobody.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut words, mut at) = (Vec::new(), 0, 0);
    let mut before = ' ';
    while let Some(c) = text[at..].chars().next() {
        let found = if begins_after(before) { piece(&text[at..], c) } else { None };
        let Some((piece, length)) = found else {
            before = c;
            at += c.len_utf8();
            continue;
        };
        if words < at {
            pieces.push(Piece::Words(&text[words..at]));
        }
        pieces.push(piece);
        at += length;
        words = at;
        before = text[..at].chars().next_back().unwrap_or(' ');
    }
    if words < text.len() {
        pieces.push(Piece::Words(&text[words..]));
    }
    pieces
}

fn begins_after(before: char) -> bool {
    !(before.is_alphanumeric() || is_combining_mark(before) || matches!(before, '_' | '-' | '/' | '@' | '#' | '＃' | '&' | '.' | '='))
}

/// What begins here, and how many bytes of the text it takes.
fn piece(rest: &str, first: char) -> Option<(Piece<'_>, usize)> {
    match first {
        'h' | 'H' => link(rest),
        '@' => person(rest),
        '#' | '＃' => topic(rest, first),
        _ => None,
    }
}

fn link(rest: &str) -> Option<(Piece<'_>, usize)> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        let start = rest.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let end = rest.find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»'));
    let written = without_the_end_of_a_sentence(&rest[..end.unwrap_or(rest.len())]);
    if written.len() <= scheme.len() {
        return None;
    }
    let address = markdown::web_address(written)?;
    Some((Piece::Link(address, written), written.len()))
}

/// `(see https://a.example/b_(c)).` ends with the second bracket: a closing one belongs to the address only if it opens there.
fn without_the_end_of_a_sentence(mut written: &str) -> &str {
    while let Some(last) = written.chars().next_back() {
        let opened = |open: char, close: char| written.matches(open).count() >= written.matches(close).count();
        let belongs = match last {
            ')' => opened('(', ')'),
            ']' => opened('[', ']'),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…' | '*' | '`' => false,
            _ => true,
        };
        if belongs {
            break;
        }
        written = &written[..written.len() - last.len_utf8()];
    }
    written
}

fn person(rest: &str) -> Option<(Piece<'_>, usize)> {
    let name = &rest[1..];
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-')).unwrap_or(name.len());
    // A letter of another script goes on with the word; a second @ names somebody of another site.
    if name[end..].chars().next().is_some_and(|next| next.is_alphanumeric() || next == '@') {
        return None;
    }
    let handle = name[..end].trim_end_matches(['_', '-']);
    handle::parse(handle).ok()?;
    Some((Piece::Person(handle), 1 + handle.len()))
}

fn topic(rest: &str, sign: char) -> Option<(Piece<'_>, usize)> {
    let name = &rest[sign.len_utf8()..];
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_' && !is_combining_mark(c)).unwrap_or(name.len());
    let name = &name[..end];
    // "We are #1" is about no topic.
    if !name.chars().any(char::is_alphabetic) {
        return None;
    }
    let length = sign.len_utf8() + name.len();
    Some((Piece::Topic(topic::parse(name)?, &rest[..length]), length))
}
