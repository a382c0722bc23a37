//! Who is told of reviews: the authors of what is reviewed, and whoever wrote a review that was answered or found helpful.

use db::{Tx, params};
use people::{
    AccountId,
    notices::{self, Email, Kind, News, Ways},
};

use crate::{PostId, posts, told};

/// Authors are told who reviews what they wrote.
pub const REVIEWED: Kind = Kind {
    name: "review",
    title: "Somebody reviews your story",
    icon: "star",
    one: "reviewed your story",
    many: "reviewed your story",
    usual: Ways::with(Email::Daily),
};
/// Whoever wrote a review is told that an author answers.
pub const ANSWERED: Kind = Kind {
    name: "review_answer",
    title: "An author answers your review",
    icon: "corner-down-right",
    one: "answered your review",
    many: "answered your review",
    usual: Ways::with(Email::Daily),
};
/// And that others find it helpful.
pub const HELPFUL: Kind = Kind {
    name: "helpful",
    title: "Somebody finds your review helpful",
    icon: "award",
    one: "found your review helpful",
    many: "found your review helpful",
    usual: Ways::SITE,
};

/// A review appears: its subject's authors are told.
pub(super) fn appeared(tx: &mut Tx, review: PostId, (subject, by): (PostId, AccountId), now: i64) -> Result<(), db::Error> {
    let news = News { about: subject.get(), post: Some(subject.get()), with: Some(review.get()), ..News::by(&REVIEWED, by) };
    posts::authors_of(tx, subject)?.into_iter().try_for_each(|author| told::tell(tx, author.id, &news, now))
}

/// A review is answered.
pub(super) fn answered(tx: &mut Tx, review: PostId, by: AccountId, now: i64) -> Result<(), db::Error> {
    let to = author(tx, review)?;
    told::tell(tx, to, &News { about: review.get(), post: Some(review.get()), ..News::by(&ANSWERED, by) }, now)
}

/// Its answer is taken back.
pub(super) fn unanswered(tx: &mut Tx, review: PostId, by: AccountId, now: i64) -> Result<(), db::Error> {
    let to = author(tx, review)?;
    notices::undone(tx, to, (&ANSWERED, review.get()), by, now)
}

/// Somebody finds a review helpful.
pub(super) fn helpful(tx: &mut Tx, review: PostId, by: AccountId, now: i64) -> Result<(), db::Error> {
    let to = author(tx, review)?;
    told::tell(tx, to, &News { about: review.get(), post: Some(review.get()), ..News::by(&HELPFUL, by) }, now)
}

/// Or does so no more.
pub(super) fn not_helpful(tx: &mut Tx, review: PostId, by: AccountId, now: i64) -> Result<(), db::Error> {
    let to = author(tx, review)?;
    notices::undone(tx, to, (&HELPFUL, review.get()), by, now)
}

fn author(tx: &mut Tx, review: PostId) -> Result<AccountId, db::Error> {
    tx.one("select author_id from reviews where id = $1", params![review], |row| row.get(0))
}
