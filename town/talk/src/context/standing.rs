//! Good standing: whose context and whose ratings count. It is asked when somebody writes or rates, and again of every rater whenever
//! contexts are judged: a crowd of new accounts moves nothing, and neither does somebody who was suspended since.

use db::{Tx, params};
use people::AccountId;
use web::Error;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Days since somebody joined. Whoever makes accounts for an argument has lost interest by then, or was noticed.
pub(super) const LEAST_DAYS: i64 = 14;
/// Posts of theirs that stand: stories, albums, notes, comments. An account that only rates is nobody's neighbour.
pub(super) const LEAST_POSTS: i64 = 3;
/// Days in which nothing of theirs was taken down and they were not suspended.
pub(super) const QUIET_DAYS: i64 = 30;

/// The two parameters that [`good`] takes: since when somebody is here, and since when all was quiet.
pub(super) fn bounds(now: i64) -> [i64; 2] {
    [now - LEAST_DAYS * DAY_MS, now - QUIET_DAYS * DAY_MS]
}

/// The condition, in SQL, that the account `a` is of good standing; [`bounds`] are its parameters `$at` and the next.
pub(super) fn good(at: usize) -> String {
    format!("{PRESENT} and {} and {} and {}", old(at), wrote(), quiet(at + 1))
}

const PRESENT: &str = "a.standing = 'member' and a.suspended_at is null and a.email is not null";

fn old(at: usize) -> String {
    format!("a.created_at <= ${at}")
}

fn wrote() -> String {
    format!(
        "(select count(*) from (select p.id from posts p where p.author_id = a.id and p.published_at is not null and p.deleted_at is null
           and p.visibility <> 'only_me' and not exists (select 1 from comments c where c.id = p.id and c.brought = 1)
           limit {LEAST_POSTS}) stand) >= {LEAST_POSTS}"
    )
}

fn quiet(at: usize) -> String {
    format!(
        "not exists (select 1 from statements s where s.account_id = a.id and s.created_at > ${at} and s.undone_at is null
           and s.act in ('hide', 'remove', 'suspend', 'ban'))"
    )
}

/// What somebody lacks for good standing, in words; nothing when it is theirs.
///
/// # Errors
/// When the database does not answer.
pub(super) fn lacks(tx: &mut Tx, account: AccountId, now: i64) -> Result<Option<&'static str>, db::Error> {
    let of = |condition: &str| format!("case when {condition} then 1 else 0 end");
    let sql = format!("select {}, {}, {}, {} from accounts a where a.id = $3", of(PRESENT), of(&old(1)), of(&wrote()), of(&quiet(2)));
    let [since, quiet] = bounds(now);
    let met = tx.first(&sql, params![since, quiet, account], |row| {
        Ok([row.get::<i64>(0)? == 1, row.get::<i64>(1)? == 1, row.get::<i64>(2)? == 1, row.get::<i64>(3)? == 1])
    })?;
    let [present, old, wrote, quiet] = met.unwrap_or_default();
    Ok(match (present, old, wrote, quiet) {
        (false, ..) => Some("Context is written and rated by members whose e-mail address is confirmed."),
        (_, false, ..) => Some("You have not been here for long: context is written and rated by members who joined at least 14 days ago."),
        (_, _, false, _) => Some("Context is written and rated by members who have posted at least three things here, such as comments."),
        (.., false) => Some("Something of yours was taken down within the last 30 days. You can write and rate context when that is over."),
        _ => None,
    })
}

/// The member's good standing.
///
/// # Errors
/// `Forbidden`, with words that say what is missing.
pub(super) fn must(tx: &mut Tx, account: AccountId, now: i64) -> Result<(), Error> {
    match lacks(tx, account, now)? {
        Some(words) => Err(Error::Forbidden(words.into())),
        None => Ok(()),
    }
}
