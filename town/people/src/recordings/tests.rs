//! Recordings in the store.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::{Wanted, testing::TestTown};

pub(crate) fn recording(number: u8) -> Recording {
    Recording {
        key: format!("{number:032x}.mp3"),
        kind: Kind::Audio,
        content_type: "audio/mpeg".into(),
        bytes: 1_000,
        duration_ms: Some(61_000),
        width: None,
        height: None,
        words: Words { name: format!("take {number}"), ..Words::default() },
        poster: None,
        owner: None,
        created_at: 0,
        removed_at: None,
    }
}

testkit::on_both! {
    async fn recordings_are_listed_by_who_uploaded_them_the_newest_first(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana) = (town.actor("Rosa", "author").id, town.actor("Ana", "author").id);
        let listed = town.town.db.write_now(move |tx| -> Result<_, db::Error> {
            for number in 1..=5 {
                insert(tx, &recording(number), rosa, i64::from(number / 2))?;
            }
            insert(tx, &recording(3), ana, 9)?;
            let of = |account| Wanted { of: Some(account), ..Wanted::default() };
            let first = newest(tx, None, &of(rosa), None, 3)?;
            let last = first.last().map(|last| (last.created_at, last.key.as_str()));
            Ok((newest(tx, Some(Kind::Audio), &of(rosa), last, 3)?, newest(tx, None, &of(ana), None, 3)?, first))
        }).unwrap();
        let names = |page: &[Recording]| page.iter().map(|one| one.words.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&listed.2), ["take 5", "take 4", "take 3"]);
        assert_eq!(names(&listed.0), ["take 2", "take 1"]);
        assert!(listed.1.is_empty(), "the first uploader stays the owner");
    }

    async fn words_are_changed_and_files_named_as_bodies_name_them(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author").id;
        let found = town.town.db.write_now(move |tx| -> Result<_, db::Error> {
            insert(tx, &recording(7), rosa, 5)?;
            let words = Words { name: "a".into(), title: "The [bell]".into(), caption: "At \"noon\"".into(), credit: "Rosa".into() };
            describe(tx, &recording(7).key, &words, None)?;
            find(tx, &recording(7).key)
        }).unwrap().unwrap();
        let expected = format!(r#"![The \[bell\]](/media/{} "At \"noon\" | Rosa")"#, recording(7).key);
        assert_eq!((found.markdown(), found.owner, found.duration_ms), (expected, Some(rosa), Some(61_000)));
    }
}

#[test]
fn keys_are_digests_with_a_known_ending() {
    let key = format!("{}.mp4", "0a".repeat(16));
    assert_eq!(key_in(&address(&key)), Some(key.as_str()));
    for wrong in ["../etc/passwd", "0a.mp4", &format!("{}.svg", "0a".repeat(16)), &format!("{}.mp4", "0A".repeat(16)), &"0a".repeat(16)] {
        assert!(!is_key(wrong), "{wrong}");
    }
}
