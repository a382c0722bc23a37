#![allow(clippy::unwrap_used)]

use web::{Error, Form, Problems};

use super::*;
use crate::testing::TestTown;

fn filter(number: i64, kind: Kind, pattern: &str, act: Act) -> Filter {
    let form = Form::from_pairs([("kind", kind.name()), ("pattern", pattern), ("act", act.name()), ("sentence", "Look out.")]);
    let Changes { kind, pattern, folded, act, sentence } = Changes::parse(&form, &mut Problems::default()).unwrap();
    Filter { id: FilterId::new(number), kind, pattern, folded, act, sentence }
}

fn numbers(found: &Found) -> [Option<i64>; 4] {
    [found.refuse, found.hold, found.nudge, found.label].map(|filter| filter.map(|filter| filter.id.get()))
}

#[test]
fn whole_words_are_found_however_they_are_written() {
    let filters = Filters::of(vec![
        filter(1, Kind::Words, "cheap pills", Act::Refuse),
        filter(2, Kind::Words, "Casino", Act::Hold),
        filter(3, Kind::Words, "pills", Act::Nudge),
        filter(4, Kind::Words, "赌场", Act::Label),
    ]);
    for (text, expected) in [
        ("Buy CHEAP  pills!", [Some(1), None, Some(3), None]),
        ("cheap spills", [None; 4]),
        ("Сasіno, now", [None, Some(2), None, None]),
        ("casinos", [None; 4]),
        ("这是赌场广告", [None, None, None, Some(4)]),
        ("pills and a casino", [None, Some(2), Some(3), None]),
        ("", [None; 4]),
    ] {
        assert_eq!(numbers(&filters.look(text)), expected, "{text}");
    }
    assert_eq!(Filters::default().look("casino"), Found::default());
}

#[test]
fn a_host_is_found_with_those_under_it() {
    let filters = Filters::of(vec![
        filter(1, Kind::Link, "https://www.Spam.example/path", Act::Refuse),
        filter(2, Kind::Link, "ok.spam.example", Act::Label),
    ]);
    assert_eq!(filters.all()[0].folded, "spam.example");
    for (text, expected) in [
        ("see https://spam.example/x?y", Some(1)),
        ("see (www.spam.example).", Some(1)),
        ("deep.SPAM.example!", Some(1)),
        ("http://user@spam.example/", Some(1)),
        ("notspam.example", None),
        ("spam.example.org", None),
        ("write to me@spam.example", None),
    ] {
        assert_eq!(filters.look(text).refuse.map(|filter| filter.id.get()), expected, "{text}");
    }
    let near = filters.look("https://a.ok.spam.example");
    assert_eq!((near.refuse, near.label.map(|filter| filter.id.get())), (None, Some(2)), "the nearest one speaks");
    assert_eq!(hosts("e.g. this, 3.14, v1.2 and bücher.example"), ["xn--bcher-kva.example"]);
}

#[test]
fn what_cannot_be_looked_for_is_said() {
    for (kind, pattern) in [("words", "a"), ("words", "!!"), ("words", ""), ("link", "nowhere"), ("link", "a b"), ("link", "10.0.0.1")] {
        let mut problems = Problems::default();
        let form = Form::from_pairs([("kind", kind), ("pattern", pattern), ("act", "hold")]);
        assert!(Changes::parse(&form, &mut problems).is_none() && problems.of("pattern").is_some(), "{pattern}");
    }
    let mut problems = Problems::default();
    let form = Form::from_pairs([("kind", "words"), ("pattern", "spoilers"), ("act", "label")]);
    Changes::parse(&form, &mut problems);
    assert!(problems.of("sentence").is_some(), "a label says something");
    let mut problems = Problems::default();
    assert!(Changes::parse(&Form::default(), &mut problems).is_none());
    assert!(problems.of("kind").is_some() && problems.of("act").is_some());
    let mut problems = Problems::default();
    Porch::parse(&Form::from_pairs([("porch", "half"), ("posts", "51"), ("hour", "24")]), &mut problems);
    assert!(problems.of("porch").is_some() && problems.of("posts").is_some() && problems.of("hour").is_some());
}

testkit::on_both! {
    async fn filters_are_kept_and_remembered(kind) {
        let town = TestTown::of_people(kind);
        let words = |act: &str| Form::from_pairs([("kind", "words"), ("pattern", "Casino"), ("act", act)]);
        let changes = Changes::parse(&words("hold"), &mut Problems::default()).unwrap();
        let id = town.town.db.write_now(move |tx| store::add(tx, &changes, 1)).unwrap();
        assert!(town.town.prevention().filters.all().is_empty(), "until it is read again");
        town.town.reload().await.unwrap();
        assert!(town.town.prevention().filters.look("a CASINO").hold.is_some());
        let changes = Changes::parse(&words("refuse"), &mut Problems::default()).unwrap();
        let again = changes.clone();
        let taken = town.town.db.write_now(move |tx| store::add(tx, &again, 2));
        assert!(matches!(taken, Err(Error::Invalid(problems)) if problems.of("pattern").is_some()));
        town.town.db.write_now(move |tx| store::change(tx, id, &changes)).unwrap();
        assert_eq!(town.town.db.read_now(move |tx| store::find(tx, id)).unwrap().act, Act::Refuse);
        let porch = Porch { state: State::All, posts: 5, hour: 7 };
        town.town.db.write_now(move |tx| store::set_porch(tx, porch, 1)).unwrap();
        let (lines, line) = town.town.db.read_now(|tx| Ok::<_, db::Error>((whole::filters(tx)?, whole::porch(tx)?))).unwrap();
        town.town.db.write_now(move |tx| store::remove(tx, id)).unwrap();
        assert!(matches!(town.town.db.read_now(move |tx| store::find(tx, id)), Err(Error::NotFound)));
        let taken_in = town.town.db.write_now(move |tx| {
            store::set_porch(tx, Porch::default(), 2)?;
            whole::take_porch(tx, &line, 3)?;
            Ok::<_, db::Error>((whole::take_filter(tx, &lines[0])?, whole::take_filter(tx, &lines[0])?, store::all(tx)?.len(), store::porch(tx)?))
        });
        assert_eq!(taken_in.unwrap(), (true, false, 1, porch));
    }

    async fn what_one_node_changes_another_takes_up(kind) {
        let town = TestTown::of_people(kind);
        let (here, there) = (town.town.clone(), town.another_node());
        here.catch_up().await.unwrap();
        assert!(!here.catch_up().await.unwrap() && !there.catch_up().await.unwrap(), "nothing has changed");
        let changes = Changes::parse(&Form::from_pairs([("kind", "words"), ("pattern", "Casino"), ("act", "hold")]), &mut Problems::default());
        let changes = changes.unwrap();
        here.db.write(move |tx| store::add(tx, &changes, 1)).await.unwrap();
        here.reload().await.unwrap();
        assert!(!here.catch_up().await.unwrap(), "it knows what it changed itself");
        assert!(there.prevention().filters.look("a casino").hold.is_none());
        assert!(there.catch_up().await.unwrap());
        assert!(there.prevention().filters.look("a casino").hold.is_some());
        assert!(!there.catch_up().await.unwrap(), "once");
        // A node that was killed before it told of a change tells when it starts again.
        here.db.write(|tx| tx.run("update filters set folded = 'poker'", db::params![])).await.unwrap();
        assert!(!there.catch_up().await.unwrap());
        let again = town.another_node();
        assert!(there.catch_up().await.unwrap() && there.prevention().filters.look("poker").hold.is_some());
        drop(again);
    }
}
