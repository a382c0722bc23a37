//! HTML as the plain words that notes and comments are made of ([`crate::note`]).

use ego_tree::NodeRef;
use scraper::{Html, Node};

use super::{
    cut,
    walk::{attribute, name},
};

/// Longest HTML in bytes that is read: what WordPress keeps of a comment. What follows is cut off.
const MAX_COMMENT: usize = 64 * 1024;
/// Elements in elements; below that only words are taken.
const MAX_DEPTH: usize = 60;

/// Reads HTML as plain words: paragraphs parted by empty lines, a quotation with `>` before its lines, an entry of a list with `-`, the
/// address of a link behind its words. `breaks` says whether line breaks in the text are meant, as in comments that write no `<p>`.
pub fn to_note(html: &str, breaks: bool) -> String {
    let parsed = Html::parse_fragment(&cut(html, MAX_COMMENT));
    crate::note::clean(&below(parsed.tree.root(), breaks, 0))
}

/// What is written below a node.
fn below(node: NodeRef<'_, Node>, breaks: bool, depth: usize) -> String {
    let mut words = Words { out: String::new(), breaks, ended: false };
    for child in node.children() {
        words.one(child, depth);
    }
    words.out
}

struct Words {
    out: String,
    breaks: bool,
    /// Whether an element has just ended the line: the line break in the source that follows stands for the same.
    ended: bool,
}

impl Words {
    fn one(&mut self, node: NodeRef<'_, Node>, depth: usize) {
        if let Node::Text(text) = node.value() {
            return self.text(text);
        }
        let Some(element) = name(node) else { return };
        if depth > MAX_DEPTH {
            node.descendants().filter_map(|below| below.value().as_text()).for_each(|text| self.text(text));
            return;
        }
        let inner = |breaks: bool| below(node, breaks, depth + 1);
        match element {
            "script" | "style" | "noscript" | "template" | "iframe" | "object" | "form" | "select" | "button" | "head" | "title" => {}
            "br" => self.line(),
            "img" => self.text(attribute(node, "alt").unwrap_or_default()),
            "a" => {
                let link = link(&inner(self.breaks), attribute(node, "href").unwrap_or_default());
                self.out.push_str(&link);
            }
            "pre" => self.paragraph(&inner(true)),
            "blockquote" => {
                let lines: Vec<String> = crate::note::clean(&inner(self.breaks)).split('\n').map(|line| format!("> {line}")).collect();
                self.paragraph(&lines.join("\n"));
            }
            "li" => {
                self.begin();
                self.out.push_str("- ");
                self.out.push_str(inner(self.breaks).trim());
                self.line();
            }
            "tr" | "dt" | "dd" => {
                self.begin();
                self.out.push_str(inner(self.breaks).trim());
                self.line();
            }
            "td" | "th" => {
                self.out.push_str(inner(self.breaks).trim());
                self.out.push(' ');
            }
            "p" | "div" | "ul" | "ol" | "dl" | "table" | "section" | "article" | "figure" | "figcaption" | "details" | "summary" | "hr"
            | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "center" | "address" => self.paragraph(&inner(self.breaks)),
            // What only dresses words: they stay.
            _ => self.out.push_str(&inner(self.breaks)),
        }
    }

    fn text(&mut self, text: &str) {
        if self.breaks {
            let text = if self.ended { text.strip_prefix('\n').unwrap_or(text) } else { text };
            self.ended &= text.is_empty();
            return self.out.push_str(text);
        }
        for c in text.chars() {
            if !c.is_whitespace() || c == '\u{a0}' {
                self.out.push(c);
            } else if !self.out.ends_with([' ', '\n']) {
                self.out.push(' ');
            }
        }
    }

    /// Ends the line.
    fn line(&mut self) {
        self.out.push('\n');
        self.ended = true;
    }

    /// Begins a line, if that has not happened.
    fn begin(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Words on their own.
    fn paragraph(&mut self, words: &str) {
        self.out.push_str("\n\n");
        self.out.push_str(words);
        self.out.push_str("\n\n");
    }
}

/// The words of a link, and where it leads, where that is on the web and not what the words say.
fn link(words: &str, href: &str) -> String {
    let href = href.trim();
    let on_the_web =
        ["https://", "http://"].iter().any(|scheme| href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    if !on_the_web || href.contains(char::is_whitespace) {
        return words.to_owned();
    }
    let bare = |address: &str| {
        let address = address.trim().trim_end_matches('/').to_lowercase();
        let address = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(&address).to_owned();
        address.strip_prefix("www.").unwrap_or(&address).to_owned()
    };
    match bare(words) {
        said if said.is_empty() || said == bare(href) => href.to_owned(),
        _ => format!("{words} ({href})"),
    }
}

#[cfg(test)]
mod tests {
    use super::to_note;
    use proptest::prelude::*;

    #[test]
    fn comments_of_elsewhere_become_plain_words() {
        for (html, words) in [
            ("Well said <b>you</b> &amp; all", "Well said you & all"),
            ("One\ntwo\n\nthree", "One\ntwo\n\nthree"),
            ("One<br />\ntwo", "One\ntwo"),
            ("<p>One</p><p>two<br>lines</p>", "One\n\ntwo\nlines"),
            ("See <a href=\"https://a.example/x\">this page</a>.", "See this page (https://a.example/x)."),
            ("<a href=\"https://www.a.example/\">a.example</a>", "https://www.a.example/"),
            ("<a href=\"javascript:alert(1)\">here</a> <a href=\"/2020/x\">there</a>", "here there"),
            ("<blockquote>He said\nso</blockquote>No.", "> He said\n> so\n\nNo."),
            ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
            ("a < b <script>alert(1)</script><style>x{}</style>and <img src=x onerror=alert(1) alt=\":)\">", "a < b and :)"),
            ("<pre>x\n  y</pre>", "x\n  y"),
            ("\u{202e}<!-- no -->", ""),
        ] {
            assert_eq!(to_note(html, true), words, "{html}");
        }
        assert_eq!(to_note("<p>One\n  word</p>\n<p>two</p>", false), "One word\n\ntwo");
        let deep = "<div>".repeat(2_000) + "deep";
        assert_eq!(to_note(&deep, true), "deep");
    }

    proptest! {
        #[test]
        fn no_html_panics_and_none_is_left(html in "(<(p|a href=\"https?://[a-z./]{0,9}\"|br|li|blockquote|table|td|pre|script|svg|!--|math)/?>|</(p|a|li|script|table)>|&[a-z#0-9]{0,5};|[\\PC\n]{0,6}){0,30}", breaks in any::<bool>()) {
            let words = to_note(&html, breaks);
            prop_assert_eq!(crate::note::clean(&words), words);
        }
    }
}
