//! What the front page asks the database.

use db::{Tx, params};
use people::AccountId;
use talk::Cursor;
use things::{
    sections,
    stories::{self, Card},
};
use web::Error;

use super::{Arrangement, Candidates, arrangement::ROW, compose};
use crate::corrections::{self, Corrected};

/// How many of the newest stories are weighed against each other, and offered to the editor.
pub(super) const NEWEST: u32 = 60;
/// Enough of a shelf that a strand is full although the lead and the row took from it.
#[allow(clippy::cast_possible_truncation)]
const SHELF: u32 = 3 + 1 + ROW as u32 + 6;
const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
const MOST_READ: u32 = 5;
const CORRECTIONS: u32 = 3;

/// The arrangement that counts. One that a newer program wrote, or a damaged one, is as good as none: the page fills itself.
pub(super) fn latest(tx: &mut Tx) -> Result<Arrangement, db::Error> {
    let sql = "select arrangement from front_pages order by id desc limit 1";
    let json: Option<String> = tx.first(sql, params![], |row| row.get(0))?;
    Ok(json
        .and_then(|json| serde_json::from_str(&json).map_err(|error| tracing::warn!(%error, "front page not understood")).ok())
        .unwrap_or_default())
}

/// Sets the front page. Call `changed` with the front page's tag afterwards.
pub fn save(tx: &mut Tx, arrangement: &Arrangement, by: AccountId, now: i64) -> Result<(), Error> {
    let json = serde_json::to_string(arrangement).map_err(Error::broken)?;
    tx.run(
        "insert into front_pages (id, arrangement, account_id, created_at) values ($1, $2, $3, $4)",
        params![db::fresh_id(), &json, by, now],
    )?;
    Ok(())
}

/// What the front page is made of, and its rail.
#[derive(Debug)]
pub(super) struct Material {
    pub candidates: Candidates,
    pub most_read: Vec<Card>,
    pub corrections: Vec<Corrected>,
}

/// Reads all that the page may show under this arrangement: seven statements and one for each strand.
pub(super) fn material(tx: &mut Tx, arrangement: &Arrangement, now: i64) -> Result<Material, db::Error> {
    let mut candidates = Candidates {
        tree: sections::all(tx)?,
        arranged: stories::cards_by_ids(tx, &arrangement.stories())?,
        newest: stories::cards(tx, Cursor::NEWEST, NEWEST)?,
        shelves: Vec::new(),
    };
    let strands: Vec<_> = compose::strands(arrangement, &candidates).into_iter().map(|section| section.id).collect();
    for section in strands {
        candidates.shelves.push((section, stories::on_shelf(tx, section.get(), Cursor::NEWEST, SHELF)?));
    }
    let mut most_read = stories::most_read_since(tx, now - WEEK_MS, MOST_READ)?;
    most_read.retain(|card| card.counts.views > 0);
    let corrections = corrections::newest(tx, Cursor::NEWEST, CORRECTIONS)?;
    Ok(Material { candidates, most_read, corrections })
}
