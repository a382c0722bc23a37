//! Work of this room that nobody waits for; the site registers it with the queue.

use db::Tx;
use people::{Town, levels::Levels};
use talk::{PostId, posts};
use web::{Error, Problems};

use super::{
    DraftState, draft, effects,
    lifecycle::{self, Publication},
    rules,
};

/// Publishes a scheduled story whose time has come. One that lacks something by then (its section may be gone) is given
/// back to its author: trying again would not help. One whose scheduler may not publish any more waits for an editor.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn publish_due(town: Town, due: Publication) -> anyhow::Result<()> {
    let (now, story) = (town.now(), due.story);
    let (levels, review_required) = (town.levels(), town.site().review_required);
    let published = town.db.write(move |tx| {
        hold_back(tx, story, &levels, review_required, now)?;
        effects::of(tx, story, |tx| lifecycle::publish_scheduled(tx, story, now))
    });
    let published = published.await;
    match published {
        Ok((_, tags)) => {
            town.pages.changed(&tags);
            town.wake();
        }
        Err(Error::NotFound) => {}
        Err(Error::Invalid(problems)) => give_back(&town, due, &problems).await?,
        Err(error) => anyhow::bail!("story {story} was not published: {}", error.words()),
    }
    Ok(())
}

/// Hands what is due to the editors, when whoever scheduled it could not publish it today.
fn hold_back(tx: &mut Tx, story: PostId, levels: &Levels, review_required: bool, now: i64) -> Result<(), Error> {
    let draft = draft::open(tx, story)?;
    let due = draft.state == DraftState::Scheduled && draft.publish_at.is_some_and(|at| at <= now);
    match draft.by.filter(|_| due) {
        Some(by) if !rules::still_publishes(tx, by.id, levels, review_required)? => lifecycle::submit(tx, story, by.id, now),
        _ => Ok(()),
    }
}

async fn give_back(town: &Town, due: Publication, problems: &Problems) -> anyhow::Result<()> {
    tracing::warn!(story = %due.story, problems = problems.sentence(), "a scheduled story could not be published");
    let (now, story) = (town.now(), due.story);
    let given_back = town.db.write(move |tx| lifecycle::give_back(tx, story, now)).await;
    given_back.map_err(|error: Error| anyhow::anyhow!("story {story} was not given back: {}", error.words()))
}

/// Deletes for good what was removed more than 30 days ago. To be run once a day.
///
/// # Errors
/// When the database does not answer.
pub async fn purge(town: Town) -> anyhow::Result<()> {
    let now = town.now();
    while town.db.write(move |tx| posts::purge_removed(tx, now)).await? > 0 {}
    Ok(())
}
