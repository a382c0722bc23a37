//! What every node remembers of the site, and how each notices what another changed.
//!
//! Every change of it is counted in one row, after the change or with it. A node that remembers an earlier number than the row has
//! reads everything again.

use db::{Tx, params};
use std::time::Duration;
use tokio::sync::watch;
use web::Error;

use super::Town;

/// How often a node asks for the number: what one node refuses, no other takes for longer than this.
const EVERY: Duration = Duration::from_secs(20);

/// Something of it has changed.
pub(super) fn changed(tx: &mut Tx) -> Result<(), db::Error> {
    tx.run("update remembered set version = version + 1 where one = 1", params![]).map(drop)
}

/// How often it has changed.
pub(super) fn version(tx: &mut Tx) -> Result<i64, db::Error> {
    tx.one("select version from remembered where one = 1", params![], |row| row.get(0))
}

impl Town {
    /// Reads again what every page shows if another node has changed it. Answers whether that was so.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn catch_up(&self) -> Result<bool, Error> {
        let known = self.standing.load().version;
        if self.db.read(version).await? == known {
            return Ok(false);
        }
        self.read_again().await?;
        Ok(true)
    }
}

/// Takes up what other nodes change, until the program stops.
pub async fn keep_up(town: Town, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stopping| *stopping) => break,
        }
        if let Err(error) = town.catch_up().await {
            tracing::warn!(?error, "what other nodes changed could not be read");
        }
    }
}
