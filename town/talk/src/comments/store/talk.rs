//! Conversations as a viewer sees them: a fixed number of questions for a page of one, however long it is.

use db::{Tx, params};
use people::{AccountId, Viewer, badges, blocks::where_no_block};
use std::{collections::HashMap, sync::LazyLock};
use web::{Error, Tag};

use super::{
    take::{COLUMNS, FROM, columns, comment, hang},
    tops::Tops,
    waiting::{self, Waiting},
};
use crate::{
    Cursor, PostId,
    comments::{
        Asked, Comment, May, OpenTo, Rules,
        comment::{FIRST_REPLIES, Order, PAGE},
        rules,
    },
    posts::{readable, reader},
    reactions,
};

/// How somebody wants to hear of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::comments) enum Choice {
    /// Of what answers them, and what is said under their own posts.
    Usual,
    /// Of everything.
    Follow,
    /// Of nothing.
    Mute,
}

impl Choice {
    /// Its name in the table and in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Follow => "follow",
            Self::Mute => "mute",
        }
    }

    /// By its name; the usual for what is none.
    pub fn named(name: &str) -> Self {
        [Self::Follow, Self::Mute].into_iter().find(|choice| choice.name() == name).unwrap_or(Self::Usual)
    }
}

/// What is known of a conversation before anybody's words are read.
#[derive(Clone, Debug)]
pub(in crate::comments) struct Head {
    pub subject: PostId,
    /// The kind of its subject.
    pub kind: String,
    /// Comments that stand.
    pub count: i64,
    pub rules: Rules,
    pub choice: Choice,
    /// The authors of its subject.
    pub authors: Vec<AccountId>,
    /// Whether the viewer may comment.
    pub may: May,
    /// Whether the viewer may set its rules.
    pub sets: bool,
}

/// The beginning of a thread, as its subject's page shows it.
#[derive(Clone, Debug)]
pub(in crate::comments) struct Thread {
    pub top: Comment,
    /// The first of what stands under it, in the order of reading.
    pub replies: Vec<Comment>,
    /// How many more there are.
    pub more: i64,
}

/// A page of what is said under a post.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub(in crate::comments) head: Head,
    pub(in crate::comments) order: Order,
    pub(in crate::comments) first: bool,
    pub(in crate::comments) past: Option<Cursor>,
    pub(in crate::comments) threads: Vec<Thread>,
    /// What of the viewer's own waits to be read.
    pub(in crate::comments) waiting: Vec<Waiting>,
}

impl Conversation {
    /// Everything but the subject that a guest's page of it depends on.
    pub fn tags(&self) -> Vec<Tag> {
        let mut people: Vec<i64> = self.comments().filter(|comment| comment.stands()).map(|comment| comment.author.id.get()).collect();
        people.sort_unstable();
        people.dedup();
        people.into_iter().map(|author| Tag("account", author)).collect()
    }

    /// When the youngest comment on the page was posted; 0 when there is none.
    pub fn youngest(&self) -> i64 {
        self.comments().map(|comment| comment.posted_at).max().unwrap_or(0)
    }

    pub(in crate::comments) fn comments(&self) -> impl Iterator<Item = &Comment> {
        self.threads.iter().flat_map(|thread| std::iter::once(&thread.top).chain(&thread.replies))
    }
}

/// What is known of the conversation under a post that a viewer may read.
///
/// # Errors
/// `NotFound` when they may not, or there can be none.
pub(in crate::comments) fn head(tx: &mut Tx, viewer: &Viewer, subject: PostId, now: i64) -> Result<Head, Error> {
    static SQL: LazyLock<String> = LazyLock::new(|| {
        format!(
            "select p.kind, k.comments, v.open_to, v.slow_minutes, x.choice, w.account_id, cast(case when {} then 0 else 1 end as bigint)
             from posts p join post_counts k on k.post_id = p.id
             left join conversations v on v.subject_id = p.id
             left join conversation_choices x on x.subject_id = p.id and x.account_id = $1
             left join post_authors w on w.post_id = p.id
             where p.id = $2 and p.kind not in ('comment', 'review') and p.published_at is not null and {} order by w.position",
            where_no_block("$1", "w.account_id"),
            readable(1)
        )
    });
    // A row for each author: every page with a conversation asks.
    let (mut authors, mut parted) = (Vec::new(), false);
    let found = tx.all(&SQL, params![reader(viewer), subject], |row| {
        authors.extend(row.get::<Option<AccountId>>(5)?);
        parted |= row.get::<i64>(6)? == 1;
        let open_to = row.get::<Option<String>>(2)?.and_then(|name| OpenTo::named(&name)).unwrap_or_default();
        let rules = Rules { open_to, slow_minutes: row.get::<Option<i64>>(3)?.unwrap_or(0) };
        let choice = Choice::named(&row.get::<Option<String>>(4)?.unwrap_or_default());
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?, rules, choice))
    })?;
    let (kind, count, rules, choice) = found.into_iter().next().ok_or(Error::NotFound)?;
    let may = rules::may(tx, viewer, (subject, &authors, parted), rules, now)?;
    let sets = rules::sets(viewer, &authors);
    Ok(Head { subject, kind, count, rules, choice, authors, may, sets })
}

/// A page of what is said under a post that a viewer may read.
///
/// # Errors
/// `NotFound` when they may not, or when the page is none.
pub fn of(tx: &mut Tx, viewer: &Viewer, subject: PostId, asked: &Asked, now: i64) -> Result<Conversation, Error> {
    let (order, place) = (asked.order(), asked.past()?);
    let head = head(tx, viewer, subject, now)?;
    // Most members have nothing that waits, which is known without a question.
    let waiting = match viewer.me.as_ref().filter(|me| me.held > 0 && place.is_none()) {
        Some(me) => waiting::bare_of(tx, me.id, Some(subject))?,
        None => Vec::new(),
    };
    let mut conversation = Conversation { head, order, first: place.is_none(), past: None, threads: Vec::new(), waiting };
    // Most posts have no comments yet; what was deleted is seen with what stands under it alone.
    if conversation.head.count == 0 {
        hang(tx, &mut [], &mut conversation.waiting)?;
        return Ok(conversation);
    }
    let mut tops = begun(tx, viewer, subject, order, place.unwrap_or(order.beginning()), now)?;
    let more = tops.len() > PAGE;
    tops.truncate(PAGE);
    conversation.past = tops.last().filter(|_| more).map(|(_, cursor)| *cursor);
    let ids: Vec<PostId> = tops.iter().filter(|(top, _)| top.replies > 0).map(|(top, _)| top.id).collect();
    let mut replies = if ids.is_empty() { HashMap::new() } else { first_replies(tx, viewer, &ids, now)? };
    conversation.threads = tops.into_iter().filter_map(|(top, _)| gather(top, &mut replies)).collect();
    let Conversation { head, threads, waiting, .. } = &mut conversation;
    let mut all: Vec<&mut Comment> =
        threads.iter_mut().flat_map(|thread| std::iter::once(&mut thread.top).chain(&mut thread.replies)).collect();
    dress(tx, viewer, &mut all, &head.authors)?;
    hang(tx, &mut all, waiting)?;
    Ok(conversation)
}

/// A thread with what was read of it; nothing of one of which nothing is seen.
fn gather(top: Comment, replies: &mut HashMap<PostId, Vec<Comment>>) -> Option<Thread> {
    let found = replies.remove(&top.id).unwrap_or_default();
    let all_read = found.len() < FIRST_REPLIES;
    let replies = pruned(found, !all_read);
    if !top.stands() && replies.is_empty() && all_read {
        return None;
    }
    let shown = replies.iter().filter(|reply| reply.stands()).count();
    let more = if all_read { 0 } else { (top.replies - i64::try_from(shown).unwrap_or(0)).max(0) };
    Some(Thread { top, replies, more })
}

/// Without those that do not stand and under which nothing does. `goes_on` says that more may stand under the last.
pub(super) fn pruned(found: Vec<Comment>, goes_on: bool) -> Vec<Comment> {
    let mut kept: Vec<Comment> = Vec::with_capacity(found.len());
    // From the end: what stands under one was seen before it.
    for (place, comment) in found.into_iter().rev().enumerate() {
        let holds = kept.last().is_some_and(|next| next.path.len() > comment.path.len() && next.path.starts_with(&comment.path));
        if comment.stands() || holds || (goes_on && place == 0 && comment.replies > 0) {
            kept.push(comment);
        }
    }
    kept.reverse();
    kept
}

/// Comments that begin threads, past a place, and the place of each.
fn begun(tx: &mut Tx, viewer: &Viewer, subject: PostId, order: Order, past: Cursor, now: i64) -> Result<Vec<(Comment, Cursor)>, db::Error> {
    let mut found = Vec::new();
    for part in Tops::of(order) {
        // Which they are is told from few columns; what the viewer sees of them is asked of a page of them alone.
        let sql = format!(
            "select {}, w.place from ({}) w join comments c on c.id = w.id {FROM} order by {}",
            columns(),
            part.ids(3),
            part.sorted("w.place", "c")
        );
        let left = PAGE + 1 - found.len();
        found.extend(tx.all(&sql, params![reader(viewer), now, subject, past.at, past.id, left], |row| {
            let found = comment(row)?;
            let cursor = Cursor { at: row.get(COLUMNS)?, id: found.id };
            Ok((found, cursor))
        })?);
        if found.len() > PAGE {
            break;
        }
    }
    Ok(found)
}

/// The first of what stands under each of these, one more than is shown: a range of an index each, in one statement.
fn first_replies(tx: &mut Tx, viewer: &Viewer, threads: &[PostId], now: i64) -> Result<HashMap<PostId, Vec<Comment>>, db::Error> {
    let part = |number: usize| {
        format!(
            "select * from (select id from comments where thread_id = ${number} and path > '' order by path limit {FIRST_REPLIES}) t{number}"
        )
    };
    // One text for every page.
    let parts: Vec<String> = (3..3 + PAGE).map(part).collect();
    let sql = format!(
        "select {} from ({}) w join comments c on c.id = w.id {FROM} order by c.thread_id, c.path",
        columns(),
        parts.join(" union all ")
    );
    let mut ids = threads.to_vec();
    ids.resize(PAGE, PostId::new(0));
    let ids: Vec<_> = ids.iter().map(db::ToParam::to_param).collect();
    let mut found: HashMap<PostId, Vec<Comment>> = HashMap::new();
    for reply in tx.all(&sql, &[params![reader(viewer), now].to_vec(), ids].concat(), comment)? {
        found.entry(reply.thread).or_default().push(reply);
    }
    Ok(found)
}

/// Badges, marks and reactions.
pub(super) fn dress(tx: &mut Tx, viewer: &Viewer, comments: &mut [&mut Comment], authors: &[AccountId]) -> Result<(), db::Error> {
    let mut people: Vec<AccountId> = comments.iter().filter(|comment| comment.stands()).map(|comment| comment.author.id).collect();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return Ok(());
    }
    let held = badges::held(tx, &people)?;
    let standing: Vec<PostId> = comments.iter().filter(|comment| comment.stands()).map(|comment| comment.id).collect();
    let mut reacted = reactions::of(tx, viewer, &standing)?;
    for comment in comments {
        comment.badges = held.get(&comment.author.id).cloned().unwrap_or_default();
        comment.reactions = reacted.remove(&comment.id).unwrap_or_default();
        comment.by_author = comment.stands() && authors.contains(&comment.author.id);
    }
    Ok(())
}
