//! Text and attribute values into HTML.

/// Appends text so that it is only text, also between double quotes.
pub(super) fn push(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Appends ` name="value"`.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push(out, value);
    out.push('"');
}

/// A text too long for Markdown: its paragraphs, with nothing in them interpreted.
pub(super) fn paragraphs(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 8);
    for paragraph in source.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        out.push_str("<p>");
        push(&mut out, paragraph.trim_matches('\n'));
        out.push_str("</p>\n");
    }
    out
}
