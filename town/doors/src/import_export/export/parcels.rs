//! Stories out of the files, each with its revisions and copies: three files in one order, read side by side.

use anyhow::Context as _;
use serde::de::DeserializeOwned;
use talk::PostId;
use things::stories::whole::{Aside, Parcel, Revision, Whole};

use super::{Files, files::Reading};

/// Revisions of one story that are read; more were made by no newsroom.
const MAX_REVISIONS: usize = 10_000;

/// Stories in the order of their ids. One that cannot be understood is an error; the next one can be read.
pub struct Parcels {
    stories: Reading<Whole>,
    revisions: Beside<Revision>,
    copies: Beside<Aside>,
    last: PostId,
}

impl Parcels {
    /// The stories of an export.
    ///
    /// # Errors
    /// When its files cannot be opened.
    pub fn of(files: &Files) -> anyhow::Result<Self> {
        Ok(Self {
            stories: files.lines_of("stories.jsonl")?,
            revisions: Beside { rows: files.lines_of("revisions.jsonl")?, next: None },
            copies: Beside { rows: files.lines_of("copies.jsonl")?, next: None },
            last: PostId::new(i64::MIN),
        })
    }

    fn parcel(&mut self, story: Whole) -> anyhow::Result<Parcel> {
        anyhow::ensure!(story.id > self.last, "stories.jsonl: story {} does not come after {}", story.id, self.last);
        self.last = story.id;
        let revisions = self.revisions.of(story.id).with_context(|| format!("story {}", story.id))?;
        let copies = self.copies.of(story.id).with_context(|| format!("story {}", story.id))?;
        Ok(Parcel { story, revisions, copies })
    }
}

impl Iterator for Parcels {
    type Item = anyhow::Result<Parcel>;

    fn next(&mut self) -> Option<Self::Item> {
        let story = self.stories.next()?;
        Some(story.and_then(|story| self.parcel(story)))
    }
}

trait OfStory {
    fn story(&self) -> PostId;
}

impl OfStory for Revision {
    fn story(&self) -> PostId {
        self.story
    }
}

impl OfStory for Aside {
    fn story(&self) -> PostId {
        self.story
    }
}

/// A file whose rows belong to stories, in the order of these.
struct Beside<T> {
    rows: Reading<T>,
    next: Option<T>,
}

impl<T: OfStory + DeserializeOwned> Beside<T> {
    /// The rows of one story; those of stories before it that are not there are passed over.
    fn of(&mut self, story: PostId) -> anyhow::Result<Vec<T>> {
        let mut found = Vec::new();
        loop {
            let row = match self.next.take() {
                Some(row) => row,
                None => match self.rows.next() {
                    Some(row) => row?,
                    None => return Ok(found),
                },
            };
            if row.story() > story {
                self.next = Some(row);
                return Ok(found);
            }
            if row.story() == story {
                anyhow::ensure!(found.len() < MAX_REVISIONS, "has more than {MAX_REVISIONS} revisions");
                found.push(row);
            }
        }
    }
}
