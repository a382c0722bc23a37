#![allow(clippy::unwrap_used)]
use people::AccountId;
use talk::PostId;
use testkit::Kind;

use super::{Parcel, Taken, page, revisions_after, take_back};
use crate::stories::tests::newsroom::Newsroom;

/// A story as it would be written into a file and read out of it.
fn parcel(room: &Newsroom, story: PostId) -> Parcel {
    let read = room.town.town.db.read_now(move |tx| {
        let stories = page(tx, None, PostId::new(story.get() - 1), 1)?;
        Ok::<_, web::Error>((stories, revisions_after(tx, &[story], (story, 0), 100)?))
    });
    let (mut stories, revisions) = read.unwrap();
    let json = serde_json::to_string(&stories.remove(0)).unwrap();
    Parcel { story: serde_json::from_str(&json).unwrap(), revisions, copies: Vec::new() }
}

fn take(room: &Newsroom, parcel: &Parcel) -> Result<Taken, String> {
    let (parcel, now) = (parcel.clone(), room.town.town.now());
    room.town.town.db.write_now(move |tx| take_back(tx, &parcel, now)).map_err(|error| error.words())
}

testkit::on_both! {
    async fn a_story_is_known_by_its_id_and_taken_over_only_while_nobody_changed_it_here(kind) {
        let room = Newsroom::new(kind);
        let story = room.published(&room.ana, "As it was").await;
        let first = parcel(&room, story);
        assert_eq!(take(&room, &first), Ok(Taken::Same));
        room.write(&room.ana, story, &[("headline", "As it is"), ("do", "publish")]).await.assert_status(303);
        let second = parcel(&room, story);
        assert_eq!(take(&room, &first), Ok(Taken::Edited), "an older state must not undo a newer one");
        room.read(story).await.assert_text("As it is");
        // A newer state of the source: one more revision, under a later time.
        let mut third = second.clone();
        let mut revision = third.revisions[1].clone();
        revision.number = 3;
        revision.id = db::Id::fresh();
        revision.content.headline = "As it will be".into();
        third.revisions.push(revision);
        third.story.updated += 1;
        third.story.views = 7;
        assert_eq!(take(&room, &third), Ok(Taken::Updated));
        room.read(story).await.assert_text("As it will be").assert_text("7 views");
        assert_eq!(take(&room, &third), Ok(Taken::Same));
        let mut foreign = third.clone();
        foreign.story.created -= 1;
        assert_eq!(take(&room, &foreign), Ok(Taken::Foreign));
        room.ana.client.post(&format!("/stories/{story}/removal"), &[]).await.assert_status(303);
        assert_eq!(take(&room, &third), Ok(Taken::Removed));
    }
}

#[tokio::test]
async fn what_no_story_can_be_is_refused() {
    let room = Newsroom::new(Kind::Sqlite);
    let story = room.published(&room.ana, "Sound").await;
    let sound = parcel(&room, story);
    let changes: [&dyn Fn(&mut Parcel); 7] = [
        &|parcel| parcel.story.visibility = "secret".into(),
        &|parcel| parcel.revisions[0].number = 2,
        &|parcel| parcel.revisions.clear(),
        &|parcel| parcel.story.section = None,
        &|parcel| parcel.story.byline.clear(),
        &|parcel| parcel.story.views = -1,
        &|parcel| parcel.revisions[0].content.headline = "long".repeat(100),
    ];
    for change in changes {
        let mut changed = sound.clone();
        change(&mut changed);
        assert!(take(&room, &changed).is_err(), "{changed:?}");
    }
    let mut renamed = sound.clone();
    renamed.rename(|_| AccountId::new(5), |_| crate::sections::SectionId::new(6));
    assert_eq!((renamed.story.author.get(), renamed.story.section.map(crate::sections::SectionId::get)), (5, Some(6)));
    assert_eq!(renamed.revisions[0].content.section.map(crate::sections::SectionId::get), Some(6));
}
