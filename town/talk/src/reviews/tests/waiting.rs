//! Reviews that are looked at before they appear.

use super::*;
use crate::reviews::rules::{BURST, WATCH_MS, why_held};

testkit::on_both! {
    fn reviews_of_newcomers_wait_and_count_nowhere(kind) {
        with_desk(kind, |tx, desk| {
            tx.run("update accounts set created_at = $2 where id = $1", params![desk.sam, NOW - DAY])?;
            let [sam, eve, guest] = [viewer(tx, desk.sam)?, viewer(tx, desk.eve)?, Viewer::default()];
            assert_eq!(why_held(tx, &eve, desk.subject, NOW)?, None);
            let held = why_held(tx, &sam, desk.subject, NOW)?;
            assert_eq!(held, Some(Reason::New));
            let (id, _) = put(tx, desk.sam, desk.subject, &says(1, "Terrible"), held, NOW)?;
            assert!(find(tx, &sam, id)?.held.is_some() && find(tx, &eve, id).is_err() && find(tx, &guest, id).is_err());
            for who in [&sam, &eve, &guest] {
                let found = listing(tx, who, desk.subject, serde_json::json!({}))?;
                assert_eq!((found.reviews.len(), found.tally.count(), found.mine.is_some()), (0, 0, who.me.as_ref().is_some_and(|me| me.id == desk.sam)));
            }
            assert_eq!((posts::counts_of(tx, desk.subject)?.reviews, notices(tx, desk.rosa)?.len(), count_waiting(tx, 10)?), (0, 0, 1));
            assert!(!has_any(tx, &eve, desk.sam)? && has_any(tx, &sam, desk.sam)?);
            let waits = waiting(tx, &eve, STORIES, (i64::MIN, PostId::new(0)), 10)?;
            assert_eq!((waits[0].review.id, waits[0].about.id), (id, desk.subject));
            // It goes on waiting when its author comes back to it later.
            put(tx, desk.sam, desk.subject, &says(2, "Still terrible"), None, NOW + 1)?;
            assert_eq!(count_waiting(tx, 10)?, 1);
            approve(tx, id, NOW + 2)?;
            approve(tx, id, NOW + 3)?;
            let found = listing(tx, &guest, desk.subject, serde_json::json!({}))?;
            assert_eq!((titles(&found), found.tally.stars), (vec!["Still terrible"], [0, 1, 0, 0, 0]));
            assert_eq!((notices(tx, desk.rosa)?, count_waiting(tx, 10)?), (vec![("review".to_owned(), 1)], 0));
            // What a newcomer writes into it later is looked at again.
            put(tx, desk.sam, desk.subject, &says(5, "Changed"), Some(Reason::New), NOW + 4)?;
            assert_eq!((posts::counts_of(tx, desk.subject)?.reviews, drift(tx, false)?), (0, vec![]));
            Ok(())
        });
    }

    fn a_burst_is_held_and_watched_for_a_day(kind) {
        let town = TestTown::of_people(kind);
        let people: Vec<AccountId> = (0..BURST + 3).map(|number| town.actor(&format!("Reader {number}"), "member").id).collect();
        let all = move |tx: &mut Tx| -> Result {
            tx.run("update accounts set created_at = 0", params![])?;
            let (author, crowd) = people.split_last().unwrap();
            let (quiet, loud) = (subject(tx, "story", *author, Visibility::Public)?, subject(tx, "story", *author, Visibility::Public)?);
            let mut appeared = 0;
            for (number, who) in (0_i64..).zip(crowd) {
                let (now, viewer) = (NOW + number * 60_000, viewer(tx, *who)?);
                let held = why_held(tx, &viewer, loud, now)?;
                appeared += i64::from(held.is_none());
                put(tx, *who, loud, &says(1, &format!("Boo {number}")), held, now)?;
                assert_eq!(why_held(tx, &viewer, quiet, now)?, None);
            }
            assert_eq!((appeared, posts::counts_of(tx, loud)?.reviews), (BURST, BURST));
            let late = viewer(tx, crowd[0])?;
            let after = NOW + WATCH_MS - 1;
            assert_eq!(why_held(tx, &late, loud, after)?, Some(Reason::Burst), "dripping does not help");
            assert_eq!(watched(tx, STORIES, after)?.iter().map(|one| one.about.id).collect::<Vec<_>>(), [loud]);
            end_watch(tx, loud)?;
            assert_eq!((why_held(tx, &late, loud, after)?, watched(tx, STORIES, after)?.len()), (None, 0));
            Ok(())
        };
        town.town.db.write_now(all).unwrap();
    }

    fn a_subject_that_gets_many_anyway_bears_more(kind) {
        let town = TestTown::of_people(kind);
        let people: Vec<AccountId> = (0..12).map(|number| town.actor(&format!("Reader {number}"), "member").id).collect();
        let all = move |tx: &mut Tx| -> Result {
            tx.run("update accounts set created_at = 0", params![])?;
            let subject = subject(tx, "story", people[11], Visibility::Public)?;
            for (number, who) in (0_i64..).zip(&people[..10]) {
                put(tx, *who, subject, &says(4, &number.to_string()), None, NOW + number)?;
            }
            let late = viewer(tx, people[10])?;
            assert_eq!(why_held(tx, &late, subject, NOW + 3 * 3_600_000)?, None, "long after");
            assert_eq!(why_held(tx, &late, subject, NOW + 100)?, Some(Reason::Burst));
            Ok(())
        };
        town.town.db.write_now(all).unwrap();
    }

    fn what_was_taken_down_is_not_written_again(kind) {
        with_desk(kind, |tx, desk| {
            let (id, _) = put(tx, desk.sam, desk.subject, &says(1, "Rude"), None, NOW)?;
            take_down(tx, id, desk.eve, "Rude", NOW + 1)?;
            assert!(matches!(put(tx, desk.sam, desk.subject, &says(1, "Ruder"), None, NOW + 2), Err(Error::Forbidden(_))));
            assert_eq!((posts::counts_of(tx, desk.subject)?.reviews, notices(tx, desk.rosa)?.len()), (0, 0));
            restore(tx, id, NOW + 3)?;
            assert_eq!(posts::counts_of(tx, desk.subject)?.reviews, 1);
            remove(tx, id, NOW + 4)?;
            remove(tx, id, NOW + 5)?;
            assert_eq!(posts::counts_of(tx, desk.subject)?.reviews, 0);
            let (again, _) = put(tx, desk.sam, desk.subject, &says(3, "Calmer"), None, NOW + 6)?;
            assert_eq!((again, posts::counts_of(tx, desk.subject)?.reviews, drift(tx, false)?), (id, 1, vec![]));
            remove(tx, id, NOW + 7)?;
            assert!(matches!(restore(tx, id, NOW + 7 + posts::RESTORE_MS), Err(Error::Gone)));
            assert_eq!(posts::purge_removed(tx, NOW + 7 + posts::RESTORE_MS)?, 1);
            let (fresh, _) = put(tx, desk.sam, desk.subject, &says(3, "Anew"), None, NOW + 8 + posts::RESTORE_MS)?;
            assert!(fresh != id && drift(tx, false)?.is_empty());
            // A subject that goes for good takes its reviews along.
            posts::remove(tx, desk.subject, NOW)?;
            posts::purge_removed(tx, NOW + posts::RESTORE_MS)?;
            let left: i64 = tx.one("select count(*) from posts where kind = 'review'", params![], |row| row.get(0))?;
            assert_eq!(left, 0);
            Ok(())
        });
    }
}
