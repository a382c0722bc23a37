//! Connections: ten million follows, and members who follow five hundred people, sections and topics each.

use db::{Tx, params};
use std::{collections::BTreeSet, ops::Range};

use super::{
    ACCOUNTS, AUTHORS, WRITERS,
    people_rows::{SECTIONS, TOPICS},
    rows,
};
use crate::dice::Dice;

/// Members whose browsers ask for their home feeds: so many, beginning with the first that does not write.
pub const READERS: usize = 200;
/// What each of these follows.
const FOLLOWS: usize = 500;
/// What everybody else follows: ten million in all.
const USUAL: usize = 100;

/// What these accounts follow, everybody the first of all writers.
pub fn follows(tx: &mut Tx, places: Range<usize>) -> Result<(), db::Error> {
    for place in places {
        let mut dice = Dice::new(7_000_000 + place as u64);
        let reader = (WRITERS..WRITERS + READERS).contains(&place);
        let targets = if reader { targets_of_reader(&mut dice, place) } else { targets(&mut dice, place) };
        let account = rows::account(place);
        for target in &targets {
            tx.run(
                "insert into follows (account_id, target_id, created_at) values ($1, $2, $3)",
                params![account, *target, account.created_ms()],
            )?;
        }
        tx.run("insert into connection_counts (owner_id, following) values ($1, $2)", params![account, targets.len()])?;
    }
    Ok(())
}

/// Half of them wrote something, a third are topics, all sections.
fn targets_of_reader(dice: &mut Dice, place: usize) -> BTreeSet<i64> {
    let mut targets: BTreeSet<i64> = (0..SECTIONS).map(|section| rows::section(section).get()).collect();
    while targets.len() < FOLLOWS {
        let target = match targets.len() % 6 {
            0..3 => rows::account(dice.below(AUTHORS)).get(),
            3..5 => rows::topic(dice.skewed(TOPICS)).get(),
            _ => rows::account(dice.below(ACCOUNTS)).get(),
        };
        if target != rows::account(place).get() {
            targets.insert(target);
        }
    }
    targets
}

fn targets(dice: &mut Dice, place: usize) -> BTreeSet<i64> {
    let mut targets = BTreeSet::new();
    if place > 0 {
        targets.insert(rows::account(0).get());
    }
    while targets.len() < USUAL {
        let target = dice.skewed(ACCOUNTS);
        if target != place {
            targets.insert(rows::account(target).get());
        }
    }
    targets
}

/// How many follow each, once all of them do; the index by which they are found is built then, in one go.
pub fn counts(tx: &mut Tx) -> Result<(), db::Error> {
    tx.script(
        "create index follows_target on follows (target_id, created_at, account_id);
         insert into connection_counts (owner_id, followers)
           select target_id, count(*) from follows where true group by target_id
           on conflict (owner_id) do update set followers = excluded.followers;",
    )
}
