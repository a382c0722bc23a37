//! What notices say: the words and addresses of what they are about, read as their member sees it.

use db::Tx;
use people::{Viewer, notices::Kind};
use std::collections::HashMap;
use talk::{PostId, comments, moderation, reviews, told::Notice};
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
}

/// A post, as far as a notice shows it.
#[derive(Clone)]
struct Subject {
    words: String,
    address: String,
    answer: Option<String>,
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
        let Subject { words, address, answer } = subjects.get(&post)?.clone();
        return Some(Item { notice, kind, words, address, answer });
    }
    if kind.name == STAFF.name {
        let message = messages.get(&notice.about)?;
        return Some(Item { words: message.subject.clone(), address: message.address(), answer: None, notice, kind });
    }
    if kind.name == moderation::STATEMENT.name {
        let address = moderation::statements::address(moderation::StatementId::new(notice.about));
        return Some(Item { words: String::new(), address, answer: None, notice, kind });
    }
    if kind.name == moderation::OUTCOME.name {
        return Some(Item { words: String::new(), address: "/moderation/statements#reports".into(), answer: None, notice, kind });
    }
    let address = match notice.people.as_slice() {
        [one] => one.address(),
        _ => "/connections".into(),
    };
    let address = match kind.name {
        name if name == people::connections::REQUEST.name => "/connections".into(),
        name if name == people::organizations::INVITED.name => organizations::PATH.into(),
        name if name == people::organizations::ROLE.name => format!("{}/{}/people", organizations::PATH, notice.about),
        _ => address,
    };
    Some(Item { notice, kind, words: String::new(), address, answer: None })
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
        found.insert(note.id, Subject { words, address: note.address(), answer: None });
    }
    for card in stories::cards_by_ids(tx, posts)? {
        found.insert(card.id, Subject { words: card.headline.clone(), address: card.address(), answer: None });
    }
    for album in albums::public_among(tx, posts, 0)? {
        found.insert(album.id, Subject { address: albums::address(album.id, &album.slug), words: album.title, answer: None });
    }
    for comment in comments::seen(tx, viewer, posts)? {
        let (words, address) = (comment.content.excerpt(EXCERPT), comment.address());
        // Nobody answers themselves.
        let answer = (!comment.mine).then(|| format!("{address}/reply"));
        found.insert(comment.id, Subject { words, answer, address });
    }
    for review in reviews::seen(tx, viewer, posts)? {
        found.insert(review.id, Subject { words: review.content.title.clone(), address: review.address(), answer: None });
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
            ([], _) => kind.one.to_owned(),
            ([one], 0) => format!("{one} {}", kind.one),
            ([one, other, ..], 1) => format!("{one} and {other} {}", kind.many),
            ([one, ..], others) => format!("{one} and {others} others {}", kind.many),
        }
    }
}
