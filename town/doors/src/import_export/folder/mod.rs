//! A folder of Markdown or HTML files with front matter, as site generators keep them.
//!
//! Hugo, Jekyll and Eleventy agree on most words; where a story says nothing, its place in the folder speaks: the date in
//! a file's name, the folder as its section, `_drafts` for drafts.

mod front_matter;
mod head;
mod shortcodes;
#[cfg(test)]
mod tests;

pub use front_matter::split;

use anyhow::Context as _;
use jiff::tz::TimeZone;
use std::{
    fs,
    path::{Path, PathBuf},
};

use super::item::{Body, Found, Sink, Source};
use head::Head;

/// Largest file that is read as a story.
const MAX_FILE: u64 = 4 * 1024 * 1024;
/// Folders in folders.
const MAX_DEPTH: usize = 20;
/// Files of one folder; more are no stories that people wrote.
const MAX_FILES: usize = 500_000;
/// Folders of generators that hold no stories.
const PASSED_OVER: [&str; 12] = [
    "node_modules",
    "_site",
    "_layouts",
    "_includes",
    "_sass",
    "_data",
    "layouts",
    "themes",
    "resources",
    "archetypes",
    "i18n",
    "bower_components",
];

/// A folder.
pub struct Folder {
    root: PathBuf,
    name: String,
    zone: TimeZone,
    files: Vec<PathBuf>,
}

impl Folder {
    /// Looks through a folder. `name` tells it from other folders.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(root: &Path, name: &str, zone: TimeZone) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        list(root, &mut files, 0).with_context(|| format!("the folder {}", root.display()))?;
        files.sort();
        Ok(Self { root: root.to_owned(), name: name.to_owned(), zone, files })
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>, depth: usize) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        // Links are not followed: they may lead anywhere.
        if kind.is_dir() && depth < MAX_DEPTH && !PASSED_OVER.contains(&name.as_str()) {
            list(&path, files, depth + 1)?;
        } else if kind.is_file() && is_story(&name) {
            anyhow::ensure!(files.len() < MAX_FILES, "there are more than {MAX_FILES} files in it");
            files.push(path);
        }
    }
    Ok(())
}

fn is_story(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".md", ".markdown", ".html", ".htm"].iter().any(|end| name.ends_with(end))
}

impl Source for Folder {
    fn name(&self) -> String {
        format!("folder:{}", self.name)
    }

    fn count(&self) -> Option<usize> {
        Some(self.files.len())
    }

    fn roots(&self) -> Vec<PathBuf> {
        let inner = ["static", "public", "assets", "source", "content", "src"].iter().map(|name| self.root.join(name));
        std::iter::once(self.root.clone()).chain(inner.filter(|path| path.is_dir())).collect()
    }

    fn read(&mut self, sink: Sink<'_>) -> anyhow::Result<()> {
        for path in &self.files {
            let relative = path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/");
            sink(match self.story(path, &relative) {
                Ok(found) => found,
                Err(why) => Found::LeftOut { what: relative, why },
            })?;
        }
        Ok(())
    }
}

impl Folder {
    fn story(&self, path: &Path, relative: &str) -> Result<Found, String> {
        let about = fs::metadata(path).map_err(|error| error.to_string())?;
        if about.len() > MAX_FILE {
            return Err("is larger than 4 MB".into());
        }
        let text = String::from_utf8_lossy(&fs::read(path).map_err(|error| error.to_string())?).replace('\0', "");
        let (values, body) = split(text.trim_start_matches('\u{feff}'))?;
        let file = relative.rsplit('/').next().unwrap_or(relative);
        if file.starts_with("_index.") || (values.is_empty() && file.to_ascii_lowercase().starts_with("readme")) {
            return Err("is the page of a folder, not a story".into());
        }
        let html = !relative.to_ascii_lowercase().ends_with("md") && !relative.to_ascii_lowercase().ends_with("markdown");
        let modified = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = modified.and_then(|at| i64::try_from(at.as_millis()).ok());
        let mut item = Head::of(&values, relative, &self.zone).item(modified);
        item.folder = path.parent().map(Path::to_owned);
        let body = shortcodes::replaced(body, &mut item.notes);
        if html {
            let (title, inner) = page(&body);
            if item.title.is_empty() {
                item.title = title;
            }
            item.body = Body::Html { html: inner, breaks: false, base: None };
        } else {
            let body = text::markdown::of_other_dialects(&body, &text::html::Reading::default());
            let (title, body) = heading(&body, item.title.is_empty());
            if item.title.is_empty() {
                item.title = title.unwrap_or_else(|| head::title_of(relative));
            }
            item.body = Body::Markdown(body);
        }
        if item.title.is_empty() {
            item.title = head::title_of(relative);
        }
        Ok(Found::Story(Box::new(item)))
    }
}

/// The first heading of a file without a title is its title.
fn heading(body: &str, wanted: bool) -> (Option<String>, String) {
    let trimmed = body.trim_start();
    match trimmed.strip_prefix("# ").filter(|_| wanted) {
        Some(rest) => {
            let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            (Some(text::clean_line(&text::markdown::plain(title))), rest.trim_start().to_owned())
        }
        None => (None, body.to_owned()),
    }
}

/// The title and the story of a whole HTML page.
fn page(html: &str) -> (String, String) {
    let lower = html.to_ascii_lowercase();
    let between = |tag: &str| {
        let start = lower.find(&format!("<{tag}"))?;
        let start = start + lower[start..].find('>')? + 1;
        let end = start + lower[start..].find(&format!("</{tag}>"))?;
        Some(&html[start..end])
    };
    let title = between("title").or_else(|| between("h1")).map(text::html::to_line).unwrap_or_default();
    let inner = between("article").or_else(|| between("main")).or_else(|| between("body")).unwrap_or(html);
    (title, inner.to_owned())
}
