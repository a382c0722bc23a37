//! What the W3C feed validator insists on, as far as a feed of stories can break it: elements that must be there, once;
//! dates in the one right form; ids that are whole and unique; addresses that are whole.

use roxmltree::{Document, Node};
use std::collections::HashSet;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Checks RSS 2.0 and returns the headlines.
#[track_caller]
pub fn rss(text: &str) -> Vec<String> {
    let document = Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("version")), ("rss", Some("2.0")));
    let channel = one(root, "channel");
    for required in ["title", "link", "description"] {
        assert!(!words(one(channel, required)).is_empty(), "{required}");
    }
    whole(&words(one(channel, "link")));
    rfc822(&words(one(channel, "lastBuildDate")));
    assert!(words(one(channel, "ttl")).parse::<u32>().is_ok());
    let own = elements(channel, "link").find(|link| link.attribute("rel") == Some("self")).unwrap();
    assert_eq!(own.tag_name().namespace(), Some(ATOM));
    whole(own.attribute("href").unwrap());
    let mut ids = HashSet::new();
    elements(channel, "item").map(|item| rss_item(item, &mut ids)).collect()
}

#[track_caller]
fn rss_item(item: Node, ids: &mut HashSet<String>) -> String {
    whole(&words(one(item, "link")));
    let id = words(one(item, "guid"));
    whole(&id);
    assert!(ids.insert(id), "an id twice");
    rfc822(&words(one(item, "pubDate")));
    assert!(elements(item, "creator").count() >= 1);
    assert!(elements(item, "category").count() >= 1);
    // An <author> would have to be an e-mail address.
    assert!(elements(item, "author").next().is_none());
    if let Some(enclosure) = elements(item, "enclosure").next() {
        whole(enclosure.attribute("url").unwrap());
        assert!(enclosure.attribute("length").unwrap().parse::<u64>().is_ok());
        assert!(enclosure.attribute("type").unwrap().contains('/'));
    }
    content(&words(one(item, "encoded")));
    words(one(item, "title"))
}

/// Checks Atom (RFC 4287 §4.1) and returns the headlines.
#[track_caller]
pub fn atom(text: &str) -> Vec<String> {
    let document = Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let feed = document.root_element();
    assert_eq!((feed.tag_name().name(), feed.tag_name().namespace()), ("feed", Some(ATOM)));
    whole(&words(one(feed, "id")));
    assert!(!words(one(feed, "title")).is_empty());
    let updated = rfc3339(&words(one(feed, "updated")));
    let selves: Vec<Node> = elements(feed, "link").filter(|link| link.attribute("rel") == Some("self")).collect();
    assert_eq!(selves.len(), 1);
    let mut ids = HashSet::new();
    let entry = |entry: Node| {
        let id = words(one(entry, "id"));
        whole(&id);
        assert!(ids.insert(id), "an id twice");
        rfc3339(&words(one(entry, "published")));
        assert!(rfc3339(&words(one(entry, "updated"))) <= updated, "the feed is as new as its newest entry");
        for author in elements(entry, "author") {
            assert!(!words(one(author, "name")).is_empty());
            whole(&words(one(author, "uri")));
        }
        assert!(elements(entry, "author").next().is_some());
        assert!(elements(entry, "category").all(|category| category.attribute("term").is_some_and(|term| !term.is_empty())));
        assert!(elements(entry, "summary").count() <= 1);
        assert_eq!(one(entry, "content").attribute("type"), Some("html"));
        content(&words(one(entry, "content")));
        words(one(entry, "title"))
    };
    elements(feed, "entry").map(entry).collect()
}

/// Checks JSON Feed 1.1 and returns the headlines.
#[track_caller]
pub fn json(feed: &serde_json::Value) -> Vec<String> {
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert!(!feed["title"].as_str().unwrap().is_empty());
    for address in ["home_page_url", "feed_url"] {
        whole(feed[address].as_str().unwrap());
    }
    let mut ids = HashSet::new();
    let item = |item: &serde_json::Value| {
        assert!(ids.insert(item["id"].as_str().unwrap().to_owned()), "an id twice");
        whole(item["url"].as_str().unwrap());
        rfc3339(item["date_published"].as_str().unwrap());
        rfc3339(item["date_modified"].as_str().unwrap());
        assert!(item["authors"].as_array().unwrap().iter().all(|author| author["name"].is_string()));
        content(item["content_html"].as_str().unwrap());
        item["title"].as_str().unwrap().to_owned()
    };
    feed["items"].as_array().unwrap().iter().map(item).collect()
}

/// HTML that means the same on any site.
#[track_caller]
fn content(html: &str) {
    let fragment = scraper::Html::parse_fragment(html);
    let elements = fragment.root_element().descendants().filter_map(scraper::ElementRef::wrap);
    for (name, value) in elements.flat_map(|element| element.value().attrs()) {
        if matches!(name, "href" | "src") {
            assert!(value.contains("://") || value.starts_with("mailto:"), "{name}={value} in {html}");
        }
        assert!(!matches!(name, "srcset" | "style"), "{name} in {html}");
    }
}

#[track_caller]
fn one<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Node<'a, 'input> {
    // <link> is both RSS's own and Atom's.
    let plain = |found: &Node| name != "link" || found.attribute("rel").is_none();
    let found: Vec<Node> = elements(node, name).filter(plain).collect();
    assert_eq!(found.len(), 1, "<{name}> in <{}>", node.tag_name().name());
    found[0]
}

fn elements<'a, 'input>(node: Node<'a, 'input>, name: &str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

fn words(node: Node) -> String {
    node.text().unwrap_or_default().to_owned()
}

#[track_caller]
fn whole(address: &str) {
    assert!(address.starts_with("http://localhost/"), "{address}");
    assert!(address.is_ascii() && !address.contains([' ', '<', '"']), "{address}");
}

/// RFC 822 with the corrections of RFC 1123: the weekday is right, the year has four digits.
#[track_caller]
fn rfc822(date: &str) {
    let parsed = jiff::fmt::rfc2822::parse(date).unwrap_or_else(|error| panic!("{date}: {error}"));
    assert_eq!(jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&parsed.timestamp()).unwrap(), date);
}

#[track_caller]
fn rfc3339(date: &str) -> jiff::Timestamp {
    assert!(date.ends_with('Z') && date.len() == 20, "{date}");
    date.parse().unwrap_or_else(|error| panic!("{date}: {error}"))
}
