#![allow(clippy::unwrap_used)]
use super::{Folder, split};
use crate::import_export::{
    import::{Outcome, Report},
    item::{Found, Item, Source as _, State},
    tests::{Workshop, headlines, png, run},
};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::{fs, path::Path};

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(folder: &Path) -> Vec<Item> {
    let mut items = Vec::new();
    let mut source = Folder::open(folder, "x", TimeZone::UTC).unwrap();
    source
        .read(&mut |found| {
            if let Found::Story(item) = found {
                items.push(*item);
            }
            Ok(())
        })
        .unwrap();
    items
}

fn take(workshop: &Workshop, folder: &Path) -> Report {
    run(workshop, &mut Folder::open(folder, "site", TimeZone::UTC).unwrap())
}

#[test]
fn the_words_of_every_generator_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "_posts/2020-01-02-a-story.md",
        "---\ntitle: \"A: story\"\ncategories: [News, Water]\ntags: dry wet\nauthor: Ana <ana@a.example>\nredirect_from:\n  - /old\n---\nWords.",
    );
    write(
        folder.path(),
        "content/news/two/index.md",
        "+++\ntitle = \"Two\"\ndate = 2021-02-03T04:05:06Z\nlastmod = 2021-03-03\ndraft = true\n[cover]\nimage = \"a.jpg\"\nalt = \"An A\"\n+++\nWords.",
    );
    write(folder.path(), "three.html", "{\"title\": \"Three\", \"date\": \"2022-01-01\"}\n<article><h2>Head</h2><p>Words</p></article>");
    write(folder.path(), "_drafts/four.md", "# Four\n\nWords {{< figure src=\"b.png\" caption=\"B\" >}}");
    write(folder.path(), "bad.md", "---\ntitle: [\n---\nx");
    let items = read(folder.path());
    let by = |title: &str| items.iter().find(|item| item.title == title).unwrap();
    let first = by("A: story");
    assert_eq!(first.published, Some(1_577_923_200_000));
    assert_eq!((first.section[0].name.as_str(), first.topics.len()), ("News", 3));
    assert_eq!((first.authors[0].name.as_str(), first.authors[0].email.as_str()), ("Ana", "ana@a.example"));
    assert!(
        first.addresses.contains(&"/old".to_owned()) && first.addresses.contains(&"news/water/2020/01/02/a-story.html".to_owned()),
        "{:?}",
        first.addresses
    );
    let second = by("Two");
    assert_eq!((second.state.clone(), second.section[0].name.as_str()), (State::Draft(String::new()), "News"));
    assert_eq!(second.picture.as_ref().map(|lead| (lead.src.as_str(), lead.alt.as_str())), Some(("a.jpg", "An A")));
    assert!(second.addresses.contains(&"/news/two".to_owned()), "{:?}", second.addresses);
    assert_eq!(by("Three").published, Some(1_640_995_200_000));
    assert_eq!(by("Four").state, State::Draft(String::new()));
    assert_eq!(items.len(), 4);
}

testkit::on_both! {
    async fn a_folder_comes_in_once(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.png"), png(30, 20)).unwrap();
        write(folder.path(), "news/one.md", "---\ntitle: One\ndate: 2020-01-02\nauthor: Bo Reed\ntags: [night sky]\nimage: /a.png\naliases: [/2020/one/]\n---\nSee:\n\n![A](../a.png \"Under it\")\n\nand ![B](gone.png).\n\n<figure><img src=\"/a.png\"></figure>");
        write(folder.path(), "news/two.md", "---\ntitle: Two\ndraft: true\n---\nWords.");
        let report = take(&workshop, folder.path());
        assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept), report.people.len(), report.pictures), (1, 1, 2, 1), "{report}");
        assert!(report.whole().contains("a picture became a link"), "{report}");
        let guest = workshop.news.town.guest();
        let page = guest.get("/2020/one").await;
        page.assert_status(301);
        let page = guest.get(page.header("location").unwrap()).await;
        page.assert_status(200).assert_text("Bo Reed").assert_text("Under it");
        assert_eq!(page.select_text("h1"), ["One"]);
        assert!(page.attr("time", "datetime").unwrap().starts_with("2020-01-02"));
        guest.get("/topics/nightsky").await.assert_status(200);
        guest.get("/sections/news").await.assert_status(200);
        assert_eq!(headlines(&workshop, "news").await, ["One"]);

        let again = take(&workshop, folder.path());
        // A picture is still missing, so the story was looked at once more, and is the same.
        assert_eq!((again.of(Outcome::Unchanged), again.stories(), again.people.len()), (2, 2, 0), "{again}");
        write(folder.path(), "news/two.md", "---\ntitle: Two, changed\n---\nWords.");
        write(folder.path(), "gone.txt", "");
        let third = take(&workshop, folder.path());
        assert_eq!((third.of(Outcome::Updated), third.of(Outcome::Unchanged)), (1, 1), "{third}");
        assert_eq!(headlines(&workshop, "news").await, ["Two, changed", "One"]);
    }

    async fn a_language_that_is_given_is_kept(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "one.md", "---\ntitle: Uno\ndate: 2020-01-02\nlang: es-MX\n---\nDos.");
        write(folder.path(), "two.md", "---\ntitle: Two\ndate: 2020-01-01\nlanguage: tlh\n---\nWords.");
        let report = take(&workshop, folder.path());
        assert!(report.whole().contains("“tlh” is no language that is known here"), "{}", report.whole());
        let found = workshop.news.town.town.db.read_now(|tx| things::stories::cards(tx, talk::Cursor::NEWEST, 9)).unwrap();
        let languages: Vec<(&str, &str)> = found.iter().map(|card| (card.headline.as_str(), card.language.as_str())).collect();
        assert_eq!(languages, [("Uno", "es"), ("Two", "en")]);
    }

    async fn what_was_edited_here_stays(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        for name in ["one", "two", "three"] {
            write(folder.path(), &format!("{name}.md"), &format!("---\ntitle: {name}\ndate: 2020-01-02\n---\nWords."));
        }
        take(&workshop, folder.path());
        workshop.edit("one", "edited here");
        workshop.remove("two");
        for name in ["one", "two", "three"] {
            write(folder.path(), &format!("{name}.md"), &format!("---\ntitle: {name} anew\ndate: 2020-01-02\n---\nWords."));
        }
        let report = take(&workshop, folder.path());
        assert_eq!((report.of(Outcome::Edited), report.of(Outcome::Updated)), (2, 1), "{report}");
        let mut there = headlines(&workshop, "news").await;
        there.sort();
        assert_eq!(there, ["edited here", "three anew"]);
    }

    async fn pictures_outside_of_the_folder_are_not_taken(kind) {
        let workshop = Workshop::new(kind);
        let outer = tempfile::tempdir().unwrap();
        fs::write(outer.path().join("secret.png"), png(9, 9)).unwrap();
        let folder = outer.path().join("inner");
        write(&folder, "one.md", "---\ntitle: One\n---\n![a](../secret.png) ![b](/../secret.png) ![c](..%2fsecret.png) ![d](link.png)");
        #[cfg(unix)]
        std::os::unix::fs::symlink(outer.path().join("secret.png"), folder.join("link.png")).unwrap();
        let report = take(&workshop, &folder);
        assert_eq!((report.pictures, report.of(Outcome::Published)), (0, 1), "{report}");
    }

    async fn hostile_files_do_no_harm(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        let bomb = format!("---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n{}title: Bomb\n---\nx", (1..12).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9))).collect::<String>());
        write(folder.path(), "bomb.md", &bomb);
        write(folder.path(), "title.md", &format!("---\ntitle: {}\ndate: 9999-99-99\n---\nWords", "very long ".repeat(5_000)));
        write(folder.path(), "script.md", "---\ntitle: \"<script>x\"\n---\nA<script>alert(1)</script>\0 <img src=x onerror=y>");
        write(folder.path(), "empty.md", "");
        write(folder.path(), "date.md", "---\ntitle: Early\ndate: 0001-01-01\n---\nWords");
        let report = take(&workshop, folder.path());
        assert_eq!((report.of(Outcome::Published), report.of(Outcome::LeftOut)), (3, 2), "{}", report.whole());
        assert_eq!(headlines(&workshop, "news").await.len(), 3);
    }
}

proptest! {
    #[test]
    fn front_matter_of_any_kind_is_read_or_refused(text in "(---|\\+\\+\\+|\\{)?\n?[a-z:\\[\\]{}&*\"'# \n=-]{0,80}(\n---\n|\n\\+\\+\\+\n|\\})?[\\PC\n]{0,20}") {
        let _ = split(&text);
    }
}
