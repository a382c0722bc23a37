//! The lists that have feeds, and how each is found by the name in its address.

use db::Tx;
use people::{Town, accounts, site::Site};
use talk::{Cursor, places, posts::GUEST, topics};
use things::{
    sections,
    stories::{self, Card},
};
use web::{Error, Tag};

/// A kind of list. Each knows the part of its address that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Everything.
    Site,
    /// `/sections/{slug}`
    Section,
    /// `/@{handle}`
    Author,
    /// `/topics/{tag}`
    Topic,
    /// `/places/{place}`
    Place,
}

/// A list as its feed shows it.
#[derive(Debug)]
pub(crate) struct Listed {
    /// What it is called.
    pub title: String,
    /// What is in it.
    pub description: String,
    /// The page of it, as a path.
    pub page: String,
    /// The feed's address without its ending; a query may follow.
    pub base: String,
    /// The newest stories.
    pub cards: Vec<Card>,
    /// When it began (milliseconds), or 0 where nobody knows; stands for the last change while it is empty.
    pub since: i64,
    /// What the feed shows besides its stories.
    pub tag: Option<Tag>,
}

impl List {
    /// The list of this name, with so many of its newest stories.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub(super) fn find(self, tx: &mut Tx, name: &str, site: &Site, limit: u32, now: i64) -> Result<Listed, Error> {
        match self {
            Self::Site => the_site(tx, site, limit),
            Self::Section => section(tx, name, site, limit),
            Self::Author => author(tx, name, site, limit, now),
            Self::Topic => topic(tx, name, site, limit),
            Self::Place => place(tx, name, site, limit),
        }
    }
}

/// The site as it calls itself in feeds.
pub(super) fn site_of(town: &Town) -> Site {
    (*town.site()).clone()
}

fn the_site(tx: &mut Tx, site: &Site, limit: u32) -> Result<Listed, Error> {
    let cards = stories::cards(tx, Cursor::NEWEST, limit)?;
    let description = [&site.tagline, &site.sentence].into_iter().find(|words| !words.is_empty()).unwrap_or(&site.name);
    Ok(Listed {
        title: site.name.clone(),
        description: description.clone(),
        page: "/".into(),
        base: "/feed".into(),
        cards,
        since: 0,
        tag: None,
    })
}

fn section(tx: &mut Tx, slug: &str, site: &Site, limit: u32) -> Result<Listed, Error> {
    let section = sections::by_slug(tx, slug)?.ok_or(Error::NotFound)?;
    let cards = stories::on_shelf(tx, section.id.get(), Cursor::NEWEST, limit)?;
    let page = section.address();
    Ok(Listed {
        title: format!("{} · {}", section.name, site.name),
        description: if section.description.is_empty() { format!("{}, on {}.", section.name, site.name) } else { section.description },
        base: page.clone(),
        page,
        cards,
        since: section.id.created_ms(),
        tag: Some(sections::tag(section.id)),
    })
}

fn author(tx: &mut Tx, handle: &str, site: &Site, limit: u32, now: i64) -> Result<Listed, Error> {
    let member = |account: &accounts::Account| account.standing == accounts::Standing::Member;
    let account = accounts::by_handle_ever(tx, handle, now)?.filter(member).ok_or(Error::NotFound)?;
    let cards = stories::on_shelf(tx, account.id.get(), Cursor::NEWEST, limit)?;
    // As on the page: somebody who was shown out keeps the feed of what they wrote, if they wrote anything.
    if account.suspended_at.is_some() && cards.is_empty() {
        return Err(Error::NotFound);
    }
    if people::safety::hides(tx, people::AccountId::new(0), account.id)?.is_some() {
        return Err(Error::NotFound);
    }
    let page = account.author().address();
    Ok(Listed {
        title: format!("{} · {}", account.name, site.name),
        description: if account.bio.is_empty() { format!("What {} writes on {}.", account.name, site.name) } else { account.bio },
        base: page.clone(),
        page,
        cards,
        since: account.created_at,
        tag: Some(Tag("account", account.id.get())),
    })
}

fn topic(tx: &mut Tx, typed: &str, site: &Site, limit: u32) -> Result<Listed, Error> {
    let key = text::topic::parse(typed).ok_or(Error::NotFound)?.key;
    let topic = topics::known_to(tx, GUEST, &key)?.ok_or(Error::NotFound)?;
    let cards = stories::on_shelf(tx, topic.id.get(), Cursor::NEWEST, limit)?;
    let page = topic.address();
    Ok(Listed {
        title: format!("#{} · {}", topic.name, site.name),
        description: format!("Stories about #{} on {}.", topic.name, site.name),
        base: page.clone(),
        page,
        cards,
        since: topic.id.created_ms(),
        tag: Some(Tag("topic", topic.id.get())),
    })
}

fn place(tx: &mut Tx, typed: &str, site: &Site, limit: u32) -> Result<Listed, Error> {
    let key = text::place::parse(typed).ok_or(Error::NotFound)?.key;
    let place = places::known_to(tx, GUEST, &key)?.ok_or(Error::NotFound)?;
    let cards = stories::on_shelf(tx, place.id.get(), Cursor::NEWEST, limit)?;
    let page = place.address();
    Ok(Listed {
        title: format!("{} · {}", place.name, site.name),
        description: format!("Stories set in {} on {}.", place.name, site.name),
        base: page.clone(),
        page,
        cards,
        since: place.id.created_ms(),
        tag: Some(Tag("place", place.id.get())),
    })
}
