#![allow(clippy::unwrap_used)]
use crate::import_export::{
    Format, Opened,
    import::Outcome,
    open,
    tests::{Workshop, run},
};
use jiff::tz::TimeZone;
use std::{
    fs::File,
    io::{Cursor, Write as _},
    path::Path,
};
use zip::write::{SimpleFileOptions, ZipWriter};

fn archive(path: &Path, files: &[(&str, Vec<u8>)]) {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    File::create(path).unwrap().write_all(zip.finish().unwrap().get_ref()).unwrap();
}

const LIST: &str = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n\
12.first-post,2022-01-02T10:00:00.000Z,true,,,newsletter,everyone,\"First, post\",A subtitle,\n\
13.second,2022-01-03T10:00:00.000Z,true,,,newsletter,only_paid,Second,,\n\
14.third,,false,,,newsletter,everyone,Third,,\n\
15.fourth,2022-01-03T10:00:00.000Z,true,,,thread,everyone,Fourth,,\n\
../16,2022-01-03T10:00:00.000Z,true,,,newsletter,everyone,Fifth,,\n";

testkit::on_both! {
    async fn an_archive_comes_in(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        let html = "<p>Words</p><div class=\"subscription-widget-wrap\"><p>Subscribe now</p></div><div class=\"captioned-image-container\"><figure><a href=\"https://substackcdn.com/image/fetch/x\"><img src=\"https://substack.example/a.png\"></a><figcaption>Under it</figcaption></figure></div>";
        let path = folder.path().join("export.zip");
        let files = [("posts.csv", LIST.into()), ("posts/12.first-post.html", html.into()), ("posts/13.second.html", b"<p>Paid</p>".to_vec()), ("posts/14.third.html", b"<p>Draft</p>".to_vec())];
        archive(&path, &files);
        for round in 0..2 {
            let (opened, _unpacked) = open(path.to_str().unwrap(), None, None, &TimeZone::UTC, folder.path(), None).unwrap();
            let Opened::Source(mut source) = opened else { panic!("it is an export of ours") };
            let report = run(&workshop, source.as_mut());
            assert_eq!(report.of(Outcome::LeftOut), 2, "{}", report.whole());
            assert_eq!(report.of(Outcome::Published), if round == 0 { 1 } else { 0 }, "{}", report.whole());
        }
        let guest = workshop.news.town.guest();
        let page = guest.get("/p/first-post").await;
        let page = guest.get(page.header("location").unwrap()).await;
        page.assert_text("First, post").assert_text("A subtitle");
        assert!(!String::from_utf8_lossy(&page.body).contains("Subscribe now"));
        assert_eq!(workshop.count("drafts where state = 'draft'"), 2);
    }
}

#[test]
fn archives_cannot_leave_their_folder_or_fill_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evil.zip");
    archive(&path, &[("../../escaped.md", b"x".to_vec()), ("/etc/escaped.md", b"x".to_vec()), ("good.md", b"# Good".to_vec())]);
    let workshop = folder.path().join("deep/er");
    let (opened, unpacked) = open(path.to_str().unwrap(), Some(Format::Folder), None, &TimeZone::UTC, &workshop, None).unwrap();
    let Opened::Source(source) = opened else { panic!("it is an export of ours") };
    assert!(!folder.path().join("escaped.md").exists() && !folder.path().join("deep/escaped.md").exists());
    assert_eq!(source.count(), Some(if unpacked.unwrap().path().join("etc").exists() { 2 } else { 1 }));
    archive(&path, &[("bomb.md", vec![b' '; 40 << 20])]);
    let error = open(path.to_str().unwrap(), None, None, &TimeZone::UTC, &workshop, None).err().unwrap();
    assert!(format!("{error:#}").contains("more than anybody would pack"), "{error:#}");
}
