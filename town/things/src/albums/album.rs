//! What an album is, and what can be done to it.

use people::{accounts::Author, pictures::Picture};
use talk::{Counts, PostId};
use web::{Form, Problems};

/// Pictures of one album; a page with more does not load on a phone.
pub const MAX_PICTURES: usize = 200;
/// Characters of a title.
pub(super) const MAX_TITLE: usize = 120;
/// Characters of a description.
pub(super) const MAX_DESCRIPTION: usize = 2_000;
/// Characters of a caption.
pub(super) const MAX_CAPTION: usize = people::pictures::MAX_WORDS;
/// Parts of addresses below an album's that lead elsewhere.
const TAKEN: [&str; 5] = ["edit", "pictures", "publication", "removal", "uploads"];

/// An album with everything its pages show.
#[derive(Clone, Debug)]
pub struct Album {
    /// Its id.
    pub id: PostId,
    /// Its title; may be empty before it is public.
    pub title: String,
    /// The readable part of its address.
    pub slug: String,
    /// A few words about it. Lines end where their author ended them.
    pub description: String,
    /// Its pictures, in order.
    pub entries: Vec<Entry>,
    /// Who made it, the first author first.
    pub authors: Vec<Author>,
    /// The time under which lists show it; `None` while readers do not see it.
    pub listed_at: Option<i64>,
    /// When it was changed last.
    pub updated_at: i64,
    /// When it was removed, if it was.
    pub removed_at: Option<i64>,
    /// Whether its authors marked its pictures as sensitive.
    pub sensitive: bool,
    /// Whether the staff cover them.
    pub covered: bool,
    /// The sentence that moderators put over it; empty where there is none.
    pub label: String,
    /// Views and the like.
    pub counts: Counts,
}

/// A picture as it stands in an album.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The picture.
    pub picture: Picture,
    /// What this album says of it; empty where the picture's own caption stands.
    pub own: String,
}

impl Entry {
    /// What stands under it.
    pub fn caption(&self) -> &str {
        if self.own.is_empty() { &self.picture.words.caption } else { &self.own }
    }

    /// What it shows, for those who cannot see it: its own words, else its caption.
    pub fn alt(&self) -> &str {
        if self.picture.words.alt.is_empty() { self.caption() } else { &self.picture.words.alt }
    }
}

impl Album {
    /// Its address.
    pub fn address(&self) -> String {
        super::address(self.id, &self.slug)
    }

    /// The address of one picture's own page.
    pub fn address_of(&self, entry: &Entry) -> String {
        format!("{}/{}", self.address(), entry.picture.key)
    }

    /// Its title, or what stands for one.
    pub fn named(&self) -> &str {
        if self.title.is_empty() { "No title yet" } else { &self.title }
    }

    /// Whether its pictures are covered, by its authors or by the staff.
    pub fn is_sensitive(&self) -> bool {
        self.sensitive || self.covered
    }

    /// Whether readers see it.
    pub fn is_public(&self) -> bool {
        self.listed_at.is_some() && self.removed_at.is_none()
    }

    /// What keeps it from being published.
    pub fn check_publishable(&self, problems: &mut Problems) {
        if self.title.is_empty() {
            problems.add("title", "An album needs a title before it can be published.");
        }
        if self.entries.is_empty() {
            problems.add("pictures", "There are no pictures yet. Add some first.");
        }
        if let Some((number, entry)) = (1..).zip(&self.entries).find(|(_, entry)| entry.alt().is_empty()) {
            let name = &entry.picture.words.name;
            let words =
                format!("Say what picture {number} ({name}) shows, for people who cannot see it: in its caption here, or in the library.");
            problems.add("pictures", words);
        }
    }
}

/// The readable part of an address.
pub(super) fn slug(title: &str) -> String {
    let slug = text::slug_or(title, "album");
    if TAKEN.contains(&slug.as_str()) { format!("{slug}-album") } else { slug }
}

/// What an author changes of an album in one go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub title: String,
    pub description: String,
    /// Whether its pictures are covered until somebody opens them.
    pub sensitive: bool,
    /// Handles of those who make it with its author.
    pub coauthors: Vec<String>,
    /// Keys and captions of its pictures, in their new order.
    pub entries: Vec<(String, String)>,
    /// Keys of those that are taken out.
    pub removed: Vec<String>,
}

impl Changes {
    /// Reads the form: `title`, `description`, `sensitive`, `coauthors`, and of each picture in order `picture` (its key) and `caption-KEY`. `do`
    /// says what else is to be done: `up:KEY`, `down:KEY`, `first:KEY`, `remove:KEY`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let title = text::clean_line(form.text("title"));
        if title.chars().count() > MAX_TITLE {
            problems.add("title", format!("Use at most {MAX_TITLE} characters here."));
        }
        let description = form.text("description").trim().to_owned();
        if description.chars().count() > MAX_DESCRIPTION {
            problems.add("description", format!("Use at most {MAX_DESCRIPTION} characters here."));
        }
        let mut changes = Self {
            title,
            description,
            sensitive: form.ticked("sensitive"),
            coauthors: handles(form.text("coauthors"), problems),
            ..Self::default()
        };
        for key in form.all("picture").take(MAX_PICTURES) {
            let caption = text::clean_line(form.text(&format!("caption-{key}")));
            if caption.chars().count() > MAX_CAPTION {
                problems.add("pictures", format!("Use at most {MAX_CAPTION} characters for a caption."));
            }
            changes.entries.push((key.to_owned(), caption));
        }
        if let Some((act, key)) = form.text("do").split_once(':') {
            changes.act(act, key);
        }
        changes
    }

    fn act(&mut self, act: &str, key: &str) {
        let Some(at) = self.entries.iter().position(|(entry, _)| entry == key) else { return };
        match act {
            "up" if at > 0 => self.entries.swap(at, at - 1),
            "down" if at + 1 < self.entries.len() => self.entries.swap(at, at + 1),
            "first" => self.entries[..=at].rotate_right(1),
            "remove" => self.removed.push(self.entries.remove(at).0),
            _ => {}
        }
    }
}

/// The handles of co-authors as typed.
fn handles(typed: &str, problems: &mut Problems) -> Vec<String> {
    const MOST: usize = 12;
    let handles: Vec<String> = typed
        .split([',', ' ', '\n'])
        .map(|handle| handle.trim().trim_start_matches('@').to_owned())
        .filter(|handle| !handle.is_empty())
        .collect();
    if handles.len() > MOST {
        problems.add("coauthors", format!("Name at most {MOST} people."));
    }
    handles.into_iter().take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(act: &str) -> Vec<String> {
        let form =
            Form::from_pairs([("title", "A"), ("picture", "a"), ("picture", "b"), ("picture", "c"), ("caption-b", " B "), ("do", act)]);
        Changes::parse(&form, &mut Problems::default()).entries.into_iter().map(|(key, caption)| key + &caption).collect()
    }

    #[test]
    fn buttons_move_one_picture() {
        assert_eq!(changes("save"), ["a", "bB", "c"]);
        assert_eq!(changes("up:b"), ["bB", "a", "c"]);
        assert_eq!(changes("down:b"), ["a", "c", "bB"]);
        assert_eq!(changes("first:c"), ["c", "a", "bB"]);
        assert_eq!(changes("remove:a"), ["bB", "c"]);
        for nothing in ["up:a", "down:c", "up:x", "sideways:b", "first:a"] {
            assert_eq!(changes(nothing), ["a", "bB", "c"], "{nothing}");
        }
    }

    #[test]
    fn no_title_takes_the_address_of_another_page() {
        assert_eq!((slug("Edit"), slug("Fair days"), slug("…")), ("edit-album".into(), "fair-days".into(), "album".into()));
    }
}
