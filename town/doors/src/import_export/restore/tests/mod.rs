#![allow(clippy::unwrap_used)]

mod said;

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
    AccountId, Permission, accounts,
    badges::{self, BadgeId, Looks as Badge},
    blocks,
    connections::{self, ShownTo},
    decisions, finding, letters,
    levels::{self, Conditions, Limit, Limits},
    lists,
    looks::{self, Colour, Colours, Menu, Own, Role},
    pictures::{self, Focus},
    profiles,
    questions::{self, Asked, Profile},
    testing::TestTown,
};
use std::{collections::BTreeMap, fs, path::Path, sync::atomic::AtomicBool};
use talk::{
    PostId,
    mentions::{self, State},
    numbers::{self, Tally, Views, Whose, day_of, hour_of},
    posts::Visibility,
    reactions, shares,
};
use testkit::Kind;
use things::{
    albums, notes, polls, sections,
    stories::{self, Content, LeadPicture, Saved, Source},
};
use web::layout::Who;

use said::{reported, square};

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

/// One of everything that ties people to one another.
fn tie(tx: &mut db::Tx, [ana, bo, rosa]: [AccountId; 3], section: i64, now: i64) -> Result<(), web::Error> {
    connections::follow(tx, rosa, section, now - 5)?;
    connections::ask(tx, ana, bo, now - 4)?;
    connections::accept(tx, bo, ana, now - 3)?;
    connections::ask(tx, rosa, ana, now - 2)?;
    let list = lists::make(tx, bo, "Choir", now - 2)?;
    lists::put(tx, bo, list, ana, now - 1)?;
    blocks::mute(tx, rosa, ana, Some(now + DAY), now)?;
    blocks::mute(tx, ana, rosa, None, now)?;
    blocks::block(tx, bo, rosa, now)?;
    connections::choose(tx, ana, ShownTo::OnlyMe)?;
    Ok(finding::be_found(tx, bo, true)?)
}

/// Reactions of each sort, to a story and to an album.
fn react(tx: &mut db::Tx, [story, album]: [PostId; 2], [ana, bo, rosa]: [AccountId; 3], now: i64) -> Result<(), web::Error> {
    let own = reactions::add(tx, &reactions::Changes { words: "Rain at last".into(), emoji: "🌧️".into() })?;
    reactions::change(tx, "sad", &reactions::Changes { words: "So sorry".into(), emoji: "😢".into() })?;
    reactions::move_up(tx, &own)?;
    for (post, by, kind) in
        [(story, bo, "like"), (story, rosa, own.as_str()), (story, ana, "thanks"), (album, bo, "thanks"), (album, rosa, "like")]
    {
        reactions::whole::take_in(tx, &reactions::whole::Line { post, by, kind: kind.into(), at: now })?;
    }
    reactions::retire(tx, "thanks", true)
}

/// How many connections everybody and everything has.
fn connected(town: &TestTown) -> Vec<[i64; 5]> {
    let sql = "select owner_id, followers, following, friends, waiting from connection_counts
        where followers + following + friends + waiting > 0 order by owner_id";
    let row = |row: &db::Row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]);
    town.town.db.read_now(move |tx| tx.all(sql, db::params![], row)).unwrap()
}

/// A site with one of everything. Answers a story with a picture, an album and two corrections, and the album.
fn furnish(workshop: &Workshop) -> (PostId, PostId) {
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
    let rosa = rosa.id;
    let (bo, hour, today) = (bo.id, hour_of(now), day_of(hour_of(now), &town.zone()));
    let made = town.db.write_now(move |tx| {
        pictures::insert(tx, &picture, ana, now)?;
        pictures::describe(
            tx,
            &picture.key,
            &pictures::Words { alt: "A dam".into(), name: "dam.png".into(), ..pictures::Words::default() },
            Focus::at(20, 80),
        )?;
        accounts::set_picture(tx, ana, Some(&picture.key), now)?;
        accounts::save_profile(tx, ana, "Ana Duarte", "Writes\nabout water.", now)?;
        let album = albums::bring(tx, ana, ("Fair days", "Two days\nin August."), std::slice::from_ref(&key), now - DAY)?;
        let hidden = albums::bring(tx, ana, ("Not yet", ""), std::slice::from_ref(&key), now - DAY)?;
        tx.run("update albums set listed_at = null where id = $1", db::params![hidden])?;
        tx.run("update posts set visibility = 'only_me' where id = $1", db::params![hidden])?;
        tx.run("update album_pictures set caption = 'The dam in August' where album_id = $1", db::params![album])?;
        tie(tx, [ana, bo, rosa], water.get(), now)?;
        let story = stories::create(tx, ana, &full, now - DAY)?;
        stories::publish(tx, story, None, ana, now - DAY)?;
        stories::publish(tx, story, Some("It was the old pipe."), bo, now - HOUR)?;
        let draft = stories::open_draft(tx, story)?;
        stories::save(
            tx,
            story,
            draft.version,
            &Content { body: format!("Other words.\n\nhttps://lantern.example/albums/{album}/fair-days\n"), ..full.clone() },
            ana,
            now - HOUR,
        )?;
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
        square(tx, (rosa, ana), &key, now)?;
        talk::saved::put(tx, rosa, story, now)?;
        react(tx, [story, album], [ana, bo, rosa], now)?;
        accounts::set_suspended(tx, rosa, true, now)?;
        reported(tx, (story, ana), bo, now)?;
        // What other pages say of it, one in each state, and whom it told.
        for (number, state) in [(1, State::Asked), (2, State::Waiting), (3, State::Shown), (4, State::Declined)] {
            let id = mentions::ask(tx, story, &format!("https://blog.example/{number}"), "blog.example", now)?;
            if state != State::Asked {
                mentions::verify(
                    tx,
                    id,
                    &mentions::Words { title: format!("Page {number}"), author: "Lou".into(), excerpt: "So & so".into() },
                )?;
                mentions::decide(tx, id, state)?;
            }
        }
        let elsewhere = mentions::ask(tx, going_on, "https://blog.example/5", "blog.example", now)?;
        mentions::verify(tx, elsewhere, &mentions::Words::default())?;
        mentions::block(tx, "spam.example", bo, now)?;
        mentions::note_sent(tx, story, "https://records.example/1")?;
        for (ago, views) in [(60, 30), (2, 6), (0, 5)] {
            let tally = Tally { views, phones: 2, seconds: 90, ..Tally::default() };
            let views = Views {
                tallies: [(story.get(), tally), (album.get(), tally)].into(),
                sites: [((story.get(), "a.example".into()), views)].into(),
            };
            numbers::count(tx, &views, hour - ago, today - ago / 24)?;
        }
        tx.run("update post_counts set views = 41 where post_id = $1", db::params![story])?;
        tx.run(
            "update site set robots = 'User-agent: x', review_required = 1, licence = 'by-sa', hub = 'https://hub.example/', joining = 'approval', rules = 'No goats.'",
            db::params![],
        )?;
        tx.run("delete from level_permissions where level = 'author' and permission = 'stories.publish'", db::params![])?;
        identity(tx, (rosa, ana), &key, now)?;
        Ok::<_, web::Error>((story, album))
    });
    made.unwrap()
}

/// How the site looks and speaks, what it asks and what it decided, in words of its own.
fn identity(tx: &mut db::Tx, (rosa, ana): (AccountId, AccountId), key: &str, now: i64) -> Result<(), web::Error> {
    let mut limits = Limits::default();
    limits.set(Limit::NotesAnHour, Some(7));
    levels::limit(tx, "member", limits)?;
    levels::add(tx, "neighbour", "Neighbour", 15)?;
    let conditions = Conditions { from: "member".into(), days: 30, posts: 3, quiet_days: 9, email: true };
    levels::save(tx, "neighbour", "Neighbour", 15, Some(&conditions))?;
    looks::save_colours(tx, Colours { accent: Some((Colour([20, 83, 45]), Colour([134, 239, 172]))), link: None })?;
    looks::save_contact(tx, "desk@town.example")?;
    looks::save_picture(tx, Role::Logo, Some(key))?;
    let own = |label: &str, who: Who| Own { heading: "Town".into(), label: label.into(), address: "/rules".into(), who };
    looks::save_menus(tx, Menu::Footer, &[own("Help", Who::Guests), own("Desk", Who::Staff)])?;
    letters::save(tx, "joining.admitted", &letters::Own { subject: "Hello {name}".into(), intro: "You are in.".into() }, now)?;
    let asked = Asked {
        profiles: vec![Profile::Business],
        words: "Open?".into(),
        kind: questions::Kind::Choice,
        choices: vec!["Yes".into(), "No".into()],
        required: true,
    };
    let question = questions::insert(tx, &asked, now)?;
    questions::set_profile(tx, rosa, Profile::Business, now)?;
    questions::put_answer(tx, rosa, question, "Yes", ShownTo::Members, now)?;
    let badge = Badge { name: "Trails".into(), meaning: "Keeps them".into(), icon: "leaf".into(), colour: "gold".into() };
    let badge = badges::insert(tx, &badge, now)?;
    badges::remove(tx, BadgeId::new(2))?;
    badges::give(tx, rosa, badge, Some(ana), now)?;
    decisions::Entry::new("badge.given", "Gave a badge").about(rosa).because("Trails.").by_itself(tx, now)?;
    Ok(accounts::suspend(tx, rosa, Some(now + DAY), "A pause.", now)?)
}

testkit::on_both! {
    async fn an_export_comes_back_without_loss_on_either_database(kind) {
        let workshop = Workshop::new(kind);
        let (story, album) = furnish(&workshop);
        let folder = tempfile::tempdir().unwrap();
        // Things that came from elsewhere, with what readers said there.
        fs::write(folder.path().join("export.xml"), wordpress::export(8)).unwrap();
        run(&workshop, &mut WordPress::open(&folder.path().join("export.xml"), TimeZone::UTC).unwrap());
        // And what an earlier version of this program kept of that.
        let kept = "insert into import_comments (source, item, story_id, content, created_at) values ('old', 'comment:1', $1,
            '{\"key\":\"comment:1\",\"parent\":\"\",\"name\":\"Lou\",\"email\":\"\",\"url\":\"\",\"at\":5,\"html\":\"So it is\",\"shown\":true}', 5)";
        workshop.news.town.town.db.write_now(move |tx| tx.run(kept, db::params![story])).unwrap();
        let (first, again) = (folder.path().join("first"), folder.path().join("again"));
        let told = export(&workshop.news.town, &first);
        assert_eq!((told.stories, told.files, told.lost.len()), (15, 1, 0));
        export(&workshop.news.town, &again);
        assert_same(&first, &again);
        for other in Kind::ALL {
            let town = bare(other);
            let report = read_back(&town, &first);
            assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept), report.of(Outcome::LeftOut)), (10, 5, 0), "{}", report.whole());
            assert_eq!((report.albums, report.mentions, report.notes, report.remarks), (2, 5, 3, 1), "{}", report.whole());
            let second = folder.path().join(format!("{other:?}"));
            export(&town, &second);
            assert_same(&first, &second);
            // A second run finds everything, and changes nothing.
            let report = read_back(&town, &first);
            assert_eq!((report.of(Outcome::Unchanged), report.albums, report.mentions), (15, 0, 0), "{}", report.whole());
            fs::remove_dir_all(&second).unwrap();
            export(&town, &second);
            assert_same(&first, &second);
            // Neither does one after a run that was killed before its last row, which is the site's.
            town.town.db.write_now(|tx| tx.run("delete from site", db::params![])).unwrap();
            town.reload();
            read_back(&town, &first);
            fs::remove_dir_all(&second).unwrap();
            export(&town, &second);
            assert_same(&first, &second);

            assert_eq!(connected(&town), connected(&workshop.news.town));
            assert_eq!(town.town.db.read_now(|tx| reactions::drift(tx, false)).unwrap(), []);
            assert_eq!(town.town.db.read_now(|tx| talk::comments::drift(tx, false)).unwrap(), []);
            let guest = town.guest();
            let old = guest.get(&guest.get("/?p=7").await.location()).await;
            assert_eq!(old.select_text("article.comment .byline strong"), ["Reader", "bo of Old"], "who has no account goes by the same name");
            old.assert_text("Brought along from the old site");
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
            // The story shows the album that it showed, and both hold their picture.
            let page = guest.get(&format!("/stories/{story}/the-old-pipe-leaks")).await;
            assert_eq!(page.attr(".album-card figcaption a", "href").unwrap(), format!("/albums/{album}/fair-days"));
            page.assert_text("Page 3");
            assert!(!page.has_text("Page 2") && !page.has_text("Page 4"));
            guest.get(&format!("/albums/{album}/fair-days")).await.assert_status(200).assert_text("The dam in August");
            let holders = town.town.db.read_now(|tx| {
                let key: String = tx.one("select key from pictures", db::params![], |row| row.get(0))?;
                people::uses::holders(tx, &key)
            }).unwrap();
            assert!(holders.contains(&story.get()) && holders.contains(&album.get()), "{holders:?}");
            for (old, new) in [("/pipe", format!("/stories/{story}/the-old-pipe-leaks")), ("/sections/water", "/sections/waterworks".into()), ("/authors/ana-d", "/@ana_duarte".into())] {
                assert_eq!(guest.get(old).await.location(), new);
            }
            for (kind, why) in [("publication", "what was scheduled is published when its time comes"), ("mention.check", "what nobody has looked at is looked at")] {
                let jobs: i64 = town.town.db.read_now(move |tx| tx.one("select count(*) from jobs where kind = $1", db::params![kind], |row| row.get(0))).unwrap();
                assert_eq!(jobs, 1, "{why}");
            }
        }
    }

    async fn an_export_of_an_older_program_gets_the_grants_it_did_not_know(kind) {
        let news = Newsroom::new(kind);
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("first");
        export(&news.town, &first);
        let path = first.join("site.json");
        let mut site: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        site.as_object_mut().unwrap().remove("permissions");
        for level in site["levels"].as_array_mut().unwrap() {
            level["permissions"].as_array_mut().unwrap().retain(|name| !["notes.write", "people.welcome", "notes.moderate", "badges.give", "posts.react"].iter().any(|new| name == new));
        }
        fs::write(&path, site.to_string()).unwrap();
        fs::remove_file(first.join("identity.jsonl")).unwrap();
        let town = bare(kind);
        read_back(&town, &first);
        let may = |level: &str, permission| town.town.levels().permissions(level).has(permission);
        assert!(may("member", Permission::WriteNotes) && may("author", Permission::WriteNotes) && !may("guest", Permission::WriteNotes));
        assert!(may("member", Permission::React) && !may("guest", Permission::React));
        assert!(may("editor", Permission::WelcomePeople) && may("editor", Permission::ModerateNotes) && may("administrator", Permission::GiveBadges));
        assert!(!may("member", Permission::WelcomePeople));
        // One that says what it knew is taken at its word.
        let second = folder.path().join("second");
        news.town.town.db.write_now(|tx| tx.run("delete from level_permissions where permission = 'people.welcome'", db::params![])).unwrap();
        export(&news.town, &second);
        let town = bare(kind);
        read_back(&town, &second);
        assert!(!town.town.levels().permissions("editor").has(Permission::WelcomePeople));
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
        let (story, album) = furnish(&workshop);
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
        guest.get(&format!("/albums/{album}/fair-days")).await.assert_status(200).assert_text("The dam in August");
        let waiting = other.news.town.town.db.read_now(|tx| mentions::in_state(tx, State::Waiting, (i64::MAX, i64::MAX), 9)).unwrap();
        assert_eq!(waiting.len(), 3, "readers see no mention that no editor here has approved: {waiting:?}");
        let read = |whose| other.news.town.town.db.read_now(move |tx| numbers::by_hour(tx, whose, &(0..i64::MAX))).unwrap().len();
        assert_eq!((read(Whose::Post(story)), read(Whose::Post(album)), read(Whose::Site)), (3, 3, 0));
        let (asked, circles, followers) = other.news.town.town.db.read_now(|tx| {
            let id = |tx: &mut db::Tx, handle| Ok::<_, db::Error>(accounts::by_handle(tx, handle)?.unwrap().id);
            let (ana, bo) = (id(tx, "ana_duarte")?, id(tx, "bo_lind")?);
            let water = sections::by_slug(tx, "waterworks")?.unwrap().id;
            Ok::<_, db::Error>((connections::are_connected(tx, ana, bo)?, lists::with(tx, bo, ana)?.len(), connections::counts(tx, water.get())?.followers))
        }).unwrap();
        assert_eq!((asked, circles, followers), (false, 1, 1), "friends are not made by a file");

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
    change("albums.jsonl", &|lines| lines.replacen("\"visibility\":\"public\"", "\"visibility\":\"famous\"", 1));
    change("mentions.jsonl", &|lines| lines.replacen("https://blog.example/5", "javascript:alert(1)", 1));
    change("reading_days.jsonl", &|lines| lines.replacen("\"day\":\"2", "\"day\":\"x", 1));
    let town = bare(Kind::Sqlite);
    let report = read_back(&town, &first);
    assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept), report.of(Outcome::LeftOut)), (1, 4, 2), "{}", report.whole());
    assert_eq!((report.albums, report.mentions), (1, 0), "{}", report.whole());
    for words in ["an album was left out", "a file is damaged", "no state that is known", "not on the web", "a line was not understood"] {
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
