//! Feeds: the newest stories of a list, whole, in the three formats that readers' programs speak.

mod absolute;
mod atom;
mod content;
mod json;
mod rss;

pub(super) use absolute::absolute;
pub(super) use rss::date;

use axum::{
    extract::State,
    http::{Uri, header},
    response::Response,
};
use db::Tx;
use people::{
    Town,
    site::{Licence, Site},
    town::SITE,
};
use std::time::Duration;
use things::stories::Story;
use web::{Cacheable, Error, Result, Tag, moved};

use super::{
    document, lists,
    lists::{List, Listed},
    store, websub,
};
use crate::cards::LISTING;

/// Stories in a feed.
const STORIES: u32 = 30;
/// Nothing in a feed grows old by itself: it is drawn anew when a story changes.
const FRESH_FOR: Duration = Duration::from_secs(3600);
/// Minutes for which a program need not ask again.
const TTL: &str = "10";

/// A format of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// RSS 2.0 with the `content`, `dc` and `media` modules.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All of them, the one that most programs speak first.
    pub(crate) const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// The format that a path ends with.
    pub(crate) fn ending(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| path.ends_with(format.suffix()))
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// Its ending.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Rss => ".rss",
            Self::Atom => ".atom",
            Self::Json => ".json",
        }
    }

    /// The feed of a list in this format. Where the list is named by a query, the ending stands before it.
    pub(crate) fn of(self, base: &str) -> String {
        let (path, query) = base.find('?').map_or((base, ""), |at| base.split_at(at));
        format!("{path}{}{query}", self.suffix())
    }

    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }
}

/// A feed to be written.
struct Feed<'a> {
    site: &'a Site,
    origin: &'a str,
    title: &'a str,
    description: &'a str,
    /// The page it stands beside, whole.
    home: String,
    /// Its own address, whole.
    own: String,
    /// The site's own icon and logo, whole, as JPEG.
    marks: Option<(String, Option<String>)>,
    /// Who is told of its changes.
    hub: Option<&'a str>,
    /// Milliseconds.
    updated: i64,
    entries: Vec<Entry<'a>>,
}

/// A story in a feed.
struct Entry<'a> {
    story: &'a Story,
    /// Stays the same when the headline, and with it the readable part of the address, changes. Leads to the story.
    id: String,
    url: String,
    /// The story as HTML that means the same on any site.
    html: String,
    /// The terms it comes under, and the line that says so.
    terms: Option<(Licence, String)>,
}

/// The feed of the whole site.
pub(super) async fn of_the_site(State(town): State<Town>, uri: Uri) -> Result {
    let format = Format::ending(uri.path()).ok_or(Error::NotFound)?;
    answer(&town, List::Site, String::new(), format, uri.path()).await
}

/// The feed of a list.
pub(super) async fn answer(town: &Town, list: List, name: String, format: Format, asked: &str) -> Result<Response> {
    let (site, now) = (lists::site_of(town), town.now());
    let (listed, stories) = read(town, move |tx| list.find(tx, &name, &site, STORIES, now)).await?;
    let path = format.of(&listed.base);
    if !same_path(asked, &path) {
        return Ok(moved(&path));
    }
    Ok(written(town, format, listed, &stories, true))
}

/// The feed of a list that another room finds, given how many stories a feed has. The hub is not told of its changes.
pub(crate) async fn of_found<F>(town: &Town, format: Format, mut find: F) -> Result<Response>
where
    F: FnMut(&mut Tx, u32) -> Result<Listed> + Send + 'static,
{
    let (listed, stories) = read(town, move |tx| find(tx, STORIES)).await?;
    Ok(written(town, format, listed, &stories, false))
}

async fn read<F>(town: &Town, mut find: F) -> Result<(Listed, Vec<Story>)>
where
    F: FnMut(&mut Tx) -> Result<Listed> + Send + 'static,
{
    let unit = move |tx: &mut Tx| -> Result<_> {
        let mut listed = find(tx)?;
        let stories = store::whole(tx, std::mem::take(&mut listed.cards))?;
        Ok((listed, stories))
    };
    town.db.read(unit).await
}

fn written(town: &Town, format: Format, mut listed: Listed, stories: &[Story], told: bool) -> Response {
    if listed.since == 0 && stories.is_empty() {
        listed.since = town.now() - town.now().rem_euclid(24 * 60 * 60 * 1000);
    }
    let site = lists::site_of(town);
    let mut feed = Feed::new(town.origin(), &site, &listed, &format.of(&listed.base), stories);
    feed.hub = Some(site.hub.as_str()).filter(|hub| told && !hub.is_empty());
    feed.marks = marks(town);
    let about = Cacheable { tags: tags(&listed, stories), fresh_for: FRESH_FOR, subject: None };
    let mut response = document(format.kind(), feed.write(format), about);
    if let Some(link) = feed.hub.and_then(|hub| websub::links(hub, &feed.own)) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

/// The site's icon, or its logo where it has no icon; and its logo.
fn marks(town: &Town) -> Option<(String, Option<String>)> {
    let (looks, origin) = (town.looks(), town.origin());
    let whole = |mark: &people::looks::Mark| format!("{origin}{}", people::pictures::social_address(&mark.key));
    let logo = looks.logo.as_ref().map(whole);
    Some((looks.icon.as_ref().map(whole).or_else(|| logo.clone())?, logo))
}

impl<'a> Feed<'a> {
    fn new(origin: &'a str, site: &'a Site, listed: &'a Listed, path: &str, stories: &'a [Story]) -> Self {
        let updated = stories.iter().map(|story| story.updated_at).max().unwrap_or(listed.since);
        Self {
            site,
            origin,
            title: &listed.title,
            description: &listed.description,
            home: format!("{origin}{}", listed.page),
            own: format!("{origin}{path}"),
            marks: None,
            hub: None,
            updated,
            entries: content::entries(origin, site, stories),
        }
    }

    /// What is said of the terms of the whole.
    fn notice(&self) -> Option<String> {
        let (year, _, _) = text::times::date(self.updated, &self.site.zone());
        self.site.licence.map(|licence| licence.notice(&format!("{year} {}", self.site.name)))
    }

    fn write(&self, format: Format) -> Vec<u8> {
        match format {
            Format::Rss => rss::write(self),
            Format::Atom => atom::write(self),
            Format::Json => json::write(self),
        }
    }

    /// Tag of the language of a story that is in another than the site's.
    fn foreign<'b>(&self, entry: &'b Entry) -> Option<&'b str> {
        let language = entry.story.card.language.as_str();
        (!language.is_empty() && !text::language::same(language, &self.site.language)).then_some(language)
    }
}

/// Whether two paths mean the same, whichever characters a program chose to escape.
fn same_path(asked: &str, right: &str) -> bool {
    fn plain(path: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(path.len());
        let mut rest = path.bytes();
        while let Some(byte) = rest.next() {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            bytes.push(if byte == b'%' { u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()? } else { byte });
        }
        Some(bytes)
    }
    plain(asked) == plain(right)
}

/// What a feed shows: its list, and the names on it. Views and other counts are not, so that they cost nothing here.
fn tags(listed: &Listed, stories: &[Story]) -> Vec<Tag> {
    let mut tags = vec![SITE, LISTING];
    tags.extend(listed.tag);
    for story in stories {
        tags.push(things::sections::tag(story.card.section));
        tags.extend(story.authors.iter().map(|author| Tag("account", author.id.get())));
    }
    tags.sort_unstable_by_key(|tag| (tag.0, tag.1));
    tags.dedup();
    tags
}

#[cfg(test)]
mod tests {
    use super::{Format, same_path};

    #[test]
    fn a_format_is_named_by_the_end_of_the_path() {
        assert_eq!(Format::ending("/sections/water.rss"), Some(Format::Rss));
        assert_eq!(Format::ending("/@ana.atom"), Some(Format::Atom));
        assert_eq!(Format::ending("/feed.json"), Some(Format::Json));
        for page in ["/sections/water", "/sections/water.html", "/sections/rss", "/sections/water.RSS"] {
            assert_eq!(Format::ending(page), None, "{page}");
        }
    }

    #[test]
    fn an_escaped_letter_is_the_letter() {
        assert!(same_path("/topics/%D9%85.rss", "/topics/%d9%85.rss"));
        assert!(same_path("/@ana.rss", "/%40ana.rss"));
        assert!(!same_path("/@Ana.rss", "/@ana.rss"));
        assert!(!same_path("/%4", "/@"));
    }
}
