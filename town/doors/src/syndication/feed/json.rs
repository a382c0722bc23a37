//! JSON Feed 1.1 (jsonfeed.org/version/1.1).

use people::pictures;
use serde_json::{Map, Value, json};

use super::{Entry, Feed};

pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let items: Vec<Value> = feed.entries.iter().map(|entry| item(feed, entry)).collect();
    let mut written = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "description": feed.description,
        "language": feed.site.language,
        "authors": [{ "name": feed.site.name, "url": format!("{}/", feed.origin) }],
        "items": items,
    });
    if let Some((icon, _)) = &feed.marks {
        written["icon"] = json!(icon);
        written["favicon"] = json!(icon);
    }
    if let Some(hub) = feed.hub {
        written["hubs"] = json!([{ "type": "WebSub", "url": hub }]);
    }
    written.to_string().into_bytes()
}

fn item(feed: &Feed, entry: &Entry) -> Value {
    let (story, card) = (entry.story, &entry.story.card);
    let mut item = Map::new();
    let mut set = |name: &str, value: Value| item.insert(name.into(), value);
    set("id", json!(entry.id));
    set("url", json!(entry.url));
    if let Some(language) = feed.foreign(entry) {
        set("language", json!(language));
    }
    set("title", json!(card.headline));
    set("content_html", json!(entry.html));
    set("date_published", json!(text::times::iso(card.published_at)));
    set("date_modified", json!(text::times::iso(story.updated_at)));
    set("authors", story.authors.iter().map(|author| person(feed, author)).collect());
    let topics = story.topics.iter().map(|topic| &topic.name);
    set("tags", [&card.section_name].into_iter().chain(topics).cloned().collect());
    set("summary", json!(story.summary()));
    if let Some(shown) = &card.picture {
        set("image", json!(format!("{}{}", feed.origin, shown.social().address)));
    }
    Value::Object(item)
}

fn person(feed: &Feed, author: &people::accounts::Author) -> Value {
    let mut person = json!({ "name": author.name, "url": format!("{}{}", feed.origin, author.address()) });
    if let Some(key) = &author.picture {
        person["avatar"] = json!(format!("{}{}", feed.origin, pictures::small_address(key)));
    }
    person
}
