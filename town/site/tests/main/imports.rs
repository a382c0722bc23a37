//! `ocotillo import` in a process of its own: beside a server, killed in the middle, run again.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use testkit::{Kind, Reply, Web};

use crate::program::{Program, command, printed, run};

const STORIES: usize = 1_500;
/// Stories of the others: each takes several transactions, of which the first is seen long before the last.
const FEWER: usize = 600;
/// In the story in the middle of each: its server does not answer while an import is to be killed, so that none ends before.
const PICTURE: &str = "http://old.example/wait.png";

/// What a reader said under each story that can have been commented on.
const SAID: &str = "So it was, I saw it.";

/// The words of a story.
fn words(number: usize, stories: usize) -> String {
    let picture = if number == stories / 2 { format!("<p><img src=\"{PICTURE}\" alt=\"A dam\"></p>") } else { String::new() };
    format!("<p>Words of {number}.</p>{picture}")
}

fn feed() -> String {
    let mut out = String::from("<rss version=\"2.0\"><channel><title>Old</title><link>https://old.example</link>");
    for number in 1..=STORIES {
        let _ = write!(
            out,
            "<item><title>Story {number}</title><link>https://old.example/{number}</link><guid>{number}</guid><pubDate>Thu, 02 Jan 2020 10:00:00 GMT</pubDate><description><![CDATA[{}]]></description></item>",
            words(number, STORIES)
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

/// As WordPress writes it.
fn wxr() -> String {
    let mut out = String::from(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Old</title><link>https://press.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://press.example</wp:base_site_url>",
    );
    for number in 1..=FEWER {
        let _ = write!(
            out,
            "<item><title>Post {number}</title><link>https://press.example/press-{number}/</link><dc:creator>ana</dc:creator><content:encoded><![CDATA[{}]]></content:encoded><wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2020-01-02 10:00:00</wp:post_date_gmt><wp:post_name>press-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{}</item>",
            words(number, FEWER),
            remarks(number)
        );
    }
    out + "</channel></rss>"
}

/// Two comments, of which one answers the other.
fn remarks(number: usize) -> String {
    let one = |id: String, parent: String, words: &str| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>Lou</wp:comment_author><wp:comment_author_email>lou@press.example</wp:comment_author_email><wp:comment_date_gmt>2020-01-03 10:00:00</wp:comment_date_gmt><wp:comment_content>{words}</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>"
        )
    };
    one(format!("{number}1"), "0".into(), SAID) + &one(format!("{number}2"), format!("{number}1"), "Yes")
}

/// As Ghost writes it.
fn ghost() -> String {
    let id = |number: usize| format!("{number:024x}");
    let posts: Vec<_> = (1..=FEWER)
        .map(|number| {
            serde_json::json!({"id": id(number), "title": format!("Ghost {number}"), "slug": format!("ghost-{number}"), "html": words(number, FEWER),
                "status": "published", "visibility": "public", "type": "post", "published_at": "2020-01-01T10:00:00.000Z"})
        })
        .collect();
    let comments: Vec<_> = (1..=FEWER)
        .map(|number| serde_json::json!({"id": id(FEWER + number), "post_id": id(number), "member_id": id(9), "status": "published", "html": format!("<p>{SAID}</p>"), "created_at": "2020-01-03T10:00:00.000Z"}))
        .collect();
    let members = [serde_json::json!({"id": id(9), "name": "Lou", "email": "lou@ghost.example"})];
    serde_json::json!({"db": [{"data": {"posts": posts, "posts_authors": [], "users": [], "comments": comments, "members": members}}]})
        .to_string()
}

/// A file, how many stories are in it, and where they were.
type Old = (&'static str, String, usize, fn(usize) -> String);

testkit::on_both! {
    fn a_run_that_was_killed_goes_on_and_doubles_nothing(kind) {
        let database = (kind == Kind::Postgres).then(|| testkit::database::empty(kind));
        let folder = tempfile::tempdir().unwrap();
        let more: Vec<&str> = database.iter().flat_map(|database| ["--database", database.url.as_str()]).collect();
        let mut fill = vec!["demo", "fill", "--data", folder.path().to_str().unwrap()];
        fill.extend(&more);
        assert!(run(&fill, "").status.success());
        let program = Program::serve(folder.path(), &more);
        let web = Pictures::open();
        let sources: [Old; 3] = [
            ("feed.xml", feed(), STORIES, |number| format!("/{number}")),
            ("wordpress.xml", wxr(), FEWER, |number| format!("/press-{number}")),
            ("ghost.json", ghost(), FEWER, |number| format!("/ghost-{number}")),
        ];
        for source in sources {
            is_killed_and_goes_on((&program, &web), folder.path(), &more, &source);
        }
        let mut verify = vec!["verify", "--data", folder.path().to_str().unwrap()];
        verify.extend(&more);
        let counted = run(&verify, "");
        assert!(counted.status.success(), "{}", printed(&counted));
        assert_eq!(program.stop(), Some(0));
    }
}

/// A server of one picture, which can be silent.
struct Pictures {
    web: Web,
    silent: Arc<AtomicBool>,
}

impl Pictures {
    fn open() -> Self {
        let silent = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&silent);
        let answer = move || {
            let asked = Arc::clone(&asked);
            async move {
                if asked.load(Ordering::Relaxed) {
                    std::future::pending::<()>().await;
                }
                ([("content-type", "image/png")], png(60, 30))
            }
        };
        Self { web: Web::of(axum::Router::new().fallback(answer)), silent }
    }

    /// An import that finds its pictures here.
    fn import(&self, path: &str, folder: &Path, more: &[&str]) -> std::process::Command {
        let mut command = command();
        command.args(["import", path, "--data"]).arg(folder).args(more);
        command.env("OCOTILLO_TEST_PINS", format!("old.example={}", self.web.address()));
        command
    }
}

/// Kills an import of this file in the middle, and runs it twice more.
fn is_killed_and_goes_on((program, web): (&Program, &Pictures), folder: &Path, more: &[&str], (name, words, stories, old): &Old) {
    let path = folder.join(name);
    fs::write(&path, words).unwrap();
    let path = path.to_str().unwrap();
    web.silent.store(true, Ordering::Relaxed);
    let told_to = folder.join("told.txt");
    let said = fs::File::create(&told_to).unwrap();
    let mut child = web.import(path, folder, more).stdout(said.try_clone().unwrap()).stderr(said).stdin(Stdio::null()).spawn().unwrap();
    // Killed once something is in; it cannot get past the middle.
    while program.get(&old(1), "").status != 301 {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "{name}: it ended before it could be killed: {}", fs::read_to_string(&told_to).unwrap());
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    web.silent.store(false, Ordering::Relaxed);
    assert_eq!(program.get(&old(*stories), "").status, 404, "{name}: everything was in before it was killed");

    let again = || {
        let output: Output = web.import(path, folder, more).output().unwrap();
        assert!(output.status.success(), "{}", printed(&output));
        printed(&output)
    };
    let second = again();
    let (new, here) = (told(&second, "stories published"), told(&second, "stories here already"));
    assert!(new > 0 && here > 0 && new + here == *stories, "{second}");
    let third = again();
    assert_eq!(
        (told(&third, "stories published"), told(&third, "stories here already"), told(&third, "  comments")),
        (0, *stories, 0),
        "{third}"
    );
    for number in [1, stories / 2, *stories] {
        let answer = program.get(&old(number), "");
        assert_eq!(answer.status, 301, "{name}: {number}");
        let page = program.get(answer.header("location"), "").body;
        assert!(page.contains(&format!("Words of {number}.")));
        let said = if *name == "feed.xml" { 0 } else { 1 };
        assert_eq!(page.matches(&format!(">{SAID}<")).count(), said, "{name}: {number}: {page}");
    }
}

/// Ghost keeps pictures on its own server: they are fetched from there, through the guard that lets nothing private through
/// but what a test has pinned.
#[test]
fn pictures_and_portraits_are_downloaded_from_where_they_were() {
    let (folder, web) = (tempfile::tempdir().unwrap(), Web::open());
    let data = folder.path().to_str().unwrap();
    assert!(run(&["demo", "fill", "--data", data], "").status.success());
    for (path, width) in [("2020/01/dam.png", 60), ("2020/01/willow.png", 40)] {
        web.serve(&format!("http://old.example/content/images/{path}"), Reply::of("image/png", png(width, 30)));
    }
    let id = |number: usize| format!("{number:024x}");
    let post = |number: usize, picture: &str| {
        serde_json::json!({"id": id(number), "title": format!("Ghost {number}"), "slug": format!("ghost-{number}"), "html": format!("<p>Words of {number}.</p>"),
            "feature_image": picture, "status": "published", "visibility": "public", "type": "post", "published_at": "2020-01-01T10:00:00.000Z"})
    };
    let posts = [post(1, "__GHOST_URL__/content/images/2020/01/dam.png"), post(2, "http://127.0.0.1:1/private.png"), post(3, "")];
    let authors: Vec<_> = (1..=3).map(|number| serde_json::json!({"post_id": id(number), "author_id": id(8), "sort_order": 0})).collect();
    let export = serde_json::json!({"db": [{"data": {"posts": posts, "posts_authors": authors,
        "users": [{"id": id(8), "name": "Willow Ash", "slug": "willow-ash", "profile_image": "__GHOST_URL__/content/images/2020/01/willow.png"}]}}]});
    let path = folder.path().join("ghost.json");
    fs::write(&path, export.to_string()).unwrap();
    let take = || {
        let output = command()
            .args(["import", path.to_str().unwrap(), "--address", "http://old.example", "--data", data])
            .env("OCOTILLO_TEST_PINS", format!("old.example={}", web.address()))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", printed(&output));
        printed(&output)
    };
    let report = take();
    assert_eq!((told(&report, "stories published"), told(&report, "pictures")), (3, 2), "{report}");
    assert!(report.contains("1 × a picture became a link") && report.contains("not on the public web"), "{report}");
    let asked: Vec<String> = web.asked().into_iter().map(|asked| asked.url).collect();
    assert_eq!(asked.len(), 2, "each is fetched once: {asked:?}");

    let program = Program::serve(folder.path(), &[]);
    for (page, width) in [("/ghost-1".to_owned(), 60), ("/@willow-ash".to_owned(), 40)] {
        let answer = program.get(&page, "");
        let page = if answer.status == 301 { program.get(answer.header("location"), "") } else { answer };
        let shown = page.body.split("/media/").skip(1).find(|rest| rest[32..].starts_with(&format!("-{width}.")));
        let name = &shown.unwrap_or_else(|| panic!("no picture {width} pixels wide in {}", page.body))[..32];
        assert_eq!(program.get(&format!("/media/{name}-{width}.webp"), "").status, 200);
    }
    assert_eq!(program.stop(), Some(0));
    // Nothing is taken twice; what could not be had is tried again, and changes nothing.
    assert_eq!(told(&take(), "stories here already"), 3);
}

/// A picture of one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![90; (width * height * 3) as usize]).unwrap();
    writer.finish().unwrap();
    bytes
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
        (vec![path, "--from", "myspace"], "wordpress, ghost, substack, feed, folder, ocotillo"),
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
