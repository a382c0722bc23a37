//! Who is told that context is shown: whoever wrote it, and the authors of what it is about. Once, also when it comes and goes.

use db::{Tx, params};
use people::{
    AccountId,
    notices::{Email, Kind, News, Ways},
};

use super::ContextId;
use crate::{PostId, posts, told};

/// Members are told that context of theirs is shown.
pub const SHOWN: Kind = Kind {
    name: "context_shown",
    title: "Context that you added is shown",
    icon: "info",
    one: "Context that you added is shown to everybody",
    many: "Context that you added is shown to everybody",
    usual: Ways::SITE,
};
/// Authors are told that readers added context to what they wrote.
pub const GIVEN: Kind = Kind {
    name: "context_given",
    title: "Readers add context to your post",
    icon: "info",
    one: "Readers added context to your post",
    many: "Readers added context to your post",
    usual: Ways::with(Email::Daily),
};

/// Tells them, unless they were told before.
pub(super) fn shown(tx: &mut Tx, context: ContextId, (subject, by): (PostId, AccountId), now: i64) -> Result<(), db::Error> {
    if tx.run("update contexts set told_at = $2 where id = $1 and told_at is null", params![context, now])? == 0 {
        return Ok(());
    }
    let news = |kind| News { kind, by: None, about: subject.get(), post: Some(subject.get()), with: None };
    told::tell(tx, by, &news(&SHOWN), now)?;
    posts::authors_of(tx, subject)?.iter().try_for_each(|author| told::tell(tx, author.id, &news(&GIVEN), now))
}
