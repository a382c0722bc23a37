//! JSON Feed, versions 1 and 1.1 (jsonfeed.org).

use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;

use super::super::{
    dates,
    item::{Body, Item, Label, Lead, Writer},
};

#[derive(Deserialize)]
struct Feed {
    #[serde(default)]
    home_page_url: String,
    #[serde(default)]
    feed_url: String,
    #[serde(default)]
    author: Option<Author>,
    #[serde(default)]
    authors: Vec<Author>,
    items: Vec<Entry>,
}

#[derive(Clone, Deserialize)]
struct Author {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    url: Option<String>,
    avatar: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    content_html: Option<String>,
    #[serde(default)]
    content_text: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    image: Option<String>,
    #[serde(default)]
    banner_image: Option<String>,
    #[serde(default)]
    date_published: Option<String>,
    #[serde(default)]
    date_modified: Option<String>,
    #[serde(default)]
    author: Option<Author>,
    #[serde(default)]
    authors: Vec<Author>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    language: Option<String>,
}

/// Its home and its stories.
pub(super) fn read(text: &str, zone: &TimeZone) -> anyhow::Result<(String, Vec<Item>)> {
    let feed: Feed = serde_json::from_str(text).map_err(|error| anyhow::anyhow!("this is no JSON Feed: {error}"))?;
    let everybody: Vec<Author> = feed.authors.into_iter().chain(feed.author).collect();
    let home = if feed.home_page_url.is_empty() { feed.feed_url } else { feed.home_page_url };
    let items = feed.items.into_iter().map(|entry| item(entry, &everybody, zone)).collect();
    Ok((home, items))
}

fn item(entry: Entry, everybody: &[Author], zone: &TimeZone) -> Item {
    let url = entry.url.unwrap_or_default();
    let id = match entry.id {
        Value::String(id) => id,
        Value::Number(id) => id.to_string(),
        _ => url.clone(),
    };
    let mut authors: Vec<Author> = entry.authors.into_iter().chain(entry.author).collect();
    if authors.is_empty() {
        authors = everybody.to_vec();
    }
    let body = match (entry.content_html, entry.content_text) {
        (Some(html), _) => Body::Html { html, breaks: false, base: Some(url.clone()).filter(|url| !url.is_empty()) },
        (None, Some(text)) => Body::Html { html: text.replace('&', "&amp;").replace('<', "&lt;"), breaks: true, base: None },
        (None, None) => Body::default(),
    };
    Item {
        key: if id.is_empty() { entry.title.clone().unwrap_or_default() } else { id },
        title: text::clean_line(&entry.title.unwrap_or_default()),
        standfirst: text::clean_line(&entry.summary.unwrap_or_default()),
        body,
        published: entry.date_published.and_then(|date| dates::parse(&date, zone)),
        updated: entry.date_modified.and_then(|date| dates::parse(&date, zone)),
        topics: entry.tags.into_iter().map(Label::named).collect(),
        authors: authors.into_iter().filter_map(writer).collect(),
        picture: entry.image.or(entry.banner_image).map(|src| Lead { src, ..Lead::default() }),
        language: entry.language.unwrap_or_default(),
        addresses: vec![url].into_iter().filter(|url| !url.is_empty()).collect(),
        ..Item::default()
    }
}

fn writer(author: Author) -> Option<Writer> {
    let name = text::clean_line(&author.name.or(author.url)?);
    let portrait = author.avatar.unwrap_or_default();
    (!name.is_empty()).then(|| Writer { key: name.clone(), handle: name.clone(), name, portrait, ..Writer::default() })
}
