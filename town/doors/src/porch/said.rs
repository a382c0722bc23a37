//! What a letter says of a post, as its member may read it.

use db::Tx;
use people::{Viewer, accounts::Author};
use std::collections::HashMap;
use talk::{PostId, comments};
use things::{notes, stories};
use web::Result;

/// Characters of what somebody said.
const EXCERPT: usize = 280;

/// A post in a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// Who said it and how: "Sam Oak commented on “Well six goes quiet”".
    pub who: String,
    /// What they said, in a line.
    pub words: String,
    /// The sentence that moderators put over it; empty where there is none.
    pub label: String,
    /// Where it is read.
    pub address: String,
}

impl Said {
    fn new(author: &Author, did: &str, words: &str, label: &str, address: String) -> Self {
        let who = text::clean_line(&format!("{} {did}", author.name));
        Self { who, words: text::clean_line(words), label: text::clean_line(label), address }
    }

    /// Its lines in a letter.
    pub fn paragraph(&self, origin: &str) -> String {
        let label = if self.label.is_empty() { String::new() } else { format!(" ({})", self.label) };
        let words = if self.words.is_empty() { String::new() } else { format!(": “{}”", self.words) };
        format!("{}{words}{label}\n{origin}{}", self.who, self.address)
    }
}

/// What these posts say, in their order. Of what has gone meanwhile nothing is told.
pub(super) fn of(tx: &mut Tx, viewer: &Viewer, posts: &[PostId]) -> Result<Vec<Said>> {
    let mut found: HashMap<PostId, Said> = HashMap::new();
    for note in notes::notes(tx, viewer, posts)? {
        let did = if note.poll.is_some() { "asked" } else { "wrote" };
        found.insert(note.id, Said::new(&note.author, did, &words_of(&note), &note.label, note.address()));
    }
    for card in stories::cards_by_ids(tx, posts)? {
        found.insert(card.id, Said::new(&card.author, "published a story", &card.headline, "", card.address()));
    }
    let said = comments::seen(tx, viewer, posts)?;
    let subjects: Vec<PostId> = said.iter().map(|comment| comment.subject).collect();
    // A comment is read by whoever reads what it is under.
    let about = stories::cards_by_ids(tx, &subjects)?;
    for comment in said {
        let story = about.iter().find(|card| card.id == comment.subject);
        let did = story.map_or_else(|| "commented".to_owned(), |card| format!("commented on “{}”", card.headline));
        let words = text::excerpt(&comment.content.body, EXCERPT);
        found.insert(comment.id, Said::new(&comment.author, &did, &words, &comment.label, comment.address()));
    }
    Ok(posts.iter().filter_map(|post| found.remove(post)).collect())
}

/// A note in a line. What stands behind a warning or a cover stays there: a letter shows neither the words nor the pictures.
fn words_of(note: &notes::Note) -> String {
    let words = note.content.excerpt(EXCERPT);
    match (words.is_empty(), note.is_sensitive()) {
        (false, _) => words,
        (true, true) => "A picture behind a cover".to_owned(),
        (true, false) => "A picture".to_owned(),
    }
}
