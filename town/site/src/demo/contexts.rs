//! Context that neighbours add to the demo's stories. Which is shown, the program judges when it starts.

use anyhow::Context as _;
use db::Tx;
use people::AccountId;
use serde::Deserialize;
use std::collections::HashMap;
use talk::{
    PostId,
    context::{
        ContextId,
        whole::{Line, RatingLine, take_in, take_rating},
    },
};
use web::Error;

use super::load::{Loading, broken, known, known_number};

/// An hour, in milliseconds: ratings come one an hour.
const HOUR_MS: i64 = 60 * 60 * 1000;

/// Context under a story (its number).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Added {
    pub story: u32,
    pub by: String,
    body: String,
    sources: Vec<String>,
    rated: Vec<String>,
}

impl Added {
    /// Who says what of it.
    pub(super) fn rated(&self) -> anyhow::Result<Vec<(&str, &str)>> {
        self.rated.iter().map(|line| line.split_once(": ").with_context(|| format!("“{line}” rates nothing"))).collect()
    }
}

/// Writes the contexts and their ratings.
pub(super) fn write(
    loading: &Loading,
    tx: &mut Tx,
    people: &HashMap<String, AccountId>,
    stories: &HashMap<u32, PostId>,
) -> Result<(), Error> {
    for added in &loading.content.contexts {
        let rated = added.rated().map_err(broken)?;
        let at = loading.now - HOUR_MS * (i64::try_from(rated.len()).unwrap_or(0) + 1);
        let line = Line {
            id: ContextId::fresh(),
            post: known_number(stories, added.story)?,
            by: known(people, &added.by)?,
            body: added.body.clone(),
            sources: added.sources.clone(),
            at,
            told: None,
            removed: None,
            why: String::new(),
        };
        take_in(tx, &line, loading.now)?;
        for (hours, (by, value)) in (1..).zip(rated) {
            let by = known(people, by)?;
            let line = RatingLine { context: line.id, by, value: value.to_owned(), reasons: Vec::new(), at: at + hours * HOUR_MS };
            take_rating(tx, &line, loading.now)?;
        }
    }
    Ok(())
}
