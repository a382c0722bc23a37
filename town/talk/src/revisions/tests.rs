#![allow(clippy::unwrap_used)]
use super::*;
use crate::posts;
use db::{Tx, params};
use people::{AccountId, testing::TestTown};

type Result<T = ()> = std::result::Result<T, db::Error>;

const NEWEST: (i64, i64) = (i64::MAX, i64::MAX);

/// Runs one unit on a fresh town with an author in it.
fn with_author(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, AccountId) -> Result + Send + 'static) {
    let town = TestTown::of_people(kind);
    let rosa = town.actor("Rosa", "author").id;
    town.town.db.write_now(move |tx| unit(tx, rosa)).unwrap();
}

fn public(tx: &mut Tx, rosa: AccountId) -> Result<PostId> {
    let post = posts::insert(tx, "story", rosa, 0)?;
    tx.run("update posts set visibility = 'public' where id = $1", params![post])?;
    Ok(post)
}

fn notes(corrections: &[Correction]) -> Vec<&str> {
    corrections.iter().map(|correction| correction.note.as_str()).collect()
}

testkit::on_both! {
    fn each_post_numbers_its_own_revisions(kind) {
        with_author(kind, |tx, rosa| {
            let (one, two) = (public(tx, rosa)?, public(tx, rosa)?);
            let numbers = [insert(tx, one, rosa, "a", None, 1)?, insert(tx, one, rosa, "b", Some("Wrong day."), 2)?, insert(tx, two, rosa, "c", None, 3)?];
            assert_eq!(numbers, [1, 2, 1]);
            let newest = latest(tx, one)?.unwrap();
            assert_eq!((newest.number, newest.content.as_str(), newest.correction.as_deref(), newest.by.name.as_str()), (2, "b", Some("Wrong day."), "Rosa"));
            assert_eq!(named(tx, one, 1)?.unwrap().content, "a");
            assert!(named(tx, one, 3)?.is_none() && named(tx, two, 2)?.is_none() && latest(tx, PostId::new(1))?.is_none());
            Ok(())
        });
    }

    fn the_history_is_newest_first_and_carries_no_contents(kind) {
        with_author(kind, |tx, rosa| {
            let post = public(tx, rosa)?;
            for number in 1..=3 {
                insert(tx, post, rosa, "a long text", None, number)?;
            }
            let history = of(tx, post)?;
            assert_eq!(history.iter().map(|revision| revision.number).collect::<Vec<_>>(), [3, 2, 1]);
            assert!(history.iter().all(|revision| revision.content.is_empty()));
            Ok(())
        });
    }

    fn a_posts_corrections_stand_in_the_order_they_were_made(kind) {
        with_author(kind, |tx, rosa| {
            let post = public(tx, rosa)?;
            for (number, note) in [None, Some("first"), None, Some("second")].into_iter().enumerate() {
                insert(tx, post, rosa, "", note, number as i64)?;
            }
            assert_eq!(notes(&corrections_of(tx, post)?), ["first", "second"]);
            Ok(())
        });
    }

    fn the_public_list_holds_corrections_of_public_posts_alone(kind) {
        with_author(kind, |tx, rosa| {
            let (shown, hidden, removed) = (public(tx, rosa)?, posts::insert(tx, "story", rosa, 0)?, public(tx, rosa)?);
            insert(tx, shown, rosa, "", None, 1)?;
            insert(tx, shown, rosa, "", Some("shown"), 2)?;
            insert(tx, hidden, rosa, "", Some("hidden"), 3)?;
            insert(tx, removed, rosa, "", Some("removed"), 4)?;
            posts::remove(tx, removed, 5)?;
            assert_eq!(notes(&corrections(tx, NEWEST, 9)?), ["shown"]);
            posts::restore(tx, removed, 6)?;
            assert_eq!(notes(&corrections(tx, NEWEST, 9)?), ["removed", "shown"]);
            Ok(())
        });
    }

    fn the_public_list_is_paged_without_gap_or_repetition(kind) {
        with_author(kind, |tx, rosa| {
            let post = public(tx, rosa)?;
            let written: Vec<String> = (0..7).map(|number| number.to_string()).collect();
            for (number, note) in written.iter().enumerate() {
                // Two share each moment.
                insert(tx, post, rosa, "", Some(note), number as i64 / 2)?;
            }
            let (mut read, mut from) = (Vec::new(), NEWEST);
            loop {
                let page = corrections(tx, from, 2)?;
                let Some(last) = page.last() else { break };
                from = (last.created_at, last.id);
                read.extend(page.into_iter().map(|correction| correction.note));
            }
            assert_eq!(read, written.into_iter().rev().collect::<Vec<_>>());
            Ok(())
        });
    }
}
