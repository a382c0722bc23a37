//! The address of the directory.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use people::{
    AccountId, Caller, Town,
    organizations::{self, Kind, Wanted},
};
use serde::Deserialize;
use web::{Result, html};

use super::{PATH, pages};

/// Organizations on one page.
const PAGE: u32 = 60;
/// Longest that is looked for, in characters.
pub(super) const MAX_TYPED: usize = 80;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/organizations", get(show))
}

/// Words and kind as an address carries them; what is none is not asked for.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    after: Option<AccountId>,
}

async fn show(State(town): State<Town>, caller: Caller, Query(asked): Query<Asked>) -> Result {
    let typed: String = asked.q.trim().chars().take(MAX_TYPED).collect();
    if !typed.is_empty() {
        town.limits.search.by_address(caller.address)?;
    }
    let wanted = Wanted { typed, kind: Kind::named(&asked.kind), after: asked.after };
    let question = wanted.clone();
    let (viewer, (mut found, own)) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must_be_member().ok().map(|me| me.id);
            let own = match me {
                Some(me) => organizations::memberships(tx, me)?,
                None => Vec::new(),
            };
            Ok((organizations::list(tx, me.unwrap_or(AccountId::new(0)), &question, PAGE + 1)?, own))
        })
        .await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &wanted.typed).append_pair("kind", wanted.kind.map_or("", Kind::name));
        format!("{PATH}?{}", query.append_pair("after", &last.author.id.to_string()).finish())
    });
    let of = pages::Directory { wanted: &wanted, found: &found, own: &own, next };
    Ok(html(pages::directory(&town.frame(&viewer, &caller), &viewer, &of)))
}
