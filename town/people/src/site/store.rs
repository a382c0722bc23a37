//! The one row that holds the site.

use db::{Param, ToParam as _, Tx, params};

use super::Site;
use crate::joining::Mode;

const COLUMNS: &str =
    "select name, tagline, sentence, place, time_zone, language, review_required, licence, hub, joining, rules from site where id = 1";

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
            joining: Mode::named(row.text(9)?),
            rules: row.get(10)?,
        })
    })
}

/// Sets the site up. Fails with a uniqueness error when it already is: setup happens once.
pub fn create(tx: &mut Tx, site: &Site, now: i64) -> Result<(), db::Error> {
    bring(tx, site, "", now, now)
}

/// The same for one that comes from elsewhere, with its own lines for robots and the times that it had there.
///
/// # Errors
/// As [`create`].
pub fn bring(tx: &mut Tx, site: &Site, robots: &str, created: i64, updated: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into site (id, name, tagline, sentence, place, time_zone, language, review_required, licence, hub, joining, rules, robots,
           created_at, updated_at)
         values (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &[&values(site), params![site.joining.name(), &site.rules, robots, created, updated]].concat(),
    )?;
    Ok(())
}

/// Changes the site, but for who may join and its house rules.
pub fn save(tx: &mut Tx, site: &Site, now: i64) -> Result<(), db::Error> {
    tx.run(
        "update site set name = $1, tagline = $2, sentence = $3, place = $4, time_zone = $5, language = $6, review_required = $7, licence = $8, hub = $9,
           updated_at = $10
         where id = 1",
        &[&values(site), params![now]].concat(),
    )?;
    Ok(())
}

/// Changes who may join, and the house rules.
pub fn save_joining(tx: &mut Tx, mode: Mode, rules: &str, now: i64) -> Result<(), db::Error> {
    tx.run("update site set joining = $1, rules = $2, updated_at = $3 where id = 1", params![mode.name(), rules, now])?;
    Ok(())
}

/// The values of $1 to $9.
fn values(site: &Site) -> [Param<'_>; 9] {
    [
        site.name.to_param(),
        site.tagline.to_param(),
        site.sentence.to_param(),
        site.place.to_param(),
        site.time_zone.to_param(),
        site.language.to_param(),
        site.review_required.to_param(),
        match site.licence {
            Some(licence) => Param::Text(licence.name()),
            None => Param::Null,
        },
        site.hub.to_param(),
    ]
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
