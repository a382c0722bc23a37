#![allow(clippy::unwrap_used)]
use talk::PostId;

use super::{Standing, Taken, Whole, page, take_back};
use crate::{albums::tests::key, stories::tests::newsroom::Newsroom};

/// An album as it would be written into a file and read out of it.
fn whole(news: &Newsroom, id: PostId) -> Whole {
    let read = news.town.town.db.read_now(move |tx| page(tx, None, PostId::new(id.get() - 1), 1)).unwrap();
    serde_json::from_str(&serde_json::to_string(&read[0]).unwrap()).unwrap()
}

fn take(news: &Newsroom, album: &Whole) -> Result<Taken, String> {
    let album = album.clone();
    news.town.town.db.write_now(move |tx| take_back(tx, &album)).map_err(|error| error.words())
}

testkit::on_both! {
    async fn an_album_is_known_by_its_id_and_taken_over_only_while_nobody_changed_it_here(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A pig"), (2, "A goat")]);
        let id = news.album(&news.ana, "Fair days", &[1, 2]).await;
        let first = whole(&news, id);
        assert_eq!((first.listed, first.pictures.len(), take(&news, &first)), (None, 2, Ok(Taken::Same)));
        news.town.pass(1_000);
        news.make(&news.ana, id, &[("do", "publish")]).await.assert_status(303);
        assert_eq!(take(&news, &first), Ok(Taken::Edited), "an older state must not take it off the site");
        // A newer state of the source.
        let mut second = whole(&news, id);
        second.updated += 1;
        second.title = "County fair".into();
        second.views = 7;
        second.pictures.rotate_left(1);
        second.pictures[0].caption = "Our goat".into();
        second.pictures.push(Standing { key: key(9), caption: "Not here".into() });
        assert_eq!((take(&news, &second), take(&news, &second)), (Ok(Taken::Updated), Ok(Taken::Same)));
        let read = news.read_album(id).await;
        read.assert_text("County fair").assert_text("2 pictures").assert_text("7 views");
        assert_eq!(read.select_text(".album-grid figcaption"), ["Our goat", "Caption 1"]);
        let foreign = Whole { created: second.created - 1, ..second.clone() };
        assert_eq!(take(&news, &foreign), Ok(Taken::Foreign));
        let story = news.published(&news.ana, "A story").await;
        assert_eq!(take(&news, &Whole { id: story, ..second.clone() }), Ok(Taken::Foreign));
        let bare = Whole { pictures: vec![Standing { key: key(9), caption: String::new() }], ..second.clone() };
        assert!(take(&news, &bare).unwrap_err().contains("none of its pictures is here"));
        news.ana.client.post(&format!("/albums/{id}/removal"), &[]).await.assert_status(303);
        assert_eq!(take(&news, &second), Ok(Taken::Removed));
    }

    async fn what_no_album_can_be_is_refused(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A pig")]);
        let id = news.public_album(&news.ana, "Fair days", &[1]).await;
        let sound = whole(&news, id);
        let changes: [&dyn Fn(&mut Whole); 8] = [
            &|album| album.visibility = "secret".into(),
            &|album| album.visibility = "only_me".into(),
            &|album| album.title.clear(),
            &|album| album.byline.clear(),
            &|album| album.views = -1,
            &|album| album.title = "long".repeat(100),
            &|album| album.pictures.push(album.pictures[0].clone()),
            &|album| album.pictures[0].key = "../../etc/passwd".into(),
        ];
        for change in changes {
            let mut changed = sound.clone();
            change(&mut changed);
            assert!(take(&news, &changed).is_err(), "{changed:?}");
        }
    }
}
