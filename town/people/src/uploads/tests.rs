//! Uploads through the front door: whole, in parts, cut off, too large, and what comes of them.
#![allow(clippy::unwrap_used)]

use axum::body::Body;
use http::Request;
use serde_json::json;
use testkit::{Attachment, Client, Page};

use super::{Family, Tray};
use crate::{
    levels::{self, Limit, Limits},
    pictures::{Picture, tests::PNG},
    recordings::{self, Kind, Recording, tests::recording},
    testing::{Actor, TestTown},
};

/// Ten frames of silence behind a tag with a name in it.
pub(crate) fn song() -> Vec<u8> {
    let frame = [&[0xFF, 0xFB, 0x90, 0x00][..], &[0; 413]].concat();
    let title = [&b"TIT2\0\0\0\x09\0\0\x03"[..], b"The bell"].concat();
    [&b"ID3\x03\0\0\0\0\0"[..], &[title.len() as u8], &title, &frame.repeat(10)].concat()
}

async fn send(client: &Client, method: &str, path: &str, offset: Option<u64>, body: &[u8]) -> Page {
    let mut request = Request::builder().method(method).uri(path).header("content-type", "application/partial-upload");
    if let Some(offset) = offset {
        request = request.header("upload-offset", offset);
    }
    client.send(request.body(Body::from(body.to_vec())).unwrap()).await
}

fn script(actor: &Actor) -> Client {
    actor.client.clone().with_header("accept", "application/json")
}

async fn begin(client: &Client, name: &str, size: usize, kind: &str) -> Page {
    client.post_json("/uploads", &json!({ "name": name, "size": size, "type": kind })).await
}

fn placed(begun: &Page) -> String {
    begun.header("location").unwrap().to_owned()
}

testkit::on_both! {
    async fn an_upload_in_parts_goes_on_where_it_stopped(kind) {
        let town = TestTown::of_people(kind);
        let rosa = script(&town.actor("Rosa", "author"));
        let begun = begin(&rosa, "bell.mp3", song().len(), "audio/mpeg").await;
        let place = placed(begun.assert_status(201));
        assert_eq!(begun.header("upload-limit"), Some("max-append-size=8388608"));
        let song = song();
        let (first, second) = song.split_at(1_000);
        let sent = send(&rosa, "PATCH", &place, Some(0), first).await;
        assert_eq!((sent.status.as_u16(), sent.header("upload-offset")), (204, Some("1000")));
        let wrong = send(&rosa, "PATCH", &place, Some(0), first).await;
        assert_eq!((wrong.status.as_u16(), wrong.header("upload-offset")), (409, Some("1000")));
        let looked = rosa.head(&place).await;
        assert_eq!((looked.header("upload-offset"), looked.header("upload-complete"), looked.header("cache-control")), (Some("1000"), Some("?0"), Some("no-store")));
        let done = send(&rosa, "PATCH", &place, Some(1_000), second).await;
        let told = done.assert_status(200).json();
        assert_eq!((told["kind"].as_str(), told["title"].as_str(), told["duration"].as_f64()), (Some("audio"), Some("The bell"), Some(0.26)));
        assert_eq!(rosa.get(&place).await.json(), told, "the answer can be had again");
        assert_eq!(std::fs::read_dir(town.folder.path().join("uploads")).unwrap().count(), 0);

        let file = town.guest().with_header("range", "bytes=0-9").get(told["url"].as_str().unwrap()).await;
        assert_eq!((file.status.as_u16(), file.header("content-type")), (206, Some("audio/mpeg")));
        assert_eq!(file.header("content-range").unwrap(), format!("bytes 0-9/{}", song.len()));
        assert_eq!(&file.body[..3], b"ID3");
        assert_eq!(file.header("content-security-policy"), Some("default-src 'none'; sandbox"));
        let whole = town.guest().get(told["url"].as_str().unwrap()).await;
        assert_eq!(whole.body.len(), song.len());
        assert!(!whole.body.windows(4).any(|window| window == b"bell"), "its tags are empty now");
        town.guest().with_header("range", "bytes=99999-").get(told["url"].as_str().unwrap()).await.assert_status(416);
        let other = town.guest().with_header("range", "bytes=0-9").with_header("if-range", "\"other\"");
        other.get(told["url"].as_str().unwrap()).await.assert_status(200);
    }

    async fn what_is_too_large_or_unknown_is_refused_before_it_is_sent(kind) {
        let town = TestTown::of_people(kind);
        let rosa = script(&town.actor("Rosa", "author"));
        for (name, size, kind, words) in [
            ("a.mp4", 2_000_000_000, "video/mp4", "2000 MB, and videos may be at most 500 MB"),
            ("a.mp3", 200_000_001, "audio/mpeg", "audio files may be at most 200 MB"),
            ("a.jpg", 40_000_001, "image/jpeg", "pictures may be at most 40 MB"),
            ("a.HEIC", 40_000_001, "", "pictures may be at most 40 MB"),
        ] {
            let refused = begin(&rosa, name, size, kind).await;
            assert!(refused.assert_status(413).json()["error"].as_str().unwrap().contains(words), "{name}");
        }
        begin(&rosa, "a.exe", 10, "application/octet-stream").await.assert_status(422);
        begin(&rosa, "a.svg", 10, "image/svg+xml").await.assert_status(422);
        begin(&rosa, "a.png", 0, "image/png").await.assert_status(422);
        let form = Request::post("/uploads").header("content-type", "multipart/form-data; boundary=x").header("content-length", "2000000000");
        let refused = rosa.send(form.body(Body::from("--x")).unwrap()).await;
        assert!(refused.assert_status(413).json()["error"].as_str().unwrap().contains("2000 MB"));
    }

    async fn a_form_carries_audio_and_leads_where_it_says(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let file = || Attachment::new("file", "bell.mp3", "audio/mpeg", song());
        let led = rosa.client.upload("/uploads", &[("next", "/library")], &[file()]).await;
        assert_eq!(led.location(), "/library");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example"] {
            let led = rosa.client.upload("/uploads", &[("next", foreign)], &[file()]).await;
            assert!(led.location().starts_with("/media/") && led.location().ends_with(".mp3"));
        }
        let page = rosa.client.upload("/uploads", &[], &[Attachment::new("file", "a.mp3", "audio/mpeg", &b"<script>"[..])]).await;
        page.assert_status(422).assert_text("This is not a picture we can read.");
        assert_eq!(std::fs::read_dir(town.folder.path().join("uploads")).unwrap().count(), 0);
    }

    async fn several_files_of_one_form_are_taken_each_for_itself(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let (bell, gate) = (Attachment::new("file", "bell.mp3", "audio/mpeg", song()), Attachment::new("file", "gate.png", "image/png", &PNG[..]));
        let drawing = Attachment::new("file", "plan.svg", "image/svg+xml", &b"<svg/>"[..]);
        let nothing = Attachment::new("file", "", "application/octet-stream", &b""[..]);
        let large = Attachment::new("file", "wall.png", "image/png", [&PNG[..], &vec![0; 40_000_001]].concat());
        let led = rosa.client.upload("/uploads", &[("next", "/library")], &[bell.clone(), nothing.clone(), gate.clone()]).await;
        assert_eq!(led.location(), "/library");
        let page = rosa.client.upload("/uploads", &[("next", "/library")], &[gate.clone(), drawing.clone(), large]).await;
        page.assert_status(422).assert_text("1 of 3 files are here.").assert_text("“plan.svg”: This is not a picture").assert_text("“wall.png”: This file is 41 MB");
        let told = script(&rosa).upload("/uploads", &[], &[bell, drawing, gate]).await.assert_status(200).json();
        assert_eq!((told[0]["kind"].as_str(), told[1]["kind"].as_str(), told[2]["name"].as_str()), (Some("audio"), Some("picture"), Some("plan.svg")));
        assert!(told[2]["error"].as_str().unwrap().contains("save SVG or PDF as JPEG or PNG first"));
        rosa.client.upload("/uploads", &[], &[nothing]).await.assert_status(422).assert_text("Choose a picture first.");
        assert_eq!(std::fs::read_dir(town.folder.path().join("uploads")).unwrap().count(), 0);
    }

    async fn files_have_as_much_room_as_the_level_gives(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, sam) = (town.actor("Rosa", "author"), town.actor("Sam", "editor"));
        let mut limits = Limits::default();
        limits.set(Limit::Megabytes, Some(1));
        let owner = rosa.id;
        let there = Picture { key: format!("{:032x}-1080", 9), width: 10, height: 10, bytes: 999_999, ..Picture::default() };
        let set = move |tx: &mut db::Tx| -> Result<(), db::Error> {
            levels::limit(tx, "author", limits)?;
            crate::pictures::insert(tx, &there, owner, 0)
        };
        town.town.db.write_now(set).unwrap();
        town.reload();
        begin(&script(&rosa), "a.png", 900_000, "image/png").await.assert_status(413).assert_text("of the 1 MB that your level has");
        let file = Attachment::new("file", "gate.png", "image/png", &PNG[..]);
        script(&rosa).upload("/uploads", &[], &[file]).await.assert_status(422).assert_text("of the 1 MB");
        begin(&script(&sam), "a.png", 900_000, "image/png").await.assert_status(201);
        rosa.client.get("/settings").await.assert_text("Your level");
    }

    async fn who_uploaded_a_picture_says_what_of_it_stays_visible(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana, editor) = (town.actor("Rosa", "author"), town.actor("Ana", "author"), town.actor("Ed", "editor"));
        let file = || Attachment::new("file", "gate.png", "image/png", &PNG[..]);
        let told = script(&rosa).upload("/uploads", &[], &[file()]).await.json();
        let place = format!("/pictures/{}/focus", told["key"].as_str().unwrap());
        rosa.client.post(&place, &[("focus_x", "20"), ("focus_y", "250")]).await.assert_status(204);
        let again = script(&rosa).upload("/uploads", &[], &[file()]).await.json();
        assert_eq!(again["focus"], json!({ "x": 20, "y": 100 }));
        ana.client.post(&place, &[("focus_x", "1")]).await.assert_status(403);
        editor.client.post(&place, &[("focus_x", "70"), ("focus_y", "30")]).await.assert_status(204);
        rosa.client.post("/pictures/0a-640/focus", &[]).await.assert_status(404);
        assert_eq!(town.guest().post(&place, &[]).await.location(), "/sign-in");
    }

    async fn a_film_is_given_the_picture_in_its_place(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana) = (town.actor("Rosa", "author"), town.actor("Ana", "author"));
        let key = "00000000000000000000000000000007.mp4";
        let film = Recording { key: key.into(), kind: Kind::Video, ..recording(7) };
        let owner = rosa.id;
        town.town.db.write_now(move |tx| recordings::insert(tx, &film, owner, 0)).unwrap();
        let gate = script(&rosa).upload("/uploads", &[], &[Attachment::new("file", "gate.png", "image/png", &PNG[..])]).await.json();
        let gate = gate["key"].as_str().unwrap();
        let place = format!("/recordings/{key}/poster");
        let poster = || town.town.db.read_now(|tx| recordings::find(tx, key)).unwrap().unwrap().poster;
        rosa.client.post(&place, &[("picture", gate)]).await.assert_status(204);
        assert_eq!(poster().as_deref(), Some(gate));
        ana.client.post(&place, &[("picture", "")]).await.assert_status(403);
        rosa.client.post(&place, &[("picture", "0a-640")]).await.assert_status(422);
        rosa.client.post(&place, &[("picture", "")]).await.assert_status(204);
        assert_eq!(poster(), None);
    }

    async fn uploads_are_their_owners_alone(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana) = (script(&town.actor("Rosa", "author")), script(&town.actor("Ana", "author")));
        begin(&script(&town.actor("Reader", "guest")), "a.png", 74, "image/png").await.assert_status(403);
        begin(&script(&town.actor("Neighbour", "member")), "a.png", 74, "image/png").await.assert_status(201);
        begin(&town.guest().with_header("accept", "application/json"), "a.png", 74, "image/png").await.assert_status(401);
        let place = placed(&begin(&rosa, "a.png", PNG.len(), "image/png").await);
        send(&ana, "PATCH", &place, Some(0), &PNG).await.assert_status(404);
        ana.get(&place).await.assert_status(404);
        send(&ana, "DELETE", &place, None, b"").await.assert_status(404);
        send(&rosa, "PATCH", &place, Some(0), &[&PNG[..], b"more"].concat()).await.assert_status(413);
        send(&rosa, "DELETE", &place, None, b"").await.assert_status(204);
        rosa.get(&place).await.assert_status(404);
    }

    async fn a_file_that_is_none_is_refused_at_its_end_and_the_unfinished_vanish(kind) {
        let town = TestTown::of_people(kind);
        let rosa = script(&town.actor("Rosa", "author"));
        let place = placed(&begin(&rosa, "a.jpg", 8, "image/jpeg").await);
        let refused = send(&rosa, "PATCH", &place, Some(0), b"<script>").await;
        assert!(refused.assert_status(422).json()["fields"]["file"].as_str().unwrap().contains("not a picture"));
        rosa.get(&place).await.assert_status(404);

        let place = placed(&begin(&rosa, "a.png", PNG.len(), "image/png").await);
        let left = || std::fs::read_dir(town.folder.path().join("uploads")).unwrap().count();
        town.pass(23 * 60 * 60 * 1000);
        super::sweep(town.town.clone()).await.unwrap();
        rosa.get(&place).await.assert_status(200);
        assert_eq!(left(), 1);
        town.pass(2 * 60 * 60 * 1000);
        super::sweep(town.town.clone()).await.unwrap();
        rosa.get(&place).await.assert_status(404);
        assert_eq!(left(), 0);
    }
}

#[test]
fn a_tray_says_what_it_takes_and_is_a_form_without_a_script() {
    let tray = Tray { label: "Files", id: "files", takes: &Family::ALL, many: true, problem: None };
    let alone = tray.alone("/library").into_string();
    for part in [
        r#"data-limits="{&quot;picture&quot;:40000000,&quot;audio&quot;:200000000,&quot;video&quot;:500000000}""#,
        r#"<form class="form" method="post" action="/uploads" enctype="multipart/form-data"><input type="hidden" name="next" value="/library">"#,
        r#"JPEG, PNG, GIF, WebP or AVIF, up to 40 MB; MP3, Ogg or M4A, up to 200 MB; MP4 or WebM, up to 500 MB."#,
        r#"<input type="file" id="files" name="file" multiple accept="image/jpeg,"#,
    ] {
        assert!(alone.contains(part), "{part}\n{alone}");
    }
    let within = Tray { takes: &[Family::Picture], many: false, ..tray }.within("picture", "picture_id").into_string();
    assert!(within.contains(r#"data-keys="picture_id""#) && within.contains(r#"name="picture" accept"#), "{within}");
    assert!(!within.contains("<form") && !within.contains("multiple") && !within.contains("video"), "{within}");
}
