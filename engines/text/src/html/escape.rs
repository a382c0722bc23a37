//! Words into Markdown, so that they are read as words.

/// Appends text in which nothing is markup, except that bare web addresses stay links where `links` allows it.
pub(super) fn push(out: &mut String, text: &str, links: bool) {
    let mut rest = text;
    while let Some(at) = rest.find("http").filter(|_| links) {
        let url = bare_url(&rest[at..]);
        let begins = rest[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let end = if url.is_empty() || !begins { at + "http".len() } else { at };
        push_words(out, &rest[..end]);
        rest = &rest[end..];
        if end == at {
            out.push('<');
            out.push_str(url);
            out.push('>');
            rest = &rest[url.len()..];
        }
    }
    push_words(out, rest);
}

/// One line of words inside of square brackets.
pub(crate) fn words(text: &str) -> String {
    // A word stands before it, so that nothing is taken for the start of a line.
    let mut words = String::from("x");
    push(&mut words, &crate::clean_line(text), false);
    words.split_off(1)
}

/// The web address a text begins with; empty for none.
fn bare_url(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return "" };
    let scheme = text.len() - rest.len();
    let ends = |c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '\\' | '`' | '|');
    let whole = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let whole = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*', '_', '~']);
    // A host has at least two parts, or the "address" is a word in a sentence about addresses.
    if whole.split(['/', '?', '#']).next().is_some_and(|host| host.contains('.')) { &text[..scheme + whole.len()] } else { "" }
}

fn push_words(out: &mut String, words: &str) {
    let mut before = out.chars().next_back();
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let starts = out.is_empty() || out.ends_with('\n');
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '&' => next.is_some_and(|next| next == '#' || next.is_ascii_alphabetic()),
            '#' | '>' | '+' | '-' | '=' => starts,
            '.' | ')' => is_number(out) && next.is_none_or(char::is_whitespace),
            _ => false,
        };
        // White space at the start of a line would make code of it.
        if starts && matches!(c, ' ' | '\t' | '\n') {
            continue;
        }
        if escaped {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Whether the last line is nothing but digits: "1986. A great year" is no list.
fn is_number(out: &str) -> bool {
    let line = &out[out.rfind('\n').map_or(0, |at| at + 1)..];
    !line.is_empty() && line.len() <= 9 && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// An address between the round brackets of a link or a picture.
pub(crate) fn destination(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            ' ' => escaped.push_str("%20"),
            '(' => escaped.push_str("%28"),
            ')' => escaped.push_str("%29"),
            '<' => escaped.push_str("%3C"),
            '>' => escaped.push_str("%3E"),
            '\\' => escaped.push_str("%5C"),
            '"' => escaped.push_str("%22"),
            '|' => escaped.push_str("%7C"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    // What would be read as an escape or an entity is neither in an address.
    escaped.replace('*', "%2A").replace('`', "%60")
}

/// A title between quotation marks.
pub(crate) fn title(words: &str) -> String {
    crate::clean_line(words).replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;").replace('<', "\\<").replace('`', "\\`")
}
