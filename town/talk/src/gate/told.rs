//! Whoever wrote what waited is told that it has appeared. Of what is refused a statement tells them ([`crate::moderation`]).

use db::Tx;
use people::{
    AccountId,
    notices::{Email, Kind, News, Ways},
};

use crate::{PostId, told};

/// Members are told that what they wrote has appeared.
pub const LET_THROUGH: Kind = Kind {
    name: "let_through",
    title: "A post of yours that waited is let through",
    icon: "check",
    one: "Your post was let through",
    many: "Your post was let through",
    usual: Ways::with(Email::Daily),
};

/// A post of somebody's that waited has appeared.
///
/// # Errors
/// When the database does not answer.
pub fn let_through(tx: &mut Tx, author: AccountId, post: PostId, now: i64) -> Result<(), db::Error> {
    let news = News { kind: &LET_THROUGH, by: None, about: post.get(), post: Some(post.get()), with: None };
    told::tell(tx, author, &news, now)
}
