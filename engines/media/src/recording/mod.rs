//! Audio and video: what they are, how long, and their files without what names places, devices and people.
//!
//! Nothing is encoded anew. What must go is overwritten where it stands, so that no place in the file moves and players find
//! what they look for; only tags at the very end of an MP3 are cut off. A parser per container, each reading through a window of bounded size.

mod file;
mod mp3;
mod mp4;
mod ogg;
mod webm;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use file::Window;

use crate::{Refused, Words, boxes, digest};

/// A recording that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// Its name in a [`crate::Store`]: 32 hexadecimal digits of its SHA-256, a dot, the ending of its format.
    pub name: String,
    /// Whether it has moving pictures.
    pub video: bool,
    /// Its media type.
    pub content_type: &'static str,
    /// Size of the file, in bytes.
    pub bytes: u64,
    /// How long it plays, in milliseconds, where the file says so.
    pub duration_ms: Option<u64>,
    /// Pixels, of video whose file says so.
    pub width: Option<u32>,
    /// Pixels, of video whose file says so.
    pub height: Option<u32>,
    /// What was written into the file about it.
    pub words: Words,
}

/// What a container's parser found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    ending: &'static str,
    video: bool,
    duration_ms: Option<u64>,
    size: Option<(u32, u32)>,
    words: Words,
}

type Parsed = Result<Found, Problem>;

/// Why a parser gave up.
#[derive(Debug)]
pub(crate) enum Problem {
    /// Not a format that is taken.
    Unknown,
    /// The format is known and the content makes no sense.
    Broken,
    /// The disk failed.
    Io(std::io::Error),
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::UnexpectedEof { Self::Broken } else { Self::Io(error) }
    }
}

/// Whether the beginning of a file looks like a recording that is taken.
pub(crate) fn is_recording(start: &[u8]) -> bool {
    start.starts_with(b"OggS")
        || start.starts_with(b"ID3")
        || start.starts_with(&[0x1A, 0x45, 0xDF, 0xA3])
        || boxes::brands(start).is_some()
        || mp3::frame(start).is_some()
}

/// Blanks in place what names places, devices and people, and says what the recording is.
///
/// Blocking, and reads the whole file once. The file must be open for reading and writing.
///
/// # Errors
/// [`Refused`], worded for the person who uploaded the file. The file is then worth nothing.
pub fn clean(file: &File) -> Result<Cleaned, Refused> {
    // Foreign bytes: should a parser panic, it costs one upload.
    let found = catch_unwind(AssertUnwindSafe(|| unguarded(file))).unwrap_or_else(|_| {
        tracing::error!("a parser of recordings panicked");
        Err(Problem::Broken)
    });
    let told = |error: &std::io::Error| {
        tracing::error!(%error, "a recording could not be read or blanked");
        Refused::BrokenRecording
    };
    let found = found.map_err(|problem| match problem {
        Problem::Unknown => Refused::UnknownRecording,
        Problem::Broken => Refused::BrokenRecording,
        Problem::Io(error) => told(&error),
    })?;
    let bytes = file.metadata().map_err(|error| told(&error))?.len();
    let stem = Window::of(file).and_then(|window| digest::stem_of(window.whole())).map_err(|error| told(&error))?;
    let name = format!("{stem}.{}", found.ending);
    let content_type = crate::content_type(&name).ok_or(Refused::UnknownRecording)?;
    let (width, height) = found.size.unzip();
    let Found { video, duration_ms, words, .. } = found;
    Ok(Cleaned { name, video, content_type, bytes, duration_ms, width, height, words })
}

/// What [`clean`] does, with panics let through so that tests can see them.
pub(crate) fn unguarded(file: &File) -> Parsed {
    let mut window = Window::of(file)?;
    let start = window.read(0, 64.min(window.len() as usize))?;
    if start.starts_with(b"OggS") {
        ogg::clean(&mut window)
    } else if start.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
        webm::clean(&mut window)
    } else if boxes::brands(&start).is_some() {
        mp4::clean(&mut window)
    } else {
        mp3::clean(&mut window)
    }
}
