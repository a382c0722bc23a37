//! Atom (RFC 4287).

use people::{accounts::Author, site::Licence};

use super::{super::xml::Xml, Entry, Feed};

pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &*feed.site.language)];
    Xml::document("feed", &root, |xml| {
        xml.text("id", &feed.own);
        xml.text("title", feed.title);
        xml.text("subtitle", feed.description);
        xml.text("updated", &text::times::iso(feed.updated));
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.own)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home)]);
        if let Some(hub) = feed.hub {
            xml.empty("link", &[("rel", "hub"), ("href", hub)]);
        }
        xml.text("generator", "Ocotillo");
        if let Some(notice) = feed.notice() {
            xml.text("rights", &notice);
        }
        if let Some((icon, logo)) = &feed.marks {
            xml.text("icon", icon);
            if let Some(logo) = logo {
                xml.text("logo", logo);
            }
        }
        license(xml, feed.site.licence);
        // Every entry has its authors; this one is for a feed without entries (§4.1.1).
        xml.within("author", &[], |xml| {
            xml.text("name", &feed.site.name);
            xml.text("uri", &format!("{}/", feed.origin));
        });
        for entry in &feed.entries {
            let language = feed.foreign(entry).map(|language| ("xml:lang", language));
            xml.within("entry", language.as_slice(), |xml| one(xml, feed, entry));
        }
    })
}

fn one(xml: &mut Xml, feed: &Feed, entry: &Entry) {
    let (story, card) = (entry.story, &entry.story.card);
    xml.text("id", &entry.id);
    xml.text("title", &card.headline);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
    xml.text("published", &text::times::iso(card.published_at));
    xml.text("updated", &text::times::iso(story.updated_at));
    if let Some((licence, notice)) = &entry.terms {
        xml.text("rights", notice);
        license(xml, Some(*licence));
    }
    for author in &story.authors {
        xml.within("author", &[], |xml| person(xml, feed, author));
    }
    let scheme = |list: &str| format!("{}/{list}", feed.origin);
    xml.empty("category", &[("term", &card.section_slug), ("scheme", &scheme("sections")), ("label", &card.section_name)]);
    for topic in &story.topics {
        xml.empty("category", &[("term", &topic.key), ("scheme", &scheme("topics")), ("label", &topic.name)]);
    }
    if let Some(shown) = &card.picture {
        let url = format!("{}{}", feed.origin, shown.social().address);
        xml.empty("link", &[("rel", "enclosure"), ("type", "image/jpeg"), ("href", &url), ("title", &shown.alt)]);
    }
    xml.text("summary", &story.summary());
    xml.text_with("content", &[("type", "html"), ("xml:base", &entry.url)], &entry.html);
}

/// Where the terms are written (RFC 4946).
fn license(xml: &mut Xml, licence: Option<Licence>) {
    if let Some(address) = licence.and_then(Licence::address) {
        xml.empty("link", &[("rel", "license"), ("href", address)]);
    }
}

fn person(xml: &mut Xml, feed: &Feed, author: &Author) {
    xml.text("name", &author.name);
    xml.text("uri", &format!("{}{}", feed.origin, author.address()));
}
