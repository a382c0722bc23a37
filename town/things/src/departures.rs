//! What becomes of posts when somebody leaves: what they take along, and what still leads to them.

use db::{Tx, params};
use people::{AccountId, departures::Departure};
use talk::{
    comments, moderation,
    posts::{self, PostId, Visibility},
    reviews, shares,
};
use web::{Error, Tag};

use crate::{albums, organizations, polls, stories};

/// Removes posts of which nobody else is an author: all of them, or only those that readers never saw, or saw as friends who they
/// no longer are. At most so many at
/// once; says how many it were, and which pages change. They are deleted for good as whatever else was removed.
///
/// # Errors
/// When the database does not answer.
pub fn take_along(tx: &mut Tx, leaving: Departure, limit: u32, now: i64) -> Result<(usize, Vec<Tag>), Error> {
    let found = tx.all(
        "select p.id, p.kind from post_authors a join posts p on p.id = a.post_id
         where a.account_id = $1 and p.deleted_at is null and ($2 = 1 or p.visibility in ($3, 'connections', 'list'))
           and not exists (select 1 from post_authors other where other.post_id = p.id and other.account_id <> $1)
         order by p.id limit $4",
        params![leaving.account, i64::from(leaving.with_posts), Visibility::OnlyMe.name(), limit],
        |row| Ok((row.get::<PostId>(0)?, row.text(1)?.to_owned())),
    )?;
    if leaving.with_posts {
        reviews::forget_answers(tx, leaving.account)?;
        // What was taken down goes with the rest: nobody is left who could have it brought back.
        tx.run(
            "update posts set hidden = 0, kept_until = null where author_id = $1 and deleted_at is not null and kept_until is not null
               and not exists (select 1 from post_authors other where other.post_id = posts.id and other.account_id <> $1)",
            params![leaving.account],
        )?;
    }
    let mut tags = Vec::new();
    for (id, kind) in &found {
        match kind.as_str() {
            "story" => tags.extend(stories::take_off(tx, *id, leaving.account, now)?),
            "album" => tags.extend(albums::take_off(tx, *id, now)?),
            "comment" => tags.extend(comments::remove(tx, *id, now)?),
            "review" => tags.extend(reviews::remove(tx, *id, now)?),
            _ => {
                posts::remove(tx, *id, now)?;
                posts::unshelve(tx, *id)?;
            }
        }
    }
    Ok((found.len(), tags))
}

/// Deletes what only they saw or did here: what they saved, shared and pinned, where they were writing, words that lost a race, what
/// they chose in polls, whose counts stay.
///
/// # Errors
/// When the database does not answer.
pub fn forget(tx: &mut Tx, account: AccountId, now: i64) -> Result<(), db::Error> {
    organizations::forget(tx, account, now)?;
    shares::forget(tx, account)?;
    moderation::forget(tx, account)?;
    comments::forget_waiting(tx, account)?;
    polls::forget(tx, account)?;
    for table in ["saved", "story_editors", "draft_copies", "pins", "note_drafts", "conversation_choices"] {
        tx.run(&format!("delete from {table} where account_id = $1"), params![account])?;
    }
    Ok(())
}

/// Whether anything here still leads to an account.
///
/// # Errors
/// When the database does not answer.
pub fn has_traces(tx: &mut Tx, account: AccountId) -> Result<bool, db::Error> {
    let traces = [
        "posts where author_id",
        "post_authors where account_id",
        "revisions where account_id",
        "drafts where updated_by",
        "draft_copies where account_id",
        "front_pages where account_id",
        "reviews where answer_by",
        "contexts where author_id",
    ];
    for trace in traces {
        if tx.first(&format!("select 1 from {trace} = $1 limit 1"), params![account], |row| row.get::<i64>(0))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
