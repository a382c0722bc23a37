//! What nothing uses goes after a week, and nothing else.
#![allow(clippy::unwrap_used)]

use db::{Tx, params};
use std::{path::Path, sync::Barrier};
use testkit::Attachment;

use super::{collect, store};
use crate::{
    Town, pictures,
    pictures::tests::PNG,
    recordings,
    testing::{Actor, TestTown},
    uploads::tests::song,
    uses,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
const ALBUM: i64 = 77;

/// Uploads the brown picture and answers its key.
async fn upload(by: &Actor) -> String {
    let page = by.client.upload("/pictures", &[], &[Attachment::new("file", "creek.png", "image/png", &PNG[..])]).await;
    pictures::key_in(&page.location()).unwrap().to_owned()
}

/// Names of all files in the store.
fn stored(town: &TestTown) -> usize {
    fn below(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { below(&path) } else { 1 }).sum()
    }
    below(&town.folder.path().join("media"))
}

fn write<T: Send + 'static>(town: &Town, mut unit: impl FnMut(&mut Tx) -> Result<T, db::Error> + Send + 'static) -> T {
    town.db.write_now(move |tx| unit(tx)).unwrap()
}

fn is_noted(town: &Town, key: &str) -> bool {
    let key = key.to_owned();
    write(town, move |tx| Ok(pictures::find(tx, &key)?.is_some() || recordings::find(tx, &key)?.is_some()))
}

fn use_as(town: &Town, holder: i64, keys: &[&str]) {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    write(town, move |tx| uses::set(tx, holder, &keys));
}

/// Begins the removal of whatever is due, as a program does that is killed right after.
fn begin(town: &Town) -> Vec<String> {
    let now = town.now();
    write(town, move |tx| store::begin(tx, now - 7 * DAY, now, 20)).keys
}

testkit::on_both! {
    async fn what_nobody_ever_used_goes_a_week_after_it_came(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let picture = upload(&rosa).await;
        let led = rosa.client.upload("/uploads", &[], &[Attachment::new("file", "bell.mp3", "audio/mpeg", song())]).await.location();
        let bell = recordings::key_in(&led).unwrap().to_owned();
        assert_eq!(stored(&town), 3, "two formats of one width, and the bell");
        town.pass(7 * DAY - 60_000);
        collect(town.town.clone()).await.unwrap();
        assert_eq!(stored(&town), 3);
        town.pass(60_000);
        collect(town.town.clone()).await.unwrap();
        assert_eq!(stored(&town), 0);
        assert!(!is_noted(&town.town, &picture) && !is_noted(&town.town, &bell));
        town.guest().get(&pictures::address(&picture)).await.assert_status(404);
        assert_eq!(upload(&rosa).await, picture, "it may come again");
        town.guest().get(&pictures::address(&picture)).await.assert_status(200);
    }

    async fn what_comes_again_has_its_week_again(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana) = (town.actor("Rosa", "author"), town.actor("Ana", "author"));
        let picture = upload(&rosa).await;
        town.pass(6 * DAY);
        assert_eq!(upload(&ana).await, picture);
        town.pass(6 * DAY);
        collect(town.town.clone()).await.unwrap();
        town.guest().get(&pictures::address(&picture)).await.assert_status(200);
        town.pass(DAY);
        collect(town.town.clone()).await.unwrap();
        town.guest().get(&pictures::address(&picture)).await.assert_status(404);
    }

    async fn the_week_begins_when_the_last_use_ends(kind) {
        let town = TestTown::of_people(kind);
        let picture = upload(&town.actor("Rosa", "author")).await;
        use_as(&town.town, ALBUM, &[&picture]);
        use_as(&town.town, ALBUM + 1, &[&picture, "no key"]);
        for _ in 0..5 {
            town.pass(8 * DAY);
            collect(town.town.clone()).await.unwrap();
        }
        assert!(is_noted(&town.town, &picture));
        use_as(&town.town, ALBUM, &[]);
        town.pass(8 * DAY);
        collect(town.town.clone()).await.unwrap();
        write(&town.town, |tx| uses::forget(tx, ALBUM + 1));
        // Seven days later that is noticed. Six days later it is used for a moment, and the week begins once more.
        for (days, for_a_moment) in [(7, false), (6, true), (1, false), (6, false)] {
            town.pass(days * DAY);
            if for_a_moment {
                use_as(&town.town, ALBUM, &[&picture]);
                use_as(&town.town, ALBUM, &[]);
            }
            collect(town.town.clone()).await.unwrap();
            assert!(is_noted(&town.town, &picture));
        }
        town.pass(DAY);
        collect(town.town.clone()).await.unwrap();
        assert!(!is_noted(&town.town, &picture) && stored(&town) == 0);
    }

    async fn a_members_own_picture_stays_until_it_is_taken_off(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let form = [("display_name", "Rosa"), ("bio", "")];
        rosa.client.upload("/settings", &form, &[Attachment::new("picture", "me.png", "image/png", &PNG[..])]).await.assert_status(303);
        for _ in 0..3 {
            town.pass(8 * DAY);
            collect(town.town.clone()).await.unwrap();
        }
        assert_eq!(stored(&town), 2);
        let form = [&form[..], &[("without_picture", "on")]].concat();
        rosa.client.upload("/settings", &form, &[]).await.assert_status(303);
        for kept in [2, 0] {
            town.pass(8 * DAY);
            collect(town.town.clone()).await.unwrap();
            assert_eq!(stored(&town), kept);
        }
    }

    async fn the_picture_of_a_recording_stays_with_it(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let picture = upload(&rosa).await;
        let led = rosa.client.upload("/uploads", &[], &[Attachment::new("file", "bell.mp3", "audio/mpeg", song())]).await.location();
        let bell = recordings::key_in(&led).unwrap().to_owned();
        let (of, poster) = (bell.clone(), picture.clone());
        write(&town.town, move |tx| recordings::describe(tx, &of, &recordings::Words::default(), Some(&poster)));
        use_as(&town.town, ALBUM, &[&bell]);
        for _ in 0..3 {
            town.pass(8 * DAY);
            collect(town.town.clone()).await.unwrap();
        }
        assert!(is_noted(&town.town, &picture) && is_noted(&town.town, &bell));
    }

    async fn an_upload_that_broke_off_leaves_nothing_for_good(kind) {
        let town = TestTown::of_people(kind);
        let key = "00112233445566778899aabbccddeeff-640";
        pictures::expect(&town.town, key).await.unwrap();
        town.town.media.put(&format!("{key}.webp"), &b"half"[..]).await.unwrap();
        assert_eq!(stored(&town), 1);
        town.pass(7 * DAY);
        collect(town.town.clone()).await.unwrap();
        assert_eq!(stored(&town), 0);
    }

    async fn a_removal_that_was_killed_is_finished_and_nobody_comes_in_between(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let picture = upload(&rosa).await;
        town.pass(7 * DAY);
        assert_eq!(begin(&town.town), [picture.as_str()]);
        assert_eq!(stored(&town), 2);
        let refused = rosa.client.upload("/pictures", &[], &[Attachment::new("file", "creek.png", "image/png", &PNG[..])]).await;
        refused.assert_status(422).assert_text("upload it again in a minute");
        collect(town.town.clone()).await.unwrap();
        assert_eq!(stored(&town), 0);
        assert_eq!(upload(&rosa).await, picture);
        town.guest().get(&pictures::address(&picture)).await.assert_status(200);
    }

    async fn a_use_in_the_last_moment_wins(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let picture = upload(&rosa).await;
        town.pass(7 * DAY);
        use_as(&town.town, ALBUM, &[&picture]);
        assert!(begin(&town.town).is_empty());
        assert!(is_noted(&town.town, &picture));
        // A body may lead to a narrower width of a picture than the widest, which is its key.
        let (wide, narrow) = ("00112233445566778899aabbccddeeff-700", "00112233445566778899aabbccddeeff-320");
        let (noted, owner, old) = (pictures::Picture { key: wide.into(), ..pictures::Picture::default() }, rosa.id, town.town.now() - 7 * DAY);
        write(&town.town, move |tx| {
            pictures::insert(tx, &noted, owner, old)?;
            super::expect(tx, wide, old)
        });
        use_as(&town.town, ALBUM + 1, &[narrow]);
        write(&town.town, move |tx| super::expect(tx, wide, old));
        assert!(begin(&town.town).is_empty() && is_noted(&town.town, wide));
        // Where an import found it is no use: what leads to it from there, or shows it, says so itself.
        let (key, old) = (picture.clone(), town.town.now() - 7 * DAY);
        write(&town.town, move |tx| {
            uses::forget(tx, ALBUM)?;
            super::expect(tx, &key, old)?;
            tx.run("insert into import_pictures (address, picture) values ('https://old.example/a.png', $1)", params![&key])
        });
        assert_eq!(begin(&town.town), [picture]);
    }

    async fn of_a_save_and_a_removal_at_the_same_time_one_wins(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        for _ in 0..20 {
            let picture = upload(&rosa).await;
            town.pass(7 * DAY);
            let (start, held) = (Barrier::new(2), town.town.clone());
            let (saved, begun) = std::thread::scope(|scope| {
                let saving = scope.spawn(|| {
                    let key = picture.clone();
                    start.wait();
                    // As a story is saved: whoever names a picture asks first whether it is here.
                    write(&held, move |tx| {
                        let here = pictures::find(tx, &key)?.is_some();
                        uses::set(tx, ALBUM, if here { std::slice::from_ref(&key) } else { &[] })?;
                        Ok(here)
                    })
                });
                let beginning = scope.spawn(|| {
                    start.wait();
                    begin(&town.town)
                });
                (saving.join().unwrap(), beginning.join().unwrap())
            });
            assert_eq!(saved, begun.is_empty(), "either it is used or it goes");
            collect(town.town.clone()).await.unwrap();
            assert_eq!((is_noted(&town.town, &picture), stored(&town)), if saved { (true, 2) } else { (false, 0) });
            write(&town.town, |tx| uses::forget(tx, ALBUM));
        }
    }

    async fn nothing_goes_before_it_is_known_what_older_stories_use(kind) {
        let town = TestTown::of_people(kind);
        upload(&town.actor("Rosa", "author")).await;
        town.pass(7 * DAY);
        write(&town.town, |tx| tx.run("insert into media_recounts (after_id) values (0)", &[]));
        collect(town.town.clone()).await.unwrap();
        assert_eq!(stored(&town), 2);
        write(&town.town, |tx| tx.run("delete from media_recounts", &[]));
        collect(town.town.clone()).await.unwrap();
        assert_eq!(stored(&town), 0);
    }
}

#[test]
fn a_file_has_one_stem_and_as_many_keys_as_widths() {
    let stem = "00112233445566778899aabbccddeeff";
    for name in [format!("{stem}-640"), format!("{stem}.mp3")] {
        assert_eq!(super::stem(&name), Some(stem), "{name}");
    }
    for wrong in ["", stem, "../secret", &stem.to_uppercase(), &format!("{}é-640", &stem[..31])] {
        assert_eq!(super::stem(wrong), None, "{wrong}");
    }
    assert_eq!(super::names(&format!("{stem}-700")), [700, 640, 320].map(|width| format!("{stem}-{width}")));
    assert_eq!(super::names(&format!("{stem}.mp3")), [format!("{stem}.mp3")]);
}
