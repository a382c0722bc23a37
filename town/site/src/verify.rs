//! `ocotillo verify`: counts again what rooms count with every change, beside a server that may be running.

use anyhow::bail;
use db::Tx;
use people::{connections, counters::Drift, lists, notices, organizations};
use std::time::Duration;
use talk::{comments, context, gate, moderation, reactions, reviews, shares};
use things::polls;

use crate::{cli::Verify, users::on_site_with};

/// A room that keeps counters: what they are of, and how they are counted again (and mended).
type Room = (&'static str, fn(&mut Tx, bool) -> Result<Vec<Drift>, db::Error>);

/// All of them. A room joins by a line.
const ROOMS: [Room; 12] = [
    ("connections", connections::drift),
    ("lists", lists::drift),
    ("organizations", organizations::drift),
    ("notices", notices::drift),
    ("shares", shares::drift),
    ("reactions", reactions::drift),
    ("comments", comments::drift),
    ("moderation", moderation::drift),
    ("gate", gate::drift),
    ("reviews", reviews::drift),
    ("context", context::drift),
    ("polls", polls::drift),
];
/// No page waits for it, and counting ten million rows takes a while.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// Runs it. What drifted and was not mended is an error.
pub fn run(command: &Verify) -> anyhow::Result<()> {
    let options = db::Options { statement_timeout: PATIENCE, ..db::Options::default() };
    let drifted = on_site_with(&command.place, options, |db, _| {
        let mut drifted = 0;
        for (name, drift) in ROOMS {
            // Only what has to be changed keeps others from writing.
            let mut found = db.read_now(move |tx| drift(tx, false))?;
            if command.mend && !found.is_empty() {
                found = db.write_now(move |tx| drift(tx, true))?;
            }
            println!("{name:<13} {}", if found.is_empty() { "as it should be" } else { "drifted:" });
            found.iter().for_each(|one| println!("  {}", told(one)));
            drifted += found.len();
        }
        Ok(drifted)
    })?;
    match (drifted, command.mend) {
        (0, _) => println!("Every counter says what there is."),
        (drifted, true) => println!("{} set right.", text::count(i64::try_from(drifted)?, "counter was", "counters were")),
        (drifted, false) => {
            let many = text::count(i64::try_from(drifted)?, "counter does not say what there is", "counters do not say what there is");
            bail!("{many}; run it again with --mend to set that right");
        }
    }
    Ok(())
}

fn told(drift: &Drift) -> String {
    let Drift { what, of: (id, name), stored, counted } = drift;
    let name = if name.is_empty() { String::new() } else { format!(" “{name}”") };
    format!("{what}{name} of {id}: stored {stored}, counted {counted}")
}
