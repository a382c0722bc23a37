//! Stories can be reviewed, by the criteria of their section.

use db::Tx;
use talk::{
    PostId,
    reviews::{About, Reviewable},
};
use web::Error;

/// What the room of reviews has to know of stories.
pub const REVIEWABLE: Reviewable = Reviewable { kind: "story", about };

fn about(tx: &mut Tx, ids: &[PostId]) -> Result<Vec<About>, Error> {
    let cards = super::cards_by_ids(tx, ids)?;
    let of = |card: super::Card| About { id: card.id, address: card.address(), owner: card.section.get(), title: card.headline };
    Ok(cards.into_iter().map(of).collect())
}
