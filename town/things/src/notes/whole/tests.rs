//! A note comes back as it went out, and only what fits.
#![allow(clippy::unwrap_used)]

use super::{Taken, Whole, page, take_back};
use crate::notes::tests::Square;
use talk::PostId;

/// A note as it would be written into a file and read out of it.
fn whole(square: &Square, id: PostId) -> Whole {
    let read = square.town.town.db.read_now(move |tx| page(tx, None, PostId::new(id.get() - 1), 1)).unwrap();
    serde_json::from_str(&serde_json::to_string(&read[0]).unwrap()).unwrap()
}

fn take(square: &Square, note: &Whole) -> Result<Taken, String> {
    let note = note.clone();
    square.town.town.db.write_now(move |tx| take_back(tx, &note)).map_err(|error| error.words())
}

testkit::on_both! {
    async fn a_note_is_taken_over_only_while_nobody_changed_it_here(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "First words #fair"), ("audience", "members")]).await;
        let first = whole(&square, id);
        assert_eq!(take(&square, &first), Ok(Taken::Same));
        square.town.pass(1_000);
        square.rosa.client.post(&format!("/notes/{id}/edit"), &[("body", "Second words")]).await.assert_status(303);
        assert_eq!(take(&square, &first), Ok(Taken::Edited));
        // A newer state of the source.
        let mut third = whole(&square, id);
        third.updated += 5;
        third.audience = talk::posts::Visibility::Public.into();
        let mut version = third.versions[1].clone();
        version.at += 5;
        version.content.body = "Third words #market".into();
        third.versions.push(version);
        assert_eq!((take(&square, &third), take(&square, &third)), (Ok(Taken::Updated), Ok(Taken::Same)));
        let read = square.read(&square.town.guest(), id).await;
        read.assert_text("Third words").assert_text("edited");
        assert_eq!(square.town.guest().get(&format!("/notes/{id}/history")).await.count(".revisions h2"), 3);
        assert_eq!(take(&square, &Whole { created: third.created - 1, ..third.clone() }), Ok(Taken::Foreign));
        square.rosa.client.post(&format!("/notes/{id}/removal"), &[]).await.assert_status(303);
        assert_eq!(take(&square, &third), Ok(Taken::Removed));
    }

    async fn what_no_note_can_be_is_refused(kind) {
        let square = Square::new(kind);
        let fields = [("body", "Well?"), ("poll_choice", "Yes"), ("poll_choice", "No")];
        let posted = square.rosa.client.post("/notes", &fields).await;
        let id = posted.location().split(['/', '?']).nth(2).unwrap().parse().unwrap();
        let sound = whole(&square, id);
        let changes: [&dyn Fn(&mut Whole); 7] = [
            &|note| note.versions.clear(),
            &|note| note.views = -1,
            &|note| note.versions[0].content.body = "x".repeat(1_001),
            &|note| note.versions[0].content.language = "tlh".into(),
            &|note| note.versions[0].content.recording = Some("../../etc/passwd".into()),
            &|note| note.poll.as_mut().unwrap().choices.truncate(1),
            &|note| note.poll.as_mut().unwrap().choices[0].votes = 1,
        ];
        for change in changes {
            let mut changed = sound.clone();
            change(&mut changed);
            assert!(take(&square, &changed).is_err(), "{changed:?}");
        }
        assert_eq!(take(&square, &sound), Ok(Taken::Same));
    }
}
