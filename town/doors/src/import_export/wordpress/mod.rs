//! WordPress: its export file (WXR 1.x), read twice and never held whole.
//!
//! The first reading gathers what stories point to: authors, categories and their parents, attachments. The second hands
//! the stories over.

#[cfg(test)]
mod said;
mod shortcodes;
mod story;
#[cfg(test)]
pub(crate) mod tests;

use anyhow::Context as _;
use jiff::tz::TimeZone;
use std::{
    collections::HashMap,
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use super::{
    item::{Found, Label, Sink, Source, Writer},
    xml::{self, Element},
};

/// What a section for WordPress's pages is called.
const PAGES: &str = "Pages";

/// An export file.
pub struct WordPress {
    path: PathBuf,
    site: Site,
}

/// What stories point to.
struct Site {
    zone: TimeZone,
    base: String,
    writers: HashMap<String, Writer>,
    /// Logins by number.
    logins: HashMap<String, String>,
    /// By slug.
    categories: HashMap<String, Category>,
    /// Slugs by number.
    numbers: HashMap<String, String>,
    tags: HashMap<String, Label>,
    /// By number.
    attachments: HashMap<String, Attachment>,
    /// Numbers of the attachments of a story.
    attached: HashMap<String, Vec<String>>,
    stories: usize,
}

struct Category {
    label: Label,
    parent: String,
}

struct Attachment {
    url: String,
    alt: String,
    caption: String,
}

impl WordPress {
    /// Reads a file for the first time.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(path: &Path, zone: TimeZone) -> anyhow::Result<Self> {
        let mut site = Site::of(zone);
        each(path, &mut |element| {
            site.gather(&element);
            Ok(())
        })?;
        site.link_up();
        Ok(Self { path: path.to_owned(), site })
    }
}

fn each(path: &Path, sink: &mut dyn FnMut(Element) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    xml::each(BufReader::with_capacity(1 << 16, file), sink).with_context(|| path.display().to_string())
}

impl Source for WordPress {
    fn name(&self) -> String {
        format!("wordpress:{}", self.site.base)
    }

    fn count(&self) -> Option<usize> {
        Some(self.site.stories)
    }

    fn read(&mut self, sink: Sink<'_>) -> anyhow::Result<()> {
        for (address, path) in [("/feed", "/feed.rss"), ("/feed/rss2", "/feed.rss"), ("/feed/atom", "/feed.atom")] {
            sink(Found::Page { address: format!("{}{address}", self.site.base), path })?;
        }
        each(&self.path, &mut |element| if element.name == "item" { story::take(&element, &self.site, sink) } else { Ok(()) })
    }
}

impl Site {
    fn of(zone: TimeZone) -> Self {
        Self {
            zone,
            base: String::new(),
            writers: HashMap::new(),
            logins: HashMap::new(),
            categories: HashMap::new(),
            numbers: HashMap::new(),
            tags: HashMap::new(),
            attachments: HashMap::new(),
            attached: HashMap::new(),
            stories: 0,
        }
    }

    fn gather(&mut self, element: &Element) {
        match element.name.as_str() {
            "wp:base_blog_url" | "link" if self.base.is_empty() => self.base = element.text().trim().trim_end_matches('/').to_owned(),
            "wp:base_blog_url" => self.base = element.text().trim().trim_end_matches('/').to_owned(),
            "wp:author" => self.writer(element),
            "wp:category" => self.category(element),
            "wp:tag" => {
                let slug = element.text_of("wp:tag_slug");
                let mut label = Label { slug: slug.clone(), ..Label::named(text::html::to_line(&element.text_of("wp:tag_name"))) };
                label.addresses = vec![format!("/tag/{slug}"), format!("/?tag_id={}", element.text_of("wp:term_id"))];
                self.tags.insert(slug, label);
            }
            "item" => self.item(element),
            _ => {}
        }
    }

    fn writer(&mut self, element: &Element) {
        let login = element.text_of("wp:author_login");
        let full = format!("{} {}", element.text_of("wp:author_first_name"), element.text_of("wp:author_last_name"));
        let shown = element.text_of("wp:author_display_name");
        let name = [shown.as_str(), full.trim(), &login].into_iter().find(|name| !name.is_empty()).unwrap_or_default().to_owned();
        let number = element.text_of("wp:author_id");
        let addresses = vec![format!("/author/{}", text::slug_or(&login, "author")), format!("/?author={number}")];
        let writer = Writer {
            key: login.clone(),
            handle: login.clone(),
            name: text::html::to_line(&name),
            email: element.text_of("wp:author_email"),
            addresses,
            ..Writer::default()
        };
        if !number.is_empty() && number != "0" {
            self.logins.insert(number, login.clone());
        }
        self.writers.insert(login, writer);
    }

    fn category(&mut self, element: &Element) {
        let (slug, number) = (element.text_of("wp:category_nicename"), element.text_of("wp:term_id"));
        let label = Label {
            name: text::html::to_line(&element.text_of("wp:cat_name")),
            slug: slug.clone(),
            description: text::html::to_line(&element.text_of("wp:category_description")),
            addresses: vec![format!("/category/{slug}"), format!("/?cat={number}")],
        };
        self.numbers.insert(number, slug.clone());
        self.categories.insert(slug, Category { label, parent: element.text_of("wp:category_parent") });
    }

    fn item(&mut self, item: &Element) {
        match item.text_of("wp:post_type").as_str() {
            "post" | "page" => self.stories += 1,
            "attachment" => {
                let number = item.text_of("wp:post_id");
                let attachment = Attachment {
                    url: item.text_of("wp:attachment_url"),
                    alt: text::html::to_line(&story::meta(item, "_wp_attachment_image_alt")),
                    caption: text::html::to_line(&item.text_of("excerpt:encoded")),
                };
                self.attached.entry(item.text_of("wp:post_parent")).or_default().push(number.clone());
                self.attachments.insert(number, attachment);
            }
            _ => {}
        }
    }

    /// Categories in categories are at the end of a longer path, too.
    fn link_up(&mut self) {
        let paths: Vec<(String, String)> = self
            .categories
            .keys()
            .map(|slug| (slug.clone(), self.path(slug).iter().map(|label| label.slug.clone()).collect::<Vec<_>>().join("/")))
            .collect();
        for (slug, path) in paths {
            if let Some(category) = self.categories.get_mut(&slug).filter(|_| path != slug) {
                category.label.addresses.push(format!("/category/{path}"));
            }
        }
    }

    /// A category and those above it, the topmost first. Ends even where they stand in a circle.
    fn path(&self, slug: &str) -> Vec<Label> {
        let (mut path, mut at) = (Vec::new(), slug);
        while let Some(category) = self.categories.get(at).filter(|_| path.len() < 10) {
            path.insert(0, category.label.clone());
            at = &category.parent;
        }
        path
    }
}
