//! What guests report joins the case, counts once from one place, and is told by letter.

use super::*;
use crate::moderation::{
    guests::{self, Guest, ONCE_MS},
    rules::Rule,
};
use people::town::Letter;
use std::net::IpAddr;

const SPOKEN: guests::Spoken = ("The Mesa Lantern", "http://localhost");

fn rule() -> Rule {
    Rule { id: RuleId::new(2), name: "Be kind".into(), reason: String::new(), retired: false }
}

fn guest(name: &str, email: &str) -> Guest {
    Guest { name: name.into(), email: email.into() }
}

/// A guest at an address reports.
fn send(tx: &mut Tx, (subject, of): (Subject, AccountId), guest: &Guest, address: &str, now: i64) -> Result {
    let address: IpAddr = address.parse().unwrap();
    Ok(guests::report(tx, (subject, of), (guest, address), (&rule(), "It is rude."), now)?)
}

fn letters(tx: &mut Tx) -> Result<Vec<Letter>> {
    let payloads: Vec<String> = tx.all("select payload from jobs where kind = 'letter' order by id", params![], |row| row.get(0))?;
    Ok(payloads.iter().map(|payload| serde_json::from_str(payload).unwrap()).collect())
}

/// How many reports count of the only case, and how many there are.
fn counted(tx: &mut Tx) -> Result<(i64, usize)> {
    let case = only(tx)?;
    Ok((case.reports, cases::reports_of(tx, case.id)?.len()))
}

testkit::on_both! {
    fn several_from_one_place_within_a_day_count_once(kind) {
        with_people(kind, |tx, of| {
            let (one, other) = (note(tx, of.rosa)?, note(tx, of.rosa)?);
            cases::report(tx, (one, of.rosa), of.sam, (RuleId::new(2), ""), 10)?;
            send(tx, (one, of.rosa), &guest("Ann", ""), "192.0.2.1", 20)?;
            assert_eq!(counted(tx)?, (2, 2), "they join the case of members");
            for again in ["192.0.2.1", "::ffff:192.0.2.1"] {
                send(tx, (one, of.rosa), &guest("", ""), again, 30)?;
            }
            assert_eq!((counted(tx)?, only(tx)?.reported_at), ((2, 4), 20), "and do not bring it to the top again");
            send(tx, (one, of.rosa), &guest("", ""), "2001:db8::1", 40)?;
            send(tx, (one, of.rosa), &guest("", ""), "2001:db8::2", 40)?;
            assert_eq!(counted(tx)?, (3, 6), "a household is one place");
            send(tx, (one, of.rosa), &guest("", ""), "192.0.2.1", 20 + ONCE_MS)?;
            assert_eq!(counted(tx)?, (4, 7), "a day later it counts again");
            send(tx, (other, of.rosa), &guest("", ""), "192.0.2.1", 50)?;
            assert_eq!(waiting(tx)?, (2, 0), "another thing counts by itself");
            let first = first_case(tx, one)?;
            let flags: Vec<bool> = cases::reports_of(tx, first)?.iter().map(|report| report.counts).collect();
            assert_eq!(flags, [true, true, false, false, true, false, true]);
            assert_eq!(drift(tx, false)?, []);
            tx.run("update cases set reports = 9", params![])?;
            let found = drift(tx, true)?;
            assert_eq!(found.iter().map(|one| one.counted).collect::<Vec<_>>(), [4, 1]);
            assert_eq!(drift(tx, false)?, []);
            Ok(())
        });
    }

    fn no_address_is_kept_and_what_tells_them_apart_is_forgotten_after_a_day(kind) {
        with_people(kind, |tx, of| {
            let one = note(tx, of.rosa)?;
            send(tx, (one, of.rosa), &guest("Ann", "ann@home.example"), "192.0.2.1", 10)?;
            let senders = |tx: &mut Tx| tx.one("select count(*) from reports where sender is not null", params![], |row| row.get::<i64>(0));
            guests::forget_old(tx, 9 + ONCE_MS)?;
            assert_eq!(senders(tx)?, 1);
            guests::forget_old(tx, 10 + ONCE_MS)?;
            assert_eq!(senders(tx)?, 0);
            let case = only(tx)?;
            cases::close(tx, (case.id, case.version), true, 20)?;
            let name = |tx: &mut Tx| match cases::reports_of(tx, case.id)?.remove(0).by {
                cases::Reporter::Guest { name, told } => Ok::<_, Error>((name, told)),
                other => panic!("{other:?}"),
            };
            guests::forget_old(tx, 19 + APPEAL_MS)?;
            assert_eq!(name(tx)?, ("Ann".into(), true));
            guests::forget_old(tx, 20 + APPEAL_MS)?;
            assert_eq!(name(tx)?, (String::new(), false));
            Ok(())
        });
    }

    fn a_guest_gets_a_letter_that_it_came_and_one_with_what_was_decided(kind) {
        with_people(kind, |tx, of| {
            let one = note(tx, of.rosa)?;
            let ann = guest("Ann\u{2066}", "ann@home.example");
            for (guest, address) in [(&ann, "192.0.2.1"), (&guest("", "ANN@home.example"), "192.0.2.2"), (&guest("", ""), "192.0.2.3")] {
                send(tx, (one, of.rosa), guest, address, 10)?;
                guests::confirm(tx, guest, (one, "/@rosa/7"), &rule(), SPOKEN, 10)?;
            }
            let came = letters(tx)?;
            assert_eq!(came.iter().map(|letter| letter.email.as_str()).collect::<Vec<_>>(), ["ann@home.example", "ANN@home.example"]);
            assert!(came[0].text.contains("a post:\n\nhttp://localhost/@rosa/7") && came[0].text.contains("Be kind"), "{}", came[0].text);
            assert!(!came[0].text.contains("Ann") && !came[0].text.contains("It is rude") && came[0].name.is_empty(), "nothing that the sender chose");
            let case = only(tx)?;
            assert!(cases::close(tx, (case.id, case.version), true, 20)?.is_empty(), "no member is told");
            guests::tell(tx, (case.id, true), (one, "/@rosa/7"), SPOKEN, 20)?;
            let told = letters(tx)?.split_off(2);
            assert_eq!(told.iter().map(|letter| letter.email.as_str()).collect::<Vec<_>>(), ["ann@home.example"], "each address once");
            for words in ["Something was done", "A person decided", "settling disputes", &one.report_address()] {
                assert!(told[0].text.contains(words), "{words}: {}", told[0].text);
            }
            guests::tell(tx, (case.id, false), (one, "/@rosa/7"), SPOKEN, 20)?;
            assert!(letters(tx)?.pop().unwrap().text.contains("It keeps to the rules"));
            Ok(())
        });
    }
}

/// The id of the case of this.
fn first_case(tx: &mut Tx, subject: Subject) -> Result<CaseId> {
    let all = cases::open(tx, (AccountId::new(0), None), Order::Newest, Cursor::NEWEST, 9)?;
    Ok(all.into_iter().find(|case| case.subject == subject).unwrap().id)
}

#[test]
fn whoever_leaves_an_address_leaves_one_that_letters_can_go_to() {
    let parsed = |name: &str, email: &str, faith: &str| {
        let mut problems = Problems::default();
        let guest = Guest::parse(&Form::from_pairs([("name", name), ("email", email), ("faith", faith)]), &mut problems);
        (guest, problems.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(parsed("", "", "1"), (Guest::default(), vec![]));
    assert_eq!(parsed(" Ann\nLee ", " ann@home.example ", "1"), (guest("Ann Lee", "ann@home.example"), vec![]));
    assert_eq!(parsed("Ann", "", "").1, ["faith"]);
    for wrong in ["ann", "ann@home", "ann@home.example\r\nBcc: all@b.example", "a@b.example,c@d.example", "Ann <ann@home.example>"] {
        assert_eq!(parsed("", wrong, "1").1, ["email"], "{wrong}");
    }
    assert_eq!(parsed(&"x".repeat(81), "", "1").1, ["name"]);
}
