//! RSS 2.0 (the specification of the RSS Advisory Board), with the modules that carry what it has no words for.

use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use people::site::Licence;
use things::stories::Card;

use super::{super::xml::Xml, Entry, Feed, TTL};

const MODULES: [(&str, &str); 6] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"),
];

pub(super) fn write(feed: &Feed) -> Vec<u8> {
    Xml::document("rss", &MODULES, |xml| {
        xml.within("channel", &[], |xml| {
            xml.text("title", feed.title);
            xml.text("link", &feed.home);
            xml.text("description", feed.description);
            xml.text("language", &feed.site.language);
            if let Some(notice) = feed.notice() {
                xml.text("copyright", &notice);
            }
            if let Some(address) = feed.site.licence.and_then(Licence::address) {
                xml.text("creativeCommons:license", address);
            }
            xml.text("lastBuildDate", &date(feed.updated));
            xml.text("generator", "Ocotillo");
            xml.text("docs", "https://www.rssboard.org/rss-specification");
            xml.text("ttl", TTL);
            xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &feed.own)]);
            if let Some(hub) = feed.hub {
                xml.empty("atom:link", &[("rel", "hub"), ("href", hub)]);
            }
            if let Some((icon, _)) = &feed.marks {
                xml.within("image", &[], |xml| {
                    xml.text("url", icon);
                    xml.text("title", feed.title);
                    xml.text("link", &feed.home);
                });
            }
            for entry in &feed.entries {
                xml.within("item", &[], |xml| item(xml, feed, entry));
            }
        });
    })
}

fn item(xml: &mut Xml, feed: &Feed, entry: &Entry) {
    let (story, card) = (entry.story, &entry.story.card);
    xml.text("title", &card.headline);
    xml.text("link", &entry.url);
    xml.text_with("guid", &[("isPermaLink", "true")], &entry.id);
    xml.text("pubDate", &date(card.published_at));
    if let Some(language) = feed.foreign(entry) {
        xml.text("dc:language", language);
    }
    if story.updated_at > card.published_at {
        xml.text("atom:updated", &text::times::iso(story.updated_at));
    }
    for author in &story.authors {
        xml.text("dc:creator", &author.name);
    }
    if let Some((licence, notice)) = &entry.terms {
        xml.text("dc:rights", notice);
        if let Some(address) = licence.address() {
            xml.text("creativeCommons:license", address);
        }
    }
    let section = format!("{}/sections/{}", feed.origin, card.section_slug);
    xml.text_with("category", &[("domain", &section)], &card.section_name);
    for topic in &story.topics {
        xml.text_with("category", &[("domain", &format!("{}{}", feed.origin, topic.address()))], &topic.name);
    }
    // This one is HTML; and readers' programs that know it alone look for it before the story itself.
    xml.text("description", &maud::html! { (story.summary()) }.into_string());
    picture(xml, feed, entry, card);
    xml.text("content:encoded", &entry.html);
}

/// As the attachment of RSS itself, and with what the media module knows to say of it. RSS 2.0 requires a length; 0 stands for one
/// that is not known, as the Advisory Board's profile has it: a picture's row knows the size of all its files together, and no
/// feed is worth asking the store for each (decision 0013). JPEG, for not all readers know WebP. What the picture shows is said in
/// the story: feedparser, and with it half the readers there are, takes a `media:description` for the story itself.
fn picture(xml: &mut Xml, feed: &Feed, entry: &Entry, card: &Card) {
    let Some(shown) = &card.picture else { return };
    let file = shown.social();
    let url = format!("{}{}", feed.origin, file.address);
    xml.empty("enclosure", &[("url", &url), ("length", "0"), ("type", "image/jpeg")]);
    let (width, height) = (file.width.to_string(), file.height.to_string());
    let about = [("url", &*url), ("type", "image/jpeg"), ("medium", "image"), ("width", &width), ("height", &height)];
    xml.within("media:content", &about, |xml| {
        if !entry.story.credit.is_empty() {
            xml.text_with("media:credit", &[("role", "photographer")], &entry.story.credit);
        }
    });
}

/// "Mon, 23 Nov 2026 19:51:00 GMT" (RFC 822 with the year in four digits). Times no calendar knows become the first.
pub(in crate::syndication) fn date(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let printed = DateTimePrinter::new().timestamp_to_rfc9110_string(&at);
    printed.unwrap_or_else(|_| "Thu, 01 Jan 1970 00:00:00 GMT".into())
}
