//! Where a page wants to be told (§3.1.2): in its header `Link`, else in its first `<link>` or `<a>`, in the order of the
//! document.

use fetch::Answer;
use http::header;
use scraper::{Html, Selector};
use url::Url;

/// The endpoint of a page, if it has one.
pub(super) fn of(answer: &Answer) -> Option<Url> {
    let values = answer.headers.get_all(header::LINK).iter().filter_map(|value| value.to_str().ok());
    let found = values.flat_map(in_header).next().or_else(|| {
        let html = matches!(answer.media_type().as_str(), "text/html" | "application/xhtml+xml");
        html.then(|| in_html(&answer.text())).flatten()
    })?;
    // An empty one means the page itself.
    answer.url.join(&found).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The targets of a header (RFC 8288 §3) whose relations name `webmention`.
fn in_header(value: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), value);
    while let Some((target, after)) = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
        let end = end_of_link(after);
        if relations(&after[..end]).any(|relation| relation.eq_ignore_ascii_case("webmention")) {
            found.push(target.trim().to_owned());
        }
        rest = &after[end..];
    }
    found
}

/// The byte of the comma that ends a link's parameters; one within quotes does not.
fn end_of_link(parameters: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in parameters.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => return at,
            _ => {}
        }
    }
    parameters.len()
}

/// The first `rel` counts (§3.3).
fn relations(parameters: &str) -> impl Iterator<Item = &str> {
    let mut pairs = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let value = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("rel")).map(|(_, value)| value.trim().trim_matches('"'));
    value.unwrap_or_default().split_ascii_whitespace()
}

fn in_html(text: &str) -> Option<String> {
    let html = Html::parse_document(text);
    let linked = Selector::parse("link[rel][href], a[rel][href]").ok()?;
    let names = |rel: &str| rel.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("webmention"));
    html.select(&linked)
        .find(|element| element.value().attr("rel").is_some_and(names))
        .and_then(|element| element.value().attr("href"))
        .map(|href| href.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_header_is_read_as_browsers_would() {
        for (value, expected) in [
            ("</m>; rel=webmention", &["/m"][..]),
            ("<https://a.example/m?a=b>; rel=\"webmention\"", &["https://a.example/m?a=b"]),
            ("<m>; REL=\"other Webmention\"", &["m"]),
            ("</a>; rel=\"next\", </m>; title=\"x, <y>\"; rel=\"webmention\"", &["/m"]),
            ("<>; rel=webmention", &[""]),
            ("</m>; rel=\"not-webmention\"", &[]),
            ("</m>; rel=next; rel=webmention", &[]),
            ("/m; rel=webmention", &[]),
            ("</m", &[]),
        ] {
            assert_eq!(in_header(value), expected, "{value}");
        }
    }

    #[test]
    fn the_first_in_the_document_counts() {
        for (html, expected) in [
            ("<link rel=webmention href='/one'><a rel=webmention href='/two'>x</a>", Some("/one")),
            ("<body><a rel='nofollow webmention' href='/two'>x</a><link rel=webmention href='/one'>", Some("/two")),
            ("<link rel=webmention><a rel=webmention href=''>x</a>", Some("")),
            ("<!-- <a rel=webmention href='/no'>x</a> --><p>&lt;a rel=webmention href=/no&gt;</p>", None),
            ("<link rel=not-webmention href='/no'>", None),
        ] {
            assert_eq!(in_html(html).as_deref(), expected, "{html}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_header_says_nothing_breaks(value in "[<>;,=\"a-z ]{0,60}|\\PC{0,40}") {
            let _ = in_header(&value);
        }
    }
}
