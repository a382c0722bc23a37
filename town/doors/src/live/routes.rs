//! The address of streams.

use axum::{
    Router,
    extract::{Query, State},
    response::IntoResponse as _,
    routing::get,
};
use http::{HeaderMap, StatusCode};
use people::{Caller, Town, accounts::Standing};
use serde::Deserialize;
use talk::{PostId, posts::reader};
use web::{Result, live::Listener};

use super::{Grows, counts, markup, reading, store, unread};

/// Posts of one page whose counts it is told.
const MOST_POSTS: usize = 60;

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/live", get(listen))
}

/// What a page wants to be told.
#[derive(Deserialize)]
struct Asked {
    /// A feed that grows.
    #[serde(default)]
    feed: String,
    /// Posts whose counts it shows, parted by commas.
    #[serde(default)]
    posts: String,
    /// The story that is read.
    #[serde(default)]
    reading: String,
    /// The last event it knows of.
    #[serde(default)]
    after: String,
}

async fn listen(State(town): State<Town>, caller: Caller, headers: HeaderMap, Query(asked): Query<Asked>) -> Result {
    town.limits.live.by_address(caller.address)?;
    let posts: Vec<PostId> = asked.posts.split(',').take(MOST_POSTS).filter_map(|id| id.parse().ok()).collect();
    let story: Option<PostId> = asked.reading.parse().ok();
    let (viewer, (posts, stories, standing)) = town
        .read(&caller, move |tx, viewer| {
            let me = reader(viewer);
            let posts = store::readable_of(tx, me, &posts)?;
            let stories = store::readable_of(tx, me, story.as_slice())?;
            let standing = store::counts(tx, &posts)?;
            Ok((posts, stories, standing))
        })
        .await?;
    let me = viewer.me.as_ref().filter(|me| me.standing == Standing::Member);
    let mut tags: Vec<_> = posts.iter().map(|post| counts(*post)).chain(stories.iter().map(|story| reading(*story))).collect();
    tags.extend(me.map(|me| unread(me.id)));
    // Guests follow nobody.
    let feed = Grows::named(&asked.feed).filter(|feed| *feed == Grows::Local || me.is_some());
    if tags.is_empty() && feed.is_none() {
        // Browsers do not ask again (HTML, "reestablish the connection").
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let (after, again) = last_seen(&headers, &asked.after);
    let listener = Listener {
        reader: reader(&viewer),
        session: viewer.me.as_ref().map(|me| me.session.get()),
        address: caller.address,
        tags,
        feeds: feed.map(Grows::tag).into_iter().collect(),
    };
    let (stream, caught_up) = town.live.listen(listener, after)?;
    if let Some(me) = me {
        stream.say(&markup::unread(me.unread));
    }
    for story in &stories {
        stream.say(&markup::reading(*story, town.live.listening(reading(*story))));
    }
    if !caught_up {
        stream.say_behind();
    }
    // They may have changed since the page was drawn, and those of a guest are kept for a while.
    let counts = if again || !caught_up { markup::counts } else { markup::counts_there_are };
    let said = standing.iter().map(|(post, standing)| counts(*post, standing));
    said.filter(|words| !words.is_empty()).for_each(|words| stream.say(&words));
    Ok(stream.into_response())
}

/// The last event that the client saw: the header of one that comes back, which the second value says, else what its page says.
fn last_seen(headers: &HeaderMap, said: &str) -> (Option<u64>, bool) {
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = if header.is_empty() { said } else { header };
    // What is no number is nothing that was ever sent: whoever names it has missed all there was.
    ((!known.is_empty()).then(|| known.parse().unwrap_or(0)), !header.is_empty())
}
