//! Filters and the front porch on their way out of a site or into one (docs/export.md).

use db::{Tx, params};
use serde::{Deserialize, Serialize};
use text::times::stamp;

use super::{Act, FilterId, Kind, MOST_POSTS, Porch, State, store};

/// A line of `filters.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: FilterId,
    /// `words` or `link`.
    pub kind: String,
    /// What it looks for, as it was written.
    pub pattern: String,
    /// The same as it is compared.
    pub folded: String,
    /// `hold`, `label`, `refuse` or `nudge`.
    pub act: String,
    /// Its sentence; may be empty.
    pub sentence: String,
    /// Since when.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// The one line of `porch.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PorchLine {
    /// `off`, `new` or `all`.
    pub state: String,
    /// How many posts of new members are read.
    pub posts: i64,
    /// The hour at which the daily letter goes; that of a site which says nothing where an older export has none.
    #[serde(default)]
    pub hour: Option<i64>,
}

/// All filters.
///
/// # Errors
/// When the database does not answer.
pub fn filters(tx: &mut Tx) -> Result<Vec<Line>, db::Error> {
    tx.all("select id, kind, pattern, folded, act, sentence, created_at from filters order by id", params![], |row| {
        Ok(Line {
            id: row.get(0)?,
            kind: row.get(1)?,
            pattern: row.get(2)?,
            folded: row.get(3)?,
            act: row.get(4)?,
            sentence: row.get(5)?,
            at: row.get(6)?,
        })
    })
}

/// Takes a filter in, unless there is one for the same.
///
/// # Errors
/// When the database does not answer.
pub fn take_filter(tx: &mut Tx, line: &Line) -> Result<bool, db::Error> {
    if Kind::named(&line.kind).is_none() || Act::named(&line.act).is_none() || line.folded.is_empty() {
        return Ok(false);
    }
    let new = tx.run(
        "insert into filters (id, kind, pattern, folded, act, sentence, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        params![line.id, &line.kind, &line.pattern, &line.folded, &line.act, &line.sentence, line.at],
    )?;
    Ok(new > 0)
}

/// The front porch.
///
/// # Errors
/// When the database does not answer.
pub fn porch(tx: &mut Tx) -> Result<PorchLine, db::Error> {
    let Porch { state, posts, hour } = store::porch(tx)?;
    Ok(PorchLine { state: state.name().to_owned(), posts, hour: Some(hour) })
}

/// Takes it in. Letters begin anew here: what came along stands in none.
///
/// # Errors
/// When the database does not answer.
pub fn take_porch(tx: &mut Tx, line: &PorchLine, now: i64) -> Result<bool, db::Error> {
    let porch = Porch {
        state: State::named(&line.state).unwrap_or_default(),
        posts: line.posts.clamp(1, MOST_POSTS),
        hour: line.hour.map_or(Porch::default().hour, |hour| hour.clamp(0, 23)),
    };
    store::set_porch(tx, porch, now)?;
    Ok(true)
}
