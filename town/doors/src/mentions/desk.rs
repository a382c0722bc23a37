//! The queue of mentions on the desk, for those who edit anybody's stories.

use axum::extract::{Path, RawQuery, State};
use db::Tx;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use people::{Caller, Permission, Town, decisions::Entry};
use talk::{
    Cursor, PostId,
    mentions::{self, Mention, MentionId, State as Standing},
    views,
};
use things::stories::{self, Card};
use url::form_urlencoded;
use web::{Error, Form, Result, html, kit, see_other};

use crate::desk::{Place, draw};

/// Mentions on one page.
const PAGE: usize = 20;
/// Blocked hosts that are listed.
const MAX_BLOCKS: u32 = 200;
/// The lists: their state, what they are called, and what is said of an empty one.
const LISTS: [(Standing, &str, &str); 3] = [
    (
        Standing::Waiting,
        "Waiting",
        "When a page elsewhere links to a story and says so, it appears here. Nothing is shown before somebody approves it.",
    ),
    (Standing::Shown, "Shown", "Mentions that you approve stand under their story."),
    (Standing::Declined, "Declined", "Mentions that you decline are kept here, so that they do not come back."),
];

struct Queue {
    standing: Standing,
    mentions: Vec<Mention>,
    cards: Vec<Card>,
    first: bool,
    older: Option<Cursor>,
    blocks: Vec<String>,
}

pub(super) async fn list(State(town): State<Town>, caller: Caller, RawQuery(query): RawQuery) -> Result {
    let (standing, before) = asked(&query.unwrap_or_default())?;
    let (viewer, queue) = town
        .read(&caller, move |tx, viewer| {
            viewer.must(Permission::EditStories)?;
            queue(tx, standing, before)
        })
        .await?;
    let body = page(&queue, town.now(), &town.zone());
    Ok(html(draw(&town.frame(&viewer, &caller), &viewer, Place::Mentions, "Mentions elsewhere", &body)))
}

fn asked(query: &str) -> Result<(Standing, Cursor)> {
    let (mut standing, mut before) = (Standing::Waiting, Cursor::NEWEST);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "state" => standing = value.parse().ok().filter(|state| *state != Standing::Asked).ok_or(Error::NotFound)?,
            "before" => {
                before = value.parse().map_err(|()| Error::Malformed("This list has no such page. Begin again at its start.".into()))?;
            }
            _ => {}
        }
    }
    Ok((standing, before))
}

fn queue(tx: &mut Tx, standing: Standing, before: Cursor) -> Result<Queue> {
    let mut mentions = mentions::in_state(tx, standing, (before.at, before.id.get()), PAGE as u32 + 1)?;
    let more = mentions.len() > PAGE;
    mentions.truncate(PAGE);
    let older = mentions.last().filter(|_| more).map(|last| Cursor { at: last.received_at, id: PostId::new(last.id.get()) });
    let stories: Vec<PostId> = mentions.iter().map(|mention| mention.post).collect();
    let cards = stories::cards_by_ids(tx, &stories)?;
    Ok(Queue { standing, mentions, cards, first: before == Cursor::NEWEST, older, blocks: mentions::blocks(tx, MAX_BLOCKS)? })
}

pub(super) async fn approve(State(town): State<Town>, caller: Caller, Path(id): Path<MentionId>) -> Result {
    decide(&town, &caller, id, Standing::Shown).await
}

pub(super) async fn decline(State(town): State<Town>, caller: Caller, Path(id): Path<MentionId>) -> Result {
    decide(&town, &caller, id, Standing::Declined).await
}

async fn decide(town: &Town, caller: &Caller, id: MentionId, standing: Standing) -> Result {
    let (now, what) = (town.now(), if standing == Standing::Shown { "Showed" } else { "Declined" });
    let unit = move |tx: &mut Tx, viewer: &people::Viewer| {
        viewer.must(Permission::EditStories)?;
        let mention = mentions::find(tx, id)?.ok_or(Error::NotFound)?;
        mentions::decide(tx, id, standing)?;
        Entry::new("mention.decided", format!("{what} a mention elsewhere")).post(mention.post.get()).by(tx, viewer, now)?;
        Ok(mention)
    };
    let (_, mention) = town.write(caller, unit).await?;
    town.pages.changed(&[views::tag(mention.post.get())]);
    Ok(see_other(&back_to(mention.state)))
}

/// The list that the mention stood on: the next one waits there.
fn back_to(standing: Standing) -> String {
    format!("/admin/mentions?state={}&done=saved", standing.name())
}

pub(super) async fn block(State(town): State<Town>, caller: Caller, Path(id): Path<MentionId>) -> Result {
    let now = town.now();
    let unit = move |tx: &mut Tx, viewer: &people::Viewer| {
        let me = viewer.must(Permission::EditStories)?.id;
        let mention = mentions::find(tx, id)?.ok_or(Error::NotFound)?;
        Ok((mentions::block(tx, &mention.host, me, now)?, mention.state))
    };
    let (_, (posts, standing)) = town.write(&caller, unit).await?;
    town.pages.changed(&posts.iter().map(|post| views::tag(post.get())).collect::<Vec<_>>());
    Ok(see_other(&back_to(standing)))
}

pub(super) async fn unblock(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    let host = form.text("host").to_owned();
    let unit = move |tx: &mut Tx, viewer: &people::Viewer| {
        viewer.must(Permission::EditStories)?;
        Ok(mentions::unblock(tx, &host)?)
    };
    town.write(&caller, unit).await?;
    Ok(see_other(&back_to(Standing::Waiting)))
}

fn page(queue: &Queue, now: i64, zone: &TimeZone) -> Markup {
    let path = format!("/admin/mentions?state={}", queue.standing.name());
    let empty = LISTS.iter().find(|(standing, ..)| *standing == queue.standing).map(|(.., words)| *words).unwrap_or_default();
    html! {
        nav.tabs aria-label="Mentions" {
            @for (standing, words, _) in LISTS {
                a href={ "/admin/mentions?state=" (standing.name()) } aria-current=[(standing == queue.standing).then_some("page")] { (words) }
            }
        }
        @if queue.mentions.is_empty() { (kit::empty("Nothing here", empty, None)) }
        ul.list.mention-queue {
            @for mention in &queue.mentions { li.panel { (one(mention, queue.cards.iter().find(|card| card.id == mention.post), now, zone)) } }
        }
        @let older = queue.older.map(|cursor| format!("{path}&before={cursor}"));
        (kit::pager((!queue.first).then_some(path.as_str()), older.as_deref()))
        (blocks(&queue.blocks))
    }
}

fn one(mention: &Mention, card: Option<&Card>, now: i64, zone: &TimeZone) -> Markup {
    let address = format!("/admin/mentions/{}", mention.id);
    let title = mention.title();
    let button = |what: &str, class: &str, words: &str| {
        html! {
            form method="post" action={ (address) "/" (what) } {
                button class={ "button " (class) } { (words) span.visually-hidden { ": " (title) } }
            }
        }
    };
    html! {
        h2.mention-title dir="auto" { a href=(mention.source) rel="nofollow ugc noopener noreferrer" { (title) } }
        @if !mention.words.excerpt.is_empty() { p.mention-excerpt dir="auto" { (mention.words.excerpt) } }
        p.meta {
            @if !mention.words.author.is_empty() { bdi { (mention.words.author) } " · " }
            span dir="ltr" { (mention.host) } " · " (text::times::markup(mention.received_at, now, zone))
            @if let Some(card) = card { " · links to " a href=(card.address()) dir="auto" { (card.headline) } }
        }
        div.actions {
            @if mention.state != Standing::Shown { (button("approval", "primary", "Approve")) }
            @if mention.state != Standing::Declined { (button("refusal", "", "Decline")) }
            form method="post" action={ (address) "/block" } data-confirm={ "Forget everything from " (mention.host) ", and take nothing from there any more?" } {
                button.button.quiet { "Block " bdi { (mention.host) } }
            }
        }
    }
}

fn blocks(hosts: &[String]) -> Markup {
    html! {
        @if !hosts.is_empty() {
            details.mention-blocks {
                summary { "Blocked hosts (" (hosts.len()) ")" }
                ul.list {
                    @for host in hosts {
                        li {
                            form.actions method="post" action="/admin/mention-blocks/removal" {
                                input type="hidden" name="host" value=(host);
                                span dir="ltr" { (host) }
                                button.button.small { "Unblock" span.visually-hidden { " " (host) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
