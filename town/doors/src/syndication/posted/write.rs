//! The three formats of a feed of notes.

use people::{accounts::Author, pictures};
use serde_json::{Map, Value, json};

use super::{
    super::{
        feed::{Format, date},
        xml::Xml,
    },
    Entry, Feed,
};

/// What of RSS 2.0 has to be borrowed.
const MODULES: [(&str, &str); 4] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

impl Feed {
    pub(super) fn write(&self, format: Format) -> Vec<u8> {
        match format {
            Format::Rss => self.rss(),
            Format::Atom => self.atom(),
            Format::Json => self.json(),
        }
    }

    /// RSS 2.0, where an item may have no title if it has a description.
    fn rss(&self) -> Vec<u8> {
        Xml::document("rss", &MODULES, |xml| {
            xml.within("channel", &[], |xml| {
                xml.text("title", &self.title);
                xml.text("link", &self.home);
                xml.text("description", &self.description);
                xml.text("language", &self.language);
                xml.text("lastBuildDate", &date(self.updated));
                xml.text("generator", "Ocotillo");
                xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &self.own)]);
                for entry in &self.entries {
                    xml.within("item", &[], |xml| {
                        xml.text("link", &entry.url);
                        xml.text_with("guid", &[("isPermaLink", "true")], &entry.id);
                        xml.text("pubDate", &date(entry.note.posted_at));
                        if let Some(language) = self.foreign(entry) {
                            xml.text("dc:language", language);
                        }
                        if let Some(edited) = entry.note.edited_at {
                            xml.text("atom:updated", &text::times::iso(edited));
                        }
                        xml.text("dc:creator", &entry.note.author.name);
                        xml.text("description", &entry.html);
                        xml.text("content:encoded", &entry.html);
                    });
                }
            });
        })
    }

    /// Atom (RFC 4287), where every entry has a title (§4.2.14).
    fn atom(&self) -> Vec<u8> {
        let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &*self.language)];
        Xml::document("feed", &root, |xml| {
            xml.text("id", &self.own);
            xml.text("title", &self.title);
            xml.text("subtitle", &self.description);
            xml.text("updated", &text::times::iso(self.updated));
            xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &self.own)]);
            xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &self.home)]);
            xml.text("generator", "Ocotillo");
            xml.within("author", &[], |xml| {
                xml.text("name", &self.title);
                xml.text("uri", &self.home);
            });
            for entry in &self.entries {
                let language = self.foreign(entry).map(|language| ("xml:lang", language));
                xml.within("entry", language.as_slice(), |xml| {
                    xml.text("id", &entry.id);
                    xml.text("title", &entry.note.title());
                    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
                    xml.text("published", &text::times::iso(entry.note.posted_at));
                    xml.text("updated", &text::times::iso(entry.note.edited_at.unwrap_or(entry.note.posted_at)));
                    xml.within("author", &[], |xml| {
                        xml.text("name", &entry.note.author.name);
                        xml.text("uri", &format!("{}{}", self.origin, entry.note.author.address()));
                    });
                    xml.text_with("content", &[("type", "html"), ("xml:base", &entry.url)], &entry.html);
                });
            }
        })
    }

    /// JSON Feed 1.1, whose items need no title.
    fn json(&self) -> Vec<u8> {
        let item = |entry: &Entry| {
            let note = &entry.note;
            let mut item = Map::new();
            item.insert("id".into(), json!(entry.id));
            item.insert("url".into(), json!(entry.url));
            if let Some(language) = self.foreign(entry) {
                item.insert("language".into(), json!(language));
            }
            item.insert("content_html".into(), json!(entry.html));
            item.insert("date_published".into(), json!(text::times::iso(note.posted_at)));
            item.insert("date_modified".into(), json!(text::times::iso(note.edited_at.unwrap_or(note.posted_at))));
            item.insert("authors".into(), json!([self.person(&note.author)]));
            Value::Object(item)
        };
        let written = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "home_page_url": self.home,
            "feed_url": self.own,
            "description": self.description,
            "language": self.language,
            "items": self.entries.iter().map(item).collect::<Vec<_>>(),
        });
        written.to_string().into_bytes()
    }

    fn person(&self, author: &Author) -> Value {
        let mut person = json!({ "name": author.name, "url": format!("{}{}", self.origin, author.address()) });
        if let Some(key) = &author.picture {
            person["avatar"] = json!(format!("{}{}", self.origin, pictures::small_address(key)));
        }
        person
    }

    /// Tag of the language of a note that is in another than the site's.
    fn foreign<'b>(&self, entry: &'b Entry) -> Option<&'b str> {
        let language = entry.note.content.language.as_str();
        (!language.is_empty() && !text::language::same(language, &self.language)).then_some(language)
    }
}
