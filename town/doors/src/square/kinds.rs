//! The kinds of post that come onto the square. A later kind joins by a line in [`KINDS`].

use db::Tx;
use maud::Markup;
use people::{AccountId, Viewer, accounts::Author, pictures::Place};
use std::collections::HashMap;
use talk::PostId;
use things::{
    albums,
    notes::{self, Standing},
    stories::{self, show::Now},
};
use web::Result;

use crate::cards;

/// Something on the square, as its kind shows it to this viewer.
pub(crate) struct Shown {
    /// Who wrote it.
    pub author: Author,
    /// Names and addresses of shelves' owners that come with it anyhow.
    pub names: Vec<(i64, Name)>,
    /// Whether it is passed on by others than its author: who brought it here shared it.
    pub passed_on: bool,
    /// How it looks, under a heading of the second level.
    pub draw: Draw,
}

/// What the owner of a shelf is called, and where it has its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub words: String,
    pub address: String,
}

impl Name {
    pub fn of(author: &Author) -> (i64, Self) {
        (author.id.get(), Self { words: author.name.clone(), address: author.address() })
    }

    /// The same of an organization: whoever is told why something is there hears that it is one.
    pub fn of_organization(author: &Author) -> (i64, Self) {
        (author.id.get(), Self { words: format!("the organization {}", author.name), address: author.address() })
    }
}

/// Draws something at this moment, on the page with this address.
type Draw = Box<dyn Fn(&Now, &str) -> Markup + Send>;

type Found = Vec<(PostId, Shown)>;

/// Finds those of these posts that are of one kind and that the viewer may see.
type Kind = fn(&mut Tx, &Viewer, &[PostId]) -> Result<Found>;

const KINDS: [Kind; 3] = [shown_stories, shown_notes, shown_albums];

/// Those of these posts that the viewer may see, whatever their kind.
pub(super) fn shown(tx: &mut Tx, viewer: &Viewer, posts: &[PostId]) -> Result<HashMap<PostId, Shown>> {
    let mut shown: HashMap<PostId, Shown> = HashMap::new();
    for kind in KINDS {
        let left: Vec<PostId> = posts.iter().copied().filter(|post| !shown.contains_key(post)).collect();
        if left.is_empty() {
            break;
        }
        shown.extend(kind(tx, viewer, &left)?);
    }
    Ok(shown)
}

fn shown_notes(tx: &mut Tx, viewer: &Viewer, posts: &[PostId]) -> Result<Found> {
    let shown = notes::notes(tx, viewer, posts)?.into_iter().map(|note| {
        let (id, viewer, author, of_organization) = (note.id, viewer.clone(), note.author.clone(), note.of_organization);
        let draw = move |now: &Now, back: &str| notes::card(&note, None, &Standing { now, viewer: &viewer, back });
        let name = if of_organization { Name::of_organization(&author) } else { Name::of(&author) };
        (id, Shown { names: vec![name], author, passed_on: true, draw: Box::new(draw) })
    });
    Ok(shown.collect())
}

fn shown_stories(tx: &mut Tx, _: &Viewer, posts: &[PostId]) -> Result<Found> {
    let cards = stories::cards_by_ids(tx, posts)?;
    let shown = cards.into_iter().map(|card| {
        let section = Name { words: card.section_name.clone(), address: format!("/sections/{}", card.section_slug) };
        let names = vec![Name::of(&card.author), (card.section.get(), section)];
        (
            card.id,
            Shown { author: card.author.clone(), passed_on: false, names, draw: Box::new(move |now, _| cards::beside(&card, now, 2)) },
        )
    });
    Ok(shown.collect())
}

fn shown_albums(tx: &mut Tx, _: &Viewer, posts: &[PostId]) -> Result<Found> {
    let albums = albums::public_among(tx, posts, 1)?;
    let shown = albums.into_iter().map(|album| {
        let draw = {
            let album = album.clone();
            Box::new(move |now: &Now, _: &str| album_card(&album, now))
        };
        (album.id, Shown { passed_on: false, names: vec![Name::of(&album.author)], author: album.author, draw })
    });
    Ok(shown.collect())
}

fn album_card(album: &albums::Listed, now: &Now) -> Markup {
    const COVER: Place = Place { sizes: "(min-width: 40rem) 10rem, 6rem", first: false };
    maud::html! {
        article.card.beside {
            p.kicker { a href="/albums" { "Album" } }
            h2.headline dir="auto" { a href=(albums::address(album.id, &album.slug)) { (album.title) } }
            p.byline {
                span { bdi { (album.author.name) } }
                span { (text::count(album.count, "picture", "pictures")) }
                span { (text::times::markup(album.at, now.ms, &now.zone)) }
            }
            @if let Some(cover) = album.first.first() { div.picture { (cover.markup(COVER)) } }
        }
    }
}

/// Whose posts a feed leaves out.
pub(super) type Hides<'a> = &'a dyn Fn(AccountId) -> bool;
