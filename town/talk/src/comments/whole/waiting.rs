//! Comments that wait to be read, on the way out of a site or into one.

use db::{Tx, params};
use people::{AccountId, uses};
use serde::{Deserialize, Serialize};

use crate::{
    PostId,
    comments::{Content, store},
    files,
    gate::{self, Waits},
};

/// A line of `waiting_comments.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingLine {
    /// The id that it will have.
    pub id: PostId,
    /// What it is for.
    pub subject: PostId,
    /// What it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PostId>,
    /// Who wrote it.
    pub author: AccountId,
    /// What it says.
    pub content: Content,
    /// Since when it waits, and why.
    pub held: Waits,
}

/// Comments that wait, by their ids: all of them, or somebody's without what they were held for.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(tx: &mut Tx, of: Option<AccountId>, after: Option<PostId>, limit: u32) -> Result<Vec<WaitingLine>, db::Error> {
    let sql = "select id, subject_id, parent_id, author_id, body, language, held_at, held_why, held_for, label, pictures, sensitive from waiting_comments
         where id > $1 and (cast($2 as bigint) = 0 or author_id = $2) order by id limit $3";
    let rows = tx.all(sql, params![after.map_or(i64::MIN, PostId::get), of.map_or(0, AccountId::get), limit], |row| {
        let Some(held) = Waits::read(row, 6)? else { return Ok(None) };
        let content = store::content(row, 4, 5, 10)?;
        let held = if of.is_some() { held.for_its_author() } else { held };
        Ok(Some(WaitingLine { id: row.get(0)?, subject: row.get(1)?, parent: row.get(2)?, author: row.get(3)?, content, held }))
    })?;
    Ok(rows.into_iter().flatten().collect())
}

/// Takes one in that waits, if its author and its subject are here and it is neither waiting nor posted.
///
/// # Errors
/// When the database does not answer.
pub fn take_waiting(tx: &mut Tx, line: &WaitingLine) -> Result<bool, db::Error> {
    let WaitingLine { content, .. } = line;
    if (content.body.is_empty() && content.pictures.is_empty()) || !super::sound(content, super::MAX_BODY) {
        return Ok(false);
    }
    let held = line.held.held();
    let mut pictures = content.pictures.clone();
    files::keep_here(tx, &mut pictures)?;
    let new = tx.run(
        "insert into waiting_comments (id, subject_id, parent_id, author_id, body, language, held_at, held_why, held_for, label, pictures, sensitive)
         select cast($1 as bigint), s.id, cast($3 as bigint), a.id, cast($5 as text), cast($6 as text), cast($7 as bigint), cast($8 as text),
           cast($9 as text), cast($10 as text), cast($11 as text), cast($12 as bigint)
         from posts s join accounts a on a.id = $4
         where s.id = $2 and not exists (select 1 from posts p where p.id = $1) on conflict do nothing",
        params![
            line.id,
            line.subject,
            line.parent,
            line.author,
            &content.body,
            &content.language,
            line.held.at,
            held.why.name(),
            &held.what,
            &line.held.label,
            &files::to_keep(&pictures),
            i64::from(content.sensitive)
        ],
    )?;
    if new > 0 {
        gate::count(tx, line.author, 1)?;
        let keys: Vec<String> = pictures.into_iter().map(|attached| attached.key).collect();
        uses::set(tx, line.id.get(), &keys)?;
    }
    Ok(new > 0)
}
