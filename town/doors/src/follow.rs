//! What follows here from a change that the stories told: the index of search, and word to those outside who wait for it.

use people::Town;
use things::stories::Changed;

use crate::{mentions, search, syndication};

/// Takes up a change of a story. All that follows is written down in one transaction, so that none of it is lost.
///
/// # Errors
/// When the database does not answer; the queue tries again.
pub async fn story_changed(town: Town, changed: Changed) -> anyhow::Result<()> {
    let (now, origin) = (town.now(), town.origin().to_owned());
    let unit = move |tx: &mut db::Tx| -> Result<(), db::Error> {
        search::take_up(tx, &changed, now)?;
        syndication::tell(tx, &changed, now)?;
        mentions::tell(tx, &changed, &origin, now)
    };
    town.db.write(unit).await?;
    town.pages.changed(&[search::INDEX]);
    town.wake();
    Ok(())
}
