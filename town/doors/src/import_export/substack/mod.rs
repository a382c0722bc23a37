//! Substack: its export, a folder with `posts.csv` and one HTML file for each post.

#[cfg(test)]
mod tests;

use anyhow::Context as _;
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    dates,
    item::{Body, Found, Item, Sink, Source, State},
};

/// Largest post in bytes.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// An unpacked export.
pub struct Substack {
    folder: PathBuf,
    zone: TimeZone,
    posts: Vec<Row>,
}

#[derive(Clone, Debug, Deserialize)]
struct Row {
    post_id: String,
    #[serde(default)]
    post_date: String,
    #[serde(default)]
    is_published: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    audience: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    subtitle: String,
    #[serde(default)]
    podcast_url: String,
}

impl Substack {
    /// Reads the list of posts.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(folder: &Path, zone: TimeZone) -> anyhow::Result<Self> {
        let list = folder.join("posts.csv");
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&list).with_context(|| list.display().to_string())?;
        let posts = reader.deserialize().collect::<Result<_, _>>().with_context(|| list.display().to_string())?;
        Ok(Self { folder: folder.to_owned(), zone, posts })
    }

    fn html(&self, id: &str) -> Result<String, String> {
        // The id is the name of the file, and nothing but a name.
        if id.contains(['/', '\\', '\0']) || id.starts_with('.') {
            return Err("has an id that is no name of a file".into());
        }
        let path = [self.folder.join("posts"), self.folder.clone()]
            .into_iter()
            .map(|folder| folder.join(format!("{id}.html")))
            .find(|path| path.is_file());
        let path = path.ok_or("its file is not in the export")?;
        if fs::symlink_metadata(&path).is_ok_and(|about| about.len() > MAX_FILE || about.is_symlink()) {
            return Err("is larger than 4 MB".into());
        }
        Ok(String::from_utf8_lossy(&fs::read(path).map_err(|error| error.to_string())?).into_owned())
    }

    fn item(&self, row: &Row) -> Result<Item, String> {
        let slug = row.post_id.split_once('.').map_or(row.post_id.as_str(), |(_, slug)| slug);
        let published = row.is_published.trim().eq_ignore_ascii_case("true");
        let open = matches!(row.audience.as_str(), "everyone" | "");
        let state = match (published, open) {
            (false, _) => State::Draft(String::new()),
            (true, false) => State::Draft(format!("was for “{}” only there, and is a draft here", row.audience)),
            (true, true) => State::Published,
        };
        if matches!(row.kind.as_str(), "thread" | "restack") {
            return Err(format!("is a {}, which is no story", row.kind));
        }
        let mut html = self.html(&row.post_id)?;
        if row.podcast_url.starts_with("https://") && !row.podcast_url.contains(['"', '<']) {
            html = format!("<audio src=\"{}\"></audio>{html}", row.podcast_url);
        }
        let mut item = Item {
            key: row.post_id.clone(),
            title: text::clean_line(&row.title),
            standfirst: text::clean_line(&row.subtitle),
            body: Body::Html { html, breaks: false, base: None },
            state,
            published: dates::parse(&row.post_date, &self.zone),
            addresses: vec![format!("/p/{slug}")],
            ..Item::default()
        };
        if let State::Draft(why) = &item.state
            && !why.is_empty()
        {
            item.notes.push(why.clone());
        }
        Ok(item)
    }
}

impl Source for Substack {
    /// The numbers of posts are unique in all of Substack.
    fn name(&self) -> String {
        "substack".into()
    }

    fn count(&self) -> Option<usize> {
        Some(self.posts.len())
    }

    fn roots(&self) -> Vec<PathBuf> {
        vec![self.folder.clone()]
    }

    fn read(&mut self, sink: Sink<'_>) -> anyhow::Result<()> {
        sink(Found::Page { address: "/feed".into(), path: "/feed.rss" })?;
        for row in &self.posts {
            sink(match self.item(row) {
                Ok(item) => Found::Story(Box::new(item)),
                Err(why) => Found::LeftOut { what: if row.title.is_empty() { row.post_id.clone() } else { row.title.clone() }, why },
            })?;
        }
        Ok(())
    }
}
