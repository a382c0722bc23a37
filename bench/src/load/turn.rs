//! What one client does over and over: read a page, save a draft, publish a story.

use anyhow::{Context as _, Result, bail};
use std::{
    net::Ipv4Addr,
    sync::atomic::{AtomicI64, AtomicUsize, Ordering},
};

use super::{Connection, form, get, get_from};
use crate::{dice::Dice, load::answer::Answer};

/// Addresses kept in one piece of memory: a million of them stand beside the server that is measured.
#[derive(Default)]
pub struct Paths {
    text: String,
    ends: Vec<u32>,
}

impl Paths {
    /// Adds one.
    pub fn push(&mut self, path: &str) {
        self.text.push_str(path);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// One at random.
    pub fn any(&self, dice: &mut Dice) -> &str {
        let place = dice.below(self.ends.len());
        let begin = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.text[begin..self.ends[place] as usize]
    }
}

/// A draft that is saved again and again by its author.
pub struct Draft {
    /// The story.
    pub id: i64,
    /// Its author's session.
    pub session: String,
    /// The version saved last.
    pub version: AtomicI64,
}

/// One turn of a client.
pub enum Turn {
    /// A page is read, by a guest when there are no sessions.
    Read {
        /// One of these.
        paths: Paths,
        /// By one of these.
        sessions: Vec<String>,
    },
    /// Something is searched for, by another person each time: how often one may ask is bounded.
    Seek(Paths),
    /// An author's editor saves by itself.
    Save {
        /// Every client has its own among these.
        drafts: Vec<Draft>,
        /// Makes every text another one.
        counter: AtomicUsize,
        /// The form's other fields.
        fields: String,
    },
    /// A story is begun and published.
    Publish {
        /// Authors.
        sessions: Vec<String>,
        /// The whole form but the headline.
        fields: String,
        /// Makes every headline another one.
        counter: AtomicUsize,
    },
    /// A small form is sent: a comment, a like, a note.
    Send {
        /// To one of these.
        paths: Paths,
        /// By one of these.
        sessions: Vec<String>,
        /// The form with this number.
        fields: fn(usize) -> String,
        /// Numbers the forms.
        counter: AtomicUsize,
    },
}

impl Turn {
    /// Takes it once. `place` is the number of the client and how many there are.
    pub async fn take(&self, connection: &mut Connection, place: (usize, usize), dice: &mut Dice) -> Result<()> {
        match self {
            Self::Read { paths, sessions } => read(connection, paths.any(dice), sessions, dice).await,
            Self::Seek(paths) => seek(connection, paths.any(dice), dice).await,
            Self::Save { drafts, counter, fields } => {
                let own = drafts.len() / place.1;
                let draft = &drafts[place.0 + dice.below(own.max(1)) * place.1];
                save(connection, draft, fields, counter.fetch_add(1, Ordering::Relaxed)).await
            }
            Self::Publish { sessions, fields, counter } => {
                publish(connection, &sessions[dice.below(sessions.len())], fields, counter.fetch_add(1, Ordering::Relaxed)).await
            }
            Self::Send { paths, sessions, fields, counter } => {
                let fields = fields(counter.fetch_add(1, Ordering::Relaxed));
                let session = &sessions[dice.below(sessions.len())];
                send(connection, paths.any(dice), session, &fields).await
            }
        }
    }
}

async fn read(connection: &mut Connection, path: &str, sessions: &[String], dice: &mut Dice) -> Result<()> {
    let session = (!sessions.is_empty()).then(|| dice.of(sessions).as_str());
    let answer = connection.ask(&get(path, session)).await?;
    if answer.status == 200 && !answer.body.is_empty() { Ok(()) } else { wrong(connection, &answer, path) }
}

async fn seek(connection: &mut Connection, path: &str, dice: &mut Dice) -> Result<()> {
    let from = Ipv4Addr::from_bits(dice.next() as u32);
    let answer = connection.ask(&get_from(path, from)).await?;
    if answer.status == 200 && !answer.body.is_empty() { Ok(()) } else { wrong(connection, &answer, path) }
}

async fn save(connection: &mut Connection, draft: &Draft, fields: &str, number: usize) -> Result<()> {
    let path = format!("/stories/{}/draft", draft.id);
    let fields = format!("headline=Draft+number+{number}&base={}&do=save&{fields}", draft.version.load(Ordering::Relaxed));
    let answer = connection.ask(&form(&path, &draft.session, true, &fields)).await?;
    if answer.status != 200 {
        return wrong(connection, &answer, &path);
    }
    let saved: serde_json::Value = serde_json::from_slice(connection.body(&answer))?;
    draft.version.store(saved["version"].as_i64().context("a save was answered without a version")?, Ordering::Relaxed);
    Ok(())
}

async fn publish(connection: &mut Connection, session: &str, fields: &str, number: usize) -> Result<()> {
    let whole = format!("headline=Published+under+load+number+{number}&{fields}");
    let answer = connection.ask(&form("/stories", session, false, &format!("{whole}&do=save"))).await?;
    let begun = connection.field(&answer, "location").and_then(story_in).map(ToOwned::to_owned);
    let Some(id) = begun.filter(|_| answer.status == 303) else { return wrong(connection, &answer, "/stories") };
    let path = format!("/stories/{id}/publication");
    let answer = connection.ask(&form(&path, session, false, &format!("{whole}&base=1&do=publish"))).await?;
    if answer.status == 303 { Ok(()) } else { wrong(connection, &answer, &path) }
}

/// Sends a form that leads somewhere when it was taken.
async fn send(connection: &mut Connection, path: &str, session: &str, fields: &str) -> Result<()> {
    let answer = connection.ask(&form(path, session, false, fields)).await?;
    if answer.status == 303 { Ok(()) } else { wrong(connection, &answer, path) }
}

/// The story's number in an address such as `/stories/7/edit`.
fn story_in(address: &str) -> Option<&str> {
    address.strip_prefix("/stories/")?.split(['/', '?']).next()
}

fn wrong(connection: &Connection, answer: &Answer, path: &str) -> Result<()> {
    let body = String::from_utf8_lossy(connection.body(answer));
    let start: String = body.chars().take(2_000).collect();
    bail!("{path} was answered with {}:\n{start}", answer.status)
}
