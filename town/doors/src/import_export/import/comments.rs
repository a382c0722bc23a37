//! What readers said, brought along after the stories it is under: some comments in a transaction, each with the note that it came in.
//!
//! A run that is stopped between two of these transactions finds by the notes where it was. When all of a story's are in, that is noted
//! too, with what they were: the next run passes over them unless something of them changed.

use ::people::Town;
use db::Tx;
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
};
use talk::{
    PostId,
    comments::{self, Brought, By, Content, MAX_BROUGHT},
};
use things::stories::{self, Status};
use web::Error;

use super::super::item::{Item, Remark};
use super::{
    people,
    ready::sha256,
    report::Report,
    store::{self, Known},
    write::Rules,
};
use crate::import_export::{Came, broken};

/// Comments written in one transaction: each is a dozen rows.
const AT_ONCE: usize = 200;
/// Times that a comment may have, as stories have them; others are mistakes.
const SINCE: i64 = 0;

/// What was said under one story.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// The source's id of the story, as it is kept.
    story: String,
    headline: String,
    published: Option<i64>,
    /// Of all of it.
    digest: String,
    remarks: Vec<Remark>,
}

/// Some of it.
#[derive(Clone, Debug)]
struct Part {
    said: Said,
    /// Whether nothing more follows.
    last: bool,
}

impl Said {
    /// Takes what was said out of an item; `None` where nothing was.
    pub(super) fn of(item: &mut Item, key: &str) -> Option<Self> {
        let remarks = std::mem::take(&mut item.remarks);
        if remarks.is_empty() {
            return None;
        }
        let digest = sha256(remarks.iter().map(digest).collect::<String>().as_bytes());
        Some(Self { story: key.to_owned(), headline: item.title.clone(), published: item.published.or(item.updated), digest, remarks })
    }

    /// The name of the note that all of it is in.
    pub(super) fn key(&self) -> String {
        key_of(&self.story)
    }

    /// Whether all of it came in as it is.
    pub(super) fn is_known(&self, known: &HashMap<String, Known>) -> bool {
        known.get(&self.key()).is_some_and(|known| known.digest == self.digest)
    }

    /// How much it is.
    pub(super) fn len(&self) -> usize {
        self.remarks.len()
    }

    /// Only says what would come in.
    pub(super) fn would(&self, report: &mut Report) {
        for remark in &self.remarks {
            match remark.left_out {
                Some(why) => report.note(why, &self.headline),
                None => report.comments += 1,
            }
        }
    }

    /// In parts of a transaction each, what is answered before its answers.
    fn parts(self) -> Vec<Part> {
        let remarks = in_order(self.remarks);
        let bare = Self { remarks: Vec::new(), ..self };
        let count = remarks.len().div_ceil(AT_ONCE);
        let parts = remarks.chunks(AT_ONCE).enumerate();
        parts.map(|(at, some)| Part { said: Self { remarks: some.to_vec(), ..bare.clone() }, last: at + 1 == count }).collect()
    }
}

fn key_of(story: &str) -> String {
    store::key(&format!("remarks:{story}"))
}

/// What a comment was when it came in. Not of its author's address, which is not kept in any form.
fn digest(remark: &Remark) -> String {
    let writer = remark.writer.as_ref().map(|writer| &writer.key);
    let said = serde_json::to_string(&(&remark.key, &remark.parent, &remark.name, remark.at, &remark.html, remark.left_out, writer));
    sha256(said.unwrap_or_default().as_bytes())
}

/// The oldest first, but nothing before what it answers. What answers itself, by whatever way round, is as old as it says.
fn in_order(remarks: Vec<Remark>) -> Vec<Remark> {
    let places: HashMap<&str, usize> = remarks.iter().enumerate().map(|(place, remark)| (remark.key.as_str(), place)).collect();
    let above: Vec<Option<usize>> = remarks.iter().map(|remark| places.get(remark.parent.as_str()).copied()).collect();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); remarks.len()];
    for (place, above) in above.iter().enumerate() {
        above.iter().for_each(|above| below[*above].push(place));
    }
    let mut by_age: Vec<usize> = (0..remarks.len()).collect();
    by_age.sort_by_key(|place| (remarks[*place].at, *place));
    let mut ready: BinaryHeap<Reverse<(i64, usize)>> =
        by_age.iter().filter(|place| above[**place].is_none()).map(|place| Reverse((remarks[*place].at, *place))).collect();
    let (mut order, mut done, mut circles) = (Vec::with_capacity(remarks.len()), vec![false; remarks.len()], by_age.into_iter());
    while order.len() < remarks.len() {
        let Some(place) = ready
            .pop()
            .map(|Reverse((_, place))| place)
            .or_else(|| circles.find(|place| !done[*place]).map(|place| in_circle(place, &above)))
        else {
            break;
        };
        if std::mem::replace(&mut done[place], true) {
            continue;
        }
        order.push(place);
        ready.extend(below[place].iter().map(|place| Reverse((remarks[*place].at, *place))));
    }
    let mut remarks: Vec<Option<Remark>> = remarks.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| remarks[place].take()).collect()
}

/// The first that comes round again on the way up from one that leads to no top.
fn in_circle(mut place: usize, above: &[Option<usize>]) -> usize {
    let mut seen = HashSet::new();
    while seen.insert(place) {
        place = above[place].unwrap_or(place);
    }
    place
}

/// Brings along what was said under these stories, which are in.
pub(super) fn bring(town: &Town, said: Vec<Said>, rules: &Rules, report: &mut Report) -> anyhow::Result<()> {
    let (mut group, mut size) = (Vec::new(), 0);
    let mut parts = said.into_iter().flat_map(Said::parts).peekable();
    while let Some(part) = parts.next() {
        size += part.said.len();
        group.push(part);
        if size >= AT_ONCE || parts.peek().is_none() {
            let (group, rules, now) = (std::mem::take(&mut group), rules.clone(), town.now());
            size = 0;
            report.add(town.db.write_now(move |tx| some(tx, &group, &rules, now)).map_err(broken)?);
        }
    }
    Ok(())
}

fn some(tx: &mut Tx, group: &[Part], rules: &Rules, now: i64) -> Result<Report, Error> {
    let mut report = Report::default();
    for part in group {
        under(tx, part, rules, &mut report, now)?;
    }
    if report.comments > 0 {
        // A server beside this command draws its pages anew.
        jobs::enqueue_unique(tx, Came::KEY, &Came {}, now)?;
    }
    Ok(report)
}

/// A part of what was said under one story.
fn under(tx: &mut Tx, part: &Part, rules: &Rules, report: &mut Report, now: i64) -> Result<(), Error> {
    let said = &part.said;
    let Some(story) = story(tx, rules, &said.story)? else { return Ok(()) };
    let mut failed = false;
    for remark in &said.remarks {
        let mut told = Report::default();
        match tx.attempt(|tx| one(tx, (remark, said, story), rules, &mut told, now)) {
            Ok(()) => report.add(told),
            // The disk, the database: nothing of this comment's own.
            Err(error @ (Error::Full | Error::Busy)) => return Err(error),
            Err(Error::Broken(cause)) => {
                failed = true;
                report.note(&format!("a comment could not be written: {cause}"), &said.headline);
            }
            Err(error) => report.note(&format!("a comment was left out: {}", error.words()), &said.headline),
        }
    }
    if part.last && !failed {
        let known = Known { digest: said.digest.clone(), target: story.to_string(), written: String::new(), missing: 0 };
        store::note(tx, &rules.source, "remarks", &said.key(), &known, now)?;
        store::forget_kept(tx, &rules.source, story)?;
    }
    Ok(())
}

/// The story, if it is in and nobody deleted it here.
fn story(tx: &mut Tx, rules: &Rules, key: &str) -> Result<Option<PostId>, Error> {
    let known = store::one(tx, &rules.source, "story", key)?;
    let Some(story) = known.and_then(|known| known.target.parse::<PostId>().ok()) else { return Ok(None) };
    Ok(stories::status_of(tx, story)?.filter(|status| *status != Status::Removed).map(|_| story))
}

fn one(tx: &mut Tx, (remark, said, story): (&Remark, &Said, PostId), rules: &Rules, report: &mut Report, now: i64) -> Result<(), Error> {
    if let Some(why) = remark.left_out {
        report.note(why, &said.headline);
        return Ok(());
    }
    let key = store::key(&remark.key);
    let known = store::one(tx, &rules.source, "comment", &key)?;
    let digest = digest(remark);
    if known.as_ref().is_some_and(|known| known.digest == digest) {
        return Ok(());
    }
    let Some(content) = content(remark, &said.headline, report) else { return Ok(()) };
    let written = sha256(content.body.as_bytes());
    let known = match known {
        Some(known) => {
            let taken = change(tx, &known, &content, (report, &said.headline), now)?;
            Known { digest, written: if taken { written } else { known.written.clone() }, ..known }
        }
        None => {
            let id = bring_one(tx, (remark, said, story), &content, rules, report, now)?;
            report.comments += 1;
            Known { digest, target: id.to_string(), written, missing: 0 }
        }
    };
    Ok(store::note(tx, &rules.source, "comment", &key, &known, now)?)
}

fn bring_one(
    tx: &mut Tx,
    (remark, said, story): (&Remark, &Said, PostId),
    content: &Content,
    rules: &Rules,
    report: &mut Report,
    now: i64,
) -> Result<PostId, Error> {
    let by = match &remark.writer {
        Some(writer) => By::Account(people::account(tx, rules, writer, None, report, now)?),
        None => By::Guest(&remark.name),
    };
    let at = [Some(remark.at), said.published].into_iter().flatten().find(|at| *at > SINCE).unwrap_or(now).min(now);
    let parent = parent(tx, rules, &remark.parent, story)?;
    comments::bring(tx, &Brought { subject: story, parent, by, content, at }, now)
}

/// What it answers, if that came in: what answers something that did not begins a thread of its own.
fn parent(tx: &mut Tx, rules: &Rules, key: &str, story: PostId) -> Result<Option<PostId>, Error> {
    if key.is_empty() {
        return Ok(None);
    }
    let known = store::one(tx, &rules.source, "comment", &store::key(key))?;
    let Some(parent) = known.and_then(|known| known.target.parse::<PostId>().ok()) else { return Ok(None) };
    Ok(store::is_under(tx, parent, story)?.then_some(parent))
}

/// Takes a change of the source over, unless somebody changed or removed the comment here. Answers whether it was.
fn change(tx: &mut Tx, known: &Known, content: &Content, (report, headline): (&mut Report, &str), now: i64) -> Result<bool, Error> {
    let Ok(id) = known.target.parse::<PostId>() else { return Ok(false) };
    let Some(here) = comments::brought(tx, id)? else { return Ok(false) };
    if sha256(here.as_bytes()) != known.written {
        report.note("a comment changed at the source and was changed here; it stays as it is here", headline);
        return Ok(false);
    }
    if here != content.body {
        comments::bring_anew(tx, id, content, now)?;
        report.note("a comment was updated, because the source changed", headline);
    }
    Ok(true)
}

/// Its words as comments keep them; `None` when there are none.
fn content(remark: &Remark, headline: &str, report: &mut Report) -> Option<Content> {
    let mut body = text::html::to_note(&remark.html, remark.breaks);
    if body.is_empty() {
        report.note("a comment was left out: it had no words", headline);
        return None;
    }
    if body.chars().count() > MAX_BROUGHT {
        report.note(&format!("a comment was longer than {MAX_BROUGHT} characters and was cut"), headline);
        body = text::note::clean(&body.chars().take(MAX_BROUGHT - 1).chain(['…']).collect::<String>());
    }
    let language = text::language::detect(&body).unwrap_or_default().to_owned();
    Some(Content { body, language, ..Content::default() })
}

#[cfg(test)]
mod tests {
    use super::{Remark, in_order};
    use proptest::prelude::*;

    fn remark(key: usize, parent: usize, at: i64) -> Remark {
        Remark { key: key.to_string(), parent: parent.to_string(), at, ..Remark::default() }
    }

    fn order(remarks: Vec<Remark>) -> Vec<String> {
        in_order(remarks).into_iter().map(|remark| remark.key).collect()
    }

    #[test]
    fn what_is_answered_comes_before_its_answers() {
        assert_eq!(order(vec![remark(1, 3, 5), remark(2, 0, 9), remark(3, 0, 7), remark(4, 77, 1)]), ["4", "3", "1", "2"]);
        // In circles, each once, and what only hangs on one after what it answers.
        let circles = vec![remark(11, 12, 5), remark(12, 11, 4), remark(13, 13, 1), remark(14, 11, 0)];
        assert_eq!(order(circles), ["11", "14", "12", "13"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_whatever_answers_what(of in prop::collection::vec((0_usize..30, -5_i64..5), 0..30)) {
            let remarks: Vec<Remark> = of.iter().enumerate().map(|(key, (parent, at))| remark(key, *parent, *at)).collect();
            let found = order(remarks);
            let mut all = found.clone();
            all.sort();
            let mut expected: Vec<String> = (0..of.len()).map(|key| key.to_string()).collect();
            expected.sort();
            prop_assert_eq!(all, expected);
        }
    }
}
