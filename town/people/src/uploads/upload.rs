//! What an upload is, and how large it may be.

use std::path::PathBuf;

use serde::Deserialize;
use web::Error;

use crate::{AccountId, Town};

db::id! {
    /// Names an upload in parts.
    pub struct UploadId;
}

/// Bytes of a picture: what cameras of 60 megapixels write.
pub const MAX_PICTURE: u64 = 40_000_000;
/// Bytes of audio: three hours of speech, twice over.
pub const MAX_AUDIO: u64 = 200_000_000;
/// Bytes of video: ten minutes of a phone's film.
pub const MAX_VIDEO: u64 = 500_000_000;
/// Bytes of one part. A part that is lost is sent again.
pub const MAX_PART: u64 = 8 << 20;
/// Unfinished uploads of one account at a time: a day's pictures, and some.
pub(super) const MAX_OPEN: i64 = 200;
/// Bytes of all unfinished uploads of one account.
pub(super) const MAX_HELD: i64 = 4_000_000_000;

/// An upload in parts.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    pub id: UploadId,
    pub owner: AccountId,
    pub name: String,
    pub size: u64,
    /// What became of it.
    pub key: Option<String>,
}

impl Upload {
    /// Where its bytes lie.
    pub fn path(&self, town: &Town) -> PathBuf {
        town.uploads.join(self.id.to_string())
    }
}

/// What a script says of a file before it sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Declared {
    /// The name the person's computer gave it.
    #[serde(default)]
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its media type as the browser guesses it; may be empty.
    #[serde(default, rename = "type")]
    pub kind: String,
}

impl Declared {
    /// Refuses what could not be taken anyway, before a byte of it is sent.
    pub fn check(&self, takes: &[Family]) -> Result<(), Error> {
        if self.size == 0 {
            return Err(Error::invalid("file", "The file is empty. Choose another."));
        }
        let words = "Upload pictures as JPEG, PNG, GIF, WebP or AVIF, audio as MP3, Ogg or M4A, and video as MP4 or WebM.";
        let family = self.family().ok_or_else(|| Error::invalid("file", words))?;
        if !takes.contains(&family) {
            return Err(Error::invalid("file", ONLY_PICTURES));
        }
        if self.size > family.limit() { Err(family.too_large(self.size)) } else { Ok(()) }
    }

    /// By the declared type, else by the ending of the name: phones leave the type of HEIC empty.
    fn family(&self) -> Option<Family> {
        let ending = self.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let (kind, format) = self.kind.split_once('/').unwrap_or_default();
        match (kind, ending.as_str()) {
            ("image", _) => PICTURES.contains(&format).then_some(Family::Picture),
            ("audio", _) => Some(Family::Audio),
            ("video", _) => Some(Family::Video),
            (_, "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "heic" | "heif") => Some(Family::Picture),
            (_, "mp3" | "ogg" | "oga" | "opus" | "m4a") => Some(Family::Audio),
            (_, "mp4" | "m4v" | "mov" | "webm") => Some(Family::Video),
            _ => None,
        }
    }
}

/// What somebody is told whose level uploads nothing else.
pub(super) const ONLY_PICTURES: &str = "Your level uploads pictures alone: JPEG, PNG, GIF, WebP or AVIF.";
/// What somebody is told who may send none.
pub(super) const NO_FILES: &str = "Your level does not include sending files. An administrator can change that.";

/// Formats of pictures that are taken, as media types call them.
const PICTURES: [&str; 8] = ["jpeg", "jpg", "png", "gif", "webp", "avif", "heic", "heif"];

/// Files that have the same limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Pictures.
    Picture,
    /// Audio.
    Audio,
    /// Video.
    Video,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Picture, Self::Audio, Self::Video];

    /// Its name for scripts, as `kind` in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }

    /// Bytes.
    pub fn limit(self) -> u64 {
        match self {
            Self::Picture => MAX_PICTURE,
            Self::Audio => MAX_AUDIO,
            Self::Video => MAX_VIDEO,
        }
    }

    /// By the first bytes of a file, before it is known whether a film has pictures. `None` for what is not taken.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        match media::kind(start)? {
            media::Kind::Picture => Some(Self::Picture),
            media::Kind::Recording => Some(Self::Video),
        }
    }

    /// What a person is told.
    pub(super) fn too_large(self, size: u64) -> Error {
        let what = match self {
            Self::Picture => "pictures",
            Self::Audio => "audio files",
            Self::Video => "videos",
        };
        Error::TooLarge(
            format!(
                "This file is {} MB, and {what} may be at most {} MB. Save a smaller copy and upload that.",
                size.div_ceil(1_000_000),
                self.limit() / 1_000_000
            )
            .into(),
        )
    }
}
