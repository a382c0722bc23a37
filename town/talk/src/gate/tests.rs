#![allow(clippy::unwrap_used)]

use db::Tx;
use people::{
    Viewer, accounts, levels,
    prevention::{Changes, Porch, State, store},
    testing::{Actor, TestTown},
};
use web::{Error, Form, Problems};

use super::*;
use crate::{PostId, comments, posts};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const LONG: &str = "Come to the great sale of garden chairs behind the depot";

fn filters(town: &TestTown, all: &[(&str, &str, &str)]) {
    let all: Vec<Changes> = all
        .iter()
        .map(|(pattern, act, sentence)| {
            let kind = if pattern.contains('.') { "link" } else { "words" };
            let form = Form::from_pairs([("kind", kind), ("pattern", *pattern), ("act", *act), ("sentence", *sentence)]);
            Changes::parse(&form, &mut Problems::default()).unwrap()
        })
        .collect();
    town.town.db.write_now(move |tx| all.iter().try_for_each(|changes| store::add(tx, changes, 1).map(drop))).unwrap();
    town.reload();
}

fn viewer(tx: &mut Tx, who: AccountId) -> Viewer {
    let account = accounts::by_id(tx, who).unwrap().unwrap();
    Viewer::away(&account, &levels::all(tx).unwrap())
}

/// What becomes of words; those that go through are remembered under an id of their own.
fn judged(town: &TestTown, who: &Actor, words: &str, sure: bool) -> Result<Passed, Error> {
    let (gate, id, words) = (Gate { sure, ..Gate::unasked(&town.town) }, who.id, words.to_owned());
    town.town.db.write_now(move |tx| {
        let viewer = viewer(tx, id);
        let passed = gate.judge(tx, &viewer, (&Words::of(&words), None))?;
        gate.remember(tx, &viewer, PostId::fresh(), &Words::of(&words))?;
        Ok(passed)
    })
}

fn why(judged: Result<Passed, Error>) -> Option<Why> {
    judged.unwrap().held.map(|held| held.why)
}

fn refused(judged: Result<Passed, Error>, field: &str) -> bool {
    matches!(judged, Err(Error::Invalid(problems)) if problems.of(field).is_some())
}

testkit::on_both! {
    fn filters_refuse_ask_hold_and_label(kind) {
        let town = TestTown::of_people(kind);
        let (sam, mod_) = (town.actor("Sam", "member"), town.actor("Mo", "moderator"));
        filters(&town, &[("casino", "refuse", ""), ("idiot", "nudge", "Be kind."), ("cheap pills", "hold", ""), ("rumour", "label", "Not confirmed."), ("spam.example", "hold", "")]);
        assert!(refused(judged(&town, &sam, "A CASINO!", true), "body"));
        assert!(refused(judged(&town, &sam, "You idiot", false), "sure"));
        assert_eq!(judged(&town, &sam, "You idiot", true).unwrap(), Passed::default());
        assert_eq!(judged(&town, &sam, "A rumour", false).unwrap(), Passed { held: None, label: "Not confirmed.".into() });
        let both = judged(&town, &sam, "A rumour about cheap pills", false).unwrap();
        assert_eq!((both.held.unwrap().what, both.label.as_str()), ("cheap pills".to_owned(), "Not confirmed."));
        assert_eq!(why(judged(&town, &sam, "see www.spam.example/x", false)), Some(Why::Filter));
        assert_eq!(judged(&town, &mod_, "A casino with cheap pills, idiot", false).unwrap(), Passed::default(), "whoever would read it");
        assert_eq!(judged(&town, &sam, "Fine words", false).unwrap(), Passed::default());
    }

    fn what_stands_is_changed_only_to_what_would_appear(kind) {
        let town = TestTown::of_people(kind);
        let sam = town.actor("Sam", "member").id;
        filters(&town, &[("pills", "hold", ""), ("rumour", "label", "Not confirmed.")]);
        let gate = Gate::unasked(&town.town);
        town.town.db.write_now(move |tx| {
            let sam = viewer(tx, sam);
            assert_eq!(gate.judge_change(tx, &sam, ("One", "Two"))?, "");
            assert_eq!(gate.judge_change(tx, &sam, ("One", "A rumour"))?, "Not confirmed.");
            assert!(matches!(gate.judge_change(tx, &sam, ("One", "Pills")), Err(Error::Invalid(_))));
            assert_eq!(gate.judge_change(tx, &sam, ("Pills", "Pills!"))?, "", "they were read");
            Ok::<_, Error>(())
        }).unwrap();
    }

    fn the_same_words_again_are_refused_and_of_several_wait(kind) {
        let town = TestTown::of_people(kind);
        let [sam, ana, eve] = ["Sam", "Ana", "Eve"].map(|name| town.actor(name, "member"));
        assert_eq!(why(judged(&town, &sam, LONG, false)), None);
        town.pass(59 * MINUTE);
        assert!(refused(judged(&town, &sam, &LONG.to_uppercase(), false), "body"));
        assert_eq!(why(judged(&town, &sam, "Thanks!", false)), None);
        assert_eq!(why(judged(&town, &sam, "Thanks!", false)), None, "short words are said again");
        assert_eq!(why(judged(&town, &ana, LONG, false)), None, "two may say the same");
        assert_eq!(why(judged(&town, &eve, LONG, false)), Some(Why::Repeated));
        town.pass(2 * DAY);
        assert_eq!(why(judged(&town, &sam, LONG, false)), None, "long after");
        let now = town.town.now();
        let left: i64 = town.town.db.write_now(move |tx| {
            forget_old(tx, now)?;
            tx.one("select count(*) from said", params![], |row| row.get(0))
        }).unwrap();
        assert_eq!(left, 1);
    }

    fn what_was_deleted_may_be_said_again(kind) {
        let town = TestTown::of_people(kind);
        let sam = town.actor("Sam", "member");
        let (gate, id, now) = (Gate::unasked(&town.town), sam.id, town.town.now());
        town.town.db.write_now(move |tx| {
            let viewer = viewer(tx, id);
            let post = posts::insert(tx, "note", id, now)?;
            gate.remember(tx, &viewer, post, &Words::of(LONG))?;
            assert!(matches!(gate.judge(tx, &viewer, (&Words::of(LONG), None)), Err(Error::Invalid(_))));
            assert_eq!(gate.judge(tx, &viewer, (&Words::of(LONG), Some(post)))?, Passed::default(), "nothing repeats itself");
            posts::remove(tx, post, now)?;
            assert_eq!(gate.judge(tx, &viewer, (&Words::of(LONG), None))?, Passed::default());
            Ok::<_, Error>(())
        }).unwrap();
    }

    fn links_of_many_new_members_wait(kind) {
        let town = TestTown::of_people(kind);
        let old = town.actor("Old", "member");
        town.pass(8 * DAY);
        let new: Vec<Actor> = (0..5).map(|number| town.actor(&format!("New {number}"), "member")).collect();
        for (number, who) in new.iter().take(4).enumerate() {
            assert_eq!(why(judged(&town, who, &format!("{number} see https://www.shop.example/{number} and http://localhost/1"), false)), None);
        }
        let held = judged(&town, &new[4], "Now https://shop.example", false).unwrap().held.unwrap();
        assert_eq!((held.why, held.what.as_str()), (Why::Links, "shop.example"));
        assert_eq!(why(judged(&town, &new[4], "Now http://localhost/2", false)), None, "the town itself floods nobody");
        assert_eq!(why(judged(&town, &old, "Really, https://shop.example", false)), None);
    }

    fn the_porch_holds_first_posts_or_all(kind) {
        let town = TestTown::of_people(kind);
        let [sam, rosa] = ["Sam", "Rosa"].map(|name| town.actor(name, "member"));
        let set = |state| {
            town.town.db.write_now(move |tx| store::set_porch(tx, Porch { state, posts: 2, ..Porch::default() }, 1)).unwrap();
            town.reload();
        };
        set(State::New);
        assert_eq!(why(judged(&town, &sam, "Hello", false)), Some(Why::Porch));
        let id = rosa.id;
        town.town.db.write_now(move |tx| {
            for _ in 0..2 {
                let post = posts::insert(tx, "note", id, 1)?;
                tx.run("update posts set visibility = 'public', published_at = 1 where id = $1", params![post])?;
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        assert_eq!(why(judged(&town, &rosa, "Hello", false)), None);
        set(State::All);
        assert_eq!(why(judged(&town, &rosa, "Hello", false)), Some(Why::Porch));
    }

    fn a_comment_waits_appears_and_is_refused(kind) {
        let town = TestTown::of_people(kind);
        let [sam, rosa] = ["Sam", "Rosa"].map(|name| town.actor(name, "member").id);
        let mo = town.actor("Mo", "moderator").id;
        let now = town.town.now();
        town.town.db.write_now(move |tx| {
            let subject = posts::insert(tx, "note", rosa, 1)?;
            posts::set_authors(tx, subject, &[rosa])?;
            tx.run("update posts set visibility = 'public', published_at = 1 where id = $1", params![subject])?;
            let held = Held { why: Why::Filter, what: "pills".into() };
            let says = |words: &str| comments::Content { body: words.into(), ..comments::Content::default() };
            let hold = |tx: &mut Tx, words: &str, at: i64| comments::hold(tx, sam, (subject, None), &says(words), (&held, "Careful."), at);
            let ids = [hold(tx, "One", now)?, hold(tx, "Two", now + 1)?, hold(tx, "Three", now + 2)?, hold(tx, "Four", now + 3)?];
            let unread = "select count(*) from notices";
            assert_eq!(tx.one(unread, params![], |row| row.get::<i64>(0))?, 0, "nobody is told");
            assert_eq!((posts::counts_of(tx, subject)?.comments, drift(tx, false)?, comments::drift(tx, false)?), (0, vec![], vec![]));
            assert_eq!(comments::waiting(tx, (i64::MIN, PostId::new(0)), 3)?.iter().map(|one| one.content.body.clone()).collect::<Vec<_>>(), ["One", "Two", "Three"]);
            assert_eq!(comments::waiting_of(tx, sam, Some(subject))?.len(), 4);
            assert!(comments::waiting_of(tx, rosa, None)?.is_empty());
            let (appeared, _) = comments::approve(tx, ids[0], now + 5)?;
            assert_eq!(appeared, ids[0], "its id stays");
            assert_eq!((posts::counts_of(tx, subject)?.comments, posts::label_of(tx, appeared)?), (1, "Careful.".to_owned()));
            let told = "select account_id, kind, post_id from notices order by kind";
            let told = tx.all(told, params![], |row| Ok((row.get::<AccountId>(0)?, row.get::<String>(1)?, row.get::<PostId>(2)?)))?;
            let expected = [(rosa, comments::COMMENT.name.to_owned(), subject), (sam, LET_THROUGH.name.to_owned(), ids[0])];
            assert_eq!(told, expected, "Rosa is told now, and so is Sam");
            assert!(matches!(comments::approve(tx, ids[0], now + 6), Err(Error::NotFound)));
            let moderator = viewer(tx, mo);
            comments::refuse_waiting(tx, &moderator, ids[1], "Advertising", ("Town", "http://town"), now + 7)?;
            assert_eq!(posts::counts_of(tx, subject)?.comments, 1);
            assert_eq!(tx.one("select count(*) from notices where account_id = $1", params![rosa], |row| row.get::<i64>(0))?, 1, "not of what was refused");
            let reasons: i64 = tx.one("select count(*) from statements where account_id = $1 and reason = 'Advertising'", params![sam], |row| row.get(0))?;
            assert_eq!(reasons, 1);
            assert!(matches!(comments::withdraw(tx, rosa, ids[2]), Err(Error::NotFound)), "only its author");
            comments::withdraw(tx, sam, ids[2])?;
            assert_eq!((drift(tx, false)?, comments::drift(tx, false)?), (vec![], vec![]));
            // A subject that goes for good takes along what waits under it.
            posts::remove(tx, subject, now)?;
            posts::purge_removed(tx, now + posts::RESTORE_MS)?;
            let held: i64 = tx.one("select held from accounts where id = $1", params![sam], |row| row.get(0))?;
            assert_eq!((held, drift(tx, false)?), (0, vec![]));
            Ok::<_, Error>(())
        }).unwrap();
    }

    fn from_a_barred_network_only_new_members_do_not_post(kind) {
        let town = TestTown::of_people(kind);
        let old = town.actor("Old", "member").id;
        town.pass(8 * DAY);
        let new = town.actor("New", "member").id;
        let until = town.town.now() + DAY;
        let sql = "insert into bars (id, kind, value, reason, until_at, created_at) values (1, 'network', '192.0.2.0/24', 'Robots', $1, 0)";
        town.town.db.write_now(move |tx| tx.run(sql, params![until])).unwrap();
        town.reload();
        let from = |address: &str| Gate { from: Some(address.parse().unwrap()), ..Gate::unasked(&town.town) };
        let (inside, outside) = (from("192.0.2.8"), from("198.51.100.8"));
        town.town.db.write_now(move |tx| {
            let (old, new) = (viewer(tx, old), viewer(tx, new));
            assert!(matches!(inside.judge(tx, &new, (&Words::of("Hello"), None)), Err(Error::Invalid(_))));
            assert_eq!(inside.judge(tx, &old, (&Words::of("Hello"), None))?, Passed::default());
            assert_eq!(outside.judge(tx, &new, (&Words::of("Hello"), None))?, Passed::default());
            Ok::<_, Error>(())
        }).unwrap();
    }

    fn nobody_has_more_waiting_than_somebody_reads(kind) {
        let town = TestTown::of_people(kind);
        let sam = town.actor("Sam", "member").id;
        town.town.db.write_now(|tx| store::set_porch(tx, Porch { state: State::All, posts: 1, ..Porch::default() }, 1)).unwrap();
        town.reload();
        let gate = Gate::unasked(&town.town);
        town.town.db.write_now(move |tx| {
            let mut viewer = viewer(tx, sam);
            viewer.me.as_mut().unwrap().held = MOST_WAITING;
            assert!(matches!(gate.judge(tx, &viewer, (&Words::of("One more"), None)), Err(Error::Invalid(_))));
            Ok::<_, Error>(())
        }).unwrap();
    }
}
