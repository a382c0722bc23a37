//! What the front matter and the place of a file say of its story.

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::super::{
    dates,
    item::{Item, Label, Lead, State, Writer},
};

/// Folders whose names say nothing about what is in them.
const PLAIN: [&str; 16] = [
    "content",
    "_posts",
    "_drafts",
    "posts",
    "post",
    "blog",
    "articles",
    "article",
    "src",
    "source",
    "pages",
    "stories",
    "drafts",
    "docs",
    "news-items",
    "entries",
];

/// Front matter beside the path of its file.
pub(super) struct Head<'a> {
    values: &'a Map<String, Value>,
    path: &'a str,
    zone: &'a TimeZone,
}

impl<'a> Head<'a> {
    pub(super) fn of(values: &'a Map<String, Value>, path: &'a str, zone: &'a TimeZone) -> Self {
        Self { values, path, zone }
    }

    /// Everything but the story itself. `modified` is the time of the file.
    pub(super) fn item(&self, modified: Option<i64>) -> Item {
        let named = dated_name(self.file());
        let in_name = named.and_then(|(day, _)| dates::parse(day, self.zone));
        let published =
            self.date(&["date", "published_at", "publishDate", "publish_date", "pubDate", "pubdate", "created"]).or(in_name).or(modified);
        let categories = self.words(&["categories", "category", "section", "sections"]);
        let mut topics: Vec<Label> = self.words(&["tags", "tag", "keywords", "topics"]).into_iter().map(Label::named).collect();
        topics.extend(categories.iter().skip(1).cloned().map(Label::named));
        Item {
            key: self.path.to_owned(),
            title: self.line(&["title", "headline"]),
            standfirst: self.line(&["standfirst", "subtitle", "dek", "description", "summary", "excerpt", "lead"]),
            state: self.state(),
            published,
            updated: self.date(&["lastmod", "last_modified_at", "updated", "updated_at", "modified", "dateModified"]),
            section: match categories.first() {
                Some(name) => name.split('/').map(Label::named).collect(),
                None => self.folders().into_iter().map(|name| Label { slug: name.to_owned(), ..Label::named(titled(name)) }).collect(),
            },
            topics,
            authors: self.authors(),
            picture: self.picture(),
            addresses: self.addresses(published),
            language: self.line(&["lang", "language", "locale"]),
            place: self.line(&["place", "location", "dateline"]),
            ..Item::default()
        }
    }

    fn file(&self) -> &'a str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    fn value(&self, names: &[&str]) -> Option<&'a Value> {
        names.iter().find_map(|name| self.values.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
    }

    fn line(&self, names: &[&str]) -> String {
        names.iter().filter_map(|name| self.value(&[name])).map(words_of).find(|words| !words.is_empty()).unwrap_or_default()
    }

    fn date(&self, names: &[&str]) -> Option<i64> {
        names.iter().filter_map(|name| self.value(&[name])).find_map(|value| dates::parse(&words_of(value), self.zone))
    }

    /// A list, whether it is written as one, with commas, or with spaces as Jekyll reads tags.
    fn words(&self, names: &[&str]) -> Vec<String> {
        let mut words = Vec::new();
        for value in names.iter().filter_map(|name| self.value(&[name])) {
            match value {
                Value::Array(values) => words.extend(values.iter().map(words_of)),
                Value::String(text) if text.contains(',') => words.extend(text.split(',').map(text::clean_line)),
                Value::String(text) if names.contains(&"tags") => words.extend(text.split_whitespace().map(ToOwned::to_owned)),
                value => words.push(words_of(value)),
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }

    fn state(&self) -> State {
        let is = |name: &str, wanted: bool| {
            self.value(&[name])
                .is_some_and(|value| value.as_bool() == Some(wanted) || value.as_str() == Some(if wanted { "true" } else { "false" }))
        };
        let status = self.line(&["status", "state"]).to_lowercase();
        let in_drafts = self.path.split('/').any(|part| part == "_drafts");
        match status.as_str() {
            "submitted" | "pending" => State::Submitted,
            "private" => State::Draft("was private there, and is a draft here".into()),
            "draft" => State::Draft(String::new()),
            _ if is("draft", true) || is("published", false) || in_drafts => State::Draft(String::new()),
            _ => State::Published,
        }
    }

    fn authors(&self) -> Vec<Writer> {
        let values = [self.value(&["authors"]), self.value(&["author", "byline"])].into_iter().flatten();
        let mut authors: Vec<Writer> = Vec::new();
        for value in values {
            let one = std::slice::from_ref(value);
            for value in value.as_array().map_or(one, Vec::as_slice) {
                authors.extend(writer(value).filter(|writer| authors.iter().all(|known| known.key != writer.key)));
            }
        }
        authors
    }

    fn picture(&self) -> Option<Lead> {
        let names = [
            "featured_image",
            "featuredImage",
            "feature_image",
            "image",
            "cover",
            "thumbnail",
            "hero",
            "header",
            "images",
            "banner",
            "picture",
        ];
        let value = self.value(&names)?;
        let value = value.as_array().and_then(|values| values.first()).unwrap_or(value);
        let of =
            |value: &Value, names: &[&str]| names.iter().filter_map(|name| value.get(name)).map(words_of).find(|words| !words.is_empty());
        let src = of(value, &["src", "image", "url", "path", "overlay_image", "teaser", "relative"])
            .unwrap_or_else(|| value.as_str().unwrap_or_default().trim().to_owned());
        let also = |own: &[&str], beside: &[&str]| of(value, own).unwrap_or_else(|| self.line(beside));
        (!src.is_empty()).then(|| Lead {
            src,
            alt: also(&["alt"], &["image_alt", "feature_image_alt", "featured_image_alt", "cover_alt", "picture_alt"]),
            caption: also(
                &["caption"],
                &["image_caption", "feature_image_caption", "featured_image_caption", "cover_caption", "picture_caption"],
            ),
            credit: also(&["credit", "attribution"], &["image_credit", "picture_credit"]),
        })
    }

    /// Folders that say what is in them; a folder of one story says only its name.
    fn folders(&self) -> Vec<&'a str> {
        let mut parts: Vec<&str> = self.path.split('/').collect();
        let file = parts.pop().unwrap_or_default();
        if file.starts_with("index.") {
            parts.pop();
        }
        let year = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.into_iter().filter(|part| !PLAIN.contains(&part.to_ascii_lowercase().as_str()) && !year(part)).collect()
    }

    /// What it says itself, and what the usual generators make of such a file.
    fn addresses(&self, published: Option<i64>) -> Vec<String> {
        let mut addresses = self.words(&["permalink", "url", "link"]);
        addresses.retain(|address| !address.contains(':') || address.contains("://"));
        addresses.extend(self.words(&["aliases", "alias", "redirect_from", "old_addresses"]));
        let named = dated_name(self.file());
        let stem = named.map_or_else(|| stem(self.file()), |(_, rest)| stem(rest));
        let slug = self.line(&["slug"]);
        let mut parts: Vec<&str> = self.path.split('/').collect();
        parts.pop();
        let slug = match (slug.as_str(), stem) {
            ("", "index") => parts.pop().unwrap_or_default().to_owned(),
            ("", stem) => stem.to_owned(),
            _ => {
                if stem == "index" {
                    parts.pop();
                }
                slug
            }
        };
        if slug.is_empty() {
            return addresses;
        }
        let folder: Vec<&str> =
            parts.into_iter().filter(|part| !matches!(*part, "content" | "_posts" | "_drafts" | "src" | "source" | "pages")).collect();
        addresses.push(format!("/{}", folder.iter().copied().chain([slug.as_str()]).collect::<Vec<_>>().join("/")));
        if let Some(at) = published.filter(|_| named.is_some()) {
            let (year, month, day) = text::times::date(at, self.zone);
            let categories = self.words(&["categories", "category"]).join("/").to_lowercase();
            for before in ["", &categories].into_iter().take(if categories.is_empty() { 1 } else { 2 }) {
                addresses.push(format!("{before}/{year}/{month:02}/{day:02}/{slug}.html"));
                addresses.push(format!("{before}/{year}/{month:02}/{day:02}/{slug}"));
            }
            addresses.push(format!("/{slug}"));
        }
        addresses
    }
}

fn writer(value: &Value) -> Option<Writer> {
    let of =
        |names: &[&str]| names.iter().filter_map(|name| value.get(name)).map(words_of).find(|words| !words.is_empty()).unwrap_or_default();
    let plain = value.as_str().map(text::clean_line).unwrap_or_default();
    // "Ana Duarte <ana@example.org>", as git and mail write people.
    let (name, email) = match plain.split_once('<') {
        Some((name, rest)) => (name.trim().to_owned(), rest.trim_end_matches('>').trim().to_owned()),
        None => (plain, String::new()),
    };
    let name = if name.is_empty() { of(&["name", "title", "display_name"]) } else { name };
    let email = if email.is_empty() { of(&["email", "mail"]) } else { email };
    let handle = of(&["handle", "slug", "login", "username", "id"]);
    let key = [&handle, &email, &name].into_iter().find(|words| !words.is_empty())?.clone();
    Some(Writer {
        key,
        handle: if handle.is_empty() { name.clone() } else { handle },
        name,
        email,
        bio: of(&["bio", "description"]),
        portrait: of(&["avatar", "portrait", "picture"]),
        addresses: Vec::new(),
    })
}

fn words_of(value: &Value) -> String {
    match value {
        Value::String(text) => text::clean_line(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => String::new(),
    }
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// "2020-01-02-a-story.md": the day, and the rest.
fn dated_name(file: &str) -> Option<(&str, &str)> {
    let (day, rest) = (file.get(..10)?, file.get(10..)?.strip_prefix(['-', '_', ' '])?);
    let sound = day.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    sound.then_some((day, rest))
}

/// A title for a file that has none.
pub(super) fn title_of(path: &str) -> String {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or(path);
    let name = dated_name(file).map_or_else(|| stem(file), |(_, rest)| stem(rest));
    titled(if name == "index" { parts.next().unwrap_or(name) } else { name })
}

fn titled(name: &str) -> String {
    let words = text::clean_line(&name.replace(['-', '_'], " "));
    let mut chars = words.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
