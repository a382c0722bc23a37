//! What somebody may mean while they type: people whose handles or names have words, and topics that begin like this.

use axum::{
    Json, Router,
    extract::{Query, State},
    response::IntoResponse as _,
    routing::get,
};
use db::Tx;
use http::header;
use people::{AccountId, Caller, Permission, Town, accounts::Author, finding, pictures};
use serde::Deserialize;
use serde_json::{Value, json};
use talk::{posts::reader, topics};
use web::Result;

/// Suggestions at a time: what stands under a field on a phone.
const MOST: u32 = 6;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/notes/completions", get(show))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

/// `q` is `@ro` or `#wat`. For those who may post, at the speed of a quick writer.
async fn show(State(town): State<Town>, caller: Caller, Query(Asked { q }): Query<Asked>) -> Result {
    let viewer = town.viewer(&caller).await?;
    let posts = if viewer.may(Permission::WriteComments) { Permission::WriteComments } else { Permission::WriteNotes };
    let me = viewer.must(posts)?.id;
    town.limits.completions.by(&me)?;
    let unit = move |tx: &mut Tx| -> Result<Vec<Value>, db::Error> {
        match (q.strip_prefix('@'), q.strip_prefix(['#', '＃'])) {
            (Some(start), _) => people(tx, start, me),
            (_, Some(start)) => named(tx, start, reader(&viewer)),
            _ => Ok(Vec::new()),
        }
    };
    let found = town.db.read(unit).await?;
    Ok(([(header::CACHE_CONTROL, "private, no-store")], Json(json!({ "completions": found }))).into_response())
}

/// Members by how the words of their handles and names begin.
fn people(tx: &mut Tx, start: &str, me: AccountId) -> Result<Vec<Value>, db::Error> {
    let one = |author: &Author| {
        let picture = author.picture.as_deref().map(pictures::small_address);
        json!({ "text": format!("@{}", author.handle), "words": author.name, "picture": picture })
    };
    Ok(finding::find(tx, start, me, MOST)?.iter().map(one).collect())
}

/// Topics by the beginnings of their keys.
fn named(tx: &mut Tx, start: &str, reader: i64) -> Result<Vec<Value>, db::Error> {
    let Some(start) = text::topic::parse(start) else { return Ok(Vec::new()) };
    let found = topics::beginning(tx, reader, &start.key, MOST)?;
    Ok(found.iter().map(|topic| json!({ "text": format!("#{}", topic.name), "words": "", "picture": null })).collect())
}
