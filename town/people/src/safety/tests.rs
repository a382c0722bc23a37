//! Who reaches whom, the lock, minors: through the store and through the front door.
#![allow(clippy::unwrap_used)]

use db::{Tx, params};
use web::Error;

use super::*;
use crate::{
    AccountId, blocks, connections, finding,
    joining::Mode,
    notices::{self, News},
    testing::{Actor, PASSWORD, TestTown},
};

fn with_three(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, [AccountId; 3]) -> Result<(), Error> + Send + 'static) {
    let town = TestTown::of_people(kind);
    let three = ["Rosa Mora", "Ana Duarte", "Sam Oak"].map(|name| town.actor(name, "member").id);
    town.town.db.write_now(move |tx| unit(tx, three)).unwrap();
}

fn befriend(tx: &mut Tx, one: AccountId, other: AccountId) -> Result<(), Error> {
    connections::ask(tx, one, other, 1)?;
    connections::ask(tx, other, one, 1).map(drop)
}

fn minor(tx: &mut Tx, who: AccountId) -> Result<(), db::Error> {
    tx.run("update accounts set birth_year = 2015, minor_until = 99 where id = $1", params![who]).map(drop)
}

fn unread(tx: &mut Tx, of: AccountId) -> Result<i64, db::Error> {
    tx.one("select count(*) from notices where account_id = $1", params![of], |row| row.get(0))
}

/// The link of a letter whose text has this.
fn link_with(town: &TestTown, part: &str) -> String {
    let letter = town.letters().pop().unwrap();
    let line =
        letter.text.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part} in {}", letter.text)).trim().to_owned();
    line.trim_start_matches("http://localhost").to_owned()
}

/// A browser that came in by a mailed link.
async fn by_letter(town: &TestTown, of: &Actor) -> testkit::Client {
    let browser = town.guest();
    browser.post("/sign-in/link", &[("email", &format!("{}@town.example", of.handle))]).await.assert_status(200);
    browser.post(&link_with(town, "/sign-in/link/"), &[]).await.assert_status(303);
    browser
}

testkit::on_both! {
    fn mentions_reach_as_was_chosen(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            connections::follow(tx, rosa, ana.get(), 1)?;
            for (mentions, by_followed, by_other) in [(Mentions::Everybody, true, true), (Mentions::Followed, true, false), (Mentions::Nobody, false, false)] {
                choose(tx, rosa, Choices { mentions, ..Choices::default() })?;
                assert_eq!((may_mention(tx, ana, rosa)?, may_mention(tx, sam, rosa)?), (by_followed, by_other), "{mentions:?}");
            }
            choose(tx, rosa, Choices::default())?;
            minor(tx, rosa)?;
            assert!(may_mention(tx, ana, rosa)? && !may_mention(tx, sam, rosa)?, "grown-ups whom she does not follow");
            minor(tx, sam)?;
            assert!(may_mention(tx, sam, rosa)?, "another minor");
            lock(tx, rosa, None, 1)?;
            assert!(!may_mention(tx, ana, rosa)?);
            Ok(())
        });
    }

    fn requests_are_taken_as_was_chosen(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            befriend(tx, ana, sam)?;
            choose(tx, rosa, Choices { requests: Requests::FriendsOfFriends, ..Choices::default() })?;
            assert!(matches!(connections::ask(tx, sam, rosa, 2), Err(Error::Forbidden(_))));
            befriend(tx, rosa, ana)?;
            assert_eq!(connections::ask(tx, sam, rosa, 3)?, connections::Asked::Waits);
            connections::withdraw(tx, sam, rosa, 3)?;
            choose(tx, rosa, Choices { requests: Requests::Nobody, ..Choices::default() })?;
            assert!(!may_ask(tx, sam, rosa)?);
            connections::ask(tx, rosa, sam, 4)?;
            assert_eq!(connections::ask(tx, sam, rosa, 5)?, connections::Asked::Friends, "whom one asked may answer");
            Ok(())
        });
    }

    fn minors_are_asked_by_friends_of_friends_and_found_by_friends(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            minor(tx, rosa)?;
            assert!(matches!(connections::ask(tx, sam, rosa, 2), Err(Error::Forbidden(_))));
            assert!(finding::find(tx, "rosa", sam, 9)?.is_empty());
            befriend(tx, rosa, ana)?;
            assert_eq!(finding::find(tx, "rosa", ana, 9)?.len(), 1);
            befriend(tx, ana, sam)?;
            assert_eq!(connections::ask(tx, sam, rosa, 3)?, connections::Asked::Waits);
            assert_eq!((hides(tx, AccountId::new(0), rosa)?, hides(tx, sam, rosa)?), (Some(Hides::Minor), None));
            grow_up(tx, 98)?;
            assert!(is_minor(tx, rosa)?);
            grow_up(tx, 99)?;
            assert!(!is_minor(tx, rosa)? && finding::find(tx, "rosa", sam, 9)?.len() == 1);
            assert!(tx.one("select birth_year from accounts where id = $1", params![rosa], |row| row.get::<Option<i64>>(0))?.is_none());
            Ok(())
        });
    }

    fn a_locked_account_is_reached_by_nobody_and_seen_by_friends(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            befriend(tx, rosa, ana)?;
            tx.run("delete from notices", params![])?;
            assert!(lock(tx, rosa, None, 7)?);
            assert!(!lock(tx, rosa, None, 8)?, "it is locked already");
            assert!(is_locked(tx, rosa)? && !is_locked(tx, ana)?);
            assert!(matches!(connections::follow(tx, sam, rosa.get(), 9), Err(Error::NotFound)));
            assert!(matches!(connections::ask(tx, sam, rosa, 9), Err(Error::NotFound)));
            for by in [ana, sam] {
                notices::tell(tx, rosa, &News::by(&connections::FOLLOW, by), 9)?;
            }
            assert_eq!(unread(tx, rosa)?, 0);
            notices::tell(tx, rosa, &News { by: None, ..News::by(&connections::FOLLOW, ana) }, 9)?;
            assert_eq!(unread(tx, rosa)?, 1, "what nobody did is told, such as a word of the staff");
            assert_eq!((hides(tx, ana, rosa)?, hides(tx, sam, rosa)?, hides(tx, rosa, rosa)?), (None, Some(Hides::Locked), None));
            assert_eq!((finding::find(tx, "rosa", ana, 9)?.len(), finding::find(tx, "rosa", sam, 9)?.len()), (1, 0));
            assert!(unlock(tx, rosa, 10)? && !unlock(tx, rosa, 10)?);
            connections::follow(tx, sam, rosa.get(), 11)?;
            blocks::block(tx, rosa, sam, 12)?;
            Ok(())
        });
    }

    fn what_was_chosen_goes_out_and_comes_in(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            let chosen = Choices { shows_sensitive: true, mentions: Mentions::Followed, requests: Requests::Nobody };
            choose(tx, rosa, chosen)?;
            tx.run("update accounts set birth_year = 2015 where id = $1", params![ana])?;
            lock(tx, ana, None, 7)?;
            let lines = whole::lines(tx, None, None, 9)?;
            assert_eq!(lines.iter().map(|line| line.account).collect::<Vec<_>>(), [rosa, ana]);
            assert_eq!(whole::lines(tx, Some(ana), None, 9)?, lines[1..]);
            assert!(whole::lines(tx, None, Some(ana), 9)?.is_empty());
            assert!(!whole::take_in(tx, &lines[0], 9)?, "what was chosen here stays");
            assert!(whole::take_in(tx, &whole::Line { account: sam, ..lines[0].clone() }, 9)?);
            assert_eq!(choices(tx, sam)?, chosen);
            assert!(whole::take_in(tx, &whole::Line { account: sam, locked: Some(3), ..lines[0].clone() }, 9).is_ok());
            assert!(is_locked(tx, sam)?, "a lock comes along");
            let site = whole::Site { help: "Call Ana.".into(), minors_under: 16 };
            whole::put_site(tx, &site, 9)?;
            assert_eq!(whole::site(tx)?, site);
            assert!(is_minor(tx, ana)?, "who is a minor is counted anew");
            whole::put_site(tx, &whole::Site { minors_under: 99, ..site }, 9)?;
            assert!(!is_minor(tx, ana)?, "an age that is none asks nobody");
            Ok(())
        });
    }

    async fn the_lock_is_two_clicks_away_and_ends_every_other_way_in(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa Mora", "member");
        let phone = town.guest();
        phone.post("/sign-in", &[("email", "rosa_mora"), ("password", PASSWORD)]).await.assert_status(303);
        phone.get("/settings").await.assert_status(200).assert_text("Lock my account");
        let page = rosa.client.get("/settings/lock").await;
        page.assert_text("Every other device is signed out").assert_landmarks();
        let done = rosa.client.post("/settings/lock", &[]).await;
        rosa.client.follow(&done).await.assert_text("Your account is locked").assert_landmarks();
        assert!(phone.get("/settings").await.location().starts_with("/sign-in"));
        // The right password opens nothing, and says what does.
        let refused = phone.post("/sign-in", &[("email", "rosa_mora"), ("password", PASSWORD)]).await;
        assert_eq!(refused.location(), "/sign-in/link?done=account-locked");
        phone.follow(&refused).await.assert_text("This account is locked");
        assert!(phone.get("/settings").await.location().starts_with("/sign-in"));
        let browser = by_letter(&town, &rosa).await;
        browser.get("/settings/lock").await.assert_text("Your account is locked");
        // A letter showed that it is her; the device that locked it did not.
        let asked = rosa.client.post("/settings/lock/removal", &[]).await;
        assert!(asked.location().starts_with("/sign-in/again?next="));
        browser.post("/settings/lock/removal", &[]).await.assert_status(303);
        phone.post("/sign-in", &[("email", "rosa_mora"), ("password", PASSWORD)]).await.assert_status(303);
        phone.get("/settings").await.assert_status(200);
    }

    async fn a_letter_locks_an_account_without_signing_in(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa Mora", "member");
        let guest = town.guest();
        guest.get("/lock").await.assert_text("Lock my account").assert_landmarks();
        guest.post("/lock", &[("email", "nobody@town.example")]).await.assert_text("Look at your mail");
        assert!(town.letters().is_empty());
        guest.post("/lock", &[("email", "rosa_mora@town.example")]).await.assert_text("Look at your mail");
        let link = link_with(&town, "/lock/");
        guest.get(&link).await.assert_text("Rosa Mora").assert_landmarks();
        rosa.client.get("/settings").await.assert_status(200);
        guest.post(&link, &[]).await.assert_text("Your account is locked");
        assert!(rosa.client.get("/settings").await.location().starts_with("/sign-in"));
        guest.get("/lock/of-nobody").await.assert_status(410).assert_text("no longer works");
        // Every letter about a change of signing in has the way to the lock.
        let browser = by_letter(&town, &rosa).await;
        browser.post("/settings/lock/removal", &[]).await.assert_status(303);
        let from_change = link_with(&town, "/lock/");
        guest.post(&from_change, &[]).await.assert_text("Your account is locked");
        town.pass(8 * 24 * 60 * 60 * 1000);
        guest.post(&from_change, &[]).await.assert_status(410);
    }

    async fn members_choose_who_reaches_them(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa Mora", "member");
        let page = rosa.client.get("/settings/safety").await;
        page.assert_landmarks();
        rosa.client.submit(&page, "main form", &[("sensitive", "show"), ("mentions", "followed"), ("requests", "friends")]).await.assert_status(303);
        let id = rosa.id;
        let chosen = town.town.db.read_now(move |tx| choices(tx, id)).unwrap();
        assert_eq!(chosen, Choices { shows_sensitive: true, mentions: Mentions::Followed, requests: Requests::FriendsOfFriends });
        assert!(town.guest().get("/settings/safety").await.location().starts_with("/sign-in"));
    }

    async fn help_is_there_for_everybody_and_the_site_writes_it(kind) {
        let town = TestTown::of_people(kind);
        let guest = town.guest();
        let page = guest.get("/help").await;
        page.assert_text("emergency number").assert_landmarks();
        assert_eq!(page.attr("quick-leave a", "rel").as_deref(), Some("noreferrer noopener"));
        town.town.db.write_now(|tx| Settings { help: "Call **Ana** at the parish.".into(), minors_under: 0 }.save(tx, 1)).unwrap();
        town.reload();
        town.town.pages.changed(&[crate::town::SITE]);
        let page = guest.get("/help").await;
        page.assert_text("Call Ana at the parish");
        assert!(!page.has_text("911"));
        guest.get("/rules").await.assert_text("Whom to call");
    }

    async fn the_year_of_birth_is_asked_where_that_is_turned_on_and_kept_of_minors_alone(kind) {
        let town = TestTown::of_people(kind);
        town.open_to(Mode::Open);
        assert!(!town.guest().get("/join").await.has("[name=birth_year]"));
        town.town.db.write_now(|tx| Settings { help: String::new(), minors_under: 16 }.save(tx, 1)).unwrap();
        town.reload();
        let year = i16::try_from(1970 + town.town.now() / (31_556_952_000)).unwrap();
        for (handle, born, kept) in [("kim_oak", year - 12, true), ("sam_oak", year - 40, false)] {
            let browser = town.guest();
            assert!(browser.get("/join").await.has("[name=birth_year]"));
            let email = format!("{handle}@town.example");
            let (born, proof) = (born.to_string(), town.proof());
            let mut fields = vec![("display_name", handle), ("handle", handle), ("email", &*email), ("password", PASSWORD), ("rules", "1"), ("proof", &*proof)];
            browser.post("/join", &fields).await.assert_status(422).assert_text("the year in which you were born");
            let proof = town.proof();
            fields.truncate(5);
            fields.extend([("proof", &*proof), ("birth_year", &*born)]);
            browser.post("/join", &fields).await.assert_status(303);
            let handle = handle.to_owned();
            let sql = "select birth_year, minor_until from accounts where handle = $1";
            let found: (Option<i64>, Option<i64>) = town.town.db.read_now(move |tx| tx.one(sql, params![&handle], |row| Ok((row.get(0)?, row.get(1)?)))).unwrap();
            assert_eq!((found.0.is_some(), found.1.is_some()), (kept, kept));
        }
    }
}
