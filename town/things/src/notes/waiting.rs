//! Notes that wait to be read before they appear. Until then one is a draft of its author's, whose id it keeps.

use db::Tx;
use maud::{Markup, html};
use people::{
    Town, Viewer,
    decisions::{Entry, TAKEN_DOWN},
    organizations,
    pictures::{self, Place, Shown},
};
use talk::{
    PostId, comments,
    gate::{self, Held, Passed},
    moderation::{self, Kind, Subject},
    posts::{self, Visibility},
};
use web::{Error, Result, Tag, kit::icon};

use super::{
    Content, Written,
    store::{self, Waiting},
};

/// Characters of a note that its author is told of.
const EXCERPT: usize = 3_000;

impl Content {
    /// All words that others read of it.
    pub(super) fn words(&self) -> String {
        let alts = self.pictures.iter().map(|attached| attached.alt.as_str());
        let all = [self.body.as_str(), &self.warning, &self.place].into_iter().chain(alts);
        all.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The same with what it shows, to be told from another.
    pub(super) fn words_and_files(&self) -> String {
        [vec![self.words()], self.keys()].concat().join("\n")
    }
}

impl Written {
    /// All words that others read of it.
    pub(super) fn words(&self) -> String {
        let choices = self.poll.iter().flat_map(|poll| poll.choices.clone());
        std::iter::once(self.content.words()).chain(choices).collect::<Vec<_>>().join("\n")
    }

    /// Whether anybody but its author reads it.
    pub(super) fn is_for_others(&self) -> bool {
        self.audience.visibility != Visibility::OnlyMe
    }
}

/// Whether what was judged of a note holds it.
pub(super) fn held(passed: &Passed) -> Option<(&Held, &str)> {
    passed.held.as_ref().map(|held| (held, passed.label.as_str()))
}

/// Lets one appear that waits: it is posted now, and whoever wrote it is told. Answers the tags to give to `Pages::changed`.
///
/// # Errors
/// `NotFound` when it does not wait.
pub fn approve(tx: &mut Tx, id: PostId, now: i64) -> Result<Vec<Tag>> {
    let of = store::waiting_one(tx, id)?;
    // They may have lost their role in it meanwhile.
    if let Some(speaker) = of.written.speaker {
        organizations::must_write_for(tx, of.author.id, speaker, now)?;
    }
    let tags = appear(tx, &of, (now, true))?;
    gate::let_through(tx, of.author.id, id, now)?;
    Ok(tags)
}

fn appear(tx: &mut Tx, of: &Waiting, told: (i64, bool)) -> Result<Vec<Tag>> {
    store::end_draft(tx, of.id)?;
    let tags = store::publish_and(tx, of.id, of.author.id, &of.written, told)?;
    if !of.label.is_empty() {
        posts::set_label(tx, of.id, &of.label)?;
    }
    Ok(tags)
}

/// Refuses one that waits: it is posted and taken down at once, so that its author is told why and can appeal as of anything else.
///
/// # Errors
/// `NotFound` when it does not wait.
pub fn refuse_waiting(tx: &mut Tx, viewer: &Viewer, id: PostId, why: &str, spoken: (&str, &str), now: i64) -> Result<Vec<Tag>> {
    let of = store::waiting_one(tx, id)?;
    let me = viewer.must_be_member()?.id;
    let tags = appear(tx, &of, (now, false))?;
    posts::take_down(tx, id, me, why, now)?;
    Entry::new(TAKEN_DOWN, "Refused a post").about(of.author.id).post(id.get()).because(why).by(tx, viewer, now)?;
    let subject = Subject { kind: Kind::Note, id: id.get() };
    let facts = of.written.content.excerpt(EXCERPT);
    moderation::taken_down(tx, viewer, (subject, of.author.id, &facts), why, spoken, now)?;
    Ok(tags)
}

/// The pictures of one that waits.
///
/// # Errors
/// When the database does not answer.
pub fn pictures_of(tx: &mut Tx, of: &Waiting) -> Result<Vec<Shown>, db::Error> {
    let keys = of.written.content.keys();
    let found = pictures::find_all(tx, &keys)?;
    let alt =
        |key: &str| of.written.content.pictures.iter().find(|attached| attached.key == key).map_or("", |attached| attached.alt.as_str());
    Ok(found.iter().map(|picture| Shown::of(picture, alt(&picture.key))).collect())
}

fn words(of: &Waiting, shown: &[Shown]) -> Markup {
    let content = &of.written.content;
    html! {
        @if !content.warning.is_empty() { p dir="auto" { strong { (content.warning) } } }
        div.post-words dir="auto" { (text::note::markup(&content.body, &|_| None)) }
        @if let Some(poll) = &of.written.poll { ul { @for choice in &poll.choices { li dir="auto" { (choice) } } } }
        @if !shown.is_empty() { ul.case-pictures { @for picture in shown { li { (picture.markup(Place { sizes: "12rem", first: false })) } } } }
        @if content.recording.is_some() { p.meta { "With a recording." } }
        @if !content.place.is_empty() { p.waits-why { (icon("map-pin")) bdi { (content.place) } } }
    }
}

/// Among all that waits of somebody's.
pub fn waiting_listed(town: &Town, of: &Waiting, shown: &[Shown]) -> Markup {
    html! {
        article.comment.waits aria-label="A post that waits" { div.body {
            p.waits-why { (icon("clock")) span { "Waits to be read by a moderator, since " (text::times::markup(of.at, town.now(), &town.zone())) ". For: " (of.written.audience.visibility.words()) "." } }
            (words(of, shown))
            div.actions {
                a.button.small href={ "/notes/drafts/" (of.id) } { (icon("pen-line")) "Change it" }
                form method="post" action={ "/notes/drafts/" (of.id) "/removal" } data-confirm="Delete this post? It is gone for good." data-confirm-yes="Delete" {
                    button.button.small.quiet { (icon("trash-2")) "Delete" span.visually-hidden { ": " (of.written.content.excerpt(40)) } }
                }
            }
        } }
    }
}

/// Before those who read it.
pub fn waiting_to_read(town: &Town, viewer: &Viewer, of: &Waiting, shown: &[Shown]) -> Markup {
    let standing = comments::Standing::of(town, viewer, "");
    html! {
        p.byline {
            strong { a href=(of.author.address()) dir="auto" { (of.author.name) } }
            span { "post for: " (of.written.audience.visibility.words()) }
            @if let Some(quoted) = of.written.content.quoted { span { "speaks of " a href={ "/notes/" (quoted) } { "this post" } } }
        }
        (words(of, shown))
        (comments::waits_for(&of.held, &of.label, of.at, &standing))
    }
}

/// Whether a note may be changed from what it says to this; answers the sentence that stands over it then.
pub(super) fn may_change(tx: &mut Tx, viewer: &Viewer, gate: &gate::Gate, note: &super::Note, content: &Content) -> Result<String, Error> {
    if note.visibility == Visibility::OnlyMe {
        return Ok(String::new());
    }
    gate.judge_change(tx, viewer, (&note.content.words_and_files(), &content.words_and_files()))
}
