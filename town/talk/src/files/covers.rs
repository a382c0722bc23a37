//! Covering what somebody else's post shows: by whoever may take it down. Its author is told, and the log says who did it.

use db::Tx;
use people::{
    AccountId, Viewer,
    decisions::Entry,
    notices::{Kind, News, Ways},
};
use web::Result;

use crate::{PostId, told};

/// Members are told that what they showed is covered now.
pub const COVERED: Kind = Kind {
    name: "covered",
    title: "The moderators cover your pictures as sensitive",
    icon: "eye-off",
    one: "Your pictures are covered as sensitive now: whoever wants to see them opens them",
    many: "Your pictures are covered as sensitive now: whoever wants to see them opens them",
    usual: Ways::SITE,
};

/// Writes down that somebody of the staff covered what a post shows, or uncovered it, and tells its author of the former.
///
/// # Errors
/// When the database does not answer.
pub fn log_cover(tx: &mut Tx, viewer: &Viewer, (id, author): (PostId, AccountId), covered: bool, now: i64) -> Result<()> {
    let (act, words) =
        if covered { ("post.covered", "Covered the pictures of a post") } else { ("post.uncovered", "Uncovered the pictures of a post") };
    Entry::new(act, words).about(author).post(id.get()).by(tx, viewer, now)?;
    if covered {
        told::tell(tx, author, &News { kind: &COVERED, by: None, about: id.get(), post: Some(id.get()), with: None }, now)?;
    }
    Ok(())
}
