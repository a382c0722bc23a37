//! Files come into a library, are found, described, used, taken out and put back.
#![allow(clippy::unwrap_used)]

use people::testing::Actor;
use testkit::{Attachment, Page};
use things::stories::LeadPicture;

use crate::newsroom::{DAY, Newsroom, content};

/// A picture of 8 by 6 pixels, another for each shade.
fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8, 6);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&[shade; 8 * 6 * 3]).unwrap();
    bytes
}

/// Ten frames of silence.
fn song() -> Vec<u8> {
    [&[0xFF, 0xFB, 0x90, 0x00][..], &[0; 413]].concat().repeat(10)
}

fn picture(name: &str, shade: u8) -> Attachment {
    Attachment::new("file", name, "image/png", png(shade))
}

/// Uploads one picture and answers its page's address.
async fn add(actor: &Actor, name: &str, shade: u8) -> String {
    let page = actor.client.upload("/library", &[], &[picture(name, shade)]).await;
    page.assert_status(303).location().split('?').next().unwrap().to_owned()
}

fn key(address: &str) -> String {
    address.rsplit('/').next().unwrap().to_owned()
}

fn names(page: &Page) -> Vec<String> {
    page.select_text(".library-grid .name")
}

testkit::on_both! {
    async fn files_come_in_together_and_are_listed_the_newest_first(kind) {
        let news = Newsroom::new(kind);
        let ana = &news.ana;
        ana.client.get("/library").await.assert_status(200).assert_landmarks().assert_text("Nothing in your library yet");
        add(ana, "first.png", 1).await;
        news.town.pass(1_000);
        let files = [picture("creek.png", 2), Attachment::new("file", "bell.mp3", "audio/mpeg", song())];
        assert_eq!(ana.client.upload("/library", &[], &files).await.location(), "/library?done=uploaded");
        let page = ana.client.get("/library?done=uploaded").await;
        page.assert_landmarks().assert_text("Uploaded.");
        let listed = names(&page);
        assert_eq!((listed.len(), listed[2].as_str()), (3, "first.png"));
        assert_eq!(page.count(".library-grid .label.warn"), 3, "nobody has said what they show");
        assert!(page.has(".menu a[href='/library']"));
        assert_eq!(names(&ana.client.get("/library?kind=audio").await), ["bell.mp3"]);
        assert_eq!(names(&ana.client.get("/library?kind=pictures").await), ["creek.png", "first.png"]);
        ana.client.get("/library?kind=video").await.assert_status(200).assert_landmarks().assert_text("There are no files of this kind");
        ana.client.get("/library?kind=sculptures").await.assert_status(404);
        ana.client.get("/library?before=nonsense").await.assert_status(404);
    }

    async fn what_was_sent_in_parts_is_named_by_its_key_and_nobody_elses_is(kind) {
        let news = Newsroom::new(kind);
        let (whose, bytes) = (news.ana.client.clone().with_header("accept", "application/json"), png(9));
        let begun = whose.post_json("/uploads", &serde_json::json!({ "name": "parts.png", "size": bytes.len(), "type": "image/png" })).await;
        let part = http::Request::patch(begun.assert_status(201).header("location").unwrap()).header("upload-offset", "0");
        let whole = whose.send(part.body(bytes.into()).unwrap()).await.assert_status(200).json();
        let key = whole["key"].as_str().unwrap().to_owned();
        let sent = news.ana.client.upload("/library", &[("uploaded", &key)], &[]).await;
        assert_eq!(sent.location(), format!("/library/{key}?done=uploaded"));
        assert_eq!(names(&news.ana.client.get("/library").await), ["parts.png"]);
        // Whoever only knows the key gets nothing by it.
        let ben = news.town.actor("Ben", "author");
        ben.client.upload("/library", &[("uploaded", &key)], &[]).await.assert_status(422).assert_text("Choose a picture first.");
        assert_eq!(names(&ben.client.get("/library").await), Vec::<String>::new());
    }

    async fn what_is_wrong_with_one_file_is_said_and_the_others_are_taken(kind) {
        let news = Newsroom::new(kind);
        let files = [picture("creek.png", 2), Attachment::new("file", "notes.png", "image/png", b"not a picture at all"), picture("hill.png", 3)];
        let page = news.ana.client.upload("/library", &[], &files).await;
        page.assert_status(422).assert_landmarks().assert_text("notes.png: This is not a picture we can read.");
        assert_eq!(names(&page).len(), 2);
        let nothing = news.ana.client.upload("/library", &[], &[Attachment::new("file", "", "application/octet-stream", b"")]).await;
        nothing.assert_status(422).assert_text("Choose a picture first.");
        let many: Vec<_> = (0..51).map(|number| Attachment::new("file", &format!("{number}.png"), "image/png", b"x")).collect();
        news.ana.client.upload("/library", &[], &many).await.assert_status(422).assert_text("at most 50 files");
        assert_eq!(std::fs::read_dir(news.town.folder.path().join("uploads")).unwrap().count(), 0, "nothing lies about");
    }

    async fn words_are_searched_wherever_they_stand(kind) {
        let news = Newsroom::new(kind);
        let creek = add(&news.ana, "IMG_0001.png", 2).await;
        add(&news.ana, "hill.png", 3).await;
        let page = news.ana.client.get(&creek).await;
        let words = [("alt", "A bridge over the Río Seco"), ("caption", "The bridge, 50% done"), ("credit", "Odell"), ("name", "bridge")];
        let answer = news.ana.client.submit(&page, "#words", &words).await;
        news.ana.client.get(&answer.location()).await.assert_status(200).assert_landmarks().assert_text("Saved.");
        for (search, found) in [("BRIDGE", 1), ("r%C3%ADo+odell", 1), ("50%25", 1), ("5%25done", 0), ("hill.png", 1), ("bridge+hill", 0), ("", 2)] {
            assert_eq!(names(&news.ana.client.get(&format!("/library?q={search}")).await).len(), found, "{search}");
        }
        news.ana.client.get("/library?q=zebra").await.assert_landmarks().assert_text("Nothing found");
    }

    async fn words_that_are_too_long_come_back(kind) {
        let news = Newsroom::new(kind);
        let creek = add(&news.ana, "creek.png", 2).await;
        let page = news.ana.client.get(&creek).await;
        let long = "x".repeat(601);
        let answer = news.ana.client.submit(&page, "#words", &[("alt", "Kept"), ("caption", &long)]).await;
        answer.assert_status(422).assert_landmarks().assert_text("Use at most 600 characters");
        assert_eq!(answer.form("#words").value("alt"), Some("Kept"));
    }

    async fn a_point_that_is_moved_moves_on_the_pages_kept_for_guests(kind) {
        let news = Newsroom::new(kind);
        let creek = add(&news.ana, "creek.png", 2).await;
        let lead = LeadPicture { key: key(&creek), alt: "A creek".into(), ..LeadPicture::default() };
        let story = news.publish(&things::stories::Content { picture: Some(lead), ..content("The creek", news.water) }, 1_000);
        let address = format!("/stories/{story}/the-creek");
        assert!(!news.town.guest().get(&address).await.has("article .focus-x-20"));
        let page = news.ana.client.get(&creek).await;
        news.ana.client.submit(&page, "#words", &[("focus_x", "20"), ("focus_y", "900")]).await.assert_status(303);
        assert!(news.town.guest().get(&address).await.has("article .focus-x-20.focus-y-100"));
        assert!(news.ana.client.get(&creek).await.has(".focus-mark.focus-x-20"));
    }

    async fn what_readers_see_stays_and_everything_else_can_be_taken_out(kind) {
        let news = Newsroom::new(kind);
        let (used, spare) = (add(&news.ana, "used.png", 2).await, add(&news.ana, "spare.png", 3).await);
        let body = format!("Words.\n\n![A creek](/media/{}.webp)", key(&used));
        let story = news.publish(&things::stories::Content { body, ..content("The creek", news.water) }, 1_000);
        let listed = news.ana.client.get("/library").await;
        assert_eq!(listed.count(".library-grid .label:not(.warn)"), 1, "one is unused");
        assert_eq!(names(&news.ana.client.get("/library?kind=unused").await), ["spare.png"]);
        let page = news.ana.client.get(&used).await;
        page.assert_landmarks().assert_text("Readers see this file");
        assert_eq!(page.attr(".panel .list a", "href").unwrap(), format!("/stories/{story}/the-creek"));
        news.ana.client.post(&format!("{used}/removal"), &[]).await.assert_status(409).assert_text("Readers see this file in “The creek”");

        let page = news.ana.client.get(&spare).await;
        let answer = news.ana.client.submit(&page, "form[action$='/removal']", &[]).await;
        news.ana.client.get(&answer.location()).await.assert_text("Taken out of the library");
        assert_eq!(names(&news.ana.client.get("/library").await), ["used.png"]);
        assert_eq!(names(&news.ana.client.get("/library?kind=deleted").await), ["spare.png"]);
        let page = news.ana.client.get(&spare).await;
        page.assert_landmarks();
        news.ana.client.submit(&page, "form[action$='/removal/undo']", &[]).await.assert_status(303);
        assert_eq!(names(&news.ana.client.get("/library").await).len(), 2);

        news.unpublish(story);
        let page = news.ana.client.get(&used).await;
        page.assert_text("Story, not published");
        news.ana.client.submit(&page, "form[action$='/removal']", &[]).await.assert_status(303);
    }

    async fn a_comment_that_shows_a_file_is_told_and_keeps_it(kind) {
        let news = Newsroom::new(kind);
        let creek = add(&news.ana, "creek.png", 2).await;
        let story = news.publish(&content("The creek", news.water), 1_000);
        let sent = news.ana.client.post(&format!("/posts/{story}/comments"), &[("body", "It rises"), ("picture", &key(&creek)), (&format!("alt-{}", key(&creek)), "A creek")]).await;
        let id = sent.assert_status(303).location().rsplit('-').next().unwrap().to_owned();
        let page = news.ana.client.get(&creek).await;
        page.assert_landmarks().assert_text("Readers see this file");
        assert_eq!(page.attr(".panel .list a", "href").unwrap(), format!("/comments/{id}"));
        news.ana.client.post(&format!("{creek}/removal"), &[]).await.assert_status(409).assert_text("Readers see this file in “It rises”");
        // What has to stay visible of it changes on the pages that guests are kept, too.
        let address = format!("/stories/{story}/the-creek");
        assert!(!news.town.guest().get(&address).await.has(".comment .focus-x-20"));
        news.ana.client.submit(&page, "#words", &[("focus_x", "20"), ("focus_y", "90")]).await.assert_status(303);
        assert!(news.town.guest().get(&address).await.has(".comment .focus-x-20.focus-y-90"));
        news.ana.client.post(&format!("/comments/{id}/edit"), &[("body", "It rises")]).await.assert_status(303);
        news.ana.client.get(&creek).await.assert_text("Comment, in another version");
        news.ana.client.post(&format!("{creek}/removal"), &[]).await.assert_status(303);
    }

    async fn the_same_file_is_in_the_library_of_everyone_who_brought_it(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa", "author");
        let creek = add(&news.ana, "creek.png", 2).await;
        rosa.client.get(&creek).await.assert_status(404);
        assert_eq!(add(&rosa, "mine.png", 2).await, creek);
        assert_eq!(names(&rosa.client.get("/library").await), ["creek.png"]);
        let page = rosa.client.get(&creek).await;
        assert!(!page.assert_landmarks().has("#words"), "its words are those of whoever brought it first");
        rosa.client.post(&creek, &[("alt", "Mine")]).await.assert_status(403);
        news.ana.client.post(&format!("{creek}/removal"), &[]).await.assert_status(303);
        assert_eq!(names(&rosa.client.get("/library").await), ["creek.png"], "hers is still hers");
        rosa.client.post(&format!("{creek}/removal"), &[]).await.assert_status(303);
        assert!(names(&rosa.client.get("/library").await).is_empty());
        news.ana.client.get("/library?kind=deleted").await.assert_text("creek.png");
        add(&news.ana, "creek.png", 2).await;
        assert_eq!(names(&news.ana.client.get("/library").await), ["creek.png"], "bringing it again puts it back");
    }

    async fn editors_look_into_every_library_and_authors_only_into_theirs(kind) {
        let news = Newsroom::new(kind);
        let (ed, rosa) = (news.town.actor("Ed Park", "editor"), news.town.actor("Rosa", "author"));
        let creek = add(&news.ana, "creek.png", 2).await;
        for address in ["/library?of=ana_duarte", "/library?of=everybody"] {
            let page = ed.client.get(address).await;
            page.assert_status(200).assert_landmarks();
            assert_eq!(names(&page), ["creek.png"]);
            assert!(!page.has("input[type=file]"));
            rosa.client.get(address).await.assert_status(403);
        }
        assert!(names(&ed.client.get("/library").await).is_empty());
        ed.client.get("/library?of=nobody").await.assert_status(404);
        rosa.client.get(&creek).await.assert_status(404);
        rosa.client.post(&creek, &[("alt", "x")]).await.assert_status(404);
        rosa.client.post(&format!("{creek}/removal"), &[]).await.assert_status(404);
        ed.client.post(&creek, &[("alt", "A creek in spring")]).await.assert_status(303);
        assert!(names(&ed.client.get("/library").await).is_empty(), "describing a file does not make it the editor’s");
        news.ana.client.get(&creek).await.assert_text("A creek in spring");
        let member = news.town.actor("Reader", "member");
        for client in [&news.town.guest(), &member.client] {
            for address in ["/library", &creek] {
                let page = client.get(address).await;
                assert!(page.status == 403 || page.location().starts_with("/sign-in"), "{address} {}", page.status);
            }
            let page = client.upload("/library", &[], &[picture("a.png", 9)]).await;
            assert!(page.status == 403 || page.location().starts_with("/sign-in"));
        }
        news.ana.client.get("/library/0123").await.assert_status(404);
    }

    async fn a_draft_of_somebody_else_is_not_told(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa", "author");
        let creek = add(&news.ana, "creek.png", 2).await;
        let body = format!("![A creek](/media/{}.webp)", key(&creek));
        let secret = things::stories::Content { body, ..content("A secret headline", news.water) };
        let author = rosa.id;
        news.town.town.db.write_now(move |tx| things::stories::create(tx, author, &secret, 0)).unwrap();
        let page = news.ana.client.get(&creek).await;
        page.assert_text("A story of somebody else, not published");
        assert!(!page.has_text("secret"));
        news.town.actor("Ed Park", "editor").client.get(&creek).await.assert_text("A secret headline");
    }

    async fn a_long_library_comes_in_pages(kind) {
        let news = Newsroom::new(kind);
        let owner = news.ana.id;
        news.town.town.db.write_now(move |tx| {
            for number in 0..100_i64 {
                let words = people::pictures::Words { name: format!("{number}"), ..Default::default() };
                // Four at a time come in the same moment.
                let key = format!("{:032x}-320", number * 7_919 % 100);
                let picture = people::pictures::Picture { key, width: 320, height: 200, words, ..Default::default() };
                people::pictures::insert(tx, &picture, owner, number / 4)?;
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        let (mut address, mut seen) = ("/library?q=".to_owned(), Vec::new());
        loop {
            let page = news.ana.client.get(&address).await;
            page.assert_landmarks();
            seen.extend(names(&page));
            let Some(next) = page.attr("a[rel=next]", "href") else { break };
            address = next;
        }
        assert_eq!(seen.len(), 100);
        seen.sort_by_key(|name| name.parse::<i64>().unwrap());
        seen.dedup();
        assert_eq!(seen.len(), 100, "each once");
    }

    async fn a_story_that_is_gone_for_good_uses_nothing(kind) {
        let news = Newsroom::new(kind);
        let creek = add(&news.ana, "creek.png", 2).await;
        let body = format!("![A creek](/media/{}.webp)", key(&creek));
        let story = news.publish(&things::stories::Content { body, ..content("The creek", news.water) }, 1_000);
        let (by, now) = (news.ana.id, news.town.town.now());
        news.town.town.db.write_now(move |tx| things::stories::remove(tx, story, by, now)).unwrap();
        news.ana.client.get(&creek).await.assert_text("Story, not published");
        news.town.pass(31 * DAY);
        things::stories::purge(news.town.town.clone()).await.unwrap();
        // Ana's session has ended meanwhile.
        news.town.actor("Edna", "editor").client.get(&creek).await.assert_text("Nowhere yet.");
    }
}

testkit::on_both! {
    async fn scripts_get_the_same_list(kind) {
        let news = Newsroom::new(kind);
        let creek = add(&news.ana, "creek.png", 2).await;
        news.ana.client.post(&creek, &[("alt", "A creek"), ("name", "creek")]).await.assert_status(303);
        news.ana.client.upload("/library", &[], &[Attachment::new("file", "bell.mp3", "audio/mpeg", song())]).await.assert_status(303);
        let told = news.ana.client.get("/library.json?kind=pictures&q=CREEK").await;
        let told = told.assert_status(200).json();
        assert_eq!(told["items"].as_array().unwrap().len(), 1);
        let item = &told["items"][0];
        assert_eq!((item["key"].as_str().unwrap(), item["alt"].as_str()), (key(&creek).as_str(), Some("A creek")));
        assert!(item["small"].as_str().unwrap().starts_with("/media/") && told["older"].is_null());
        news.ana.client.get("/library.json?of=everybody").await.assert_status(403);
        assert_eq!(news.ana.client.get("/library.json").await.json()["items"].as_array().unwrap().len(), 2);
    }
}
