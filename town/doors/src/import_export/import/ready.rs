//! From an item to a story that can be written: words as Markdown, pictures in the store, everything within its limits.

use aws_lc_rs::digest::{SHA256, digest as hash};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};
use talk::topics::MAX_TOPICS;
use text::markdown::{self, Instead};
use things::stories::{Content, LeadPicture, MAX_BODY, MAX_HEADLINE, MAX_STANDFIRST};
use url::Url;

use super::super::item::{Body, Item, Lead, Remark, State};
use super::finder::{Finder, Taken};
use super::report::Report;

/// Characters of a caption or a place, as the write form takes them.
const MAX_CAPTION: usize = 600;
const MAX_PLACE: usize = 300;
/// Pictures of one story, as the write form takes them.
const MAX_PICTURES: usize = 190;
/// Years that a date of a story may have; others are mistakes.
const YEARS: std::ops::Range<i64> = -2_208_988_800_000..4_102_444_800_000;

/// A story that only lacks the ids of its section and its authors.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    pub key: String,
    pub digest: String,
    pub item: Item,
    pub content: Content,
    pub pictures: Vec<Taken>,
    /// Pictures of its authors, for each of them in turn.
    pub portraits: Vec<Option<Taken>>,
    /// Pictures that were not found.
    pub missing: i64,
    /// What was changed or left out, in words.
    pub notes: Vec<String>,
}

impl Ready {
    pub(super) fn is_published(&self) -> bool {
        self.item.state == State::Published
    }
}

/// The SHA-256 of some bytes, as hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    web::token::hex(hash(&SHA256, bytes).as_ref())
}

/// What an item was when it came in, apart from what readers said of it.
pub(super) fn digest(item: &Item) -> String {
    digest_of(&Item { remarks: Vec::new(), ..item.clone() })
}

/// The same as earlier versions of this program noted it: with what readers said, but for what had been thrown away.
pub(in crate::import_export) fn digest_of_old(item: &Item) -> String {
    let mut item = item.clone();
    if item.remarks.iter().any(Remark::is_thrown_away) {
        item.notes.push("comments marked as spam or trash were left out".into());
    }
    item.remarks.retain(|remark| !remark.is_thrown_away());
    digest_of(&item)
}

fn digest_of(item: &Item) -> String {
    sha256(serde_json::to_string(item).unwrap_or_default().as_bytes())
}

/// Makes an item ready; without a finder, its pictures are left alone.
///
/// # Errors
/// Why it cannot come in.
pub(super) fn prepare(
    mut item: Item,
    key: String,
    digest: String,
    finder: Option<&mut Finder>,
    report: &mut Report,
) -> Result<Ready, String> {
    let mut notes = std::mem::take(&mut item.notes);
    item.published = item.published.filter(|at| YEARS.contains(at));
    item.updated = item.updated.filter(|at| YEARS.contains(at));
    let body = match &item.body {
        Body::Markdown(source) => source.replace('\0', "").replace("\r\n", "\n"),
        Body::Html { html, breaks, base } => {
            let base = base.as_deref().and_then(|base| Url::parse(base).ok());
            text::html::to_markdown(html, &text::html::Reading { base: base.as_ref(), breaks: *breaks, titles: false })
        }
    };
    if body.len() > MAX_BODY {
        return Err("is longer than a megabyte of text".into());
    }
    let mut album = Album { finder, folder: item.folder.clone(), taken: BTreeMap::new(), missing: 0, notes: &mut notes };
    let lead = item.picture.clone().and_then(|lead| album.lead(&lead));
    let body = album.hang(&body);
    let portraits: Vec<Option<Taken>> = item.authors.iter().map(|author| album.portrait(&author.portrait)).collect();
    let Album { taken, missing, .. } = album;
    let fresh: BTreeSet<&str> =
        taken.values().chain(portraits.iter().flatten()).filter(|taken| taken.fresh).map(|taken| taken.picture.key.as_str()).collect();
    report.pictures += fresh.len() as u64;

    let mut content = Content { body, place: line(&item.place, MAX_PLACE), ..Content::default() };
    content.headline = headline(&item.title, &content.body, &mut notes);
    content.standfirst =
        shortened(&item.standfirst, MAX_STANDFIRST, "the standfirst was longer than 500 characters and was cut", &mut notes);
    content.topics = topics(&item, &mut notes);
    content.language = language(&item.language, &mut notes);
    content.picture = lead.map(|mut lead| {
        // Publishing asks for words for those who cannot see it; these are the nearest at hand.
        if lead.alt.is_empty() {
            lead.alt = if lead.caption.is_empty() { content.headline.clone() } else { lead.caption.clone() };
        }
        lead
    });
    if content.body.trim().is_empty() {
        content.body.clone_from(&content.standfirst);
    }
    Ok(Ready { key, digest, item, content, pictures: taken.into_values().collect(), portraits, missing, notes })
}

fn line(words: &str, max: usize) -> String {
    text::clean_line(words).chars().take(max).collect()
}

fn shortened(words: &str, max: usize, why: &str, notes: &mut Vec<String>) -> String {
    let words = text::clean_line(words);
    if words.chars().count() <= max {
        return words;
    }
    notes.push(why.to_owned());
    text::excerpt(&words, max - 1)
}

fn headline(title: &str, body: &str, notes: &mut Vec<String>) -> String {
    let title = text::clean_line(title);
    if !title.is_empty() {
        return shortened(&title, MAX_HEADLINE, "the headline was longer than 200 characters and was cut", notes);
    }
    let words = text::clean_line(&markdown::lead(body));
    if words.is_empty() {
        return String::new();
    }
    notes.push("there was no headline; its first words stand in for it".into());
    text::excerpt(&words, 80)
}

fn language(tag: &str, notes: &mut Vec<String>) -> String {
    let known = text::language::known(tag);
    if known.is_none() && !tag.trim().is_empty() {
        notes.push(format!("“{}” is no language that is known here; it is found from the words instead", line(tag, 20)));
    }
    known.unwrap_or_default().to_owned()
}

/// Topics as hashtags can be: letters, digits and `_`.
fn topics(item: &Item, notes: &mut Vec<String>) -> Vec<String> {
    let mut topics: Vec<text::topic::Topic> = Vec::new();
    for label in &item.topics {
        match topic(&label.name) {
            Some(topic) if topics.iter().any(|known| known.key == topic.key) => {}
            Some(topic) if topics.len() < MAX_TOPICS => topics.push(topic),
            Some(_) => notes.push(format!("topics after the first {MAX_TOPICS} were left out")),
            None => notes.push(format!("“{}” cannot be a topic", line(&label.name, 60))),
        }
    }
    notes.dedup();
    topics.into_iter().map(|topic| topic.name).collect()
}

/// A tag as a topic: "night sky" is "NightSky".
pub(super) fn topic(name: &str) -> Option<text::topic::Topic> {
    let name = text::clean_line(name);
    if let Some(topic) = text::topic::parse(&name) {
        return Some(topic);
    }
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let joined: String = words
        .flat_map(|word| {
            let mut chars = word.chars();
            chars.next().into_iter().flat_map(char::to_uppercase).chain(chars)
        })
        .collect();
    text::topic::parse(&joined)
}

/// The pictures of one story.
struct Album<'a, 'f> {
    finder: Option<&'a mut Finder<'f>>,
    folder: Option<std::path::PathBuf>,
    taken: BTreeMap<String, Taken>,
    missing: i64,
    notes: &'a mut Vec<String>,
}

impl Album<'_, '_> {
    fn find(&mut self, src: &str) -> Option<String> {
        if people::pictures::key_in(src).is_some() {
            return None;
        }
        if self.taken.len() >= MAX_PICTURES {
            self.notes.push(format!("pictures after the first {MAX_PICTURES} became links"));
            return None;
        }
        let found = self.finder.as_mut()?.find(src, self.folder.as_deref().map(Path::new));
        match found {
            Ok(taken) => {
                let key = taken.picture.key.clone();
                let fresh = taken.fresh;
                self.taken.entry(taken.address.clone()).or_insert(taken).fresh |= fresh;
                Some(key)
            }
            Err(why) => {
                self.missing += 1;
                self.notes.push(format!("a picture became a link: {why}"));
                None
            }
        }
    }

    fn lead(&mut self, lead: &Lead) -> Option<LeadPicture> {
        let key = self.find(&lead.src)?;
        Some(LeadPicture {
            key,
            caption: line(&lead.caption, MAX_CAPTION),
            credit: line(&lead.credit, MAX_CAPTION),
            alt: line(&lead.alt, MAX_CAPTION),
        })
    }

    /// No picture of the story, so neither among its own nor counted with them.
    fn portrait(&mut self, src: &str) -> Option<Taken> {
        let finder = self.finder.as_mut().filter(|_| !src.is_empty())?;
        match finder.find(src, self.folder.as_deref()) {
            Ok(taken) => Some(taken),
            Err(why) => {
                self.missing += 1;
                self.notes.push(format!("a portrait of its author could not be had: {why}"));
                None
            }
        }
    }

    fn hang(&mut self, body: &str) -> String {
        if self.finder.is_none() {
            return body.to_owned();
        }
        markdown::replace_pictures(body, &mut |named| match self.find(&named.url) {
            Some(key) => Instead::Picture(people::pictures::address(&key)),
            None if named.url.starts_with("/media/") => Instead::Same,
            None => Instead::Link(named.url.clone()),
        })
    }
}
