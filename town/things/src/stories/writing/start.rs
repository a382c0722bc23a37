//! An author's own page, and beginning a story.

use axum::extract::{FromRequest as _, Query, Request, State};
use people::{Caller, Permission, Town};
use serde::Deserialize;
use talk::Cursor;
use web::{Error, Form, Problems, Result, html, see_other};

use super::{
    pages::index::{self, Index},
    saving::{self, Rules},
    store,
};
use crate::stories::{self, Card, Draft};

/// Stories on one page.
const PAGE: u32 = 20;
/// Two presses of "Start a story" within this time begin one.
const TWICE_MS: i64 = 10_000;

/// Where the two lists of the page begin.
#[derive(Deserialize)]
pub(super) struct Pages {
    before: Option<String>,
    published: Option<String>,
}

fn cursor(typed: Option<&String>) -> Result<Option<Cursor>> {
    typed.map(|typed| typed.parse().map_err(|()| Error::NotFound)).transpose()
}

pub(super) async fn index(State(town): State<Town>, caller: Caller, Query(pages): Query<Pages>) -> Result {
    let (before, older) = (cursor(pages.before.as_ref())?, cursor(pages.published.as_ref())?);
    let now = town.now();
    let (viewer, mut index) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.must(Permission::WriteStories)?.id;
            let everyone = viewer.may(Permission::EditStories);
            let first = before.is_none() && older.is_none();
            let drafts = if older.is_none() { stories::drafts_of(tx, me, before.unwrap_or(Cursor::NEWEST), PAGE + 1)? } else { Vec::new() };
            let published =
                if before.is_none() { stories::on_shelf(tx, me.get(), older.unwrap_or(Cursor::NEWEST), PAGE + 1)? } else { Vec::new() };
            let ids: Vec<_> = drafts.iter().map(|draft| draft.story).collect();
            let changed = store::published_among(tx, &ids)?;
            let removed = if first { store::removed(tx, (!everyone).then_some(me), now)? } else { Vec::new() };
            Ok(Index { drafts, published, changed, removed, first, more_drafts: None, more_published: None })
        })
        .await?;
    index.more_drafts = cut(&mut index.drafts, |draft: &Draft| Cursor { at: draft.updated_at, id: draft.story });
    index.more_published = cut(&mut index.published, Card::cursor);
    Ok(html(index::page(&town.frame(&viewer, &caller), &index, now, &town.zone())))
}

/// Takes off the one row too many that says that there is another page, and answers where that begins.
fn cut<T>(rows: &mut Vec<T>, cursor: impl Fn(&T) -> Cursor) -> Option<Cursor> {
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    rows.last().filter(|_| more).map(cursor)
}

pub(super) async fn create(State(town): State<Town>, caller: Caller, request: Request) -> Result {
    let rules = Rules::of(&town);
    let (viewer, ()) = town.read(&caller, |_, viewer| viewer.must(Permission::WriteStories).map(|_| ())).await?;
    town.limits.save.by(&viewer.must_be_member()?.id.get())?;
    let form = std::sync::Arc::new(Form::from_request(request, &town).await?);
    let (_, story) = town
        .write(&caller, move |tx, viewer| {
            let me = viewer.must(Permission::WriteStories)?.id;
            if form.get("headline").is_none()
                && let Some(begun) = store::untouched_since(tx, me, rules.now - TWICE_MS)?
            {
                return Ok(begun);
            }
            stories::must_have_left(tx, viewer, rules.now)?;
            let mut problems = Problems::default();
            let content = saving::read(tx, &form, None, &rules, &[], &mut problems)?;
            stories::create(tx, me, &problems.or(content)?, rules.now)
        })
        .await?;
    Ok(see_other(&format!("/stories/{story}/edit")))
}
