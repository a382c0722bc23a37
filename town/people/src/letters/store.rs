//! Every query about the words of letters.

use db::{Tx, params};

/// The words that a site wrote itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The subject.
    pub subject: String,
    /// The second paragraph.
    pub intro: String,
}

/// The site's own words for a kind of letter.
pub fn of(tx: &mut Tx, kind: &str) -> Result<Option<Own>, db::Error> {
    let sql = "select subject, intro from letter_texts where kind = $1";
    tx.first(sql, params![kind], |row| Ok(Own { subject: row.get(0)?, intro: row.get(1)? }))
}

/// Sets them.
pub fn save(tx: &mut Tx, kind: &str, own: &Own, now: i64) -> Result<(), db::Error> {
    tx.run(
        "insert into letter_texts (kind, subject, intro, updated_at) values ($1, $2, $3, $4)
         on conflict (kind) do update set subject = excluded.subject, intro = excluded.intro, updated_at = excluded.updated_at",
        params![kind, &own.subject, &own.intro, now],
    )?;
    Ok(())
}

/// Goes back to the usual ones.
pub fn forget(tx: &mut Tx, kind: &str) -> Result<(), db::Error> {
    tx.run("delete from letter_texts where kind = $1", params![kind])?;
    Ok(())
}
