//! Looking whether a page links to the story that it says it does (§3.2.2).

use fetch::{Answer, Asking, Limits};
use http::StatusCode;
use jobs::Context;
use people::Town;
use serde::{Deserialize, Serialize};
use talk::{
    mentions::{self, Mention, MentionId, State, Words},
    views,
};

use super::{TRIES, page};

/// Bytes of a page that are looked at.
const MAX_PAGE: u64 = 512 * 1024;

/// The job that looks at the page of a mention.
#[derive(Debug, Serialize, Deserialize)]
pub struct Check {
    /// Which.
    pub mention: MentionId,
}

impl jobs::Job for Check {
    const KIND: &'static str = "mention.check";
}

impl Check {
    /// One look is enough, however often we were told.
    pub(crate) fn key(mention: MentionId) -> String {
        format!("mention.check:{mention}")
    }
}

/// Looks at the page. What is not there, or has no such link, is forgotten, also when it was shown before (§3.2.4).
///
/// # Errors
/// When the page does not answer and may do so later.
pub async fn check(town: Town, context: Context, check: Check) -> anyhow::Result<()> {
    let id = check.mention;
    let Some(mention) = town.db.read(move |tx| mentions::find(tx, id)).await? else { return Ok(()) };
    let asking =
        Asking::get(&mention.source).accept("text/html, application/xhtml+xml, text/plain;q=0.5").within(Limits::of_bytes(MAX_PAGE));
    let words = match town.fetch.ask(asking).await {
        Ok(answer) if answer.status.is_server_error() || answer.status == StatusCode::TOO_MANY_REQUESTS => {
            return later(&town, &context, &mention, anyhow::anyhow!("{} answered {}", mention.host, answer.status)).await;
        }
        Ok(answer) => read(&town, &mention, answer).await?,
        Err(error) if !error.is_permanent() => return later(&town, &context, &mention, error.into()).await,
        Err(_) => None,
    };
    keep(&town, &mention, words).await
}

/// What the page says, if it links to the story.
async fn read(town: &Town, mention: &Mention, answer: Answer) -> anyhow::Result<Option<Words>> {
    if !answer.status.is_success() {
        return Ok(None);
    }
    let (origin, story) = (town.origin().to_owned(), mention.post);
    // Foreign markup can be slow to read: not where pages are answered.
    Ok(tokio::task::spawn_blocking(move || page::read(&answer, &origin, story)).await?)
}

/// Tries again; in the end, a page that nobody has ever seen is forgotten, and one that was shown stays.
async fn later(town: &Town, context: &Context, mention: &Mention, error: anyhow::Error) -> anyhow::Result<()> {
    if context.attempt < TRIES {
        return Err(error);
    }
    if mention.state == State::Asked { keep(town, mention, None).await } else { Ok(()) }
}

async fn keep(town: &Town, mention: &Mention, words: Option<Words>) -> anyhow::Result<()> {
    let id = mention.id;
    let unit = move |tx: &mut db::Tx| match &words {
        Some(words) => mentions::verify(tx, id, words).map(drop),
        None => mentions::forget(tx, id),
    };
    town.db.write(unit).await?;
    if mention.state == State::Shown {
        town.pages.changed(&[views::tag(mention.post.get())]);
    }
    Ok(())
}
