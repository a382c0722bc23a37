#![allow(clippy::unwrap_used)]
use super::{Export, restore};
use crate::{
    front,
    import_export::{
        export::{Of, Told, Watch, into_folder},
        feed::tests as feed,
        ghost::tests as ghost,
        import::{Outcome, Report, Wanted},
        tests::{Workshop, aside, png, run, run_with, wanted},
        wordpress::{WordPress, tests as wordpress},
    },
    newsroom::{DAY, HOUR, Newsroom, content},
    old_addresses::{self, Target},
};
use jiff::tz::TimeZone;
use people::{
    accounts,
    pictures::{self, Focus},
    testing::TestTown,
};
use std::{collections::BTreeMap, fs, path::Path, sync::atomic::AtomicBool};
use talk::PostId;
use testkit::Kind;
use things::{
    sections,
    stories::{self, Content, LeadPicture, Saved, Source},
};

/// Every file below a folder, by its path.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, into);
            } else {
                into.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(folder, folder, &mut all);
    all
}

/// Two folders hold the same files with the same bytes.
pub(crate) fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs:\n{}\n{}", String::from_utf8_lossy(bytes), String::from_utf8_lossy(&other[name]));
    }
}

pub(crate) fn export(town: &TestTown, to: &Path) -> Told {
    aside(|| into_folder(&town.town, Of::Site, to, &Watch::silent())).unwrap()
}

pub(crate) fn read_back(town: &TestTown, from: &Path) -> Report {
    let report = aside(|| restore(&town.town, &Export::open(from).unwrap(), false, &|_| {}, &AtomicBool::new(false))).unwrap();
    town.reload();
    report
}

/// A town that nobody has set up, with every room.
pub(crate) fn bare(kind: Kind) -> TestTown {
    let rooms = || crate::routes().merge(things::routes()).merge(talk::routes()).merge(people::routes());
    let mut town = TestTown::bare(kind, rooms(), sections::links);
    town.refit(old_addresses::behind(rooms(), &town.town));
    town
}

/// A site with one of everything. Answers a story with a picture and two corrections.
fn furnish(workshop: &Workshop) -> PostId {
    let news = &workshop.news;
    let town = &news.town.town;
    let rosa = news.town.actor("Rosa", "member");
    let bo = news.town.actor("Bo Lind", "editor");
    let done = media::process(&png(700, 400), &media::Limits::default()).unwrap();
    pictures::keep_now(&town.media, &done).unwrap();
    let (key, ana, now, water, arts) = (done.key.clone(), news.ana.id, town.now(), news.water, news.arts);
    let picture = pictures::Picture {
        key: done.key,
        width: 700,
        height: 400,
        colour: done.colour,
        blur: done.blur,
        bytes: 9_000,
        ..pictures::Picture::default()
    };
    let full = Content {
        standfirst: "“Quoted”, & <b>odd</b>: a sentence".into(),
        body: format!("Words — *with* weight.\n\n![A dam](/media/{key}.webp \"A caption | Ana\")\n\n> A quotation\n"),
        topics: vec!["NightSky".into(), "agua".into()],
        place: "At the dam".into(),
        coauthors: vec![bo.id],
        sources: vec![Source { title: "Minutes".into(), url: "https://records.example/1".into() }],
        picture: Some(LeadPicture { key: key.clone(), caption: "The dam".into(), credit: "Ana".into(), alt: "A dam".into() }),
        dated: Some(now - 3 * DAY),
        ..content("The \"old\" pipe: leaks", water)
    };
    let bo = bo.id;
    let story = town.db.write_now(move |tx| {
        pictures::insert(tx, &picture, ana, now)?;
        pictures::describe(
            tx,
            &picture.key,
            &pictures::Words { alt: "A dam".into(), name: "dam.png".into(), ..pictures::Words::default() },
            Focus::at(20, 80),
        )?;
        accounts::set_picture(tx, ana, Some(&picture.key), now)?;
        accounts::save_profile(tx, ana, "Ana Duarte", "Writes\nabout water.", now)?;
        let story = stories::create(tx, ana, &full, now - DAY)?;
        stories::publish(tx, story, None, ana, now - DAY)?;
        stories::publish(tx, story, Some("It was the old pipe."), bo, now - HOUR)?;
        let draft = stories::open_draft(tx, story)?;
        stories::save(tx, story, draft.version, &Content { body: "Other words.".into(), ..full.clone() }, ana, now - HOUR)?;
        stories::publish(tx, story, Some("And not the new one."), ana, now - HOUR / 2)?;
        // One of each state that a story can be in.
        let begun = stories::create(tx, ana, &content("Only begun", arts), now)?;
        stories::save(tx, begun, 1, &content("Saved again", arts), ana, now)?;
        let beside = stories::save(tx, begun, 1, &content("Lost a race", arts), bo, now)?;
        assert!(matches!(beside, Saved::Beside { .. }));
        let later = stories::create(tx, bo, &content("For later", water), now)?;
        stories::schedule(tx, later, now + DAY, bo, now)?;
        let handed_in = stories::create(tx, ana, &content("Handed in", water), now)?;
        stories::submit(tx, handed_in, ana, now)?;
        for (headline, gone) in [("Taken down", false), ("Deleted", true)] {
            let story = stories::create(tx, ana, &content(headline, arts), now)?;
            stories::publish(tx, story, None, ana, now)?;
            if gone { stories::remove(tx, story, ana, now)? } else { stories::unpublish(tx, story, ana, now)? }
        }
        let going_on = stories::create(tx, ana, &content("Goes on", arts), now)?;
        stories::publish(tx, going_on, None, ana, now)?;
        stories::save(tx, going_on, 1, &content("Goes on and on", arts), ana, now)?;
        // Addresses of before: of a section, of somebody, of a story.
        sections::save(tx, water, &crate::newsroom::section("Waterworks", "waterworks", None, 7))?;
        old_addresses::keep(tx, "https://old.example/pipe", &Target::Story(story), now)?;
        old_addresses::keep(tx, "/authors/ana-d", &Target::Account(ana), now)?;
        old_addresses::keep(tx, "/rss.xml", &Target::Page("/feed.rss".into()), now)?;
        front::save(tx, &front::Arrangement { lead: Some(story), row: vec![going_on], strands: vec![arts] }, bo, now)?;
        talk::saved::put(tx, rosa.id, story, now)?;
        accounts::set_suspended(tx, rosa.id, true, now)?;
        tx.run("update post_counts set views = 41 where post_id = $1", db::params![story])?;
        tx.run("update site set robots = 'User-agent: x', review_required = 1", db::params![])?;
        tx.run("delete from level_permissions where level = 'author' and permission = 'stories.publish'", db::params![])?;
        Ok::<_, web::Error>(story)
    });
    story.unwrap()
}

testkit::on_both! {
    async fn an_export_comes_back_without_loss_on_either_database(kind) {
        let workshop = Workshop::new(kind);
        let story = furnish(&workshop);
        let folder = tempfile::tempdir().unwrap();
        // Things that came from elsewhere, with what readers said there.
        fs::write(folder.path().join("export.xml"), wordpress::export(8)).unwrap();
        run(&workshop, &mut WordPress::open(&folder.path().join("export.xml"), TimeZone::UTC).unwrap());
        let (first, again) = (folder.path().join("first"), folder.path().join("again"));
        let told = export(&workshop.news.town, &first);
        assert_eq!((told.stories, told.files, told.lost.len()), (15, 1, 0));
        export(&workshop.news.town, &again);
        assert_same(&first, &again);
        for other in Kind::ALL {
            let town = bare(other);
            let report = read_back(&town, &first);
            assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept), report.of(Outcome::LeftOut)), (10, 5, 0), "{}", report.whole());
            let second = folder.path().join(format!("{other:?}"));
            export(&town, &second);
            assert_same(&first, &second);
            // A second run finds everything, and changes nothing.
            let report = read_back(&town, &first);
            assert_eq!(report.of(Outcome::Unchanged), 15, "{}", report.whole());
            fs::remove_dir_all(&second).unwrap();
            export(&town, &second);
            assert_same(&first, &second);

            let guest = town.guest();
            for (path, words) in [
                (format!("/stories/{story}/the-old-pipe-leaks"), "Other words."),
                (format!("/stories/{story}/history/1"), "The first version."),
                ("/corrections".to_owned(), "And not the new one."),
                ("/".to_owned(), "The \"old\" pipe: leaks"),
                ("/sections/waterworks".to_owned(), "The \"old\" pipe: leaks"),
                ("/topics/nightsky".to_owned(), "The \"old\" pipe: leaks"),
                ("/@bo_lind".to_owned(), "The \"old\" pipe: leaks"),
                ("/@ana_duarte".to_owned(), "about water."),
            ] {
                guest.get(&path).await.assert_status(200).assert_text(words);
            }
            for (old, new) in [("/pipe", format!("/stories/{story}/the-old-pipe-leaks")), ("/sections/water", "/sections/waterworks".into()), ("/authors/ana-d", "/@ana_duarte".into())] {
                assert_eq!(guest.get(old).await.location(), new);
            }
            let jobs: i64 = town.town.db.read_now(|tx| tx.one("select count(*) from jobs where kind = 'publication'", db::params![], |row| row.get(0))).unwrap();
            assert_eq!(jobs, 1, "what was scheduled is published when its time comes");
        }
    }

    async fn what_came_in_by_hundreds_goes_out_and_comes_back(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.png"), png(20, 10)).unwrap();
        let wanted = Wanted { media: Some(folder.path().to_owned()), ..wanted() };
        fs::write(folder.path().join("export.xml"), wordpress::export(500)).unwrap();
        fs::write(folder.path().join("ghost.json"), ghost::export(500).to_string()).unwrap();
        let mut sources: Vec<Box<dyn crate::import_export::item::Source>> = vec![
            Box::new(WordPress::open(&folder.path().join("export.xml"), TimeZone::UTC).unwrap()),
            Box::new(crate::import_export::ghost::Ghost::open(&folder.path().join("ghost.json"), None, TimeZone::UTC).unwrap()),
            Box::new(crate::import_export::feed::Feed::read(feed::rss(500).as_bytes(), None, &TimeZone::UTC).unwrap()),
        ];
        for source in &mut sources {
            let report = run_with(&workshop, source.as_mut(), &wanted);
            assert_eq!(report.of(Outcome::Published), 500, "{}", report.whole());
        }
        let first = folder.path().join("first");
        assert_eq!(export(&workshop.news.town, &first).stories, 1_500);
        let town = bare(kind);
        assert_eq!(read_back(&town, &first).of(Outcome::Published), 1_500);
        let second = folder.path().join("second");
        export(&town, &second);
        assert_same(&first, &second);
        let guest = town.guest();
        for old in ["/2020/01/story-444/", "/?p=444", "/ghost-444/"] {
            let answer = guest.get(old).await;
            answer.assert_status(301);
            guest.get(&answer.location()).await.assert_status(200).assert_text("444");
        }
        // What came in there once does not come in here a second time.
        town.reload();
        let news = Workshop { news: Newsroom { town, ana: workshop.news.ana, ..workshop.news } };
        for source in &mut sources {
            let report = run_with(&news, source.as_mut(), &wanted);
            assert_eq!((report.of(Outcome::Published), report.stories()), (0, 500), "{}", report.whole());
        }
    }

    async fn beside_what_is_there_it_merges_and_leaves_what_was_changed(kind) {
        let workshop = Workshop::new(kind);
        let story = furnish(&workshop);
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("first");
        export(&workshop.news.town, &first);
        // Another town: it has an Ana of its own address, a section of the same name, and no administrators to give away.
        let other = Workshop::new(kind);
        let report = read_back(&other.news.town, &first);
        assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept), report.of(Outcome::LeftOut)), (2, 5, 0), "{}", report.whole());
        assert_eq!(report.people.len(), 2, "Ana is the same by her address: {:?}", report.people);
        let guest = other.news.town.guest();
        guest.get(&format!("/stories/{story}/the-old-pipe-leaks")).await.assert_status(200).assert_text("Ana Duarte");
        guest.get("/sections/waterworks").await.assert_status(200).assert_text("The \"old\" pipe: leaks");
        let level = |town: &TestTown| town.town.db.read_now(|tx| accounts::by_handle(tx, "bo_lind")).unwrap().unwrap().level;
        assert_eq!(level(&other.news.town), "author", "nobody comes to edit a site because another one says so");
        assert_eq!(other.news.town.town.site().name, "The Mesa Lantern");

        // The source goes on; here somebody edits one story and deletes another.
        workshop.edit("Goes on", "Goes far");
        let third = workshop.news.story("A third", workshop.news.arts, HOUR);
        let second = folder.path().join("second");
        export(&workshop.news.town, &second);
        other.edit("The \"old\" pipe: leaks", "Edited here");
        let report = read_back(&other.news.town, &second);
        assert_eq!(report.of(Outcome::Published), 1, "{}", report.whole());
        assert_eq!((report.of(Outcome::Updated), report.of(Outcome::Edited)), (1, 1), "{}", report.whole());
        guest.get(&format!("/stories/{third}/a-third")).await.assert_status(200);
        guest.get(&format!("/stories/{story}/edited-here")).await.assert_text("Edited here");
        guest.get("/sections/arts").await.assert_text("Goes far");
        other.remove("A third");
        let report = read_back(&other.news.town, &second);
        assert_eq!((report.of(Outcome::Edited), report.of(Outcome::Published)), (2, 0), "{}", report.whole());
    }
}

/// Files that anybody may have made do no harm: what is wrong is passed over and told, the rest comes in.
#[tokio::test]
async fn a_damaged_export_comes_in_as_far_as_it_is_sound() {
    let workshop = Workshop::new(Kind::Sqlite);
    furnish(&workshop);
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("first");
    export(&workshop.news.town, &first);
    let change = |name: &str, change: &dyn Fn(String) -> String| {
        let path = first.join(name);
        fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
    };
    // A picture that is none, a story of an unknown state, half a line, a path to another site, words with U+0000.
    let picture = fs::read_dir(first.join("media")).unwrap().next().unwrap().unwrap().path();
    fs::write(&picture, "<script>").unwrap();
    change("stories.jsonl", &|lines| {
        lines.replacen("\"state\":\"submitted\"", "\"state\":\"famous\"", 1).replacen("Saved again", "Saved\\u0000 again", 2)
    });
    change("revisions.jsonl", &|lines| lines.replacen("https://records.example/1", "javascript:alert(1)", 1));
    change("accounts.jsonl", &|lines| lines + "{\"id\":\n");
    change("addresses.jsonl", &|lines| lines.replace("\"/feed.rss\"", "\"//evil.example\""));
    let town = bare(Kind::Sqlite);
    let report = read_back(&town, &first);
    assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept), report.of(Outcome::LeftOut)), (1, 4, 2), "{}", report.whole());
    for words in ["a file is damaged", "no state that is known", "not on the web", "a line was not understood"] {
        assert!(report.whole().contains(words), "{words} is not in {}", report.whole());
    }
    let guest = town.guest();
    guest.get("/rss.xml").await.assert_status(404);
    let saved: Vec<String> = town.town.db.read_now(|tx| tx.all("select content from drafts", db::params![], |row| row.get(0))).unwrap();
    assert!(saved.iter().any(|content| content.contains("Saved again")));
    let later = fs::read_to_string(first.join("ocotillo.json")).unwrap().replace("\"version\": 1", "\"version\": 2");
    fs::write(first.join("ocotillo.json"), later).unwrap();
    assert!(Export::open(&first).unwrap_err().to_string().contains("newer program"));
}
