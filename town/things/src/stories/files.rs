//! Which files stories use, told to [`people::uses`] in the unit that writes them.
//!
//! A story's id holds what its working copy, its kept copies and its published version show; each revision's id what that revision
//! shows, as long as its history can be read.

use db::{Tx, params};
use people::{Town, uses};
use talk::{PostId, revisions};
use web::Error;

use super::content::Content;

/// Stories gone through in one unit: long histories of long stories fit into a moment of the writer.
const AT_ONCE: i64 = 20;

/// Says what a story uses. After every change of its working copy, its kept copies or its newest revision.
pub(super) fn hold(tx: &mut Tx, story: PostId) -> Result<(), db::Error> {
    let texts: Vec<String> = tx.all(
        "select content from drafts where story_id = $1 union all select content from draft_copies where story_id = $1
         union all select content from revisions where post_id = $1 and number = (select max(number) from revisions where post_id = $1)",
        params![story],
        |row| row.get(0),
    )?;
    uses::set(tx, story.get(), &texts.iter().flat_map(|text| files(text)).collect::<Vec<_>>())
}

/// A working copy that is the same as what is published has no text of its own.
fn files(json: &str) -> Vec<String> {
    serde_json::from_str(json).map(|content: Content| content.media_keys()).unwrap_or_default()
}

/// Goes once through what was written before uses were noted; until it is done no file is removed. Stops after so many
/// units, and goes on where it was when it is called again.
///
/// # Errors
/// When the database does not answer.
pub async fn recount(town: &Town) -> anyhow::Result<()> {
    const UNITS: usize = 2_000;
    for _ in 0..UNITS {
        let more = town.db.write(recount_some).await.map_err(|error: Error| anyhow::anyhow!(error.words()))?;
        if !more {
            break;
        }
    }
    Ok(())
}

fn recount_some(tx: &mut Tx) -> Result<bool, Error> {
    let Some(after) = tx.first("select after_id from media_recounts", params![], |row| row.get::<i64>(0))? else { return Ok(false) };
    let stories: Vec<PostId> =
        tx.all("select id from posts where kind = 'story' and id > $1 order by id limit $2", params![after, AT_ONCE], |row| row.get(0))?;
    for story in &stories {
        hold(tx, *story)?;
        for (number, json) in revisions::contents(tx, *story)? {
            revisions::shows(tx, *story, number, &files(&json))?;
        }
    }
    match stories.last() {
        Some(last) => tx.run("update media_recounts set after_id = $1", params![*last])?,
        None => tx.run("delete from media_recounts", params![])?,
    };
    Ok(true)
}
