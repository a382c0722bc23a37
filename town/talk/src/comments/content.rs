//! What a comment says and shows.

use serde::{Deserialize, Serialize};
use web::{Form, Problems};

use crate::{
    files::{self, Attached},
    posts::mentioned,
    topics::MAX_TOPICS,
};

/// Characters of a comment: half a page. What needs more is a note or a story of its own.
pub const MAX_BODY: usize = 3_000;
/// Characters of a comment that was brought along from another site, where there was more room: people’s words are not cut.
pub const MAX_BROUGHT: usize = 20_000;
/// Pictures of a comment: what something looks like from each side. More are an album, or a post.
pub const MAX_PICTURES: usize = 4;
/// What a comment says and shows: what a revision holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its words, as they were written.
    pub body: String,
    /// Tag of the language it is written in; empty where nobody knows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Whether what it shows is covered until somebody opens it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// Its pictures, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Attached>,
}

impl Content {
    /// Reads `body`, `sensitive`, and of each picture `picture` (its key) and `alt-KEY`, without those in `without`; keys of what was just
    /// uploaded are in `came`.
    pub fn parse(form: &Form, came: &[String], problems: &mut Problems) -> Self {
        let body = text::note::clean(form.text("body"));
        let length = body.chars().count();
        let (pictures, recording) = files::parse(form, came, ("A comment", MAX_PICTURES), problems);
        if recording.is_some() {
            problems.add("pictures", "A comment holds pictures alone. Take the recording out.");
        }
        if body.is_empty() && pictures.is_empty() {
            problems.add("body", "Write something first, or add a picture.");
        } else if length > MAX_BODY {
            problems.add("body", format!("This is {length} characters long, and a comment may have {MAX_BODY}. Shorten it a little."));
        }
        if text::note::topics(&body).len() > MAX_TOPICS {
            problems.add("body", format!("Use at most {MAX_TOPICS} topics."));
        }
        if text::note::people(&body).len() > mentioned::MOST {
            problems.add("body", format!("Name at most {} people.", mentioned::MOST));
        }
        let language = text::language::detect(&body).unwrap_or_default().to_owned();
        Self { body, language, sensitive: form.ticked("sensitive") && !pictures.is_empty(), pictures }
    }

    /// Keys of the pictures it shows.
    pub fn keys(&self) -> Vec<String> {
        self.pictures.iter().map(|attached| attached.key.clone()).collect()
    }

    /// All words that others read of it.
    pub(super) fn words(&self) -> String {
        let alts = self.pictures.iter().map(|attached| attached.alt.as_str());
        std::iter::once(self.body.as_str()).chain(alts).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The same with what it shows, to be told from another.
    pub(super) fn words_and_files(&self) -> String {
        [vec![self.words()], self.keys()].concat().join("\n")
    }

    /// What it says in a line; what it shows, where it says nothing.
    pub fn excerpt(&self, characters: usize) -> String {
        match (self.body.is_empty(), self.pictures.len()) {
            (false, _) | (true, 0) => text::excerpt(&self.body, characters),
            (true, 1) => "A picture".into(),
            (true, _) => "Pictures".into(),
        }
    }

    /// What it says and that it shows something, for a statement to its author.
    pub(super) fn facts(&self) -> String {
        let shows = match self.pictures.len() {
            0 => "",
            1 => "(with a picture)",
            _ => "(with pictures)",
        };
        [self.body.as_str(), shows].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// The address that it has a card of: the first in its words, where it shows nothing else.
    pub(super) fn link(&self) -> Option<String> {
        if self.pictures.is_empty() { text::note::first_link(&self.body) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_says_something_and_not_too_much() {
        let parsed = |body: &str| {
            let mut problems = Problems::default();
            let content = Content::parse(&Form::from_pairs([("body", body)]), &[], &mut problems);
            (content.body, problems.of("body").map(ToOwned::to_owned))
        };
        assert_eq!(parsed(" Well said. \n"), ("Well said.".into(), None));
        assert!(parsed(" \n ").1.is_some_and(|words| words.contains("Write something")));
        assert_eq!(parsed(&"é".repeat(MAX_BODY)).1, None);
        assert!(parsed(&"é".repeat(MAX_BODY + 1)).1.is_some_and(|words| words.contains("3001 characters")));
    }

    #[test]
    fn a_picture_says_enough_and_five_are_too_many() {
        let key = |number: usize| format!("{number:032x}-1080");
        let parsed = |fields: &[(&str, &str)], came: &[String]| {
            let mut problems = Problems::default();
            let content = Content::parse(&Form::from_pairs(fields.iter().copied()), came, &mut problems);
            (content, ["body", "pictures"].map(|field| problems.of(field).map(ToOwned::to_owned)))
        };
        let (content, problems) = parsed(&[("sensitive", "1")], &[key(1)]);
        assert_eq!((content.keys(), content.sensitive, problems), (vec![key(1)], true, [None, None]));
        assert_eq!((content.excerpt(40).as_str(), content.facts().as_str()), ("A picture", "(with a picture)"));
        assert!(!parsed(&[("body", "Bare"), ("sensitive", "1")], &[]).0.sensitive, "nothing is there to be covered");
        let five: Vec<String> = (0..5).map(key).collect();
        assert!(parsed(&[], &five).1[1].as_deref().is_some_and(|words| words.contains("at most 4 pictures")));
        assert_eq!(parsed(&[("without", &five[0])], &five).1, [None, None]);
        let alt = format!("alt-{}", key(1));
        let (content, _) = parsed(&[("body", "Look: https://a.example/"), ("picture", &key(1)), (&alt, "A  goat")], &[]);
        assert_eq!((content.words().as_str(), content.link()), ("Look: https://a.example/\nA goat", None));
        let recording = parsed(&[("body", "x"), ("picture", "0123456789abcdef0123456789abcdef.mp3")], &[]);
        assert!(recording.0.pictures.is_empty() && recording.1[1].is_some());
    }
}
