//! A long conversation, and a full queue: what towns have that people have talked in for years.

use anyhow::Result;
use db::{Db, Tx, params};
use people::{AccountId, levels::Limit};
use talk::{
    PostId,
    comments::{self, Content},
    moderation::{Kind, Subject, cases, rules},
};

use super::{ACCOUNTS, READERS, WRITERS, pool, rows};
use crate::dice::Dice;

/// Comments under the oldest story.
const COMMENTS: usize = 5_000;
/// Cases that wait for moderators.
const CASES: usize = 10_000;
/// Comments, or cases, of one unit of work.
const AT_ONCE: usize = 1_000;
/// Who moderates.
const MODERATOR: usize = ACCOUNTS - 1;
/// Those who talk, and those who are reported.
const CROWD: usize = 20_000;

/// Whoever moderates.
pub fn moderator() -> usize {
    MODERATOR
}

/// The story under which everybody talks: its number and address.
pub fn subject(tx: &mut Tx) -> Result<(PostId, String), db::Error> {
    tx.one("select id, slug from stories where listed_at is not null order by listed_at, id limit 1", params![], |row| {
        let id: PostId = row.get(0)?;
        Ok((id, things::stories::address(id, row.text(1)?)))
    })
}

/// Adds what is missing of all this, and lifts what keeps single members from posting all day.
pub fn fill(db: &Db) -> Result<()> {
    db.write_now(|tx| {
        for limit in [Limit::NotesAnHour, Limit::CommentsAnHour, Limit::StoriesADay] {
            tx.run("delete from level_limits where name = $1", params![limit.name()])?;
        }
        tx.run("update accounts set level = 'moderator' where id = $1", params![rows::account(MODERATOR)])
    })
    .map_err(|error: db::Error| error)?;
    let (subject, _) = db.read_now(subject)?;
    let said = db.read_now(move |tx| {
        tx.all("select id from comments where subject_id = $1 order by id", params![subject], |row| row.get::<PostId>(0))
    });
    let mut said: Vec<PostId> = said.map_err(|error: db::Error| error)?;
    while said.len() < COMMENTS {
        let above = said.clone();
        said.extend(db.write_now(move |tx| talked(tx, subject, &above)).map_err(|error| refused(&error))?);
    }
    let waiting = db.read_now(|tx| tx.one("select count(*) from cases where state = 'open'", params![], |row| row.get::<usize>(0)));
    let waiting = waiting.map_err(|error: db::Error| error)?;
    for first in (waiting..CASES).step_by(AT_ONCE) {
        db.write_now(move |tx| reported(tx, first..(first + AT_ONCE).min(CASES))).map_err(|error| refused(&error))?;
    }
    Ok(())
}

/// What a room says, for whoever measures.
pub(super) fn refused(error: &web::Error) -> anyhow::Error {
    anyhow::anyhow!("{}", error.words())
}

fn somebody(place: usize) -> AccountId {
    rows::account(WRITERS + READERS + place)
}

/// Every third begins a thread; the others answer what was said before, mostly what was said early.
fn talked(tx: &mut Tx, subject: PostId, before: &[PostId]) -> Result<Vec<PostId>, web::Error> {
    let mut dice = Dice::new(31 + before.len() as u64);
    let mut said = before.to_vec();
    for _ in 0..AT_ONCE {
        let parent = (!said.is_empty() && !dice.once_in(3)).then(|| said[dice.skewed(said.len())]);
        let content = Content { body: pool::sentence(&mut dice), ..Content::default() };
        let (id, _) = comments::post(tx, somebody(dice.below(CROWD)), (subject, parent), &content, super::now())?;
        said.push(id);
    }
    Ok(said.split_off(before.len()))
}

/// Profiles, each reported by somebody else.
fn reported(tx: &mut Tx, places: std::ops::Range<usize>) -> Result<(), web::Error> {
    let rule = match rules::in_force(tx)?.first() {
        Some(rule) => rule.id,
        None => rules::add(tx, &rules::Changes { name: "Be truthful".into(), reason: "It is not true.".into() })?,
    };
    for place in places {
        let of = somebody(place);
        let subject = Subject { kind: Kind::Profile, id: of.get() };
        cases::report(tx, (subject, of), somebody(CROWD + place), (rule, "Says things about me that are not true."), super::now())?;
    }
    Ok(())
}
