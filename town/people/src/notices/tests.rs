//! Notices through the store. Their page is a wing above, and tested there.
#![allow(clippy::unwrap_used)]

use db::{Tx, params};
use web::Error;

use super::*;
use crate::{
    AccountId, blocks,
    connections::{self, FOLLOW, FRIENDS, REQUEST},
    testing::TestTown,
};

type Result<T = (), E = Error> = std::result::Result<T, E>;

const LOUD: Kind =
    Kind { name: "loud", title: "x", icon: "x", one: "x", many: "x", usual: Ways { site: true, email: Email::Once, push: false } };
const GATHERED: Kind = Kind { name: "gathered", usual: Ways { site: true, email: Email::Daily, push: false }, ..LOUD };

fn with_three(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, [AccountId; 3]) -> Result + Send + 'static) {
    let town = TestTown::of_people(kind);
    let three = ["Rosa Mora", "Ana Duarte", "Sam Oak"].map(|name| town.actor(name, "member").id);
    town.town.db.write_now(move |tx| unit(tx, three)).unwrap();
}

/// Kind, whether it is read, how many people are in it: those of an account, the oldest first.
fn of(tx: &mut Tx, account: AccountId) -> Result<Vec<(String, bool, i64)>> {
    let sql = "select n.kind, n.read_at, (select count(*) from notice_people p where p.notice_id = n.id) from notices n
        where n.account_id = $1 order by n.id";
    Ok(tx.all(sql, params![account], |row| Ok((row.get(0)?, row.get::<Option<i64>>(1)?.is_some(), row.get(2)?)))?)
}

fn jobs_of(tx: &mut Tx, kind: &str) -> Result<i64> {
    Ok(tx.one("select count(*) from jobs where kind = $1", params![kind], |row| row.get(0))?)
}

fn first(tx: &mut Tx, account: AccountId) -> Result<NoticeId> {
    Ok(tx.one("select id from notices where account_id = $1 order by id limit 1", params![account], |row| row.get(0))?)
}

testkit::on_both! {
    fn followers_gather_in_one_notice_until_it_is_read(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            connections::follow(tx, ana, rosa.get(), 10)?;
            connections::follow(tx, sam, rosa.get(), 20)?;
            assert_eq!((of(tx, rosa)?, unread(tx, rosa)?), (vec![(FOLLOW.name.to_owned(), false, 2)], 1));
            let notice = first(tx, rosa)?;
            read_one(tx, ana, notice, 30)?;
            assert_eq!(unread(tx, rosa)?, 1, "nobody reads for another");
            read_one(tx, rosa, notice, 30)?;
            read_one(tx, rosa, notice, 31)?;
            assert_eq!((unread(tx, rosa)?, unread(tx, ana)?), (0, 0));
            connections::unfollow(tx, sam, rosa.get())?;
            connections::follow(tx, sam, rosa.get(), 40)?;
            assert_eq!(of(tx, rosa)?, [(FOLLOW.name.to_owned(), true, 2), (FOLLOW.name.to_owned(), false, 1)]);
            connections::unfollow(tx, sam, rosa.get())?;
            assert_eq!((of(tx, rosa)?.len(), unread(tx, rosa)?), (1, 0), "what is undone is not told");
            Ok(())
        });
    }

    fn a_friendship_is_told_at_each_of_its_steps(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            connections::ask(tx, rosa, ana, 1)?;
            connections::ask(tx, sam, ana, 1)?;
            assert_eq!(of(tx, ana)?, [(REQUEST.name.to_owned(), false, 1), (REQUEST.name.to_owned(), false, 1)], "each is answered by itself");
            connections::accept(tx, ana, rosa, 2)?;
            connections::refuse(tx, ana, sam, 2)?;
            assert_eq!((of(tx, ana)?.len(), unread(tx, ana)?), (0, 0), "an answered request is nobody's news");
            assert_eq!(of(tx, rosa)?, [(FRIENDS.name.to_owned(), false, 1)], "and that they follow each other goes without saying");
            assert!(of(tx, sam)?.is_empty(), "whoever is refused is not told");
            Ok(())
        });
    }

    fn a_request_that_is_taken_back_is_not_told(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            connections::ask(tx, rosa, ana, 1)?;
            connections::withdraw(tx, rosa, ana, 2)?;
            assert_eq!((of(tx, ana)?.len(), unread(tx, ana)?), (0, 0));
            Ok(())
        });
    }

    fn nobody_hears_of_whom_they_mute_nor_across_a_block(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            blocks::mute(tx, rosa, ana, Some(100), 1)?;
            connections::follow(tx, ana, rosa.get(), 50)?;
            assert!(of(tx, rosa)?.is_empty());
            tell(tx, rosa, &News::by(&LOUD, ana), 100)?;
            assert_eq!(of(tx, rosa)?.len(), 1, "a mute ends by itself");
            blocks::block(tx, sam, rosa, 101)?;
            for (to, by) in [(rosa, sam), (sam, rosa)] {
                tell(tx, to, &News::by(&LOUD, by), 102)?;
            }
            assert_eq!((of(tx, rosa)?.len(), of(tx, sam)?.len()), (1, 0));
            tell(tx, rosa, &News::by(&LOUD, rosa), 103)?;
            assert_eq!(of(tx, rosa)?[0].2, 1, "nor of what they do themselves");
            Ok(())
        });
    }

    fn a_block_takes_away_what_was_told(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            connections::follow(tx, ana, rosa.get(), 10)?;
            tell(tx, rosa, &News::by(&LOUD, ana), 10)?;
            tell(tx, rosa, &News::by(&LOUD, sam), 10)?;
            blocks::block(tx, ana, rosa, 20)?;
            assert_eq!(of(tx, rosa)?, [("loud".to_owned(), false, 1)]);
            blocks::mute(tx, rosa, sam, None, 21)?;
            assert_eq!((of(tx, rosa)?.len(), unread(tx, rosa)?), (0, 0));
            Ok(())
        });
    }

    fn each_way_is_chosen_by_itself(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            tell(tx, rosa, &News::by(&LOUD, ana), 1)?;
            tell(tx, rosa, &News::by(&LOUD, sam), 2)?;
            assert_eq!(jobs_of(tx, "notice.letter")?, 1, "one letter, however many join until it is read");
            tell(tx, rosa, &News::by(&GATHERED, ana), 3)?;
            tell(tx, ana, &News::by(&GATHERED, sam), 3)?;
            tell(tx, ana, &News { about: 7, ..News::by(&GATHERED, sam) }, 3)?;
            assert_eq!(jobs_of(tx, "notice.digest")?, 2, "one a day for each member");
            choose(tx, sam, "loud", Ways { site: false, email: Email::Once, push: false })?;
            tell(tx, sam, &News::by(&LOUD, ana), 4)?;
            assert_eq!((jobs_of(tx, "notice.letter")?, unread(tx, sam)?), (2, 0), "mailed, and not counted here");
            choose(tx, sam, "loud", Ways { site: false, email: Email::Never, push: false })?;
            read_all(tx, sam, 10, 10)?;
            assert_eq!(unread(tx, sam)?, 0);
            tell(tx, sam, &News::by(&LOUD, ana), 11)?;
            assert_eq!(of(tx, sam)?.len(), 1, "by no way at all");
            no_letters(tx, rosa, &[&LOUD, &GATHERED], Email::Daily)?;
            assert_eq!(choices(tx, rosa)?.get("gathered").map(|ways| (ways.site, ways.email)), Some((true, Email::Never)));
            assert!(!choices(tx, rosa)?.contains_key("loud"), "letters at once go on");
            Ok(())
        });
    }

    fn what_came_meanwhile_stays_unread(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            for about in 1..=3 {
                tell(tx, rosa, &News { about, ..News::by(&LOUD, ana) }, about * 10)?;
            }
            read_all(tx, rosa, 20, 25)?;
            assert_eq!(unread(tx, rosa)?, 1);
            entered(tx, rosa, "loud", 3, 26)?;
            assert_eq!(unread(tx, rosa)?, 0);
            Ok(())
        });
    }

    fn a_crowd_is_told_in_parts(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa Mora", "member").id;
        let others: Vec<AccountId> = (0..7).map(|number| town.actor(&format!("Member {number}"), "member").id).collect();
        town.town.db.write_now(move |tx| {
            for other in &others {
                connections::follow(tx, *other, rosa.get(), 1)?;
            }
            blocks::mute(tx, others[1], rosa, None, 1)?;
            choose(tx, others[2], "loud", Ways { site: false, email: Email::Never, push: false })?;
            tx.run("update accounts set suspended_at = 1 where id = $1", params![others[3]])?;
            let (mut after, mut parts) = (AccountId::new(0), 0);
            while let Some(last) = tell_followers(tx, &News::by(&LOUD, rosa), after, 3, 2)? {
                (after, parts) = (last, parts + 1);
            }
            assert_eq!(parts, 2);
            let told = "select count(*) from notices where kind = 'loud'";
            assert_eq!(tx.one(told, params![], |row| row.get::<i64>(0))?, 4);
            for other in &others {
                assert!(unread(tx, *other)? <= 1);
            }
            let everybody = News { by: None, about: 5, ..News::by(&LOUD, rosa) };
            assert!(tell_everybody(tx, &everybody, AccountId::new(0), 100, 3)?.is_none());
            assert_eq!(tx.one(told, params![], |row| row.get::<i64>(0))?, 4 + 6, "nobody in particular is muted by nobody");
            Ok::<_, Error>(())
        }).unwrap();
    }

    fn whoever_goes_takes_their_notices_along(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            for about in 1..=3 {
                tell(tx, rosa, &News { about, ..News::by(&LOUD, ana) }, about)?;
            }
            tell(tx, rosa, &News { about: 3, ..News::by(&LOUD, sam) }, 4)?;
            choose(tx, ana, "loud", LOUD.usual)?;
            assert!(leave(tx, ana, 2, 5)?);
            assert!(!leave(tx, ana, 2, 5)?);
            assert_eq!((of(tx, rosa)?, unread(tx, rosa)?), (vec![("loud".to_owned(), false, 1)], 1));
            assert!(choices(tx, ana)?.is_empty());
            Ok(())
        });
    }

    fn what_is_old_is_forgotten(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            tell(tx, rosa, &News::by(&LOUD, ana), 1)?;
            let now = first(tx, rosa)?.created_ms();
            assert_eq!(forget_old(tx, now + KEPT_MS - 1000, 10)?, 0);
            assert_eq!(forget_old(tx, now + KEPT_MS + 1000, 10)?, 1);
            assert_eq!((of(tx, rosa)?.len(), unread(tx, rosa)?), (0, 0));
            Ok(())
        });
    }
}
