//! Counters: numbers that are kept with every change instead of counted, and how they are counted again.
//!
//! A room that keeps one says beside its store how it would be counted ([`Counter`]), and looks for drift with [`check`]. No request
//! does that: it is for `ocotillo verify`, after a restored backup, a hand in the database, or to be sure.

#[cfg(test)]
mod tests;

use db::{Param, Tx};

/// A column that says how many rows there are elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Counter {
    /// What it counts, for people: "likes".
    pub what: &'static str,
    /// The table it stands in.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The columns that say whose it is: a number, and perhaps a name.
    pub keys: (&'static str, Option<&'static str>),
    /// Counts anew, in SQL: the keys under their names, and `counted`.
    pub counted: &'static str,
}

/// A counter that does not say what there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// What it counts.
    pub what: &'static str,
    /// Whose it is.
    pub of: (i64, String),
    /// What it says.
    pub stored: i64,
    /// What there is.
    pub counted: i64,
}

/// Counts anew, and answers what drifted; mended if that is wanted.
///
/// # Errors
/// When the database does not answer.
pub fn check(tx: &mut Tx, counters: &[Counter], mend: bool) -> Result<Vec<Drift>, db::Error> {
    let mut all = Vec::new();
    for counter in counters {
        let found = drifted(tx, counter)?;
        if mend {
            found.iter().try_for_each(|drift| set(tx, counter, drift))?;
        }
        all.extend(found);
    }
    Ok(all)
}

fn drifted(tx: &mut Tx, counter: &Counter) -> Result<Vec<Drift>, db::Error> {
    let Counter { what, table, column, keys: (key, name), counted } = *counter;
    let names = |of: &str| name.map_or_else(|| "cast('' as text)".to_owned(), |name| format!("{of}.{name}"));
    let same = format!("n.{key} = c.{key}{}", name.map(|name| format!(" and n.{name} = c.{name}")).unwrap_or_default());
    let (of_stored, of_counted) = (names("c"), names("n"));
    // Also what is counted nowhere yet.
    let sql = format!(
        "select c.{key}, {of_stored}, c.{column}, coalesce(n.counted, 0) from {table} c left join ({counted}) n on {same}
         where c.{column} <> coalesce(n.counted, 0)
         union all
         select n.{key}, {of_counted}, 0, n.counted from ({counted}) n where not exists (select 1 from {table} c where {same})
         order by 1, 2"
    );
    tx.all(&sql, &[], |row| Ok(Drift { what, of: (row.get(0)?, row.get(1)?), stored: row.get(2)?, counted: row.get(3)? }))
}

fn set(tx: &mut Tx, counter: &Counter, drift: &Drift) -> Result<(), db::Error> {
    let Counter { table, column, keys: (key, name), .. } = *counter;
    let mut params: Vec<Param> = db::params![drift.of.0, drift.counted].to_vec();
    let (mut whose, mut columns, mut values) = (format!("{key} = $1"), format!("{key}, {column}"), "$1, $2".to_owned());
    if let Some(name) = name {
        params.extend_from_slice(db::params![drift.of.1]);
        whose.push_str(&format!(" and {name} = $3"));
        columns.push_str(&format!(", {name}"));
        values.push_str(", $3");
    }
    if tx.run(&format!("update {table} set {column} = $2 where {whose}"), &params)? == 0 {
        tx.run(&format!("insert into {table} ({columns}) values ({values})"), &params)?;
    }
    Ok(())
}
