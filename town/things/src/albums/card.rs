//! An album within a story: its address alone on a line becomes a card.
//!
//! The address may name any host: a site moves, the album's id does not, and no two sites make the same id. The id alone says
//! which album is meant, as everywhere. Readers get the plain link when there is no such album, or none that they may see.

use db::Tx;
use maud::html;
use people::pictures::Place;
use talk::PostId;

use super::store::{self, Listed};

/// Albums of one story; a page with more does not load on a phone.
const MAX_ALBUMS: usize = 20;
/// Pictures on a card.
const FIRST: usize = 4;
/// How wide the first picture of a card is.
const FIRST_PLACE: Place = Place { sizes: "(min-width: 46rem) 28rem, 66vw", first: false };
/// How wide the others are.
const PLACE: Place = Place { sizes: "(min-width: 46rem) 14rem, 33vw", first: false };

/// Albums that are mentioned in a body, in order.
pub(crate) fn ids_in(body: &str) -> Vec<PostId> {
    let mut ids = Vec::new();
    for (at, _) in body.match_indices("/albums/") {
        if let Some(id) = id_at(&body[at..]).filter(|id| !ids.contains(id)) {
            ids.push(id);
        }
        if ids.len() == MAX_ALBUMS {
            break;
        }
    }
    ids
}

/// The id in `/albums/7/fair-days`.
fn id_at(path: &str) -> Option<PostId> {
    let rest = path.strip_prefix("/albums/")?;
    let digits = rest.bytes().take(19).take_while(u8::is_ascii_digit).count();
    let ends = rest[digits..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    rest[..digits].parse().ok().filter(|_| ends)
}

/// The id in a whole address of an album.
fn id_in(address: &str) -> Option<PostId> {
    let (_, rest) = address.split_once("://")?;
    id_at(&rest[rest.find('/')?..])
}

/// What the editor shows for the address of an album, and reads it back from.
pub(crate) fn card_for_editing(address: &str) -> Option<String> {
    id_in(address)?;
    Some(html! { p.embed-card { a href=(address) { strong { "Album" } " " span { (address) } } } }.into_string())
}

/// The public albums of a body, as cards.
pub(crate) struct Cards(Vec<Listed>);

impl Cards {
    /// Looks up those that a body mentions.
    pub fn of(tx: &mut Tx, body: &str) -> Result<Self, db::Error> {
        Ok(Self(store::public_among(tx, &ids_in(body), FIRST)?))
    }

    /// The card for a whole address, when it is that of one of these albums.
    pub fn html(&self, address: &str) -> Option<String> {
        let id = id_in(address)?;
        let album = self.0.iter().find(|album| album.id == id)?;
        let path = super::address(album.id, &album.slug);
        let card = html! {
            figure.album-card {
                a href=(path) {
                    @for (index, shown) in album.first.iter().enumerate() {
                        (shown.markup(if index == 0 { FIRST_PLACE } else { PLACE }))
                    }
                }
                figcaption {
                    a href=(path) { (album.title) }
                    " "
                    span.credit { (text::count(album.count, "picture", "pictures")) }
                }
            }
        };
        Some(card.into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn albums_are_found_by_their_addresses() {
        let body =
            "https://town.example/albums/7/fair-days\n\n[x](/albums/8/a) /albums/ /albums/x /albums/7/again /albums/99999999999999999999/x";
        assert_eq!(ids_in(body), [PostId::new(7), PostId::new(8)]);
        assert_eq!((id_at("/albums/7?done=x"), id_at("/albums/7")), (Some(PostId::new(7)), Some(PostId::new(7))));
        assert_eq!((id_at("/albums/7a"), id_at("/photos/albums/7")), (None, None));
    }
}
