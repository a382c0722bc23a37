//! What notices say: the words and addresses of what they are about, read as their member sees it.

use db::Tx;
use people::{Viewer, notices::Kind};
use std::collections::HashMap;
use talk::{PostId, comments, gate, moderation, reviews, told::Notice};
use things::{albums, notes, stories};
use web::Result;

use crate::organizations;

use super::{
    kinds,
    staff::{self, Message, STAFF},
};

/// Characters of what a notice is about.
const EXCERPT: usize = 160;

/// A notice with all that is shown of it.
pub(super) struct Item {
    pub notice: Notice,
    pub kind: &'static Kind,
    /// What it is about, in words; empty where the sentence says it all.
    pub words: String,
    /// Where it leads.
    pub address: String,
    /// Where one answers it, if it is a comment.
    pub answer: Option<String>,
    /// What it is about is called so: "post", "comment", "review".
    pub what: &'static str,
}

/// A post, as far as a notice shows it.
#[derive(Clone)]
struct Subject {
    words: String,
    address: String,
    answer: Option<String>,
    what: &'static str,
}

impl Subject {
    fn new(what: &'static str, words: String, address: String) -> Self {
        Self { words, address, answer: None, what }
    }
}

/// These notices with what they say. One of a kind that this program does not know is left out.
pub(super) fn of(tx: &mut Tx, viewer: &Viewer, notices: Vec<Notice>) -> Result<Vec<Item>> {
    let mut posts: Vec<PostId> = notices.iter().flat_map(|notice| [notice.post, notice.with]).flatten().collect();
    posts.sort_unstable();
    posts.dedup();
    let subjects = subjects(tx, viewer, &posts)?;
    let letters: Vec<i64> = notices.iter().filter(|notice| notice.kind == STAFF.name).map(|notice| notice.about).collect();
    let messages = staff::messages(tx, viewer.must_be_member()?.id, &letters)?;
    Ok(notices.into_iter().filter_map(|notice| item(notice, &subjects, &messages)).collect())
}

fn item(notice: Notice, subjects: &HashMap<PostId, Subject>, messages: &HashMap<i64, Message>) -> Option<Item> {
    let kind = kinds::named(&notice.kind)?;
    if let Some(post) = notice.post {
        // Where one person speaks of a post, what they say is news; where several do, what they speak of.
        let post = notice.with.filter(|_| notice.count == 1).unwrap_or(post);
        // Whoever is told that something of theirs appeared may read it again, and has nothing to answer.
        let Subject { words, address, answer, what } = subjects.get(&post)?.clone();
        let answer = answer.filter(|_| kind.name != gate::LET_THROUGH.name);
        return Some(Item { notice, kind, words, address, answer, what });
    }
    if kind.name == STAFF.name {
        let message = messages.get(&notice.about)?;
        return Some(Item { words: message.subject.clone(), address: message.address(), answer: None, what: "", notice, kind });
    }
    let address = address(&notice, kind);
    Some(Item { notice, kind, words: String::new(), address, answer: None, what: "" })
}

/// Where a notice leads that speaks of no post.
fn address(notice: &Notice, kind: &Kind) -> String {
    match kind.name {
        name if name == moderation::STATEMENT.name => moderation::statements::address(moderation::StatementId::new(notice.about)),
        name if name == moderation::OUTCOME.name => "/moderation/statements#reports".into(),
        name if name == notes::NOT_POSTED.name => "/notes/drafts".into(),
        name if name == people::connections::REQUEST.name => "/connections".into(),
        name if name == people::organizations::INVITED.name => organizations::PATH.into(),
        name if name == people::organizations::ROLE.name => format!("{}/{}/people", organizations::PATH, notice.about),
        _ => match notice.people.as_slice() {
            [one] => one.address(),
            _ => "/connections".into(),
        },
    }
}

/// Those of these posts that the viewer may see.
fn subjects(tx: &mut Tx, viewer: &Viewer, posts: &[PostId]) -> Result<HashMap<PostId, Subject>> {
    let mut found = HashMap::new();
    if posts.is_empty() {
        return Ok(found);
    }
    for note in notes::notes(tx, viewer, posts)? {
        let words = note.content.excerpt(EXCERPT);
        let words = if words.is_empty() { "A picture".to_owned() } else { words };
        found.insert(note.id, Subject::new("post", words, note.address()));
    }
    for card in stories::cards_by_ids(tx, posts)? {
        found.insert(card.id, Subject::new("story", card.headline.clone(), card.address()));
    }
    for album in albums::public_among(tx, posts, 0)? {
        let address = albums::address(album.id, &album.slug);
        found.insert(album.id, Subject::new("album", album.title, address));
    }
    for comment in comments::seen(tx, viewer, posts)? {
        let (words, address) = (comment.content.excerpt(EXCERPT), comment.address());
        // Nobody answers themselves.
        let answer = (!comment.mine).then(|| format!("{address}/reply"));
        found.insert(comment.id, Subject { answer, ..Subject::new("comment", words, address) });
    }
    for review in reviews::seen(tx, viewer, posts)? {
        found.insert(review.id, Subject::new("review", review.content.title.clone(), review.address()));
    }
    Ok(found)
}

impl Item {
    /// What happened, in plain words: "Rosa Mora and 11 others shared your post".
    pub fn sentence(&self) -> String {
        let names: Vec<&str> = self.notice.people.iter().map(|who| who.name.as_str()).collect();
        let others = self.notice.count.saturating_sub(1);
        let kind = self.kind;
        match (names.as_slice(), others) {
            ([], _) if kind.name == gate::LET_THROUGH.name => format!("Your {} was let through", self.what),
            ([], _) => kind.one.to_owned(),
            ([one], 0) => format!("{one} {}", kind.one),
            ([one, other, ..], 1) => format!("{one} and {other} {}", kind.many),
            ([one, ..], others) => format!("{one} and {others} others {}", kind.many),
        }
    }
}
