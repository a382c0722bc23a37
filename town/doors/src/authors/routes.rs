//! The addresses of authors.

use axum::{
    Router,
    extract::{Path, RawQuery, State},
    routing::get,
};
use people::{
    AccountId, Caller, Permission, Town,
    accounts::{self, Account},
};
use things::stories::{self, show::Now};
use web::{Cacheable, Error, Result, Tag, html, kept, moved};

use super::{pages, store};
use crate::{
    cards::{self, ASK, Before, LISTING, Listed},
    syndication::{List, beside},
};

/// Authors on one page: a newsroom fits, whole.
const AUTHORS: u32 = 200;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/authors", get(list)).route("/@{handle}", get(beside(List::Author, show)))
}

async fn list(State(town): State<Town>, caller: Caller, RawQuery(query): RawQuery) -> Result {
    let after = query.as_deref().and_then(|query| query.strip_prefix("after=")?.parse().ok()).unwrap_or(AccountId::new(0));
    let (viewer, mut authors) = town.read(&caller, move |tx, _| Ok(store::published(tx, after, AUTHORS + 1)?)).await?;
    let more = authors.len() > AUTHORS as usize;
    authors.truncate(AUTHORS as usize);
    let next = authors.last().filter(|_| more).map(|last| last.author.id);
    authors.sort_by_cached_key(|listed| text::fold(&listed.author.name));
    let page = pages::list(&town.frame(&viewer, &caller), &authors, next);
    if viewer.me.is_some() {
        return Ok(html(page));
    }
    let tags = authors.iter().map(|listed| Tag("account", listed.author.id.get()));
    let tags = [people::town::SITE, LISTING].into_iter().chain(tags).collect();
    Ok(kept(page, Cacheable { tags, fresh_for: std::time::Duration::from_secs(600), subject: None }))
}

async fn show(State(town): State<Town>, caller: Caller, Path(handle): Path<String>, RawQuery(query): RawQuery, before: Before) -> Result {
    let asked = handle.clone();
    let (viewer, (account, found)) = town
        .read(&caller, move |tx, _| {
            let account = accounts::by_handle(tx, &asked)?.ok_or(Error::NotFound)?;
            let found = stories::on_shelf(tx, account.id.get(), before.0, ASK)?;
            Ok((account, found))
        })
        .await?;
    // Somebody who was shown out keeps the page of what they wrote, if they wrote anything.
    if account.suspended_at.is_some() && found.is_empty() {
        return Err(Error::NotFound);
    }
    if let Some(address) = cards::right_address(&handle, &account.handle, query.as_deref()) {
        return Ok(moved(&format!("/@{address}")));
    }
    let (frame, now) = (town.frame(&viewer, &caller), Now::of(&town));
    let listed = Listed::cut(found, before);
    let own = viewer.is(account.id);
    let page = pages::show(&frame, &pages::Shown { title: title(&town, &account), account: &account, listed: &listed, own, now: &now });
    Ok(cards::answer(&viewer, page, &listed.cards, &[Tag("account", account.id.get())], &now))
}

/// What somebody of the staff is called; members are just themselves.
fn title(town: &Town, account: &Account) -> Option<String> {
    let levels = town.levels();
    let level = levels.named(&account.level)?;
    level.permissions.has(Permission::WriteStories).then(|| level.title.clone())
}
