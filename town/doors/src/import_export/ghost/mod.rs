//! Ghost: its JSON export, read twice: first what posts point to, then the posts, one at a time.
//!
//! The export names the site only by a placeholder, so its pictures come from Ghost's `content` folder (`--media`), or
//! from the address that somebody gives (`--address`). Comments are in whole backups alone.

mod comments;
mod lexical;
mod mobiledoc;
mod post;
mod stream;
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

use super::item::{Found, Label, Remark, Sink, Source, Writer};
use stream::{Data, Id};

/// An export file.
pub struct Ghost {
    path: PathBuf,
    site: Site,
}

/// What stands for the site's address in an export.
const HERE: &str = "__GHOST_URL__";

/// What posts point to.
struct Site {
    zone: TimeZone,
    /// Where the site was; empty when nobody said.
    address: String,
    tags: HashMap<Id, (Label, bool)>,
    writers: HashMap<Id, Writer>,
    tags_of: HashMap<Id, Vec<Id>>,
    writers_of: HashMap<Id, Vec<Id>>,
    meta_of: HashMap<Id, stream::Meta>,
    remarks_of: HashMap<Id, Vec<Remark>>,
    posts: usize,
}

impl Ghost {
    /// Reads a file for the first time.
    ///
    /// # Errors
    /// When it is no export of Ghost.
    pub fn open(path: &Path, address: Option<&str>, zone: TimeZone) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        let data = stream::surroundings(BufReader::new(file)).with_context(|| format!("{} is no export of Ghost", path.display()))?;
        let address = address.unwrap_or_default().trim_end_matches('/').to_owned();
        Ok(Self { path: path.to_owned(), site: Site::of(data, address, zone) })
    }
}

impl Site {
    fn of(data: Data, address: String, zone: TimeZone) -> Self {
        let tag = |tag: stream::Tag| {
            let hidden = tag.name.starts_with('#') || tag.visibility.as_deref() == Some("internal");
            let addresses = vec![format!("/tag/{}", tag.slug)];
            let label =
                Label { name: text::clean_line(&tag.name), slug: tag.slug, description: tag.description.unwrap_or_default(), addresses };
            (tag.id, (label, hidden))
        };
        let there = address.clone();
        let writer = move |user: stream::User| {
            let addresses = vec![format!("/author/{}", user.slug)];
            let writer = Writer {
                key: user.slug.clone(),
                handle: user.slug,
                name: user.name,
                email: user.email.unwrap_or_default(),
                bio: user.bio.unwrap_or_default(),
                portrait: user.profile_image.unwrap_or_default().replace(HERE, &there),
                addresses,
            };
            (user.id, writer)
        };
        let ordered = |mut links: Vec<(Id, i64, Id)>| {
            links.sort_by_key(|(_, order, _)| *order);
            let mut of: HashMap<Id, Vec<Id>> = HashMap::new();
            links.into_iter().for_each(|(post, _, other)| of.entry(post).or_default().push(other));
            of
        };
        let writers = data.users.into_iter().map(writer).collect();
        Self {
            remarks_of: comments::by_post(data.comments, data.members, &writers, &zone),
            zone,
            address,
            posts: data.posts.0,
            tags: data.tags.into_iter().map(tag).collect(),
            writers,
            tags_of: ordered(data.posts_tags.into_iter().map(|link| (link.post_id, link.sort_order.unwrap_or(0), link.tag_id)).collect()),
            writers_of: ordered(
                data.posts_authors.into_iter().map(|link| (link.post_id, link.sort_order.unwrap_or(0), link.author_id)).collect(),
            ),
            meta_of: data.posts_meta.into_iter().map(|meta| (meta.post_id.clone(), meta)).collect(),
        }
    }
}

impl Source for Ghost {
    /// Ghost's own ids are unique in the world.
    fn name(&self) -> String {
        "ghost".into()
    }

    fn count(&self) -> Option<usize> {
        Some(self.site.posts)
    }

    fn read(&mut self, sink: Sink<'_>) -> anyhow::Result<()> {
        sink(Found::Page { address: "/rss".into(), path: "/feed.rss" })?;
        let file = File::open(&self.path).with_context(|| self.path.display().to_string())?;
        stream::posts(BufReader::new(file), &mut |post| post::take(post, &self.site, sink))
    }
}
