//! Comments that come, go, come back and leave with their authors, in any order: counts are exact.

use db::{Tx, params};
use people::{AccountId, departures::Departure};
use proptest::prelude::*;
use talk::{
    PostId,
    comments::{self, Content},
    posts::Visibility,
};
use web::Error;

use super::Square;
use crate::notes::{self, Written};

/// Something that happens: who does it, and to which of the comments there are.
#[derive(Clone, Copy, Debug)]
enum Act {
    Say(usize),
    Answer(usize, usize),
    Delete(usize),
    Restore(usize),
    Leave(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0..3_usize).prop_map(Act::Say),
        4 => (0..3_usize, any::<usize>()).prop_map(|(by, to)| Act::Answer(by, to)),
        3 => any::<usize>().prop_map(Act::Delete),
        3 => any::<usize>().prop_map(Act::Restore),
        1 => (0..3_usize).prop_map(Act::Leave),
    ]
}

fn play(tx: &mut Tx, note: PostId, people: &[AccountId], acts: &[Act]) -> Result<(), Error> {
    let mut said: Vec<PostId> = Vec::new();
    for (number, act) in acts.iter().enumerate() {
        let now = 1_000 + i64::try_from(number).unwrap_or(0);
        let content = Content { body: format!("number {number}"), ..Content::default() };
        match *act {
            Act::Say(by) => said.push(comments::post(tx, people[by], (note, None), &content, now)?.0),
            Act::Answer(by, to) if !said.is_empty() => {
                let parent = said[to % said.len()];
                said.push(comments::post(tx, people[by], (note, Some(parent)), &content, now)?.0);
            }
            Act::Delete(which) if !said.is_empty() => drop(comments::remove(tx, said[which % said.len()], now)?),
            Act::Restore(which) if !said.is_empty() => drop(comments::restore(tx, said[which % said.len()], now)?),
            Act::Leave(who) => {
                while crate::departures::take_along(tx, Departure { account: people[who], with_posts: true }, 2, now)?.0 > 0 {}
            }
            _ => {}
        }
    }
    Ok(())
}

/// Counts that are not what there is: post, what is stored, what stands.
fn wrong(tx: &mut Tx) -> Result<Vec<(i64, i64, i64)>, db::Error> {
    let standing = "select count(*) from comments c join posts p on p.id = c.id and p.deleted_at is null where";
    let sql = format!(
        "select k.post_id, k.comments, ({standing} c.subject_id = k.post_id or c.parent_id = k.post_id) from post_counts k
           where k.comments <> ({standing} c.subject_id = k.post_id or c.parent_id = k.post_id)
         union all
         select t.id, t.replies, ({standing} c.thread_id = t.id and c.id <> t.id) from comments t
           where t.parent_id is null and t.replies <> ({standing} c.thread_id = t.id and c.id <> t.id)"
    );
    tx.all(&sql, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

testkit::on_both! {
    fn counts_are_exact_after_anything(kind) {
        let square = Square::new(kind);
        let people = [square.rosa.id, square.sam.id, square.ana.id];
        let host = square.town.actor("Willa Stone", "member").id;
        let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let run = runner.run(&proptest::collection::vec(act(), 1..40), |acts| {
            let found = square.town.town.db.write_now(move |tx| -> Result<_, Error> {
                let content = notes::Content { body: "Talk here".into(), ..notes::Content::default() };
                let (note, _) = notes::post(tx, host, &Written { content, audience: Visibility::Public.into(), speaker: None, poll: None }, 1)?;
                play(tx, note, &people, &acts)?;
                Ok(wrong(tx)?)
            });
            prop_assert_eq!(found.map_err(|error| TestCaseError::fail(format!("{error:?}")))?, vec![]);
            Ok(())
        });
        run.unwrap();
    }
}
