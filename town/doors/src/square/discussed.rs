//! What is talked about most these days, among everything that is promoted: stories, posts and albums.
//!
//! Which that is, is the same for everybody and asked once a minute; whether a reader may see each is asked with every page.

use axum::extract::{Query, State};
use db::Tx;
use maud::{Markup, html};
use people::{AccountId, Caller, Town, Viewer, blocks, lists, town::SITE};
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc, time::Duration};
use talk::{
    Cursor, PostId,
    comments::{self, Discussed},
    views,
};
use things::{
    notes::{LISTING, SCRIPTS},
    stories::show::Now,
};
use web::{Cacheable, Error, Frame, Page, Pages, Result, Tag, html as page_of, kept, kit, kit::icon, pages::Epoch};

use super::{
    Feed,
    feed::Item,
    kinds,
    pages::{feeds, items_with},
};
use crate::cards::PAGE;

/// Its address.
pub(super) const ADDRESS: &str = "/square/discussed";
/// How far back comments count, in milliseconds.
const SPAN_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// How many are ranked: nobody reads further.
const MOST: u32 = 200;
/// For so long it stands as it was counted.
const COUNTED_FOR: Duration = Duration::from_secs(60);

#[derive(Deserialize)]
pub(super) struct Asked {
    /// How many come before the page.
    #[serde(default)]
    after: usize,
}

/// One page.
struct Shown {
    feed: Feed,
    said: HashMap<PostId, Discussed>,
    /// Where the next page begins, if there is one.
    next: Option<usize>,
}

pub(super) async fn show(State(town): State<Town>, caller: Caller, Query(Asked { after }): Query<Asked>) -> Result {
    if after > MOST as usize {
        return Err(Error::Malformed("This feed has no such page. Begin again at its top.".into()));
    }
    let now = Now::of(&town);
    let (ms, pages, born) = (now.ms, Arc::clone(&town.pages), town.pages.begin());
    let (viewer, (shown, lists)) = town
        .read(&caller, move |tx, viewer| {
            let ranked = ranked(tx, (&pages, born), ms)?;
            let lists = match &viewer.me {
                Some(me) => lists::all_of(tx, me.id)?,
                None => Vec::new(),
            };
            Ok((read(tx, viewer, &ranked, after, ms)?, lists))
        })
        .await?;
    let member = viewer.me.is_some();
    let page = page(&town.frame(&viewer, &caller), &feeds(member.then_some(&lists), ADDRESS), &shown, &now, member);
    if member {
        return Ok(page_of(page));
    }
    let tags = shown.feed.items.iter().flat_map(|item| [views::tag(item.post.get()), Tag("account", item.shown.author.id.get())]);
    Ok(kept(page, Cacheable { tags: [SITE, LISTING].into_iter().chain(tags).collect(), fresh_for: COUNTED_FOR, subject: None }))
}

/// All that is ranked.
fn ranked(tx: &mut Tx, (pages, born): (&Pages, Epoch), now: i64) -> Result<Arc<Vec<Discussed>>> {
    const NAME: &str = "discussed";
    if let Some(ranked) = pages.recall(NAME) {
        return Ok(ranked);
    }
    let about = Cacheable { tags: vec![SITE], fresh_for: COUNTED_FOR, subject: None };
    Ok(pages.remember(NAME, comments::discussed(tx, now - SPAN_MS, MOST)?, &about, born))
}

fn read(tx: &mut Tx, viewer: &Viewer, ranked: &[Discussed], after: usize, now: i64) -> Result<Shown> {
    let hidden: Vec<AccountId> = match &viewer.me {
        Some(me) => blocks::hidden_from(tx, me.id, now)?.0,
        None => Vec::new(),
    };
    let (mut items, mut said, mut at) = (Vec::new(), HashMap::new(), after.min(ranked.len()));
    while items.len() < PAGE && at < ranked.len() {
        let part = &ranked[at..ranked.len().min(at + PAGE)];
        let mut shown = kinds::shown(tx, viewer, &part.iter().map(|one| one.post).collect::<Vec<_>>())?;
        for one in part {
            if items.len() == PAGE {
                break;
            }
            at += 1;
            if let Some(shown) = shown.remove(&one.post).filter(|shown| hidden.binary_search(&shown.author.id).is_err()) {
                items.push(Item { post: one.post, shown, why: Vec::new(), ranked: None });
                said.insert(one.post, *one);
            }
        }
    }
    let next = (at < ranked.len()).then_some(at);
    let before = if after == 0 { Cursor::NEWEST } else { Cursor { at: 0, id: PostId::new(0) } };
    Ok(Shown { feed: Feed { items, before, older: None, ranked: None }, said, next })
}

fn page(frame: &Frame, feeds: &Markup, shown: &Shown, now: &Now, member: bool) -> Markup {
    let Shown { feed, said, next } = shown;
    let body = html! {
        div.page.square {
            header.section-header {
                h1 { "Most discussed" }
                p { "What most people here talked about in the last seven days." }
            }
            (feeds)
            @if feed.items.is_empty() && feed.is_first() {
                (kit::empty("It is quiet here", "Nobody has commented on anything in the last seven days. Begin: say what you think of what you read.", Some(("/", "To the front page"))))
            }
            (items_with(feed, now, ADDRESS, |item| said.get(&item.post).map_or_else(Markup::default, reason)))
            (kit::pager((!feed.is_first()).then_some(ADDRESS), next.map(|next| format!("{ADDRESS}?after={next}")).as_deref()))
        }
    };
    let page = Page::new("Most discussed").description("What people here talk about most.").current("/square");
    let page = page.with(if member { SCRIPTS } else { &[] }, &[]);
    if feed.is_first() { page.canonical(ADDRESS).draw(frame, &body) } else { page.draw(frame, &body) }
}

fn reason(one: &Discussed) -> Markup {
    html! {
        p.why { (icon("message-circle"))
            span { (text::count(one.people, "person", "people")) ", " (text::count(one.comments, "comment", "comments")) " in seven days" }
        }
    }
}
