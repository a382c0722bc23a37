//! Connections: ten million follows, and members who follow five hundred people, sections and topics each.

use db::{Tx, params};
use people::AccountId;
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
/// Rows of one statement.
const AT_ONCE: usize = 50;
/// What everybody else follows: ten million in all.
const USUAL: usize = 100;

/// What these accounts follow, everybody the first of all writers.
pub fn follows(tx: &mut Tx, places: Range<usize>) -> Result<(), db::Error> {
    for place in places {
        let mut dice = Dice::new(7_000_000 + place as u64);
        let reader = (WRITERS..WRITERS + READERS).contains(&place);
        let targets = if reader { targets_of_reader(&mut dice, place) } else { targets(&mut dice, place) };
        let account = rows::account(place);
        let targets: Vec<i64> = targets.into_iter().collect();
        targets.chunks(AT_ONCE).try_for_each(|some| follow(tx, account, some))?;
        tx.run("insert into connection_counts (owner_id, following) values ($1, $2)", params![account, targets.len()])?;
    }
    Ok(())
}

/// Many rows a statement: to a server each is a way there and back.
fn follow(tx: &mut Tx, account: AccountId, targets: &[i64]) -> Result<(), db::Error> {
    let rows: Vec<String> = (0..targets.len()).map(|place| format!("($1, ${}, $2)", place + 3)).collect();
    let sql = format!("insert into follows (account_id, target_id, created_at) values {}", rows.join(", "));
    let of: Vec<_> = targets.iter().copied().map(db::Param::Int).collect();
    tx.run(&sql, &[params![account, account.created_ms()], &of].concat()).map(drop)
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
