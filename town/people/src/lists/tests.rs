#![allow(clippy::unwrap_used)]

use db::{Tx, params};
use web::Error;

use super::*;
use crate::{AccountId, testing::TestTown};

fn with_three(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, [AccountId; 3]) -> Result<(), Error> + Send + 'static) {
    let town = TestTown::of_people(kind);
    let three = ["Rosa Mora", "Ana Duarte", "Sam Oak"].map(|name| town.actor(name, "member").id);
    town.town.db.write_now(move |tx| unit(tx, three)).unwrap();
}

testkit::on_both! {
    fn a_list_is_made_named_filled_and_deleted(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            let choir = make(tx, rosa, "Choir", 1)?;
            let allotment = make(tx, rosa, "Allotment", 1)?;
            assert_eq!(all_of(tx, rosa)?.iter().map(|list| list.name.as_str()).collect::<Vec<_>>(), ["Allotment", "Choir"]);
            assert!(matches!(make(tx, rosa, "CHOIR", 1), Err(Error::Invalid(_))));
            assert!(matches!(rename(tx, rosa, allotment, "choir"), Err(Error::Invalid(_))));
            rename(tx, rosa, choir, "CHOIR")?;
            make(tx, ana, "Choir", 1)?;
            for who in [ana, sam, ana] {
                put(tx, rosa, choir, who, 2)?;
            }
            assert_eq!(find(tx, rosa, choir)?.map(|list| (list.name, list.members)), Some(("CHOIR".into(), 2)));
            assert_eq!(members(tx, choir, "", 9)?.iter().map(|who| who.handle.as_str()).collect::<Vec<_>>(), ["ana_duarte", "sam_oak"]);
            assert_eq!(members(tx, choir, "ana_duarte", 9)?.len(), 1);
            assert_eq!(with(tx, rosa, ana)?, [choir]);
            take_off(tx, rosa, choir, sam)?;
            take_off(tx, rosa, choir, sam)?;
            assert_eq!(find(tx, rosa, choir)?.unwrap().members, 1);
            remove(tx, rosa, choir)?;
            assert_eq!(find(tx, rosa, choir)?, None);
            assert_eq!(tx.one("select count(*) from list_members", params![], |row| row.get::<i64>(0))?, 0);
            Ok(())
        });
    }

    fn nobody_touches_the_list_of_another(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            let choir = make(tx, rosa, "Choir", 1)?;
            put(tx, rosa, choir, sam, 1)?;
            assert_eq!(find(tx, ana, choir)?, None);
            assert!(matches!(put(tx, ana, choir, sam, 1), Err(Error::NotFound)));
            assert!(matches!(rename(tx, ana, choir, "Mine"), Err(Error::NotFound)));
            take_off(tx, ana, choir, sam)?;
            remove(tx, ana, choir)?;
            assert_eq!(find(tx, rosa, choir)?.unwrap().members, 1);
            assert!(with(tx, ana, sam)?.is_empty());
            assert!(matches!(put(tx, rosa, choir, rosa, 1), Err(Error::Forbidden(_))));
            Ok(())
        });
    }

    fn an_audience_is_who_is_on_the_list_and_its_owner(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            let choir = make(tx, rosa, "Choir", 1)?;
            put(tx, rosa, choir, ana, 1)?;
            assert_eq!([rosa, ana, sam].map(|who| is_in_list(tx, choir, who).unwrap()), [true, true, false]);
            let sql = format!("select a.id from accounts a where {}", where_in_list("$1", "a.id"));
            assert_eq!(tx.all(&sql, params![choir], |row| row.get::<AccountId>(0))?, [ana]);
            Ok(())
        });
    }

    fn lists_and_those_on_them_have_their_limits(kind) {
        with_three(kind, |tx, [rosa, ana, sam]| {
            let choir = make(tx, rosa, "Choir", 1)?;
            tx.run("update lists set members = $2 where id = $1", params![choir, MAX_MEMBERS - 1])?;
            put(tx, rosa, choir, ana, 1)?;
            assert!(matches!(put(tx, rosa, choir, sam, 1), Err(Error::Conflict(_))));
            put(tx, rosa, choir, ana, 1)?;
            for number in 1..MAX_LISTS {
                make(tx, rosa, &format!("List {number}"), 1)?;
            }
            assert!(matches!(make(tx, rosa, "One more", 1), Err(Error::Conflict(_))));
            Ok(())
        });
    }
}

#[test]
fn a_list_has_a_name_of_a_few_words() {
    for (name, fine) in [("Choir", true), ("  ", false), (&"a".repeat(MAX_NAME) as &str, true), (&"a".repeat(MAX_NAME + 1), false)] {
        let mut problems = Problems::default();
        parse_name(&Form::from_pairs([("name", name)]), &mut problems);
        assert_eq!(problems.is_empty(), fine, "{name}");
    }
}
