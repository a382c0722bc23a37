//! `ocotillo import` in a process of its own: beside a server, killed in the middle, run again.

use std::{fmt::Write as _, fs, path::Path, process::Stdio, time::Duration};
use testkit::Kind;

use crate::program::{Program, command, printed, run};

const STORIES: usize = 1_500;

fn feed() -> String {
    let mut out = String::from("<rss version=\"2.0\"><channel><title>Old</title><link>https://old.example</link>");
    for number in 1..=STORIES {
        let _ = write!(
            out,
            "<item><title>Story {number}</title><link>https://old.example/{number}</link><guid>{number}</guid><pubDate>Thu, 02 Jan 2020 10:00:00 GMT</pubDate><description>&lt;p&gt;Words of {number}.&lt;/p&gt;</description></item>"
        );
    }
    out + "</channel></rss>"
}

fn import(folder: &Path, feed: &str, more: &[&str]) -> String {
    let mut arguments = vec!["import", feed, "--data", folder.to_str().unwrap()];
    arguments.extend(more);
    let output = run(&arguments, "");
    assert!(output.status.success(), "{}", printed(&output));
    printed(&output)
}

/// The number that stands before some words of a report.
fn told(report: &str, words: &str) -> usize {
    let line = report.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no {words:?} in {report}"));
    line.split_whitespace().next().unwrap().parse().unwrap()
}

testkit::on_both! {
    fn a_run_that_was_killed_goes_on_and_doubles_nothing(kind) {
        let database = (kind == Kind::Postgres).then(|| testkit::database::empty(kind));
        let folder = tempfile::tempdir().unwrap();
        let more: Vec<&str> = database.iter().flat_map(|database| ["--database", database.url.as_str()]).collect();
        let mut fill = vec!["demo", "fill", "--data", folder.path().to_str().unwrap()];
        fill.extend(&more);
        assert!(run(&fill, "").status.success());
        let program = Program::serve(folder.path(), &more);
        let path = folder.path().join("feed.xml");
        fs::write(&path, feed()).unwrap();
        let path = path.to_str().unwrap();

        let mut child = command()
            .args(["import", path, "--data"]).arg(folder.path()).args(&more)
            .stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Killed once something is in, long before everything is.
        while program.get("/1", "").status != 301 {
            assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
            std::thread::sleep(Duration::from_millis(5));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(program.get(&format!("/{STORIES}"), "").status, 404, "everything was in before it was killed");

        let second = import(folder.path(), path, &more);
        let (new, here) = (told(&second, "stories published"), told(&second, "stories here already"));
        assert!(new > 0 && here > 0 && new + here == STORIES, "{second}");
        let third = import(folder.path(), path, &more);
        assert_eq!((told(&third, "stories published"), told(&third, "stories here already")), (0, STORIES), "{third}");
        for number in [1, 700, STORIES] {
            let answer = program.get(&format!("/{number}"), "");
            assert_eq!(answer.status, 301);
            assert!(program.get(answer.header("location"), "").body.contains(&format!("Words of {number}.")));
        }
        assert_eq!(program.stop(), Some(0));
    }
}

#[test]
fn a_dry_run_writes_nothing_and_wrong_words_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    assert!(run(&["demo", "fill", "--data", data], "").status.success());
    let path = folder.path().join("feed.xml");
    fs::write(&path, feed()).unwrap();
    let path = path.to_str().unwrap();
    let report = import(folder.path(), path, &["--dry-run"]);
    assert_eq!(told(&report, "stories published"), STORIES);
    assert!(report.contains("Would come in") && !folder.path().join("imports").exists(), "{report}");
    assert_eq!(told(&import(folder.path(), path, &["--dry-run"]), "stories here already"), 0);
    for (arguments, words) in [
        (vec![path, "--from", "myspace"], "wordpress, ghost, substack, feed, folder"),
        (vec![path, "--author", "nobody"], "nobody has the handle"),
        (vec!["/nowhere"], "cannot be read"),
        (vec!["https://127.0.0.1/feed"], "not on the public web"),
    ] {
        let mut all = vec!["import", "--data", data];
        all.extend(&arguments);
        let output = run(&all, "");
        assert!(!output.status.success() && printed(&output).contains(words), "{words} is not in {}", printed(&output));
    }
}

#[test]
fn a_picture_in_avif_is_decoded_by_a_child_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert!(run(&["demo", "fill", "--data", data.to_str().unwrap()], "").status.success());
    let site = folder.path().join("site");
    fs::create_dir(&site).unwrap();
    fs::write(site.join("creek.md"), "---\ntitle: The creek\ndate: 2020-01-02\n---\nLook: ![The creek](creek.avif)\n").unwrap();
    fs::write(site.join("creek.avif"), include_bytes!("../../../../engines/media/src/tests/files/red-blue.avif")).unwrap();
    let stored = || walk(&data.join("media"));
    let before = stored();
    let report = import(&data, site.to_str().unwrap(), &[]);
    assert_eq!(stored(), before + 2, "one width in two formats:\n{report}");
    fs::write(site.join("broken.md"), "---\ntitle: Broken\ndate: 2020-01-03\n---\n![Broken](broken.avif)\n").unwrap();
    fs::write(site.join("broken.avif"), b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf\0\0\0\x40meta\0\0\0\0").unwrap();
    let report = import(&data, site.to_str().unwrap(), &[]);
    assert!(report.contains("This picture is damaged"), "{report}");
    assert_eq!(stored(), before + 2);
}

/// Files below a folder.
fn walk(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}
