//! The one row that holds the site.

use db::{Tx, params};

use super::{Licence, Site};

const COLUMNS: &str = "select name, tagline, sentence, place, time_zone, language, review_required, licence, hub from site where id = 1";

/// The site; `None` before it is set up.
pub fn load(tx: &mut Tx) -> Result<Option<Site>, db::Error> {
    tx.first(COLUMNS, params![], |row| {
        Ok(Site {
            name: row.get(0)?,
            tagline: row.get(1)?,
            sentence: row.get(2)?,
            place: row.get(3)?,
            time_zone: row.get(4)?,
            language: row.get(5)?,
            review_required: row.get(6)?,
            licence: row.get::<Option<String>>(7)?.and_then(|name| name.parse().ok()),
            hub: row.get(8)?,
        })
    })
}

/// Sets the site up. Fails with a uniqueness error when it already is: setup happens once.
pub fn create(tx: &mut Tx, site: &Site, now: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into site (id, name, tagline, sentence, place, time_zone, language, review_required, licence, hub, created_at, updated_at)
         values (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        params![
            &site.name,
            &site.tagline,
            &site.sentence,
            &site.place,
            &site.time_zone,
            &site.language,
            site.review_required,
            site.licence.map(Licence::name),
            &site.hub,
            now
        ],
    )?;
    Ok(())
}

/// Changes the site.
pub fn save(tx: &mut Tx, site: &Site, now: i64) -> Result<(), db::Error> {
    tx.run(
        "update site set name = $1, tagline = $2, sentence = $3, place = $4, time_zone = $5, language = $6, review_required = $7, licence = $8, hub = $9,
           updated_at = $10
         where id = 1",
        params![
            &site.name,
            &site.tagline,
            &site.sentence,
            &site.place,
            &site.time_zone,
            &site.language,
            site.review_required,
            site.licence.map(Licence::name),
            &site.hub,
            now
        ],
    )?;
    Ok(())
}

impl Site {
    /// Tag of the site's language, in which whatever says nothing else is written; English before the site is set up.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn language_in(tx: &mut Tx) -> Result<String, db::Error> {
        let found = tx.first("select language from site where id = 1", params![], |row| row.get(0))?;
        Ok(found.unwrap_or_else(|| Self::nameless().language))
    }
}
