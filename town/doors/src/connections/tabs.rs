//! Followers, following and friends: tabs under each profile, for those to whom its owner shows them.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use db::Tx;
use maud::{Markup, html};
use people::{
    AccountId, Caller, Town, Viewer,
    accounts::{self, Account, Standing},
    connections::{self, Before, Connected, Counts, Page as Asked},
};
use serde::Deserialize;
use std::collections::HashSet;
use things::stories::show::Now;
use web::{
    Error, Page, Result, html as page,
    kit::{self, icon},
};

use super::{
    buttons::{follow_button, hidden},
    overview::MAX_NAME,
    pages::{encoded, person, tabs},
};
use crate::square::{Name, names_of};

/// People on one page.
const PAGE: usize = 40;
/// Sections and topics shown among what somebody follows.
const INTERESTS: usize = 100;

/// The addresses of the tabs.
pub(super) fn routes() -> Router<Town> {
    Router::new()
        .route("/@{handle}/followers", get(followers))
        .route("/@{handle}/following", get(following))
        .route("/@{handle}/friends", get(friends))
}

/// How many connections somebody has, for a viewer who sees them.
pub(crate) struct Tabs(Counts);

/// The tabs of a profile, if this viewer sees them.
pub(crate) fn tabs_of(tx: &mut Tx, viewer: &Viewer, account: AccountId) -> Result<Option<Tabs>, db::Error> {
    let shown_to = connections::choices(tx, account)?.shown_to;
    let sees = connections::sees_connections(tx, viewer, account, shown_to)?;
    Ok(if sees { Some(Tabs(connections::counts(tx, account.get())?)) } else { None })
}

impl Tabs {
    /// Who follows an organization, which has no friends.
    pub(crate) fn followers(&self, address: &str) -> Markup {
        html! { p.ties { a href={ (address) "/followers" } { (text::count(self.0.followers, "follower", "followers")) } } }
    }

    /// The ways to the tabs, each with its count.
    pub(crate) fn markup(&self, address: &str) -> Markup {
        let Counts { followers, following, friends, .. } = self.0;
        html! {
            p.ties {
                a href={ (address) "/followers" } { (text::count(followers, "follower", "followers")) }
                a href={ (address) "/following" } { "follows " (text::grouped(following)) }
                a href={ (address) "/friends" } { (text::count(friends, "friend", "friends")) }
            }
        }
    }
}

/// Which list it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Followers,
    Following,
    Friends,
}

impl Tab {
    fn name(self) -> &'static str {
        match self {
            Self::Followers => "followers",
            Self::Following => "following",
            Self::Friends => "friends",
        }
    }

    fn title(self, name: &str) -> String {
        match self {
            Self::Followers => format!("Who follows {name}"),
            Self::Following => format!("Whom {name} follows"),
            Self::Friends => format!("Friends of {name}"),
        }
    }

    fn read(self, tx: &mut Tx, of: AccountId, asked: Asked) -> Result<Vec<Connected>, db::Error> {
        match self {
            Self::Followers => connections::followers(tx, of.get(), asked),
            Self::Following => connections::following(tx, of, asked),
            Self::Friends => connections::friends(tx, of, asked),
        }
    }
}

#[derive(Deserialize)]
struct Of {
    q: Option<String>,
    before: Option<String>,
}

async fn followers(State(town): State<Town>, caller: Caller, Path(handle): Path<String>, Query(asked): Query<Of>) -> Result {
    show(&town, &caller, handle, asked, Tab::Followers).await
}

async fn following(State(town): State<Town>, caller: Caller, Path(handle): Path<String>, Query(asked): Query<Of>) -> Result {
    show(&town, &caller, handle, asked, Tab::Following).await
}

async fn friends(State(town): State<Town>, caller: Caller, Path(handle): Path<String>, Query(asked): Query<Of>) -> Result {
    show(&town, &caller, handle, asked, Tab::Friends).await
}

/// What a tab is made from.
struct Read {
    account: Account,
    people: Vec<Connected>,
    followed: HashSet<i64>,
    /// Sections and topics, on the first page of what somebody follows.
    interests: Vec<(i64, Name)>,
}

async fn show(town: &Town, caller: &Caller, handle: String, asked: Of, tab: Tab) -> Result {
    let typed: String = asked.q.unwrap_or_default().chars().take(MAX_NAME).collect();
    let before = match asked.before.as_deref() {
        None => Before::NEWEST,
        Some(text) => text.parse().map_err(|()| Error::Malformed("This list has no such page. Begin again at its newest.".into()))?,
    };
    if !typed.trim().is_empty() {
        town.limits.search.by_address(caller.address)?;
    }
    let named = typed.clone();
    let (viewer, read) = town.read(caller, move |tx, viewer| read(tx, viewer, &handle, tab, (&named, before))).await?;
    let frame = town.frame(&viewer, caller);
    Ok(page(draw(&frame, &viewer, &read, tab, (&typed, before), &Now::of(town))))
}

fn read(tx: &mut Tx, viewer: &Viewer, handle: &str, tab: Tab, (named, before): (&str, Before)) -> Result<Read> {
    let account = accounts::by_handle(tx, handle)?.ok_or(Error::NotFound)?;
    if account.standing != Standing::Member || account.suspended_at.is_some() {
        return Err(Error::NotFound);
    }
    let me = viewer.me.as_ref().map_or(AccountId::new(0), |me| me.id);
    if people::blocks::is_blocked_either_way(tx, me, account.id)? {
        return Err(Error::NotFound);
    }
    match people::safety::hides(tx, me, account.id)? {
        Some(people::safety::Hides::Locked) => return Err(Error::NotFound),
        Some(people::safety::Hides::Minor) => return Err(Error::SignIn),
        None => {}
    }
    if tabs_of(tx, viewer, account.id)?.is_none() {
        // Guests may be members who have not signed in.
        if viewer.me.is_none() {
            return Err(Error::SignIn);
        }
        return Err(Error::Forbidden("They do not show their connections to everybody.".into()));
    }
    #[allow(clippy::cast_possible_truncation)]
    let people = tab.read(tx, account.id, Asked { viewer: me, named, before, limit: PAGE as u32 + 1 })?;
    let first = named.trim().is_empty() && before == Before::NEWEST;
    let interests = if tab == Tab::Following && first { interests(tx, account.id)? } else { Vec::new() };
    let mut ids: Vec<i64> = people.iter().map(|connected| connected.who.id.get()).collect();
    ids.extend(interests.iter().map(|(id, _)| *id));
    let followed = connections::followed_among(tx, me, &ids)?;
    Ok(Read { account, people, followed, interests })
}

/// The sections, topics and places that somebody follows, by name.
fn interests(tx: &mut Tx, account: AccountId) -> Result<Vec<(i64, Name)>, db::Error> {
    let sql = "select f.target_id from follows f where f.account_id = $1 and not exists (select 1 from accounts a where a.id = f.target_id)
        order by f.created_at desc, f.target_id desc limit $2";
    let ids: Vec<i64> = tx.all(sql, db::params![account, INTERESTS], |row| row.get(0))?;
    let mut named: Vec<(i64, Name)> = names_of(tx, &ids)?.into_iter().collect();
    named.sort_by_cached_key(|(id, name)| (text::fold(&name.words), *id));
    Ok(named)
}

fn draw(frame: &web::Frame, viewer: &Viewer, read: &Read, tab: Tab, (typed, before): (&str, Before), now: &Now) -> Markup {
    let account = &read.account;
    let (own, title) = (viewer.is(account.id), tab.title(&account.name));
    let here = format!("/@{}/{}", account.handle, tab.name());
    let more = read.people.len() > PAGE;
    let people = &read.people[..read.people.len().min(PAGE)];
    let query = if typed.is_empty() { String::new() } else { format!("&q={}", encoded(typed)) };
    let older = people.last().filter(|_| more).map(|last| format!("{here}?before={}{query}", last.before()));
    let newest = (before != Before::NEWEST).then(|| format!("{here}?{}", query.trim_start_matches('&')));
    let body = html! {
        div.page.connections {
            header.section-header {
                nav.breadcrumbs aria-label="Whose" { ol { li { a href=(account.author().address()) dir="auto" { (account.name) } } } }
                h1 dir="auto" { (if own { own_title(tab).to_owned() } else { title.clone() }) }
            }
            @if own { (tabs(&account.handle, &here)) }
            (search(&here, typed))
            @if !read.interests.is_empty() { (interests_list(read, viewer, &here)) }
            @if people.is_empty() { (nobody(read, own, tab, typed, &here)) } @else {
                h2.visually-hidden { "People" }
                ul.list.connected {
                    @for Connected { who, at } in people {
                        (person(who, &html! { p.meta { "Since " (text::times::markup(*at, now.ms, &now.zone)) } }, &acts(viewer, read, who, tab, own, &here)))
                    }
                }
            }
            (kit::pager(newest.as_deref(), older.as_deref()))
        }
    };
    let title = if own { own_title(tab) } else { &title };
    Page::new(title).private().draw(frame, &body)
}

fn own_title(tab: Tab) -> &'static str {
    match tab {
        Tab::Followers => "Your followers",
        Tab::Following => "Whom you follow",
        Tab::Friends => "Your friends",
    }
}

fn search(here: &str, typed: &str) -> Markup {
    html! {
        form.find role="search" aria-label="These people" action=(here) {
            label.search.large {
                (icon("search"))
                span.visually-hidden { "Name or handle" }
                input type="search" name="q" value=(typed) maxlength=(MAX_NAME) placeholder="Name or handle" autocomplete="off" dir="auto";
            }
            button.button { "Find" }
        }
    }
}

fn interests_list(read: &Read, viewer: &Viewer, here: &str) -> Markup {
    html! {
        section.form-part {
            h2 { "Sections, topics and places" }
            ul.list.interests {
                @for (id, name) in &read.interests {
                    li {
                        a.link href=(name.address) dir="auto" { (name.words) }
                        @if viewer.me.is_some() { (follow_button(*id, read.followed.contains(id), here, &name.words)) }
                    }
                }
            }
        }
    }
}

fn acts(viewer: &Viewer, read: &Read, who: &accounts::Author, tab: Tab, own: bool, here: &str) -> Markup {
    html! {
        @if viewer.me.is_some() && !viewer.is(who.id) { (follow_button(who.id.get(), read.followed.contains(&who.id.get()), here, &who.name)) }
        @if own && tab == Tab::Followers {
            form method="post" action={ "/connections/" (who.id) "/follower/removal" } data-confirm="Remove them from those who follow you? They are not told." data-confirm-yes="Remove" {
                (hidden(here, ""))
                button.button.small.quiet { "Remove" span.visually-hidden { " " bdi { (who.name) } " as a follower" } }
            }
        }
    }
}

fn nobody(read: &Read, own: bool, tab: Tab, typed: &str, here: &str) -> Markup {
    if !typed.trim().is_empty() {
        return kit::empty(
            "Nobody by this name",
            "Try the beginning of a first or last name, or of a handle.",
            Some((here, "To all of them")),
        );
    }
    if !read.interests.is_empty() {
        return html! {};
    }
    let (heading, words) = match (tab, own) {
        (Tab::Followers, true) => ("Nobody follows you yet", "Whoever follows you reads what you publish on their square."),
        (Tab::Following, true) => ("You follow nobody yet", "What those you follow publish stands on your square."),
        (Tab::Friends, true) => ("No friends here yet", "Ask somebody on their page. You are friends as soon as they agree."),
        (Tab::Followers, false) => ("Nobody follows them yet", "You can be the first."),
        (Tab::Following, false) => ("They follow nobody yet", "Nothing stands on their square so far."),
        (Tab::Friends, false) => ("No friends here yet", "Perhaps you know each other?"),
    };
    kit::empty(
        heading,
        words,
        Some(if own { ("/connections", "Find people") } else { (&here[..here.rfind('/').unwrap_or(0)], "To their page") }),
    )
}
