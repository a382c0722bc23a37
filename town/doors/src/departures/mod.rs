//! People who asked to leave are forgotten when their time has come. Each step is small and may be taken again, so that
//! neither ten thousand stories nor a crash in the middle holds anything up.

#[cfg(test)]
mod tests;

use people::{AccountId, Town, accounts::Standing, connections, departures, notices};
use talk::{context, reactions, reviews};
use things::{departures as posts, stories};
use web::{Error, Tag};

use crate::cards::LISTING;

/// People in one go, and posts in one step.
const AT_ONCE: u32 = 100;

/// Forgets those who are due, and what is left of those to whom nothing leads any more.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn carry_out(town: Town) -> anyhow::Result<()> {
    let now = town.now();
    for leaving in town.db.read(move |tx| departures::due(tx, now, AT_ONCE)).await? {
        loop {
            let (taken, tags) =
                town.db.write(move |tx| posts::take_along(tx, leaving, AT_ONCE, now)).await.map_err(|error| broken(&error))?;
            town.pages.changed(&tags);
            if taken == 0 {
                break;
            }
        }
        if leaving.with_posts {
            take_contexts(&town, leaving.account, now).await?;
        }
        let site = town.site().name.clone();
        let unit = move |tx: &mut db::Tx| -> Result<(), Error> {
            if departures::forget(tx, leaving.account, &site, now)? {
                posts::forget(tx, leaving.account, now)?;
                stories::tell_of_author(tx, leaving.account, now)?;
            }
            Ok(())
        };
        town.db.write(unit).await.map_err(|error| broken(&error))?;
        while town.db.write(move |tx| part(tx, leaving.account, now)).await? {}
        town.pages.changed(&[Tag("account", leaving.account.get()), LISTING]);
        town.wake();
    }
    sweep(town, now).await
}

/// What they added to posts of others goes along with their own.
async fn take_contexts(town: &Town, account: AccountId, now: i64) -> anyhow::Result<()> {
    loop {
        let (taken, tags) = town.db.write(move |tx| context::take_along(tx, account, AT_ONCE, now)).await?;
        town.pages.changed(&tags);
        if taken == 0 {
            return Ok(());
        }
    }
}

/// Whoever is gone is nobody's friend and follower any more, and likes nothing; answers whether there is more of that to do.
fn part(tx: &mut db::Tx, account: AccountId, now: i64) -> Result<bool, db::Error> {
    let gone = people::accounts::by_id(tx, account)?.is_some_and(|account| account.standing == Standing::Gone);
    if !gone {
        return Ok(false);
    }
    Ok(connections::leave(tx, account, AT_ONCE)?
        || notices::leave(tx, account, AT_ONCE, now)?
        || reactions::leave(tx, account, AT_ONCE)?
        || reviews::leave(tx, account, AT_ONCE)?
        || context::leave(tx, account, AT_ONCE, now)?)
}

async fn sweep(town: Town, now: i64) -> anyhow::Result<()> {
    let mut after = AccountId::new(0);
    loop {
        let gone = town.db.read(move |tx| departures::gone(tx, after, AT_ONCE)).await?;
        let Some(last) = gone.last().copied() else { return Ok(()) };
        after = last;
        town.db
            .write(move |tx| -> Result<(), db::Error> {
                for account in &gone {
                    if !part(tx, *account, now)? && !posts::has_traces(tx, *account)? {
                        departures::sweep(tx, *account)?;
                    }
                }
                Ok(())
            })
            .await?;
    }
}

fn broken(error: &Error) -> anyhow::Error {
    anyhow::anyhow!(error.words())
}
