#![allow(clippy::unwrap_used)]
use super::*;
use crate::{PostId, posts};
use db::Tx;
use people::testing::TestTown;

type Result<T = ()> = std::result::Result<T, db::Error>;

/// Runs one unit on a fresh town with two posts in it.
fn with_posts(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, PostId, PostId) -> Result + Send + 'static) {
    let town = TestTown::of_people(kind);
    let rosa = town.actor("Rosa", "author").id;
    town.town
        .db
        .write_now(move |tx| {
            let (one, two) = (posts::insert(tx, "story", rosa, 0)?, posts::insert(tx, "story", rosa, 0)?);
            unit(tx, one, two)
        })
        .unwrap();
}

fn words(typed: &[&str]) -> Vec<text::topic::Topic> {
    typed.iter().map(|typed| text::topic::parse(typed).unwrap()).collect()
}

fn names(topics: &[Topic]) -> Vec<&str> {
    topics.iter().map(|topic| topic.name.as_str()).collect()
}

testkit::on_both! {
    fn a_topic_is_one_in_any_case_and_keeps_its_first_spelling(kind) {
        with_posts(kind, |tx, one, two| {
            let first = set(tx, one, &words(&["#WaterRights"]), 0)?;
            let second = set(tx, two, &words(&["waterrights"]), 5)?;
            assert_eq!(first, second);
            assert_eq!(names(&second), ["WaterRights"]);
            assert_eq!(by_key(tx, "waterrights")?, Some(first[0].clone()));
            assert_eq!(by_key(tx, "WaterRights")?, None, "it is looked up by its key");
            Ok(())
        });
    }

    fn topics_keep_the_authors_order_and_are_replaced_whole(kind) {
        with_posts(kind, |tx, one, two| {
            set(tx, two, &words(&["roads"]), 0)?;
            set(tx, one, &words(&["schools", "Roads", "arroyo"]), 0)?;
            assert_eq!(names(&of(tx, one)?), ["schools", "roads", "arroyo"]);
            let given = set(tx, one, &words(&["arroyo", "creek"]), 0)?;
            assert_eq!(of(tx, one)?, given);
            set(tx, one, &[], 0)?;
            assert!(of(tx, one)?.is_empty());
            assert_eq!(names(&of(tx, two)?), ["roads"], "another post keeps its own");
            Ok(())
        });
    }

    fn a_topic_said_twice_is_set_once(kind) {
        with_posts(kind, |tx, one, _| {
            let given = set(tx, one, &words(&["Roads", "water", "ROADS"]), 0)?;
            assert_eq!(names(&given), ["Roads", "water"]);
            assert_eq!(of(tx, one)?, given);
            Ok(())
        });
    }
}

#[test]
fn addresses_carry_topics_of_any_script() {
    let address = |key: &str| Topic { id: TopicId::new(1), name: key.into(), key: key.into() }.address();
    assert_eq!(address("water_rights2"), "/topics/water_rights2");
    assert_eq!(address("größe"), "/topics/gr%C3%B6%C3%9Fe");
    assert_eq!(address("水"), "/topics/%E6%B0%B4");
}
