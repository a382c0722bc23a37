use super::Square;
use people::uses;
use testkit::Attachment;

/// A picture as a phone sends it.
pub(super) fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 64, 48);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[shade, 90, 40].repeat(64 * 48)).unwrap();
    drop(writer);
    bytes
}

testkit::on_both! {
    async fn pictures_come_with_the_form_and_get_their_words_afterwards(kind) {
        let square = Square::new(kind);
        let page = square.rosa.client.get("/notes/new").await;
        let mut form = page.form("form#compose");
        form.fill(&[("body", "Two cats")]);
        for shade in [10, 200] {
            form.attach(Attachment::new("file", &format!("{shade}.png"), "image/png", png(shade)));
        }
        let posted = square.rosa.client.submit_form(&form).await;
        let edit = square.rosa.client.get(&posted.assert_status(303).location()).await;
        edit.assert_status(200).assert_landmarks().assert_text("Say of each what it shows");
        let form = edit.form("form#compose");
        let keys: Vec<String> = form.values().iter().filter(|(name, _)| *name == "picture").map(|(_, key)| (*key).to_owned()).collect();
        assert_eq!(keys.len(), 2);
        let alts: Vec<String> = keys.iter().map(|key| format!("alt-{key}")).collect();
        let saved = square.rosa.client.submit(&edit, "form#compose", &[(&alts[0], "A grey cat"), (&alts[1], "A red cat")]).await;
        let id = saved.location().split(['/', '?']).nth(2).unwrap().parse().unwrap();
        let read = square.read(&square.town.guest(), id).await;
        read.assert_landmarks();
        assert_eq!(read.attr(".note-pictures picture img", "alt").as_deref(), Some("A grey cat"));
        assert_eq!(read.attr(".note-pictures", "data-count").as_deref(), Some("2"));
        // One is taken out; its older version still shows it.
        let edit = square.rosa.client.get(&format!("/notes/{id}/edit")).await;
        square.rosa.client.submit(&edit, "form#compose", &[("without", &keys[0])]).await.assert_status(303);
        let read = square.read(&square.town.guest(), id).await;
        assert_eq!((read.count(".note-pictures li"), read.attr(".note-pictures picture img", "alt").as_deref()), (1, Some("A red cat")));
        let used = square.town.town.db.read_now(move |tx| uses::used_among(tx, &keys)).unwrap();
        assert_eq!(used.len(), 2);
    }

    async fn a_form_that_could_not_be_taken_keeps_its_pictures(kind) {
        let square = Square::new(kind);
        let key = square.picture(&square.rosa, 1);
        let alt = format!("alt-{key}");
        let long = "x".repeat(1_001);
        let page = square.rosa.client.post("/notes", &[("body", &long), ("picture", &key), (&alt, "A goat")]).await;
        page.assert_status(422).assert_landmarks();
        let form = page.form("form#compose");
        assert_eq!((form.value("picture"), form.value(&alt)), (Some(&*key), Some("A goat")));
        let posted = square.rosa.client.submit(&page, "form#compose", &[("body", "Shorter")]).await;
        assert!(posted.assert_status(303).location().contains("done=posted"));
    }

    async fn nobody_posts_with_files_that_are_not_theirs(kind) {
        let square = Square::new(kind);
        let key = square.picture(&square.sam, 1);
        for key in [&*key, "00000000000000000000000000000009-1080"] {
            let page = square.rosa.client.post("/notes", &[("body", "Look"), ("picture", key)]).await;
            page.assert_status(422).assert_text("not here any more");
        }
        square.rosa.client.post("/notes", &[("body", "Look"), ("picture", "../../etc/passwd")]).await.assert_status(303);
    }

    async fn ten_pictures_and_no_more(kind) {
        let square = Square::new(kind);
        let keys: Vec<String> = (1..=11).map(|number| square.picture(&square.rosa, number)).collect();
        let fields = |many: usize| keys[..many].iter().map(|key| ("picture", key.as_str())).collect::<Vec<_>>();
        square.rosa.client.post("/notes", &fields(11)).await.assert_status(422).assert_text("at most 10 pictures");
        let posted = square.rosa.client.post("/notes", &fields(10)).await;
        assert!(posted.assert_status(303).location().contains("done=describe"));
    }

    async fn members_upload_pictures_and_authors_films_too(kind) {
        let square = Square::new(kind);
        let ana = square.town.actor("Dee", "author");
        let film = serde_json::json!({ "name": "a.mp4", "size": 1000, "type": "video/mp4" });
        let picture = serde_json::json!({ "name": "a.png", "size": 1000, "type": "image/png" });
        let begin = async |by: &testkit::Client, what: &serde_json::Value| by.post_json("/uploads", what).await.status.as_u16();
        assert_eq!(begin(&square.rosa.client, &film).await, 422);
        assert_eq!(begin(&square.rosa.client, &picture).await, 201);
        assert_eq!(begin(&ana.client, &film).await, 201);
    }
}
