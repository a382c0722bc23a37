//! The addresses of authors.

use axum::{
    Router,
    extract::{Path, RawQuery, State},
    response::Response,
    routing::get,
};
use db::Tx;
use people::{
    AccountId, Caller, Permission, Town, Viewer,
    accounts::{self, Account, Standing},
    badges::{self, Badge},
    organizations::{self, Organization, Role},
    pictures::{self, Shown},
    profiles::{self, Profile},
    questions,
    safety::{self, Hides},
};
use talk::{
    Cursor, PostId, posts,
    reviews::{self, Standing as Drawn, Summary, criteria},
};
use things::{
    REVIEWABLES, notes,
    stories::{self, show::Now},
};
use web::{Cacheable, Error, Result, Tag, html, kept, moved};

use super::{pages, store};
use crate::{
    cards::{self, ASK, Before, LISTING, Listed},
    connections::{self, Panel, Tabs},
    posted::Posted,
    syndication::{self, List, beside},
};

/// Authors on one page: a newsroom fits, whole.
const AUTHORS: u32 = 200;
/// Posts on one page of pictures; each shows up to ten.
const PHOTOS: usize = 18;
/// Reviews on one page.
const REVIEWS: usize = 20;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/authors", get(list))
        .route("/@{handle}", get(beside(List::Author, show)))
        .route("/@{handle}/posts", get(show_posts))
        .route("/@{handle}/photos", get(show_photos))
        .route("/@{handle}/reviews", get(show_reviews))
        .route("/@{handle}/about", get(show_about))
        .route("/@{handle}/people", get(show_people))
        .route("/@{handle}/posts.rss", get(syndication::posted_by))
        .route("/@{handle}/posts.atom", get(syndication::posted_by))
        .route("/@{handle}/posts.json", get(syndication::posted_by))
}

async fn list(State(town): State<Town>, caller: Caller, RawQuery(query): RawQuery) -> Result {
    let after = query.as_deref().and_then(|query| query.strip_prefix("after=")?.parse().ok()).unwrap_or(AccountId::new(0));
    let (viewer, mut authors) = town
        .read(&caller, move |tx, viewer| {
            let me = viewer.me.as_ref().map_or(AccountId::new(0), |me| me.id);
            Ok(store::published(tx, me, after, AUTHORS + 1)?)
        })
        .await?;
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

/// Whose page it is, and what this viewer sees of it and can do.
pub(super) struct Whose {
    pub account: Account,
    pub profile: Profile,
    pub cover: Option<Shown>,
    /// What they answered, as somebody of which kind.
    pub answers: (questions::Profile, Vec<questions::Fact>),
    pub badges: Vec<Badge>,
    /// Whether they have written any review that the viewer sees.
    reviews: bool,
    hides: Option<Hides>,
    panel: Option<Panel>,
    tabs: Option<Tabs>,
    organization: Option<(Organization, Option<Role>)>,
}

impl Whose {
    /// Whoever has, or lately had, this handle.
    fn read(tx: &mut Tx, viewer: &Viewer, handle: &str, now: i64) -> Result<Self> {
        let account = accounts::by_handle_ever(tx, handle, now)?.ok_or(Error::NotFound)?;
        let panel = connections::panel_of(tx, viewer, &account, now)?;
        let tabs = connections::tabs_of(tx, viewer, account.id)?;
        let profile = profiles::of(tx, viewer, account.id)?;
        let cover = match &profile.cover {
            Some(key) => pictures::find(tx, key)?.map(|picture| Shown::of(&picture, "")),
            None => None,
        };
        let answers = questions::facts(tx, viewer, account.id)?;
        let badges = badges::of(tx, account.id)?;
        let reviews = reviews::has_any(tx, viewer, account.id)?;
        let organization = match account.is_organization {
            true => organization(tx, viewer, account.id)?,
            false => None,
        };
        let me = viewer.me.as_ref().map_or(AccountId::new(0), |me| me.id);
        let hides = safety::hides(tx, me, account.id)?;
        Ok(Self { account, profile, cover, answers, badges, reviews, hides, panel, tabs, organization })
    }

    /// Whether there is a page of theirs at all, for this viewer.
    ///
    /// # Errors
    /// `NotFound` or `Gone` where there is none.
    fn is_here(&self) -> Result<()> {
        // Whoever is blocked is not to know of it: there is no such page. Whoever blocks needs one, to lift the block.
        if self.panel.as_ref().is_some_and(|panel| panel.between().blocked && !panel.between().blocks) {
            return Err(Error::NotFound);
        }
        match self.hides {
            Some(Hides::Locked) => return Err(Error::NotFound),
            // Guests may be members who have not signed in.
            Some(Hides::Minor) => return Err(Error::SignIn),
            None => {}
        }
        match self.account.standing {
            Standing::Member => Ok(()),
            // Whoever is not in yet has no page, or robots would put theirs there.
            Standing::Unconfirmed | Standing::Waiting => Err(Error::NotFound),
            Standing::Leaving | Standing::Gone => Err(Error::Gone),
        }
    }

    /// The same for what they say themselves: somebody who was shown out says nothing.
    fn speaks(&self) -> Result<()> {
        self.is_here()?;
        if self.account.suspended_at.is_some() { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Where the page is, when it was asked for by another handle than the one they have.
    fn moved(&self, handle: &str, tab: &str, query: Option<&str>) -> Option<Response> {
        let address = cards::right_address(handle, &self.account.handle, None)?;
        let query = query.map_or_else(String::new, |query| format!("?{query}"));
        Some(moved(&format!("/@{address}{tab}{query}")))
    }

    fn head(&self, town: &Town, viewer: &Viewer) -> pages::Head<'_> {
        pages::Head {
            title: title(town, &self.account),
            account: &self.account,
            profile: &self.profile,
            cover: self.cover.as_ref(),
            answers: &self.answers.1,
            kind: self.answers.0,
            badges: &self.badges,
            reviews: self.reviews,
            own: viewer.is(self.account.id),
            panel: self.panel.as_ref(),
            tabs: self.tabs.as_ref(),
            organization: self.organization.as_ref().map(|(organization, role)| (organization, *role)),
        }
    }

    fn page_tags(&self) -> [Tag; 2] {
        [Tag("account", self.account.id.get()), connections::tag(self.account.id.get())]
    }
}

/// What an organization says of itself, and what the viewer is in it.
fn organization(tx: &mut Tx, viewer: &Viewer, id: AccountId) -> Result<Option<(Organization, Option<Role>)>> {
    let Some(found) = organizations::find(tx, id)? else { return Ok(None) };
    let role = match viewer.must_be_member() {
        Ok(me) => organizations::role_of(tx, me.id, id)?,
        Err(_) => None,
    };
    Ok(Some((found, role)))
}

async fn show(State(town): State<Town>, caller: Caller, Path(handle): Path<String>, RawQuery(query): RawQuery, before: Before) -> Result {
    let (asked, now) = (handle.clone(), Now::of(&town));
    let ms = now.ms;
    let (viewer, (whose, found, posted)) = town
        .read(&caller, move |tx, viewer| {
            let whose = Whose::read(tx, viewer, &asked, ms)?;
            let id = whose.account.id;
            let found = stories::on_shelf(tx, id.get(), before.0, ASK)?;
            // Who only posts has a page of what they post.
            let posted = match found.is_empty() && before.0 == Cursor::NEWEST {
                true => Some(Posted::read(tx, viewer, id.get(), Some(id), before, ms)?),
                false => None,
            };
            Ok((whose, found, posted))
        })
        .await?;
    whose.is_here()?;
    // Somebody who was shown out keeps the page of what they wrote, if they wrote anything.
    if found.is_empty() {
        whose.speaks()?;
    }
    if let Some(moved) = whose.moved(&handle, "", query.as_deref()) {
        return Ok(moved);
    }
    let frame = town.frame(&viewer, &caller);
    let listed = Listed::cut(found, before);
    let head = whose.head(&town, &viewer);
    if let Some(posted) = posted.filter(|posted| !posted.is_empty() || whose.organization.is_some()) {
        let page = pages::posts(&frame, &viewer, &head, &posted, &now);
        return Ok(posted.answer(&viewer, page, &whose.page_tags(), &now));
    }
    let page = pages::show(&frame, &pages::Shows { head, listed: &listed, now: &now });
    Ok(cards::answer(&viewer, page, &listed.cards, &whose.page_tags(), &now))
}

/// What somebody posted in the town square, and shared.
async fn show_posts(
    State(town): State<Town>,
    caller: Caller,
    Path(handle): Path<String>,
    RawQuery(query): RawQuery,
    before: Before,
) -> Result {
    let (asked, now) = (handle.clone(), Now::of(&town));
    let ms = now.ms;
    let (viewer, (whose, posted)) = town
        .read(&caller, move |tx, viewer| {
            let whose = Whose::read(tx, viewer, &asked, ms)?;
            let id = whose.account.id;
            let posted = Posted::read(tx, viewer, id.get(), Some(id), before, ms)?;
            Ok((whose, posted))
        })
        .await?;
    whose.speaks()?;
    if let Some(moved) = whose.moved(&handle, "/posts", query.as_deref()) {
        return Ok(moved);
    }
    let page = pages::posts(&town.frame(&viewer, &caller), &viewer, &whose.head(&town, &viewer), &posted, &now);
    Ok(posted.answer(&viewer, page, &whose.page_tags(), &now))
}

/// The pictures in what somebody posted.
async fn show_photos(
    State(town): State<Town>,
    caller: Caller,
    Path(handle): Path<String>,
    RawQuery(query): RawQuery,
    before: Before,
) -> Result {
    let (asked, now) = (handle.clone(), Now::of(&town));
    let ms = now.ms;
    let (viewer, (whose, (items, more))) = town
        .read(&caller, move |tx, viewer| {
            let whose = Whose::read(tx, viewer, &asked, ms)?;
            let found = notes::pictured(tx, viewer, whose.account.id, before.0, PHOTOS)?;
            Ok((whose, found))
        })
        .await?;
    whose.speaks()?;
    if let Some(moved) = whose.moved(&handle, "/photos", query.as_deref()) {
        return Ok(moved);
    }
    let posted = Posted::of(items, more, before);
    let page = pages::photos(&town.frame(&viewer, &caller), &whose.head(&town, &viewer), &posted);
    Ok(posted.answer(&viewer, page, &whose.page_tags(), &now))
}

/// What somebody thinks of what others wrote.
async fn show_reviews(
    State(town): State<Town>,
    caller: Caller,
    Path(handle): Path<String>,
    RawQuery(query): RawQuery,
    before: Before,
) -> Result {
    let (asked, ms) = (handle.clone(), town.now());
    let (viewer, (whose, mut found, judged)) = town
        .read(&caller, move |tx, viewer| {
            let whose = Whose::read(tx, viewer, &asked, ms)?;
            if let Some((of, _)) = &whose.organization {
                let judged = judged(tx, viewer, of, ms)?;
                return Ok((whose, Vec::new(), judged));
            }
            let found = reviews::of_author(tx, viewer, REVIEWABLES, whose.account.id, before.0, REVIEWS as u32 + 1)?;
            Ok((whose, found, None))
        })
        .await?;
    whose.speaks()?;
    if let Some(moved) = whose.moved(&handle, "/reviews", query.as_deref()) {
        return Ok(moved);
    }
    if let Some((_, role)) = &whose.organization {
        let here = format!("{}/reviews", whose.account.author().address());
        let (frame, drawn) = (town.frame(&viewer, &caller), Drawn::of(&town, &viewer, &here));
        let answers = role.is_some_and(Role::edits);
        let section = judged.map(|(page, summary)| reviews::section(page, summary.as_ref(), answers, &drawn)).unwrap_or_default();
        return Ok(html(pages::reviewed(&frame, &whose.head(&town, &viewer), &section)));
    }
    let older = found.get(REVIEWS - 1).filter(|_| found.len() > REVIEWS).map(|(last, _)| Cursor { at: last.posted_at, id: last.id });
    found.truncate(REVIEWS);
    let here = format!("{}/reviews", whose.account.author().address());
    let (frame, drawn) = (town.frame(&viewer, &caller), Drawn::of(&town, &viewer, &here));
    let pages = (before.0 == Cursor::NEWEST, older);
    Ok(html(pages::reviews(&frame, &whose.head(&town, &viewer), &found, pages, &drawn)))
}

/// The page of an organization that is reviewed, and what all say of it.
fn judged(tx: &mut Tx, viewer: &Viewer, of: &Organization, now: i64) -> Result<Option<(PostId, Option<Summary>)>> {
    let Some(page) = of.page.map(PostId::new) else { return Ok(None) };
    let known = posts::counts_of(tx, page)?.reviews;
    Ok(Some((page, reviews::summary(tx, viewer, (page, criteria::ORGANIZATIONS), known, now)?)))
}

/// Who of an organization's people wish to be named.
async fn show_people(State(town): State<Town>, caller: Caller, Path(handle): Path<String>, RawQuery(query): RawQuery) -> Result {
    let (asked, ms) = (handle.clone(), town.now());
    let (viewer, (whose, people)) = town
        .read(&caller, move |tx, viewer| {
            let whose = Whose::read(tx, viewer, &asked, ms)?;
            let of = whose.organization.as_ref().ok_or(Error::NotFound)?.0.account.id;
            let people = organizations::people(tx, of)?;
            Ok((whose, people))
        })
        .await?;
    whose.speaks()?;
    if let Some(moved) = whose.moved(&handle, "/people", query.as_deref()) {
        return Ok(moved);
    }
    Ok(html(pages::people(&town.frame(&viewer, &caller), &whose.head(&town, &viewer), &people)))
}

/// What somebody says of themselves.
async fn show_about(State(town): State<Town>, caller: Caller, Path(handle): Path<String>, RawQuery(query): RawQuery) -> Result {
    let (asked, now) = (handle.clone(), Now::of(&town));
    let ms = now.ms;
    let (viewer, whose) = town.read(&caller, move |tx, viewer| Whose::read(tx, viewer, &asked, ms)).await?;
    whose.speaks()?;
    if let Some(moved) = whose.moved(&handle, "/about", query.as_deref()) {
        return Ok(moved);
    }
    let page = pages::about(&town.frame(&viewer, &caller), &whose.head(&town, &viewer), &now);
    if viewer.me.is_some() {
        return Ok(html(page));
    }
    let tags = [people::town::SITE].into_iter().chain(whose.page_tags()).collect();
    Ok(kept(page, Cacheable { tags, fresh_for: std::time::Duration::from_secs(600), subject: None }))
}

/// What somebody of the staff is called; members are just themselves.
fn title(town: &Town, account: &Account) -> Option<String> {
    let levels = town.levels();
    let level = levels.named(&account.level)?;
    level.permissions.has(Permission::WriteStories).then(|| level.title.clone())
}
