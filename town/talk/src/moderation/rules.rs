//! The rules of the house by their short names, each with the reason that whoever broke it is given.

use db::{Row, Tx, params};
use web::{Error, Form, Problems};

use super::MAX_REASON;

db::id! {
    /// Names a rule.
    pub struct RuleId;
}

/// Longest name of a rule, in characters.
pub const MAX_NAME: usize = 60;
/// More rules than people can choose from.
const MOST: i64 = 30;

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// Its short name.
    pub name: String,
    /// What whoever broke it is told, unless the moderator writes something else.
    pub reason: String,
    /// Whether it is chosen no more.
    pub retired: bool,
}

/// What is written of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Its short name.
    pub name: String,
    /// Its reason.
    pub reason: String,
}

impl Changes {
    /// Reads `name` and `reason`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let changes = Self { name: text::clean_line(form.text("name")), reason: form.text("reason").trim().to_owned() };
        if changes.name.is_empty() {
            problems.add("name", "Give the rule a short name.");
        } else if changes.name.chars().count() > MAX_NAME {
            problems.add("name", format!("Use at most {MAX_NAME} characters for the name."));
        }
        if changes.reason.is_empty() {
            problems.add("reason", "Write what whoever breaks it is told.");
        } else if changes.reason.chars().count() > MAX_REASON {
            problems.add("reason", format!("Use at most {MAX_REASON} characters for the reason."));
        }
        changes
    }
}

fn rule(row: &Row) -> Result<Rule, db::Error> {
    Ok(Rule { id: row.get(0)?, name: row.get(1)?, reason: row.get(2)?, retired: row.get::<i64>(3)? == 1 })
}

/// All rules in their order, the retired ones last.
///
/// # Errors
/// When the database does not answer.
pub fn all(tx: &mut Tx) -> Result<Vec<Rule>, db::Error> {
    tx.all("select id, name, reason, retired from house_rules order by retired, position, id", params![], rule)
}

/// Those that can be chosen.
///
/// # Errors
/// When the database does not answer.
pub fn in_force(tx: &mut Tx) -> Result<Vec<Rule>, db::Error> {
    Ok(all(tx)?.into_iter().filter(|rule| !rule.retired).collect())
}

/// One of them.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(tx: &mut Tx, id: RuleId) -> Result<Rule, Error> {
    tx.first("select id, name, reason, retired from house_rules where id = $1", params![id], rule)?.ok_or(Error::NotFound)
}

/// Adds one after all others.
///
/// # Errors
/// `Invalid` when there are too many.
pub fn add(tx: &mut Tx, changes: &Changes) -> Result<RuleId, Error> {
    let (many, last): (i64, i64) =
        tx.one("select count(*), coalesce(max(position), 0) from house_rules", params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if many >= MOST {
        return Err(Error::invalid("name", format!("There are {MOST} rules already, and nobody chooses from more. Change one of them.")));
    }
    let id = RuleId::fresh();
    tx.run(
        "insert into house_rules (id, position, name, reason) values ($1, $2, $3, $4)",
        params![id, last + 1, &changes.name, &changes.reason],
    )?;
    Ok(id)
}

/// Changes one, and whether it can be chosen.
///
/// # Errors
/// When the database does not answer.
pub fn change(tx: &mut Tx, id: RuleId, changes: &Changes, retired: bool) -> Result<(), db::Error> {
    let sql = "update house_rules set name = $2, reason = $3, retired = $4 where id = $1";
    tx.run(sql, params![id, &changes.name, &changes.reason, i64::from(retired)])?;
    Ok(())
}
