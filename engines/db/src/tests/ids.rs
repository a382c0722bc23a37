//! Ids: increasing, and one spelling each.

use proptest::prelude::*;

use crate::{Id, ParseIdError, fresh_id};

crate::id! {
    /// A thing of the test.
    struct ThingId;
    /// Another one.
    struct OtherId;
}

#[test]
fn ids_increase_across_threads() {
    let made: Vec<Vec<i64>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| (0..5_000).map(|_| fresh_id()).collect())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for ids in &made {
        assert!(ids.windows(2).all(|pair| 0 < pair[0] && pair[0] < pair[1]));
    }
    let mut all = made.concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 20_000);
    assert!(fresh_id() > *all.last().unwrap());
}

#[test]
fn an_id_tells_when_it_was_made() {
    let before = crate::id::now_ms();
    let made = ThingId::fresh().created_ms();
    // A burst of ids in other tests may run ahead of the clock, by 4 ms for 1,000 ids.
    assert!(before <= made && made < before + 60_000);
}

#[test]
fn the_node_is_set_once() {
    let _ = fresh_id();
    assert!(!crate::set_node(3));
}

#[test]
fn other_spellings_are_refused() {
    for text in ["", "+5", "-5", "05", " 5", "5 ", "5.0", "٣", "9223372036854775808", "abc"] {
        assert_eq!(text.parse::<Id>(), Err(ParseIdError), "{text:?}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_parsed_and_serialized(number in 0..=i64::MAX) {
        let id = ThingId::new(number);
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        let text: serde::de::value::StringDeserializer<serde::de::value::Error> =
            serde::de::IntoDeserializer::into_deserializer(id.to_string());
        prop_assert_eq!(<OtherId as serde::Deserialize>::deserialize(text).unwrap().get(), number);
    }
}
