#![allow(clippy::unwrap_used)]

mod guests;

use super::{
    appeals,
    cases::{self, Order},
    rules::{self, Changes, RuleId},
    statements::{self, Before, New, Replaced},
    *,
};
use crate::{Cursor, PostId, posts};
use people::testing::TestTown;
use web::{Error, Form, Problems};

type Result<T = ()> = std::result::Result<T, Error>;

const OLDEST: Cursor = Cursor { at: i64::MIN, id: PostId::new(i64::MIN) };

struct People {
    rosa: AccountId,
    sam: AccountId,
    ana: AccountId,
    mo: AccountId,
}

fn with_people(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, &People) -> Result + Send + 'static) {
    let town = TestTown::of_people(kind);
    let [rosa, sam, ana] = ["Rosa", "Sam", "Ana"].map(|name| town.actor(name, "member").id);
    let mo = town.actor("Mo", "moderator").id;
    town.town.db.write_now(move |tx| unit(tx, &People { rosa, sam, ana, mo })).unwrap();
}

fn note(tx: &mut Tx, by: AccountId) -> Result<Subject> {
    Ok(Subject { kind: Kind::Note, id: posts::insert(tx, "note", by, 1)?.get() })
}

/// Open cases and waiting appeals, as they are counted.
fn waiting(tx: &mut Tx) -> Result<(i64, i64)> {
    Ok(tx.one("select cases, appeals from moderation", params![], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn only(tx: &mut Tx) -> Result<cases::Case> {
    Ok(cases::open(tx, (AccountId::new(0), None), Order::Newest, Cursor::NEWEST, 9)?.pop().unwrap())
}

fn issue(tx: &mut Tx, (account, by): (AccountId, AccountId), act: Act, case: Option<CaseId>, now: i64) -> Result<StatementId> {
    let subject = Subject { kind: Kind::Note, id: 7 };
    let replaced =
        Replaced { taken: true, limited: Some(Before { held: true, until: Some(5), why: "Rude.".into() }), ..Replaced::default() };
    let new =
        New { case, account, by, act, subject, rule: "Be kind", reason: "Rude.", facts: "You fool", label: "", until: Some(9), replaced };
    statements::issue(tx, &new, now)
}

testkit::on_both! {
    fn reports_of_one_thing_gather_in_a_case(kind) {
        with_people(kind, |tx, of| {
            let (one, other) = (note(tx, of.rosa)?, note(tx, of.rosa)?);
            assert!(cases::report(tx, (one, of.rosa), of.sam, (RuleId::new(2), "Rude"), 10)?);
            assert!(!cases::report(tx, (one, of.rosa), of.sam, (RuleId::new(3), "Very rude"), 20)?, "the second changes the first");
            assert!(cases::report(tx, (one, of.rosa), of.ana, (RuleId::new(2), ""), 30)?);
            assert!(cases::report(tx, (other, of.rosa), of.ana, (RuleId::new(10), "Again"), 40)?);
            assert_eq!(waiting(tx)?, (2, 0));
            let ids = |found: Vec<cases::Case>| found.iter().map(|case| case.subject.id).collect::<Vec<_>>();
            assert_eq!(ids(cases::open(tx, (AccountId::new(0), None), Order::Newest, Cursor::NEWEST, 9)?), [other.id, one.id]);
            assert_eq!(ids(cases::open(tx, (AccountId::new(0), Some(Kind::Note)), Order::Most, Cursor::NEWEST, 9)?), [one.id, other.id]);
            assert!(cases::open(tx, (AccountId::new(0), Some(Kind::Story)), Order::Newest, Cursor::NEWEST, 9)?.is_empty());
            let first = cases::open(tx, (AccountId::new(0), None), Order::Most, Cursor::NEWEST, 1)?.pop().unwrap();
            assert_eq!((first.reports, first.account.as_ref().unwrap().id), (2, of.rosa));
            let past = Cursor { at: first.reports, id: PostId::new(first.id.get()) };
            assert_eq!(ids(cases::open(tx, (AccountId::new(0), None), Order::Most, past, 9)?), [other.id]);
            let told = cases::reports_of(tx, first.id)?;
            let said: Vec<_> = told.iter().map(|report| (report.rule.as_str(), report.words.as_str())).collect();
            assert_eq!(said, [("No threats and no harassment", "Very rude"), ("Be kind", "")]);
            assert_eq!(cases::reported(tx, one, of.sam)?, Some((Some(RuleId::new(3)), "Very rude".into())));
            assert_eq!(cases::reported(tx, other, of.sam)?, None);
            assert_eq!(drift(tx, false)?, []);
            Ok(())
        });
    }

    fn a_case_is_closed_once_and_on_what_was_seen(kind) {
        with_people(kind, |tx, of| {
            let one = note(tx, of.rosa)?;
            cases::report(tx, (one, of.rosa), of.sam, (RuleId::new(2), ""), 10)?;
            let case = only(tx)?;
            assert!(matches!(cases::close(tx, (case.id, case.version + 1), true, 20), Err(Error::Conflict(_))));
            assert_eq!(cases::close(tx, (case.id, case.version), true, 20)?, [of.sam]);
            assert!(matches!(cases::close(tx, (case.id, case.version), true, 20), Err(Error::Conflict(_))));
            assert_eq!((waiting(tx)?, drift(tx, false)?), ((0, 0), vec![]));
            assert_eq!(cases::reports_of(tx, case.id)?[0].record, (1, 1));
            assert_eq!(cases::reports_by(tx, of.sam, 9)?[0].upheld, Some(true));
            assert_eq!(cases::decided(tx, (AccountId::new(0), None), Cursor::NEWEST, 9)?.len(), 1);
            // Reported again it is another case, and the first cannot be opened beside it.
            cases::report(tx, (one, of.rosa), of.sam, (RuleId::new(2), ""), 30)?;
            let again = only(tx)?;
            assert_ne!(again.id, case.id);
            cases::reopen(tx, case.id)?;
            assert_eq!(waiting(tx)?, (1, 0));
            cases::close(tx, (again.id, again.version), false, 40)?;
            assert_eq!(cases::reports_of(tx, case.id)?[0].record, (1, 2));
            cases::reopen(tx, case.id)?;
            let opened = only(tx)?;
            assert_eq!((opened.id, opened.version, waiting(tx)?), (case.id, case.version + 2, (1, 0)));
            assert_eq!(cases::reports_by(tx, of.sam, 9)?.iter().map(|own| own.upheld).collect::<Vec<_>>(), [Some(false), None]);
            Ok(())
        });
    }

    fn what_moderators_note_stays_with_the_case(kind) {
        with_people(kind, |tx, of| {
            let one = note(tx, of.rosa)?;
            cases::report(tx, (one, of.rosa), of.sam, (RuleId::new(2), ""), 10)?;
            let case = only(tx)?.id;
            cases::note(tx, case, of.mo, "Look at last week.", 20)?;
            let notes = cases::notes_of(tx, case)?;
            assert_eq!((notes[0].words.as_str(), notes[0].by.as_ref().unwrap().id), ("Look at last week.", of.mo));
            Ok(())
        });
    }

    fn a_statement_is_read_as_it_was_written(kind) {
        with_people(kind, |tx, of| {
            let id = issue(tx, (of.rosa, of.mo), Act::Remove, None, 100)?;
            let kept = issue(tx, (of.rosa, of.mo), Act::Keep, None, 100)?;
            let read = statements::find(tx, id)?;
            assert_eq!((read.act, read.rule.as_str(), read.reason.as_str(), read.facts.as_str()), (Act::Remove, "Be kind", "Rude.", "You fool"));
            assert_eq!(read.replaced.limited.as_ref().unwrap().until, Some(5));
            assert!(read.replaced.taken && read.is_about(of.rosa) && !read.is_about(of.mo));
            let ids = |found: Vec<Statement>| found.iter().map(|one| one.id).collect::<Vec<_>>();
            assert_eq!(ids(statements::about(tx, of.rosa, 9)?), [id], "what was kept is not told");
            assert_eq!(ids(statements::log(tx, None, 9)?), [id]);
            assert_eq!(ids(statements::log(tx, Some(id), 9)?), []);
            assert!(statements::find(tx, kept).is_ok());
            assert!(take_back(tx, id, 200)? && !take_back(tx, id, 300)?);
            assert_eq!(statements::find(tx, id)?.undone_at, Some(200));
            assert!(statements::log(tx, None, 9)?.is_empty());
            Ok(())
        });
    }

    fn an_appeal_is_made_once_in_time_and_decided_once(kind) {
        with_people(kind, |tx, of| {
            let (id, late) = (issue(tx, (of.rosa, of.mo), Act::Warn, None, 0)?, issue(tx, (of.rosa, of.mo), Act::Warn, None, 0)?);
            assert!(statements::find(tx, id)?.may_be_appealed(APPEAL_MS - 1) && !statements::find(tx, id)?.may_be_appealed(APPEAL_MS));
            appeals::file(tx, id, "It was a joke.", APPEAL_MS - 1)?;
            assert!(matches!(appeals::file(tx, id, "Again.", APPEAL_MS - 1), Err(Error::Conflict(_))));
            assert!(matches!(appeals::file(tx, late, "Late.", APPEAL_MS), Err(Error::Conflict(_))));
            assert_eq!((waiting(tx)?, drift(tx, false)?), ((0, 1), vec![]));
            assert_eq!(appeals::waiting(tx, OLDEST, 9)?.iter().map(|one| (one.id, one.appeal.as_str())).collect::<Vec<_>>(), [(id, "It was a joke.")]);
            appeals::decide(tx, id, true, (of.sam, "So it was."), APPEAL_MS)?;
            assert!(matches!(appeals::decide(tx, id, false, (of.sam, "No."), APPEAL_MS), Err(Error::Conflict(_))));
            let read = statements::find(tx, id)?;
            assert_eq!((read.reversed, read.outcome_words.as_str(), read.outcome_by.unwrap().id), (Some(true), "So it was.", of.sam));
            assert_eq!((waiting(tx)?, drift(tx, false)?), ((0, 0), vec![]));
            Ok(())
        });
    }

    fn another_moderator_decides_appeals_where_there_is_one(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, mo) = (town.actor("Rosa", "member").id, town.actor("Mo", "moderator").id);
        let others = move |tx: &mut Tx| appeals::levels_of_others(tx, mo, rosa);
        assert!(town.town.db.read_now(others).unwrap().is_empty());
        let ed = town.actor("Ed", "moderator").id;
        assert_eq!(town.town.db.read_now(others).unwrap(), ["moderator"]);
        town.town.db.write_now(move |tx| people::accounts::set_suspended(tx, ed, true, 5)).unwrap();
        assert!(town.town.db.read_now(others).unwrap().is_empty());
    }

    fn rules_are_added_changed_and_retired(kind) {
        with_people(kind, |tx, _| {
            let changes = |name: &str| Changes { name: name.into(), reason: "Because.".into() };
            let before = rules::in_force(tx)?.len();
            let id = rules::add(tx, &changes("No dogs"))?;
            assert_eq!(rules::in_force(tx)?.last().unwrap().name, "No dogs");
            rules::change(tx, id, &changes("No cats"), true)?;
            assert_eq!((rules::in_force(tx)?.len(), rules::find(tx, id)?.name.as_str()), (before, "No cats"));
            assert!(matches!(rules::find(tx, RuleId::new(99)), Err(Error::NotFound)));
            while rules::add(tx, &changes("More")).is_ok() {}
            assert_eq!(rules::all(tx)?.len(), 30);
            Ok(())
        });
    }

    fn whoever_leaves_is_named_no_more(kind) {
        with_people(kind, |tx, of| {
            let one = note(tx, of.rosa)?;
            cases::report(tx, (one, of.rosa), of.sam, (RuleId::new(2), "Rude"), 10)?;
            cases::report(tx, (one, of.rosa), of.ana, (RuleId::new(2), "So rude"), 10)?;
            let case = only(tx)?.id;
            let id = issue(tx, (of.rosa, of.mo), Act::Warn, Some(case), 10)?;
            appeals::file(tx, id, "A joke.", 20)?;
            for gone in [of.sam, of.ana, of.rosa, of.mo] {
                forget(tx, gone)?;
            }
            let reports = cases::reports_of(tx, case)?;
            assert!(reports.len() == 2 && reports.iter().all(|report| matches!(report.by, cases::Reporter::Left)));
            let left = statements::find(tx, id)?;
            assert!(left.account.is_none() && left.by.is_none() && left.facts.is_empty() && left.appeal.is_empty());
            assert_eq!((waiting(tx)?, drift(tx, false)?), ((1, 0), vec![]));
            Ok(())
        });
    }

    fn a_key_opens_one_statement_for_a_while(kind) {
        with_people(kind, |tx, of| {
            let (id, other) = (issue(tx, (of.rosa, of.mo), Act::Ban, None, 0)?, issue(tx, (of.rosa, of.mo), Act::Ban, None, 0)?);
            let address = sealed(tx, id, 0)?;
            let key = address.split_once("key=").unwrap().1.to_owned();
            assert!(opens(tx, id, &key, APPEAL_MS)? && !opens(tx, other, &key, 0)? && !opens(tx, id, "", 0)?);
            assert!(!opens(tx, id, &key, 2 * APPEAL_MS)?);
            Ok(())
        });
    }

    fn what_is_held_can_be_brought_back_so_long(kind) {
        with_people(kind, |tx, of| {
            let post = note(tx, of.rosa)?.post().unwrap();
            posts::remove(tx, post, 10)?;
            posts::hold(tx, post, (of.mo, "Rude."), true, 10 + 3 * posts::RESTORE_MS)?;
            assert_eq!(posts::taken_down(tx, post)?.as_deref(), Some("Rude."));
            assert_eq!(posts::purge_removed(tx, 10 + 2 * posts::RESTORE_MS)?, 0);
            assert!(!posts::restore(tx, post, 10 + 3 * posts::RESTORE_MS)?);
            assert!(posts::restore(tx, post, 10 + 2 * posts::RESTORE_MS)?);
            assert_eq!(posts::taken_down(tx, post)?, None);
            assert_eq!(posts::set_label(tx, post, "Not proved.")?, "");
            assert_eq!(posts::set_label(tx, post, "")?, "Not proved.");
            posts::remove(tx, post, 10)?;
            posts::hold(tx, post, (of.mo, "Rude."), false, 10 + 3 * posts::RESTORE_MS)?;
            assert_eq!(posts::purge_removed(tx, 10 + 3 * posts::RESTORE_MS)?, 1);
            Ok(())
        });
    }
}

#[test]
fn every_act_and_kind_has_a_name_and_a_key_of_its_own() {
    for act in Act::ALL {
        assert_eq!(Act::named(act.name()), Some(act));
        assert_eq!(Act::ALL.into_iter().filter(|other| other.key() == act.key()).count(), 1, "{}", act.key());
    }
    for kind in Kind::ALL {
        assert_eq!(Kind::named(kind.name()), Some(kind));
    }
    assert!(!Act::Hide.fits(Kind::Profile) && Act::Warn.fits(Kind::Profile) && Act::Hide.fits(Kind::Album));
    assert_eq!(Act::Remove.done(Kind::Album), "An album was removed");
    assert_eq!((Act::until("3", 5), Act::until("4", 5)), (Some(5 + 3 * 24 * 60 * 60 * 1000), None));
}

#[test]
fn a_rule_has_a_name_and_a_reason() {
    let parsed = |name: &str, reason: &str| {
        let mut problems = Problems::default();
        Changes::parse(&Form::from_pairs([("name", name), ("reason", reason)]), &mut problems);
        problems.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()
    };
    assert!(parsed("Be kind", "Because.").is_empty());
    assert_eq!(parsed(" ", ""), ["name", "reason"]);
    assert_eq!(parsed(&"x".repeat(61), &"x".repeat(1_001)), ["name", "reason"]);
}
