//! What is judged besides the whole: a few words each, in an order. A section may have its own; elsewhere those of the site hold.

use db::{Row, Tx, params};
use web::{Error, Form, Problems};

db::id! {
    /// Names something that is judged.
    pub struct CriterionId;
    /// Names whose criteria some are: a section; 0 is the whole site.
    pub struct OwnerId;
}

/// Most criteria of one section: more stars than anybody likes to give.
pub const MOST: usize = 6;
/// Characters of one.
pub const MAX_WORDS: usize = 40;
/// Whose the site's usual ones are.
pub const USUAL: i64 = 0;

/// Whose those of organizations are: nobody else has this id.
pub const ORGANIZATIONS: i64 = 1;

/// Something that is judged in stars of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// What people read.
    pub words: String,
}

impl Criterion {
    /// Its field in forms.
    pub fn field(&self) -> String {
        format!("criterion-{}", self.id)
    }
}

fn criterion(row: &Row) -> Result<Criterion, db::Error> {
    Ok(Criterion { id: row.get(0)?, words: row.get(1)? })
}

/// Those that a section made for itself, in their order; none where the usual ones hold.
///
/// # Errors
/// When the database does not answer.
pub fn own(tx: &mut Tx, owner: i64) -> Result<Vec<Criterion>, db::Error> {
    let sql = "select id, words from review_criteria where owner_id = $1 and retired = 0 order by position, id";
    tx.all(sql, params![owner], criterion)
}

/// Those that hold for what stands in a section.
///
/// # Errors
/// When the database does not answer.
pub fn of(tx: &mut Tx, owner: i64) -> Result<Vec<Criterion>, db::Error> {
    let found = own(tx, owner)?;
    if found.is_empty() && owner != USUAL { own(tx, USUAL) } else { Ok(found) }
}

/// Reads `criteria`: one a line.
pub fn parse(form: &Form, problems: &mut Problems) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in form.text("criteria").lines() {
        let words = text::note::clean(line).split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() && !all.iter().any(|other| text::fold(other) == text::fold(&words)) {
            all.push(words);
        }
    }
    if all.len() > MOST {
        problems.add("criteria", format!("Use at most {MOST} criteria: whoever reviews has to think about each."));
    }
    if let Some(long) = all.iter().find(|words| words.chars().count() > MAX_WORDS) {
        problems.add("criteria", format!("“{}” is too long. Use at most {MAX_WORDS} characters for each.", text::excerpt(long, MAX_WORDS)));
    }
    all
}

/// Sets those of a section; none brings the usual ones back. One that stays keeps the stars it was given, one that goes is retired.
///
/// # Errors
/// When the database does not answer.
pub fn set(tx: &mut Tx, owner: i64, words: &[String]) -> Result<(), Error> {
    let before = tx.all("select id, words from review_criteria where owner_id = $1 order by retired, id", params![owner], criterion)?;
    tx.run("update review_criteria set retired = 1 where owner_id = $1", params![owner])?;
    for (position, words) in (1_i64..).zip(words) {
        match before.iter().find(|known| text::fold(&known.words) == text::fold(words)) {
            Some(known) => tx.run(
                "update review_criteria set words = $2, position = $3, retired = 0 where id = $1",
                params![known.id, words, position],
            )?,
            None => tx.run(
                "insert into review_criteria (id, owner_id, words, position) values ($1, $2, $3, $4)",
                params![CriterionId::fresh(), owner, words, position],
            )?,
        };
    }
    Ok(())
}

/// Whoever had them is no more. What was given stays.
///
/// # Errors
/// When the database does not answer.
pub fn retire_of(tx: &mut Tx, owner: i64) -> Result<(), db::Error> {
    tx.run("update review_criteria set retired = 1 where owner_id = $1", params![owner]).map(drop)
}
