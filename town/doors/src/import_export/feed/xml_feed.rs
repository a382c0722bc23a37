//! RSS 2.0, RSS 1.0 and Atom (RFC 4287).

use jiff::tz::TimeZone;

use super::super::{
    dates,
    item::{Body, Item, Label, Lead, Writer},
    xml::{self, Element},
};

/// Its home and its stories.
pub(super) fn read(text: &str, zone: &TimeZone) -> anyhow::Result<(String, Vec<Item>)> {
    let head: String = text.chars().take(4_096).collect();
    anyhow::ensure!(["<rss", "<feed", "RDF"].iter().any(|start| head.contains(start)), "this is no feed");
    let (mut home, mut items, mut everybody) = (String::new(), Vec::new(), Vec::new());
    xml::each(text.as_bytes(), &mut |element| {
        match element.name.as_str() {
            "link" if home.is_empty() && is_home(&element) => home = link(&element),
            // RSS 1.0 keeps what is said of the feed in an element of its own.
            "channel" => home = element.text_of("link"),
            "author" if element.one("name").is_some() => everybody.extend(person(&element)),
            "item" => items.push(rss(&element, zone)),
            "entry" => items.push(atom(&element, zone)),
            _ => {}
        }
        Ok(())
    })?;
    for item in items.iter_mut().filter(|item: &&mut Item| item.authors.is_empty()) {
        item.authors.clone_from(&everybody);
    }
    Ok((home, items))
}

fn is_home(link: &Element) -> bool {
    matches!(link.attribute("rel"), None | Some("alternate"))
}

fn link(link: &Element) -> String {
    link.attribute("href").map_or_else(|| link.text().trim().to_owned(), ToOwned::to_owned)
}

fn html(html: String, base: &str) -> Body {
    Body::Html { html, breaks: false, base: Some(base.to_owned()).filter(|base| base.contains("://")) }
}

fn rss(entry: &Element, zone: &TimeZone) -> Item {
    let (url, guid) = (entry.text_of("link"), entry.one("guid"));
    let id = guid.map(|guid| guid.text().trim().to_owned()).filter(|id| !id.is_empty());
    let permalink = id.clone().filter(|id| id.contains("://") && guid.and_then(|guid| guid.attribute("isPermaLink")) != Some("false"));
    let url = if url.is_empty() { permalink.clone().unwrap_or_default() } else { url };
    let (whole, short) = (entry.text_of("content:encoded"), entry.text_of("description"));
    let mut item = Item { title: text::html::to_line(&entry.text_of("title")), ..Item::default() };
    item.key = id
        .or_else(|| entry.attribute("rdf:about").map(ToOwned::to_owned))
        .unwrap_or_else(|| if url.is_empty() { item.title.clone() } else { url.clone() });
    if whole.is_empty() {
        item.notes.push("the feed has only its description, which may be the beginning".into());
        item.body = html(short, &url);
    } else {
        item.standfirst = beginning(&short, &whole);
        item.body = html(whole, &url);
    }
    item.published =
        ["pubDate", "dc:date", "dcterms:created", "published"].iter().find_map(|name| dates::parse(&entry.text_of(name), zone));
    item.updated = ["atom:updated", "dcterms:modified"].iter().find_map(|name| dates::parse(&entry.text_of(name), zone));
    item.topics = entry
        .all("category")
        .chain(entry.all("dc:subject"))
        .map(|label| Label::named(text::html::to_line(&label.text())))
        .filter(|label| !label.name.is_empty())
        .collect();
    item.authors = entry
        .all("dc:creator")
        .chain(entry.all("author"))
        .chain(entry.all("itunes:author"))
        .take(6)
        .filter_map(|author| named(&author.text()))
        .collect();
    item.authors.dedup();
    item.picture = picture(entry);
    item.language = entry.text_of("dc:language");
    item.addresses = [Some(url), permalink].into_iter().flatten().filter(|address| !address.is_empty()).collect();
    item
}

fn atom(entry: &Element, zone: &TimeZone) -> Item {
    let url = entry.all("link").find(|link| is_home(link)).map(link).unwrap_or_default();
    let words = |name: &str| entry.one(name).map(content).unwrap_or_default();
    let (whole, short) = (words("content"), words("summary"));
    let mut item = Item { title: text::html::to_line(&words("title")), key: entry.text_of("id"), ..Item::default() };
    if item.key.is_empty() {
        item.key = if url.is_empty() { item.title.clone() } else { url.clone() };
    }
    if whole.is_empty() {
        item.notes.push("the feed has only its description, which may be the beginning".into());
        item.body = html(short, &url);
    } else {
        item.standfirst = beginning(&short, &whole);
        item.body = html(whole, &url);
    }
    item.published = dates::parse(&entry.text_of("published"), zone).or_else(|| dates::parse(&entry.text_of("updated"), zone));
    item.updated = dates::parse(&entry.text_of("updated"), zone);
    let labels = entry.all("category").filter_map(|label| label.attribute("label").or_else(|| label.attribute("term")));
    item.topics = labels.map(|label| Label::named(text::clean_line(label))).filter(|label| !label.name.is_empty()).collect();
    item.authors = entry.all("author").filter_map(person).collect();
    item.picture = picture(entry);
    item.language = entry.attribute("xml:lang").unwrap_or_default().to_owned();
    item.addresses = vec![url].into_iter().filter(|url| !url.is_empty()).collect();
    item
}

/// A text construct as HTML, whichever of its three types it has.
fn content(element: &Element) -> String {
    match element.attribute("type") {
        Some("xhtml") => element.html(),
        Some("html" | "text/html") => element.text(),
        _ => element.text().replace('&', "&amp;").replace('<', "&lt;"),
    }
}

/// A description that is the beginning of the story again says nothing new.
fn beginning(short: &str, whole: &str) -> String {
    let (short, whole) = (text::html::to_line(short), text::html::to_line(whole));
    let start: String = short.trim_end_matches(['…', '.', '[', ']', ' ']).chars().take(60).collect();
    if short.chars().count() > 500 || start.is_empty() || whole.starts_with(&start) { String::new() } else { short }
}

fn picture(entry: &Element) -> Option<Lead> {
    let of = |element: &Element| {
        let kind = element.attribute("type").or_else(|| element.attribute("medium")).unwrap_or("image");
        let src = element.attribute("url").filter(|_| kind.starts_with("image"))?;
        let caption = text::html::to_line(&element.text_of("media:description"));
        Some(Lead { src: src.to_owned(), caption, credit: text::html::to_line(&element.text_of("media:credit")), ..Lead::default() })
    };
    let grouped = entry.all("media:group").flat_map(Element::children);
    let all = entry.all("media:content").chain(entry.all("media:thumbnail")).chain(entry.all("enclosure")).chain(grouped);
    let typed = |element: &&Element| element.name != "enclosure" || element.attribute("type").is_some_and(|kind| kind.starts_with("image"));
    all.filter(typed).find_map(of)
}

fn person(element: &Element) -> Option<Writer> {
    let mut writer = named(&element.text_of("name"))?;
    writer.email = element.text_of("email");
    Some(writer)
}

/// "Ana Duarte", "ana@a.example (Ana Duarte)".
fn named(words: &str) -> Option<Writer> {
    let words = text::html::to_line(words);
    let (email, name) = match words.split_once('(') {
        Some((email, name)) if email.contains('@') => (email.trim().to_owned(), name.trim_end_matches(')').trim().to_owned()),
        _ if words.contains('@') && !words.contains(' ') => (words.clone(), words.split('@').next().unwrap_or_default().to_owned()),
        _ => (String::new(), words.clone()),
    };
    (!name.is_empty()).then(|| Writer { key: name.clone(), handle: name.clone(), name, email, ..Writer::default() })
}
