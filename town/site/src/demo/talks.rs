//! What neighbours say under the demo's stories and notes.

use anyhow::Context as _;
use db::Tx;
use people::AccountId;
use serde::Deserialize;
use std::collections::HashMap;
use talk::{
    PostId,
    comments::{self, Content},
};
use web::Error;

use super::load::{Loading, broken, known, known_number};

/// What is said under a story (its number) or a note (its place among them, from 1).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Talk {
    pub story: Option<u32>,
    pub note: Option<usize>,
    said: Vec<String>,
}

/// A comment.
pub(super) struct Said<'a> {
    /// Steps it stands in answers.
    pub depth: usize,
    pub by: &'a str,
    pub words: &'a str,
    pub picked: bool,
}

impl Talk {
    /// Its comments, the first one first.
    pub(super) fn said<'a>(&'a self) -> anyhow::Result<Vec<Said<'a>>> {
        // What comes next stands at most one step deeper.
        let mut deepest = 0;
        let one = |line: &'a String| {
            let depth = line.chars().take_while(|c| *c == '>').count();
            anyhow::ensure!(depth <= deepest, "“{line}” answers nothing");
            deepest = depth + 1;
            let rest = line[depth..].trim_start();
            let (picked, rest) = rest.strip_prefix("* ").map_or((false, rest), |rest| (true, rest));
            let (by, words) = rest.split_once(": ").with_context(|| format!("“{line}” is said by nobody"))?;
            Ok(Said { depth, by, words, picked })
        };
        self.said.iter().map(one).collect()
    }
}

/// Writes the comments, spread over the time since what they are under was there.
pub(super) fn write(
    loading: &Loading,
    tx: &mut Tx,
    people: &HashMap<String, AccountId>,
    (stories, notes): (&HashMap<u32, PostId>, &[PostId]),
) -> Result<(), Error> {
    for talk in &loading.content.talks {
        let (subject, age) = under(loading, talk, stories, notes)?;
        let said = talk.said().map_err(broken)?;
        let step = age / (i64::try_from(said.len()).unwrap_or(i64::MAX) + 1);
        // The last comment at each step: what the next one deeper answers.
        let mut above: Vec<PostId> = Vec::new();
        for (at, Said { depth, by, words, picked }) in (1_i64..).zip(said) {
            let now = loading.now - age + at * step;
            let parent = depth.checked_sub(1).and_then(|step| above.get(step)).copied();
            let body = text::note::clean(words);
            let content = Content { language: text::language::detect(&body).unwrap_or_default().to_owned(), body, ..Content::default() };
            let (id, _) = comments::post(tx, known(people, by)?, (subject, parent), &content, now)?;
            if picked {
                comments::pick(tx, id, Some(known(people, super::SIGN_INS[1])?), now)?;
            }
            above.truncate(depth);
            above.push(id);
        }
    }
    Ok(())
}

/// What a conversation is under, and how old that is.
fn under(loading: &Loading, talk: &Talk, stories: &HashMap<u32, PostId>, notes: &[PostId]) -> Result<(PostId, i64), Error> {
    if let Some(number) = talk.story {
        let story = loading.content.stories.iter().find(|story| story.number == number);
        let age = story.map(|story| story.head.age_ms()).transpose().map_err(broken)?.unwrap_or(0);
        return Ok((known_number(stories, number)?, age));
    }
    let place = talk.note.unwrap_or(0).wrapping_sub(1);
    match (notes.get(place), loading.content.notes.get(place)) {
        (Some(id), Some(note)) => Ok((*id, note.age_ms().map_err(broken)?)),
        _ => Err(Error::broken("a conversation is under nothing")),
    }
}
