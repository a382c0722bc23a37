#![allow(clippy::unwrap_used)]

use db::{Tx, params};
use web::Error;

use super::*;
use crate::{
    AccountId,
    connections::{self, Counts},
    lists,
    testing::TestTown,
};

fn with_three(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, [AccountId; 3]) -> Result<(), Error> + Send + 'static) {
    let town = TestTown::of_people(kind);
    let three = ["Rosa Mora", "Ana Duarte", "Sam Oak"].map(|name| town.actor(name, "member").id);
    town.town.db.write_now(move |tx| unit(tx, three)).unwrap();
}

testkit::on_both! {
    fn a_block_ends_what_connected_the_two_and_lifting_it_brings_nothing_back(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            connections::ask(tx, rosa, ana, 1)?;
            connections::accept(tx, ana, rosa, 2)?;
            connections::ask(tx, sam, rosa, 3)?;
            let (hers, his) = (lists::make(tx, rosa, "Choir", 4)?, lists::make(tx, ana, "Allotment", 4)?);
            lists::put(tx, rosa, hers, ana, 5)?;
            lists::put(tx, ana, his, rosa, 5)?;
            block(tx, ana, rosa, 6)?;
            block(tx, ana, rosa, 7)?;
            for (one, other) in [(rosa, ana), (ana, rosa)] {
                assert!(is_blocked_either_way(tx, one, other)?);
                assert!(!connections::are_connected(tx, one, other)? && !connections::follows(tx, one, other.get())?);
                assert!(matches!(connections::follow(tx, one, other.get(), 8), Err(Error::NotFound)));
                assert!(matches!(connections::ask(tx, one, other, 8), Err(Error::NotFound)));
            }
            assert!(matches!(lists::put(tx, rosa, hers, ana, 8), Err(Error::NotFound)));
            assert!(!lists::has(tx, hers, ana)? && !lists::has(tx, his, rosa)?);
            assert_eq!(connections::counts(tx, ana.get())?, Counts::default());
            assert_eq!((hidden_from(tx, ana, 8)?, hidden_from(tx, rosa, 8)?), ((vec![rosa], None), (vec![ana], None)));
            assert_eq!(connections::waiting(tx, rosa)?, 1, "what others ask goes on");
            block(tx, rosa, sam, 9)?;
            assert_eq!(connections::waiting(tx, rosa)?, 0, "a request goes with the block");
            assert_eq!(blocked(tx, ana, "", 9)?.iter().map(|who| who.handle.as_str()).collect::<Vec<_>>(), ["rosa_mora"]);
            assert!(blocked(tx, ana, "rosa_mora", 9)?.is_empty());
            unblock(tx, ana, rosa)?;
            assert!(!is_blocked_either_way(tx, rosa, ana)? && !connections::follows(tx, rosa, ana.get())?);
            Ok(())
        });
    }

    fn only_whoever_blocks_lifts_the_block(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            block(tx, ana, rosa, 1)?;
            unblock(tx, rosa, ana)?;
            assert!(is_blocked_either_way(tx, rosa, ana)?);
            assert!(matches!(block(tx, ana, ana, 1), Err(Error::Forbidden(_))));
            assert!(matches!(mute(tx, ana, ana, None, 1), Err(Error::Forbidden(_))));
            Ok(())
        });
    }

    fn a_mute_ends_when_it_was_to_end(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            connections::follow(tx, rosa, ana.get(), 1)?;
            mute(tx, rosa, ana, Some(100), 1)?;
            mute(tx, rosa, sam, None, 1)?;
            assert_eq!(muted_by(tx, rosa, 99)?, [ana, sam].into());
            assert_eq!(muted_by(tx, rosa, 100)?, [sam].into());
            assert!(is_muted(tx, rosa, ana, 99)? && !is_muted(tx, rosa, ana, 100)? && !is_muted(tx, ana, rosa, 1)?);
            assert_eq!(hidden_from(tx, rosa, 99)?, (vec![ana, sam], Some(100)));
            assert_eq!(hidden_from(tx, rosa, 100)?, (vec![sam], None));
            assert_eq!(muted(tx, rosa, 99, "", 9)?.iter().map(|muted| muted.ends_at).collect::<Vec<_>>(), [Some(100), None]);
            assert!(connections::follows(tx, rosa, ana.get())?, "a mute ends nothing");
            mute(tx, rosa, ana, None, 1)?;
            assert!(is_muted(tx, rosa, ana, i64::MAX)?, "the last word counts");
            mute(tx, rosa, ana, Some(100), 1)?;
            end_expired(tx, 100)?;
            assert_eq!(tx.one("select count(*) from mutes", params![], |row| row.get::<i64>(0))?, 1);
            let before = connections::version(tx, rosa)?;
            unmute(tx, rosa, sam)?;
            unmute(tx, rosa, sam)?;
            assert!(muted_by(tx, rosa, 0)?.is_empty());
            assert_eq!(connections::version(tx, rosa)?, before + 1);
            Ok(())
        });
    }

    fn conditions_for_lists_say_what_the_functions_say(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            block(tx, ana, rosa, 1)?;
            mute(tx, ana, sam, Some(50), 1)?;
            let mut ids = |viewer: AccountId, condition: &str| {
                tx.all(&format!("select a.id from accounts a where {condition} and cast($2 as bigint) > 0 order by a.id"), params![viewer, 49], |row| row.get::<AccountId>(0))
            };
            let no_block = where_no_block("$1", "a.id");
            assert_eq!(ids(ana, &no_block)?, [ana, sam]);
            assert_eq!(ids(rosa, &no_block)?, [rosa, sam]);
            assert_eq!(ids(AccountId::new(0), &no_block)?, [rosa, ana, sam]);
            assert_eq!(ids(ana, &where_not_muted("$1", "a.id", "$2"))?, [rosa, ana]);
            Ok(())
        });
    }
}

#[test]
fn every_length_of_a_mute_is_found_by_its_name() {
    for lasts in Lasts::ALL {
        assert_eq!(Lasts::named(lasts.name()), Some(lasts));
    }
    assert_eq!(Lasts::named("year"), None);
    let ends: Vec<_> = Lasts::ALL.iter().map(|lasts| lasts.ends_at(5)).collect();
    assert_eq!(ends, [Some(5 + HOUR_MS), Some(5 + 24 * HOUR_MS), Some(5 + 168 * HOUR_MS), Some(5 + 720 * HOUR_MS), None]);
}
