//! The job that judges all contexts: it reads every rating that counts, computes outside of the database, and writes what changed, a few
//! contexts in a transaction.

use db::{Tx, params};
use people::{AccountId, Town};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use super::{
    ContextId,
    model::{self, Judged, Rating, Status, Value},
    standing, store, told,
};
use crate::{PostId, moderation::APPEAL_MS};

/// Ratings within so many milliseconds are judged together.
const TOGETHER_MS: i64 = 5_000;
/// Contexts written in one transaction: other writers wait for no longer than that takes.
const AT_ONCE: usize = 50;
/// Contexts that were taken down are deleted for good after so many milliseconds: when no appeal can wait any more.
const KEPT_MS: i64 = 2 * APPEAL_MS;

/// Its kind, and the key under which there is one.
const KEY: &str = "context.judge";

/// The job.
#[derive(Debug, Serialize, Deserialize)]
pub struct Judge {}

impl jobs::Job for Judge {
    const KIND: &'static str = KEY;
}

impl Judge {
    /// Asks for it: at the next full five seconds, so that ratings without a pause do not put it off.
    pub(super) fn soon(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
        jobs::enqueue_unique(tx, KEY, &Self {}, (now / TOGETHER_MS + 1) * TOGETHER_MS).map(drop)
    }
}

/// All ratings that count, and who and what their numbers are.
pub(super) struct Ratings {
    pub ratings: Vec<Rating>,
    pub contexts: Vec<ContextId>,
    pub raters: usize,
}

/// Reads them. All contexts are among its contexts, also those that nobody has rated.
pub(super) fn ratings(tx: &mut Tx, now: i64) -> Result<Ratings, db::Error> {
    let sql =
        "select c.id from contexts c join posts s on s.id = c.subject_id where c.removed_at is null and s.deleted_at is null order by c.id";
    let contexts: Vec<ContextId> = tx.all(sql, params![], |row| row.get(0))?;
    let places: HashMap<ContextId, u32> = contexts.iter().copied().zip(0..).collect();
    let mut raters: HashMap<AccountId, u32> = HashMap::new();
    // Who is of good standing is asked once for each of them.
    let sql = format!(
        "select r.account_id, r.context_id, r.value from context_ratings r
         where r.account_id in (select a.id from accounts a where a.id in (select account_id from context_ratings) and {})
         order by r.account_id, r.context_id",
        standing::good(1)
    );
    let [since, quiet] = standing::bounds(now);
    let mut ratings = Vec::new();
    tx.all(&sql, params![since, quiet], |row| {
        let (account, context) = (row.get::<AccountId>(0)?, row.get::<ContextId>(1)?);
        if let (Some(context), Some(value)) = (places.get(&context), Value::named(row.text(2)?)) {
            let next = u32::try_from(raters.len()).unwrap_or(u32::MAX);
            let rater = *raters.entry(account).or_insert(next);
            ratings.push(Rating { rater, context: *context, value });
        }
        Ok(())
    })?;
    Ok(Ratings { ratings, contexts, raters: raters.len() })
}

/// Judges all contexts anew.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn judge(town: Town, _: Judge) -> anyhow::Result<()> {
    let now = town.now();
    let Ratings { ratings, contexts, raters } = town.db.read(move |tx| ratings(tx, now)).await?;
    let many = contexts.len();
    let counted = i64::try_from(ratings.len())?;
    let (judged, fit) = tokio::task::spawn_blocking(move || model::judge_with(&ratings, raters, many)).await?;
    let all: Vec<(ContextId, Judged)> = contexts.into_iter().zip(judged).collect();
    for part in all.chunks(AT_ONCE) {
        let part = part.to_vec();
        let tags = town
            .db
            .write(move |tx| {
                let mut tags = Vec::new();
                for (id, judged) in &part {
                    if let Some(subject) = settle(tx, *id, judged, now)? {
                        tags.extend(store::tags(subject));
                    }
                }
                Ok::<_, db::Error>(tags)
            })
            .await?;
        town.pages.changed(&tags);
    }
    let (way, mu) = fit.map_or(("plain", 0), |fit| ("bridging", ten_thousandths(fit.mu)));
    let (raters, many) = (i64::try_from(raters)?, i64::try_from(many)?);
    let sql = "insert into context_judgements (id, at, way, ratings, raters, contexts, mu) values (1, $1, $2, $3, $4, $5, $6)
         on conflict (id) do update set at = excluded.at, way = excluded.way, ratings = excluded.ratings, raters = excluded.raters,
           contexts = excluded.contexts, mu = excluded.mu";
    town.db.write(move |tx| tx.run(sql, params![now, way, counted, raters, many, mu]).map(drop)).await?;
    town.pages.changed(&[super::state::TAG]);
    town.wake();
    Ok(())
}

/// Writes down what the model says of a context; answers the post on which something is shown that was not, or the other way round.
pub(super) fn settle(tx: &mut Tx, id: ContextId, judged: &Judged, now: i64) -> Result<Option<PostId>, db::Error> {
    let sql = "select subject_id, author_id, status from contexts where id = $1 and removed_at is null";
    let found = tx.first(sql, params![id], |row| Ok((row.get::<PostId>(0)?, row.get::<AccountId>(1)?, Status::named(row.text(2)?))))?;
    let Some((subject, by, before)) = found else { return Ok(None) };
    let (intercept, factor) = (ten_thousandths(judged.intercept), ten_thousandths(judged.factor));
    let many = i64::try_from(judged.ratings).unwrap_or(i64::MAX);
    // What is as it was is not written again.
    let sql = "update contexts set status = $2, intercept = $3, factor = $4, ratings = $5
         where id = $1 and (status <> $2 or intercept <> $3 or factor <> $4 or ratings <> $5)";
    tx.run(sql, params![id, judged.status.name(), intercept, factor, many])?;
    let change = i64::from(judged.status == Status::Shown) - i64::from(before == Status::Shown);
    if change == 0 {
        return Ok(None);
    }
    store::count(tx, subject, change)?;
    if change > 0 {
        told::shown(tx, id, (subject, by), now)?;
    }
    Ok(Some(subject))
}

/// As numbers stand in tables.
#[allow(clippy::cast_possible_truncation)] // they are a few units at most
fn ten_thousandths(number: f64) -> i64 {
    (number * 10_000.0).round() as i64
}

/// Judges now and then also where nobody rates: who is of good standing changes with time. Deletes what was taken down long ago.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn look_through(town: Town) -> anyhow::Result<()> {
    let now = town.now();
    town.db
        .write(move |tx| tx.run("delete from contexts where removed_at is not null and removed_at <= $1", params![now - KEPT_MS]).map(drop))
        .await?;
    judge(town, Judge {}).await
}
