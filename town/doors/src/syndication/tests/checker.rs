//! What the W3C feed validator insists on and advises, as far as a feed of stories can break it: elements that must be
//! there, once; their order; dates in the one right form; ids that are whole and unique; words that cannot be taken for
//! markup; content without anything that readers' programs distrust. What it says of stories that are older than 1990, or
//! published in the same second, cannot be helped.

use roxmltree::{Document, Node};
use std::collections::HashSet;

use super::fragment;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Checks RSS 2.0 and returns the headlines.
#[track_caller]
pub fn rss(text: &str) -> Vec<String> {
    let document = parsed(text);
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("version")), ("rss", Some("2.0")));
    let channel = one(root, "channel");
    for required in ["title", "link", "description"] {
        filled(&words(one(channel, required)), required);
    }
    whole(&words(one(channel, "link")));
    language(&words(one(channel, "language")));
    rfc822(&words(one(channel, "lastBuildDate")));
    assert_eq!(words(one(channel, "docs")), "https://www.rssboard.org/rss-specification");
    assert!(words(one(channel, "ttl")).parse::<u32>().is_ok_and(|minutes| minutes > 0));
    one(channel, "generator");
    its_own_address(channel, "application/rss+xml");
    let mut ids = HashSet::new();
    let after = channel.children().skip_while(|child| child.tag_name().name() != "item");
    after
        .map(|item| {
            assert_eq!(item.tag_name().name(), "item", "what the feed says of itself stands before its items");
            rss_item(item, &mut ids)
        })
        .collect()
}

#[track_caller]
fn rss_item(item: Node, ids: &mut HashSet<String>) -> String {
    whole(&words(one(item, "link")));
    let guid = one(item, "guid");
    assert_eq!(guid.attribute("isPermaLink"), Some("true"));
    whole(&words(guid));
    assert!(ids.insert(words(guid)), "an id twice");
    rfc822(&words(one(item, "pubDate")));
    elements(item, "updated").for_each(|updated| {
        rfc3339(&words(updated));
    });
    let places = |name: &str| item.children().position(|child| child.tag_name().name() == name);
    assert!(places("description") < places("encoded"), "the short words before the long");
    filled(&words(one(item, "description")), "description");
    fragment::check(&words(one(item, "description")));
    for (name, least) in [("creator", 1), ("category", 1)] {
        assert!(elements(item, name).inspect(|element| filled(&words(*element), name)).count() >= least, "{name}");
    }
    // An <author> would have to be an e-mail address.
    assert!(elements(item, "author").next().is_none());
    let enclosures: Vec<Node> = elements(item, "enclosure").collect();
    assert!(enclosures.len() <= 1);
    for media in enclosures.into_iter().chain(elements(item, "content")) {
        whole(media.attribute("url").unwrap());
        assert!(media.attribute("type").unwrap().contains('/'));
        let number = |name: &str| media.attribute(name).map(|value| value.parse::<u32>().unwrap());
        assert!(if media.has_tag_name("enclosure") { number("length").is_some() } else { number("width").min(number("height")) > Some(0) });
    }
    fragment::check(&words(one(item, "encoded")));
    words(one(item, "title"))
}

/// Checks Atom (RFC 4287 §4.1) and returns the headlines.
#[track_caller]
pub fn atom(text: &str) -> Vec<String> {
    let document = parsed(text);
    let feed = document.root_element();
    assert_eq!((feed.tag_name().name(), feed.tag_name().namespace()), ("feed", Some(ATOM)));
    language(feed.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).unwrap());
    whole(&words(one(feed, "id")));
    for required in ["title", "subtitle", "generator"] {
        filled(&words(one(feed, required)), required);
    }
    let updated = rfc3339(&words(one(feed, "updated")));
    its_own_address(feed, "application/atom+xml");
    links(feed);
    author(one(feed, "author"));
    let mut ids = HashSet::new();
    let entry = |entry: Node| {
        assert_eq!(entry.tag_name().name(), "entry", "what the feed says of itself stands before its entries");
        let id = words(one(entry, "id"));
        whole(&id);
        assert!(ids.insert(id), "an id twice");
        rfc3339(&words(one(entry, "published")));
        assert!(rfc3339(&words(one(entry, "updated"))) <= updated, "the feed is as new as its newest entry");
        assert!(elements(entry, "author").inspect(|one| author(*one)).count() >= 1);
        for category in elements(entry, "category") {
            filled(category.attribute("term").unwrap(), "term");
            filled(category.attribute("label").unwrap(), "label");
            whole(category.attribute("scheme").unwrap());
        }
        links(entry);
        filled(&words(one(entry, "summary")), "summary");
        assert_eq!(one(entry, "content").attribute("type"), Some("html"));
        fragment::check(&words(one(entry, "content")));
        words(one(entry, "title"))
    };
    feed.children().skip_while(|child| child.tag_name().name() != "entry").map(entry).collect()
}

#[track_caller]
fn author(author: Node) {
    filled(&words(one(author, "name")), "name");
    whole(&words(one(author, "uri")));
}

/// Links of an Atom feed or entry: none empty, and none twice for the same purpose and type.
#[track_caller]
fn links(of: Node) {
    let mut purposes = HashSet::new();
    for link in elements(of, "link") {
        whole(link.attribute("href").unwrap());
        assert!(link.attributes().all(|attribute| !attribute.value().is_empty()), "{link:?}");
        assert!(purposes.insert((link.attribute("rel"), link.attribute("type"))), "{link:?}");
    }
    assert!(purposes.contains(&(Some("alternate"), Some("text/html"))));
}

#[track_caller]
fn its_own_address(feed: Node, kind: &str) {
    let selves: Vec<Node> = elements(feed, "link").filter(|link| link.attribute("rel") == Some("self")).collect();
    assert_eq!(selves.len(), 1);
    assert_eq!((selves[0].tag_name().namespace(), selves[0].attribute("type")), (Some(ATOM), Some(kind)));
    whole(selves[0].attribute("href").unwrap());
}

/// Checks JSON Feed 1.1 and returns the headlines.
#[track_caller]
pub fn json(feed: &serde_json::Value) -> Vec<String> {
    let text = |value: &serde_json::Value, what: &str| {
        filled(value.as_str().unwrap_or_else(|| panic!("{what} is no text: {value}")), what);
        value.as_str().unwrap().to_owned()
    };
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    text(&feed["title"], "title");
    text(&feed["description"], "description");
    language(&text(&feed["language"], "language"));
    for address in ["home_page_url", "feed_url"] {
        whole(feed[address].as_str().unwrap());
    }
    let mut ids = HashSet::new();
    let item = |item: &serde_json::Value| {
        assert!(ids.insert(text(&item["id"], "id")), "an id twice");
        whole(item["url"].as_str().unwrap());
        item.get("image").into_iter().for_each(|image| whole(image.as_str().unwrap()));
        rfc3339(item["date_published"].as_str().unwrap());
        rfc3339(item["date_modified"].as_str().unwrap());
        assert!(item["authors"].as_array().unwrap().iter().all(|author| author["name"].is_string()));
        item["tags"].as_array().unwrap().iter().for_each(|tag| {
            text(tag, "tag");
        });
        text(&item["summary"], "summary");
        fragment::check(item["content_html"].as_str().unwrap());
        text(&item["title"], "title")
    };
    feed["items"].as_array().unwrap().iter().map(item).collect()
}

/// The document, in XML 1.0 without what that advises against (§2.2), plain words told apart from markup.
#[track_caller]
fn parsed(text: &str) -> Document<'_> {
    let discouraged =
        |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}');
    assert_eq!(text.find(discouraged), None);
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"));
    // References in words, not in attributes: the Advisory Board's profile asks for hexadecimal ones.
    for named in [">&lt;", ">&amp;", " &amp; ", "&lt;/"] {
        assert!(!text.contains(named), "{named}");
    }
    Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[track_caller]
fn one<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Node<'a, 'input> {
    // <link> is both RSS's own and Atom's; <content> both Atom's and the media module's.
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
fn filled(words: &str, what: &str) {
    assert!(!words.trim().is_empty(), "{what} is empty");
    assert_eq!(words.trim(), words, "{what} stands in spaces");
}

/// BCP 47: the language itself has two or three letters.
#[track_caller]
fn language(tag: &str) {
    let own = tag.split('-').next().unwrap_or_default();
    assert!((2..=3).contains(&own.len()) && own.bytes().all(|byte| byte.is_ascii_lowercase()), "{tag}");
}

#[track_caller]
fn whole(address: &str) {
    assert!(address.starts_with("http://localhost/"), "{address}");
    // The characters of RFC 3986, §2.
    assert!(address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)), "{address}");
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
