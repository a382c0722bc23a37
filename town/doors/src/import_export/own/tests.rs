#![allow(clippy::unwrap_used)]
use crate::{
    import_export::{
        import::Outcome,
        restore::tests::{bare, export, files, read_back},
        tests::png,
        unpack::unpack,
    },
    newsroom::{HOUR, Newsroom, content},
};
use people::{accounts, pictures};
use things::{
    albums,
    stories::{self, Content},
};

testkit::on_both! {
    async fn an_author_takes_what_is_theirs_and_nothing_else(kind) {
        let news = Newsroom::new(kind);
        let town = &news.town.town;
        let bo = news.town.actor("Bo Lind", "author");
        let done = media::process(&png(40, 20), &media::Limits::default()).unwrap();
        pictures::keep_now(&town.media, &done).unwrap();
        let picture = pictures::Picture { key: done.key.clone(), width: 40, height: 20, words: pictures::Words { alt: "A goat".into(), ..pictures::Words::default() }, ..pictures::Picture::default() };
        let gate = media::process(&png(30, 20), &media::Limits::default()).unwrap();
        pictures::keep_now(&town.media, &gate).unwrap();
        let beside = pictures::Picture { key: gate.key.clone(), width: 30, height: 20, ..pictures::Picture::default() };
        let (ana, other, arts, now, key) = (news.ana.id, bo.id, news.arts, town.now(), done.key.clone());
        let together = news.publish(&Content { coauthors: vec![other], ..content("Written together", arts) }, HOUR);
        let alone = town.db.write_now(move |tx| {
            pictures::insert(tx, &picture, ana, now)?;
            let alone = stories::create(tx, other, &content("Bo alone", arts), now)?;
            stories::publish(tx, alone, None, other, now)?;
            stories::create(tx, ana, &content("Ana has only begun", arts), now)?;
            stories::create(tx, other, &content("Bo has only begun", arts), now)?;
            let deleted = stories::create(tx, ana, &content("Ana deleted this", arts), now)?;
            stories::remove(tx, deleted, ana, now)?;
            albums::bring(tx, ana, ("Fair days of Ana", "In August."), std::slice::from_ref(&key), now)?;
            albums::bring(tx, other, ("Bo goes hiking", ""), std::slice::from_ref(&key), now)?;
            people::connections::follow(tx, ana, other.get(), now)?;
            people::connections::ask(tx, ana, other, now)?;
            people::connections::refuse(tx, other, ana, now)?;
            // A picture of another's that stands in what she said goes with her words.
            pictures::insert(tx, &beside, other, now)?;
            let pictures = vec![talk::files::Attached { key: beside.key.clone(), alt: "A gate".into() }];
            talk::comments::post(tx, ana, (together, None), &talk::comments::Content { pictures, ..Default::default() }, now)?;
            talk::saved::put(tx, ana, alone, now)?;
            talk::saved::put(tx, other, together, now)?;
            Ok::<_, web::Error>(alone)
        }).unwrap();
        news.ana.client.get("/settings").await.assert_text("Take your words with you");
        let page = news.ana.client.get("/settings/export").await;
        page.assert_status(200).assert_landmarks().assert_text("2 stories").assert_text("1 album").assert_text("1 picture or recording");
        let file = news.ana.client.submit(&page, "form[action='/settings/export']", &[]).await;
        file.assert_status(200);
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"ana_duarte.zip\""));
        assert_eq!((file.header("content-type"), file.header("cache-control")), (Some("application/zip"), Some("private, no-store")));
        assert_eq!(file.header("content-length").unwrap(), &file.body.len().to_string());

        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mine.zip"), &file.body).unwrap();
        let unpacked = unpack(&folder.path().join("mine.zip"), folder.path()).unwrap();
        let all = files(unpacked.path());
        let words = all.values().map(|bytes| String::from_utf8_lossy(bytes)).collect::<String>();
        for there in ["Written together", "Ana has only begun", "Fair days of Ana", "ana_duarte@town.example", "Bo Lind", &alone.to_string()] {
            assert!(words.contains(there), "{there} is missing");
        }
        let requests = String::from_utf8_lossy(&all["friend_requests.jsonl"]).into_owned();
        assert!(requests.contains(&other.to_string()) && !requests.contains("refused"), "who was refused is not told: {requests}");
        assert!(String::from_utf8_lossy(&all["follows.jsonl"]).contains(&other.to_string()));
        for not in ["Bo alone", "Bo has only begun", "Bo goes hiking", "Ana deleted this", "bo_lind@town.example"] {
            assert!(!words.contains(not), "{not} is in it");
        }
        for key in [&done.key, &gate.key] {
            assert!(all.contains_key(&format!("media/{key}.webp")), "{key}");
        }
        let left = std::fs::read_dir(news.town.folder.path().join("exports")).unwrap().count();
        assert_eq!(left, 0, "something was left on the disk");

        // It comes in elsewhere: first the town it left, whole, then what Ana wrote in hers since.
        let elsewhere = Newsroom::new(kind);
        let report = read_back(&elsewhere.town, unpacked.path());
        assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept)), (1, 1), "{}", report.whole());
        let guest = elsewhere.town.guest();
        guest.get("/albums").await.assert_status(200).assert_text("Fair days of Ana");
        guest.get(&format!("/stories/{together}/written-together")).await.assert_status(200).assert_text("Bo Lind");
        let came = elsewhere.town.town.db.read_now(|tx| accounts::by_handle(tx, "bo_lind")).unwrap().unwrap();
        assert_eq!((came.email, came.level.as_str()), (None, "author"));
        let whole = folder.path().join("whole");
        export(&news.town, &whole);
        let town = bare(kind);
        read_back(&town, &whole);
        assert_eq!(read_back(&town, unpacked.path()).of(Outcome::Unchanged), 2);
    }

    async fn the_file_is_for_members_and_not_too_often(kind) {
        let news = Newsroom::new(kind);
        let guest = news.town.guest();
        assert_eq!(guest.get("/settings/export").await.location(), "/sign-in?next=%2Fsettings%2Fexport");
        assert_eq!(guest.post("/settings/export", &[]).await.location(), "/sign-in");
        let rosa = news.town.actor("Rosa", "member");
        for _ in 0..3 {
            rosa.client.post("/settings/export", &[]).await.assert_status(200);
        }
        rosa.client.post("/settings/export", &[]).await.assert_status(429);
        news.ana.client.post("/settings/export", &[]).await.assert_status(200);
    }
}
