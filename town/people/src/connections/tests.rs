//! Connections through the store. Their pages are a wing above, and tested there.
#![allow(clippy::unwrap_used)]

use db::{Tx, params};
use web::Error;

use super::*;
use crate::{AccountId, accounts, blocks, testing::TestTown};

const DAY: i64 = 24 * 60 * 60 * 1000;
const SECTION: i64 = 77;

type Result<T = (), E = Error> = std::result::Result<T, E>;

/// Runs one unit on a fresh town with Rosa, Ana and Sam in it.
fn with_three(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, [AccountId; 3]) -> Result + Send + 'static) {
    let town = TestTown::of_people(kind);
    let three = ["Rosa Mora", "Ana Duarte", "Sam Oak"].map(|name| town.actor(name, "member").id);
    town.town.db.write_now(move |tx| unit(tx, three)).unwrap();
}

fn page(viewer: AccountId, named: &str, before: Before, limit: u32) -> Page<'_> {
    Page { viewer, named, before, limit }
}

fn handles(list: &[Connected]) -> Vec<&str> {
    list.iter().map(|connected| connected.who.handle.as_str()).collect()
}

testkit::on_both! {
    fn following_is_counted_on_both_sides_and_once(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            let before = version(tx, rosa)?;
            assert!(follow(tx, rosa, ana.get(), 1)? && follow(tx, rosa, SECTION, 2)?);
            assert!(!follow(tx, rosa, ana.get(), 3)?, "twice is once");
            assert!(follows(tx, rosa, ana.get())? && !follows(tx, ana, rosa.get())?);
            assert_eq!(counts(tx, rosa.get())?, Counts { following: 2, ..Counts::default() });
            assert_eq!((counts(tx, ana.get())?.followers, counts(tx, SECTION)?.followers), (1, 1));
            assert_eq!(version(tx, rosa)?, before + 2);
            assert_eq!(followed_among(tx, rosa, &[SECTION, 78, ana.get()])?, [SECTION, ana.get()].into());
            assert_eq!(targets(tx, rosa)?, [SECTION, ana.get()]);
            assert!(unfollow(tx, rosa, ana.get())? && !unfollow(tx, rosa, ana.get())?);
            assert!(!remove_follower(tx, ana, rosa)?);
            assert_eq!((counts(tx, ana.get())?.followers, counts(tx, rosa.get())?.following), (0, 1));
            assert!(matches!(follow(tx, rosa, rosa.get(), 1), Err(Error::Forbidden(_))));
            Ok(())
        });
    }

    fn one_follows_so_much_and_no_more(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            tx.run("insert into connection_counts (owner_id, following) values ($1, $2)", params![rosa, MAX_FOLLOWS - 1])?;
            assert!(follow(tx, rosa, SECTION, 1)?);
            assert!(matches!(follow(tx, rosa, ana.get(), 2), Err(Error::Conflict(_))));
            assert!(!follow(tx, rosa, SECTION, 3)?, "what one follows already is no more");
            Ok(())
        });
    }

    fn followers_of_what_goes_away_follow_what_takes_its_place(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            follow(tx, rosa, SECTION, 1)?;
            follow(tx, ana, SECTION, 2)?;
            follow(tx, ana, 78, 3)?;
            move_followers(tx, SECTION, 78)?;
            assert_eq!((counts(tx, SECTION)?.followers, counts(tx, 78)?.followers), (0, 2));
            assert_eq!((targets(tx, rosa)?, targets(tx, ana)?), (vec![78], vec![78]));
            assert_eq!(counts(tx, ana.get())?.following, 1);
            Ok(())
        });
    }

    fn friends_are_those_who_both_agreed(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            assert_eq!(ask(tx, rosa, ana, 1)?, Asked::Waits);
            assert_eq!(ask(tx, rosa, ana, 2)?, Asked::Waits);
            assert_eq!(ask(tx, sam, ana, 3)?, Asked::Waits);
            assert_eq!((waiting(tx, ana)?, waiting(tx, rosa)?), (2, 0));
            assert_eq!(handles(&requests_to(tx, ana, 9)?), ["sam_oak", "rosa_mora"]);
            assert_eq!(handles(&requests_by(tx, rosa, 9)?), ["ana_duarte"]);
            assert!(!are_connected(tx, rosa, ana)? && !follows(tx, rosa, ana.get())?);
            accept(tx, ana, rosa, 4)?;
            assert!(are_connected(tx, rosa, ana)? && are_connected(tx, ana, rosa)? && !are_connected(tx, sam, ana)?);
            assert!(follows(tx, rosa, ana.get())? && follows(tx, ana, rosa.get())?);
            assert_eq!((counts(tx, ana.get())?, waiting(tx, ana)?), (Counts { followers: 1, following: 1, friends: 1, waiting: 1 }, 1));
            assert_eq!(ask(tx, rosa, ana, 5)?, Asked::Friends);
            unfollow(tx, rosa, ana.get())?;
            assert!(are_connected(tx, rosa, ana)?, "one can be a friend and not follow");
            end(tx, ana, rosa)?;
            assert!(!are_connected(tx, rosa, ana)? && follows(tx, ana, rosa.get())?);
            assert_eq!((counts(tx, ana.get())?.friends, counts(tx, rosa.get())?.friends), (0, 0));
            Ok(())
        });
    }

    fn a_request_that_was_taken_back_cannot_be_agreed_to(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            ask(tx, rosa, ana, 1)?;
            withdraw(tx, rosa, ana, 2)?;
            assert_eq!(waiting(tx, ana)?, 0);
            assert!(matches!(accept(tx, ana, rosa, 3), Err(Error::Conflict(_))));
            assert!(matches!(accept(tx, rosa, ana, 3), Err(Error::Conflict(_))), "nobody agrees to what they asked themselves");
            assert!(!are_connected(tx, rosa, ana)?);
            Ok(())
        });
    }

    fn asking_whoever_asked_is_consent(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            ask(tx, rosa, ana, 1)?;
            assert_eq!(ask(tx, ana, rosa, 2)?, Asked::Friends);
            assert!(are_connected(tx, rosa, ana)?);
            assert_eq!((waiting(tx, ana)?, waiting(tx, rosa)?), (0, 0));
            // Also whoever refused first and then thought better of it.
            ask(tx, sam, ana, 3)?;
            refuse(tx, ana, sam, 4)?;
            assert_eq!(ask(tx, ana, sam, 5)?, Asked::Friends);
            assert_eq!((waiting(tx, ana)?, waiting(tx, sam)?), (0, 0));
            Ok(())
        });
    }

    fn who_is_refused_is_not_told_and_does_not_ask_again_at_once(kind) {
        with_three(kind, |tx, [rosa, ana, _]| {
            ask(tx, rosa, ana, 1)?;
            refuse(tx, ana, rosa, DAY)?;
            refuse(tx, ana, rosa, DAY)?;
            assert_eq!((waiting(tx, ana)?, requests_to(tx, ana, 9)?.len()), (0, 0));
            let seen = |tx: &mut Tx| between(tx, rosa, ana, 2 * DAY).map(|between| between.asked);
            assert!(seen(tx)? && !requests_by(tx, rosa, 9)?.is_empty());
            withdraw(tx, rosa, ana, 2 * DAY)?;
            assert!(!seen(tx)?);
            assert_eq!(ask(tx, rosa, ana, 3 * DAY)?, Asked::Waits);
            assert!(seen(tx)?);
            assert_eq!((waiting(tx, ana)?, requests_to(tx, ana, 9)?.len()), (0, 0), "it is not shown so soon");
            withdraw(tx, rosa, ana, 4 * DAY)?;
            ask(tx, rosa, ana, DAY + AGAIN_MS)?;
            assert_eq!((waiting(tx, ana)?, requests_to(tx, ana, 9)?.len()), (1, 1));
            Ok(())
        });
    }

    fn nobody_asks_everybody(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            assert!(matches!(ask(tx, rosa, rosa, 1), Err(Error::Forbidden(_))));
            for number in 0..MAX_REQUESTS {
                let other = format!("other_{number}");
                let new = accounts::NewAccount { handle: text::handle::parse(&other).unwrap(), name: other, email: None, level: "member".into() };
                let other = accounts::insert(tx, &new, None, 0)?;
                ask(tx, rosa, other, number)?;
            }
            assert!(matches!(ask(tx, rosa, ana, 1), Err(Error::Conflict(_))));
            assert_eq!(ask(tx, sam, ana, 1)?, Asked::Waits);
            Ok(())
        });
    }

    fn lists_of_connections_are_paged_newest_first_and_found_by_name(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            for (account, at) in [(ana, 1), (sam, 1)] {
                follow(tx, account, rosa.get(), at)?;
            }
            let guest = AccountId::new(0);
            let first = followers(tx, rosa.get(), page(guest, "", Before::NEWEST, 1))?;
            assert_eq!(handles(&first), ["sam_oak"]);
            let before: Before = first[0].before().to_string().parse().unwrap();
            assert_eq!(handles(&followers(tx, rosa.get(), page(guest, "", before, 9))?), ["ana_duarte"]);
            for (named, found) in [("dua", vec!["ana_duarte"]), ("oak sa", vec!["sam_oak"]), ("@sam_oak", vec!["sam_oak"]), ("oak ana", vec![]), ("rosa", vec![])] {
                assert_eq!(handles(&followers(tx, rosa.get(), page(guest, named, Before::NEWEST, 9))?), found, "{named}");
            }
            assert_eq!(handles(&following(tx, sam, page(guest, "", Before::NEWEST, 9))?), ["rosa_mora"]);
            ask(tx, rosa, sam, 2)?;
            accept(tx, sam, rosa, 3)?;
            assert_eq!(handles(&friends(tx, sam, page(guest, "mora", Before::NEWEST, 9))?), ["rosa_mora"]);
            // Whom a block parts from the viewer is not shown to them, nor who was shown out to anybody.
            blocks::block(tx, ana, sam, 4)?;
            assert_eq!(handles(&followers(tx, rosa.get(), page(ana, "", Before::NEWEST, 9))?), ["ana_duarte"]);
            assert_eq!(handles(&followers(tx, rosa.get(), page(sam, "", Before::NEWEST, 9))?), ["sam_oak"]);
            accounts::set_suspended(tx, ana, true, 5)?;
            assert_eq!(handles(&followers(tx, rosa.get(), page(guest, "", Before::NEWEST, 9))?), ["sam_oak"]);
            Ok(())
        });
    }

    fn conditions_for_lists_say_what_the_functions_say(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            ask(tx, rosa, ana, 1)?;
            accept(tx, ana, rosa, 2)?;
            follow(tx, sam, ana.get(), 3)?;
            let mut ids = |condition: String| {
                tx.all(&format!("select a.id from accounts a where {condition} and $1 = $1 order by a.id"), params![ana], |row| row.get::<AccountId>(0))
            };
            assert_eq!(ids(where_connected("$1", "a.id"))?, [rosa]);
            assert_eq!(ids(where_follows("a.id", "$1"))?, [rosa, sam]);
            Ok(())
        });
    }

    fn members_choose_who_sees_their_connections(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, ana, sam] = ["Rosa", "Ana", "Sam"].map(|name| town.actor(name, "member").id);
        let as_viewer = |me: Option<AccountId>| {
            let me = me.map(|id| crate::Me {
                locked: false,
                minor: false,
                shows_sensitive: false,
                id,
                handle: String::new(),
                name: String::new(),
                picture: None,
                session: crate::sign_in::SessionId::new(1),
                standing: accounts::Standing::Member,
                waiting: 0,
                limited_until: None,
                cases: 0,
                held: 0,
                unread: 0,
                proved_at: 0,
            });
            crate::Viewer { me, ..crate::Viewer::default() }
        };
        let viewers = [None, Some(sam), Some(ana), Some(rosa)].map(as_viewer);
        let seen = town.town.db.write_now(move |tx| {
            ask(tx, rosa, ana, 1)?;
            accept(tx, ana, rosa, 2)?;
            assert_eq!(choices(tx, rosa)?, Choices::default());
            let mut seen = Vec::new();
            for shown_to in ShownTo::ALL {
                choose(tx, rosa, shown_to)?;
                let chosen = choices(tx, rosa)?.shown_to;
                seen.push(viewers.iter().map(|viewer| sees_connections(tx, viewer, rosa, chosen)).collect::<std::result::Result<Vec<_>, db::Error>>()?);
            }
            Ok::<_, Error>(seen)
        }).unwrap();
        assert_eq!(seen, [[true, true, true, true], [false, true, true, true], [false, false, true, true], [false, false, false, true]]);
    }

    fn who_leaves_leaves_nothing_behind(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            ask(tx, rosa, ana, 1)?;
            accept(tx, ana, rosa, 2)?;
            ask(tx, sam, rosa, 3)?;
            ask(tx, rosa, sam, 3)?;
            end(tx, rosa, sam)?;
            ask(tx, sam, rosa, 4)?;
            follow(tx, rosa, SECTION, 5)?;
            let list = crate::lists::make(tx, ana, "Choir", 6)?;
            crate::lists::put(tx, ana, list, rosa, 7)?;
            let mut units = 1;
            crate::lists::make(tx, rosa, "Street", 6)?;
            blocks::mute(tx, rosa, sam, None, 7)?;
            choose(tx, rosa, ShownTo::Public)?;
            while leave(tx, rosa, 1)? {
                units += 1;
            }
            assert!(units > 3, "in short units");
            assert_eq!((counts(tx, ana.get())?, counts(tx, sam.get())?, counts(tx, SECTION)?.followers), (Counts::default(), Counts::default(), 0));
            assert_eq!(crate::lists::find(tx, ana, list)?.unwrap().members, 0);
            assert!(crate::finding::find(tx, "rosa", AccountId::new(0), 9)?.is_empty() && crate::lists::all_of(tx, rosa)?.is_empty());
            for table in ["follows", "friendships", "friend_requests", "list_members", "mutes", "connection_choices"] {
                assert_eq!(tx.one(&format!("select count(*) from {table}"), params![], |row| row.get::<i64>(0))?, 0, "{table}");
            }
            Ok(())
        });
    }
}
