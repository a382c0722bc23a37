//! What somebody asks of the library: whose, which kind, which words, from where on.

use people::{AccountId, Permission, Viewer, Wanted, recordings::Kind};
use serde::Deserialize;
use web::{Error, Result};

/// Longest search, in characters.
const MAX_SEARCH: usize = 200;
/// What stands in `of` for everybody's library.
pub(super) const EVERYBODY: &str = "everybody";

/// The part of a library that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Show {
    #[default]
    All,
    Pictures,
    Audio,
    Video,
    Unused,
    Removed,
}

impl Show {
    pub const ALL: [Self; 6] = [Self::All, Self::Pictures, Self::Audio, Self::Video, Self::Unused, Self::Removed];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Pictures => "pictures",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Unused => "unused",
            Self::Removed => "deleted",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Pictures => "Pictures",
            Self::Audio => "Audio",
            Self::Video => "Video",
            Self::Unused => "Unused",
            Self::Removed => "Deleted",
        }
    }

    pub fn has_pictures(self) -> bool {
        !matches!(self, Self::Audio | Self::Video)
    }

    /// Which recordings: none, or those of a kind, or all.
    pub fn recordings(self) -> Option<Option<Kind>> {
        match self {
            Self::Pictures => None,
            Self::Audio => Some(Some(Kind::Audio)),
            Self::Video => Some(Some(Kind::Video)),
            _ => Some(None),
        }
    }
}

/// The query of an address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    of: String,
    before: Option<String>,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub show: Show,
    /// As typed.
    pub search: String,
    /// Empty for one's own, else a handle or [`EVERYBODY`].
    pub of: String,
    /// The time and key of the last file of the page before.
    pub before: Option<(i64, String)>,
}

impl Asked {
    pub fn parse(query: Query) -> Result<Self> {
        let show = Show::ALL.into_iter().find(|show| show.name() == query.kind).ok_or(Error::NotFound)?;
        let before = query.before.map(|cursor| {
            let (at, key) = cursor.split_once('_').ok_or(Error::NotFound)?;
            Ok::<_, Error>((at.parse().map_err(|_| Error::NotFound)?, key.to_owned()))
        });
        let search = text::clean_line(&query.q).chars().take(MAX_SEARCH).collect();
        Ok(Self { show, search, of: query.of, before: before.transpose()? })
    }

    /// The files that are wanted, of this account.
    pub fn wanted(&self, of: Option<AccountId>) -> Wanted {
        let sought = Wanted::words(&self.search);
        Wanted { of, sought, unused: self.show == Show::Unused, removed: self.show == Show::Removed }
    }

    /// The address of a page like this one, but of this part and from here on.
    pub fn address(&self, show: Show, before: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("kind", show.name()), ("q", &self.search), ("of", &self.of), ("before", before.unwrap_or_default())] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { "/library".to_owned() } else { format!("/library?{query}") }
    }

    /// Whether only some of a library's files are asked for.
    pub fn is_narrow(&self) -> bool {
        self.show != Show::All || !self.search.is_empty()
    }
}

/// Whether this viewer may look into this library.
///
/// # Errors
/// Words that say who may.
pub(super) fn may_look(viewer: &Viewer, of: Option<AccountId>) -> Result<()> {
    let me = viewer.must(Permission::WriteStories)?.id;
    if of == Some(me) || viewer.may(Permission::EditStories) {
        return Ok(());
    }
    Err(Error::Forbidden("Only editors look into the libraries of others.".into()))
}
