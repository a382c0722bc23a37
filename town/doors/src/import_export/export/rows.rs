//! The lines of the files, field by field as docs/export.md has them. Stories are in [`things::stories::whole`].

use ::people::{
    AccountId, house_rules,
    joining::Mode,
    site::{self, Site},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use talk::PostId;
use text::times::stamp;
use things::sections::SectionId;

/// `ocotillo.json`: what the folder is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// [`super::FORMAT`].
    pub format: String,
    /// [`super::VERSION`].
    pub version: u32,
    /// `site`, or `person`.
    pub of: String,
    /// Whose it is, when it is a person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Scheme and host of the site.
    pub origin: String,
}

/// `site.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRow {
    /// The nameplate.
    pub name: String,
    /// A few words under it.
    pub tagline: String,
    /// The sentence in the footer.
    pub sentence: String,
    /// The town or region.
    pub place: String,
    /// IANA name.
    pub time_zone: String,
    /// BCP 47 tag.
    pub language: String,
    /// Whether an editor reads a story before it is published.
    pub review_required: bool,
    /// The name of the terms under which its stories may be used; none where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Address of the hub that is told of every change; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hub: String,
    /// Who may join: `open`, `approval`, `invitation`, `closed`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub joining: String,
    /// The house rules as Markdown; empty for those that the program brings along.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rules: String,
    /// What programs that walk the web are told; empty for the usual words.
    pub robots: String,
    /// When it was set up.
    #[serde(with = "stamp")]
    pub created: i64,
    /// When it was changed last.
    #[serde(with = "stamp")]
    pub updated: i64,
    /// The permissions that the program knew which wrote this. Older ones left it away. Not in a person's export.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<String>,
    /// Levels, lowest first. Not in a person's export.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelRow>,
}

impl SiteRow {
    /// The site of this row. Terms and a hub that cannot be any are left away.
    pub(in crate::import_export) fn site(&self) -> Site {
        Site {
            name: self.name.clone(),
            tagline: self.tagline.clone(),
            sentence: self.sentence.clone(),
            place: self.place.clone(),
            time_zone: self.time_zone.clone(),
            language: self.language.clone(),
            review_required: self.review_required,
            licence: self.licence.as_deref().and_then(|name| name.parse().ok()),
            hub: Some(&self.hub).filter(|hub| site::is_hub(hub)).cloned().unwrap_or_default(),
            joining: Mode::named(&self.joining),
            rules: self.rules.chars().take(house_rules::MAX).collect(),
        }
    }

    /// The row of a site, without levels.
    pub(super) fn of(site: Site, robots: String, created: i64, updated: i64) -> Self {
        Self {
            name: site.name,
            tagline: site.tagline,
            sentence: site.sentence,
            place: site.place,
            time_zone: site.time_zone,
            language: site.language,
            review_required: site.review_required,
            licence: site.licence.map(|licence| licence.name().to_owned()),
            hub: site.hub,
            joining: site.joining.name().to_owned(),
            rules: site.rules,
            robots,
            created,
            updated,
            permissions: Vec::new(),
            levels: Vec::new(),
        }
    }
}

/// A level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelRow {
    /// Its name in tables.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Higher may more.
    pub rank: i64,
    /// What it may do, in order of the letters.
    pub permissions: Vec<String>,
    /// How much of something it allows, by name; without a limit what is not here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, i64>,
    /// How somebody comes to it by good standing, if they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<ConditionsRow>,
}

/// How somebody comes to a level by good standing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionsRow {
    /// The level they come from.
    pub from: String,
    /// Days since they joined.
    pub days: i64,
    /// Posts that others can read.
    pub posts: i64,
    /// Days without anything being taken down.
    pub quiet_days: i64,
    /// Whether their address must be proved.
    pub email: bool,
}

/// A line of `accounts.jsonl`. Of those who only stand beside a person there are no more than their id, their name and handle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// `person`.
    pub kind: String,
    /// Without the @.
    pub handle: String,
    /// The name people read.
    pub name: String,
    /// Where mail goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Its level's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// What its owner is here as: `business`, `organization`, `official`; empty for residents.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profile: String,
    /// A few words about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bio: String,
    /// Key of its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// When it was made.
    #[serde(with = "stamp")]
    pub created: i64,
    /// When it was changed last.
    #[serde(with = "stamp")]
    pub updated: i64,
    /// Since when it is suspended.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub suspended: Option<i64>,
    /// Until when; none until somebody lifts it.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub suspended_until: Option<i64>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suspended_why: String,
    /// When it is forgotten, if its owner asked for that.
    #[serde(default, with = "stamp::maybe", skip_serializing_if = "Option::is_none")]
    pub leaves: Option<i64>,
    /// Whether what its owner wrote goes with it then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leaves_with_posts: bool,
    /// Handles it had lately.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_handles: Vec<FormerHandle>,
}

/// A handle that still leads to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerHandle {
    /// Without the @.
    pub handle: String,
    /// Until when.
    #[serde(with = "stamp")]
    pub until: i64,
}

/// A line of `sections.jsonl`; those above come before those in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionRow {
    /// Its id.
    pub id: SectionId,
    /// The section it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<SectionId>,
    /// As readers know it.
    pub name: String,
    /// Its address.
    pub slug: String,
    /// What is in it.
    pub description: String,
    /// The name of its colour.
    pub colour: String,
    /// Its place among its siblings.
    pub position: i64,
    /// When it was made.
    #[serde(with = "stamp")]
    pub created: i64,
    /// Every slug it ever had, in order of the letters.
    pub slugs: Vec<String>,
}

/// What gathers posts under a name: each has a table and a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gatherer {
    /// Topics.
    Topics,
    /// Places.
    Places,
}

impl Gatherer {
    /// Its table.
    pub fn table(self) -> &'static str {
        match self {
            Self::Topics => "topics",
            Self::Places => "places",
        }
    }

    /// Its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Topics => "topics.jsonl",
            Self::Places => "places.jsonl",
        }
    }
}

/// A line of `topics.jsonl` or `places.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRow {
    /// Its id.
    pub id: db::Id,
    /// As people read it, a topic without the #.
    pub name: String,
    /// As addresses carry it.
    pub key: String,
    /// When it was used first.
    #[serde(with = "stamp")]
    pub created: i64,
}

/// A line of `pictures.jsonl`. Its file is `media/KEY.webp`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRow {
    /// Its key: a digest of its file, and its width.
    pub key: String,
    /// Who uploaded it first.
    pub owner: Option<AccountId>,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// What stays visible when it is cropped, in percent from the left and from the top.
    pub focus: [i64; 2],
    /// Its average colour.
    pub colour: String,
    /// A version of 16 pixels as a `data:` address.
    pub blur: String,
    /// Size of all its widths together.
    pub bytes: i64,
    /// What it is called in the library.
    pub name: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// What it shows, for everyone.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// When it was uploaded first.
    #[serde(with = "stamp")]
    pub created: i64,
    /// Where it was, when it came in from elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_from: Vec<String>,
}

/// A line of `recordings.jsonl`. Its file is `media/KEY`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingRow {
    /// Its key: a digest of its file, and the ending of its format.
    pub key: String,
    /// Who uploaded it first.
    pub owner: Option<AccountId>,
    /// `audio` or `video`.
    pub kind: String,
    /// Its media type.
    pub content_type: String,
    /// Its size.
    pub bytes: i64,
    /// How long it plays.
    pub duration_ms: Option<i64>,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// What it is called in the library.
    pub name: String,
    /// What it is called where it is played.
    pub title: String,
    /// What is heard or seen.
    pub caption: String,
    /// Who made it.
    pub credit: String,
    /// The picture that stands in its place.
    pub poster: Option<String>,
    /// When it was uploaded first.
    #[serde(with = "stamp")]
    pub created: i64,
}

/// A line of `addresses.jsonl`: where a path of another site leads now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressRow {
    /// The path.
    pub path: String,
    /// `story`, `section`, `topic`, `account`, `picture`, `page`.
    pub kind: String,
    /// Its id, its slug, its key, or a path of this site.
    pub target: String,
    /// Since when.
    #[serde(with = "stamp")]
    pub created: i64,
}

/// A line of `origins.jsonl`: something that came in from elsewhere, so that it does not come a second time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginRow {
    /// Which export, feed or folder it came from.
    pub source: String,
    /// Its id there.
    pub item: String,
    /// `story`, `section`, `author`.
    pub kind: String,
    /// SHA-256 of what it was there.
    pub digest: String,
    /// What it became here: an id or a slug.
    pub target: String,
    /// SHA-256 of what was written here.
    pub written: String,
    /// Pictures that could not be had.
    pub missing: i64,
    /// When it came in last.
    #[serde(with = "stamp")]
    pub imported: i64,
}

/// A line of `remarks.jsonl`: what readers said on the site it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemarkRow {
    /// Which export it came with.
    pub source: String,
    /// Its id there.
    pub item: String,
    /// The story under which it stood.
    pub story: PostId,
    /// What was said, by whom.
    pub remark: super::super::item::Remark,
}

/// A line of `front_pages.jsonl`: an arrangement of the front page; the last one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontRow {
    /// Its id.
    pub id: db::Id,
    /// Who arranged it.
    pub by: AccountId,
    /// When.
    #[serde(with = "stamp")]
    pub created: i64,
    /// What stands where.
    pub arrangement: serde_json::Value,
}

/// A line of `saved.jsonl`, in a person's export alone: a post on their list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedRow {
    /// Which.
    pub post: PostId,
    /// When it was saved.
    #[serde(with = "stamp")]
    pub at: i64,
}
