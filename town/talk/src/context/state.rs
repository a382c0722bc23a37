//! How readers' context stands in this town, for everybody; and all that goes into the model, for whoever would compute it again.

use db::{Tx, params};
use std::collections::HashMap;
use std::fmt::Write as _;
use web::Tag;

use super::{ContextId, judging::Ratings, model::Status};

/// What shows the state.
pub(super) const TAG: Tag = Tag("contexts", 0);

/// The last judgement, and what came of it.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// How many there are of each status, in the order of [`Status::ALL`].
    pub statuses: [i64; 3],
    /// When all were judged last.
    pub at: Option<i64>,
    /// Whether the model was fitted.
    pub fitted: bool,
    pub ratings: i64,
    pub raters: i64,
    /// How generous the town is, in ten-thousandths.
    pub mu: i64,
}

pub(super) fn read(tx: &mut Tx) -> Result<State, db::Error> {
    let mut state = State::default();
    let sql = "select status, count(*) from contexts where removed_at is null group by status";
    tx.all(sql, params![], |row| {
        let status = Status::named(row.text(0)?);
        if let Some(at) = Status::ALL.iter().position(|one| *one == status) {
            state.statuses[at] += row.get::<i64>(1)?;
        }
        Ok(())
    })?;
    let sql = "select at, way, ratings, raters, mu from context_judgements where id = 1";
    tx.first(sql, params![], |row| {
        state.at = Some(row.get(0)?);
        state.fitted = row.text(1)? == "bridging";
        (state.ratings, state.raters, state.mu) = (row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(())
    })?;
    Ok(state)
}

/// The ratings that count, as a table: which rater, of which context, how helpful. Raters are numbers that mean nothing outside of the
/// file.
pub(super) fn ratings_file(of: &Ratings) -> String {
    let mut rows: Vec<(u32, u32, f64)> = of.ratings.iter().map(|rating| (rating.context, rating.rater, rating.value.score())).collect();
    rows.sort_by_key(|(context, rater, _)| (*context, *rater));
    // Accounts are in the order in which people joined; in the file, raters are in that of what they rated.
    let mut names: HashMap<u32, usize> = HashMap::new();
    let mut file = String::from("rater,context,rating\r\n");
    for (context, rater, score) in rows {
        let next = names.len() + 1;
        let name = *names.entry(rater).or_insert(next);
        let id = of.contexts.get(context as usize).copied().unwrap_or(ContextId::new(0));
        let _ = write!(file, "{name},{id},{score}\r\n");
    }
    file
}

/// The contexts, as a table: what each is about, and what the model says of it.
pub(super) fn contexts_file(tx: &mut Tx) -> Result<String, db::Error> {
    let mut file = String::from("context,post,written,status,ratings,intercept,factor\r\n");
    let sql = "select id, subject_id, written_at, status, ratings, intercept, factor from contexts where removed_at is null order by id";
    tx.all(sql, params![], |row| {
        let (id, post, written): (ContextId, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (ratings, intercept, factor): (i64, i64, i64) = (row.get(4)?, row.get(5)?, row.get(6)?);
        let written = text::times::iso(written);
        let decimal = |number: i64| format!("{:.4}", number as f64 / 10_000.0);
        let _ = write!(file, "{id},{post},{written},{},{ratings},{},{}\r\n", row.text(3)?, decimal(intercept), decimal(factor));
        Ok(())
    })?;
    Ok(file)
}
