use talk::{Cursor, PostId, revisions};
use testkit::Attachment;

use super::newsroom::Newsroom;
use crate::stories::{self, DraftState};

testkit::on_both! {
    async fn a_story_goes_from_its_first_word_to_its_readers(kind) {
        let room = Newsroom::new(kind);
        let empty = room.ana.client.get("/write").await;
        empty.assert_status(200).assert_text("Nothing written yet").assert_landmarks();
        let begun = room.ana.client.submit(&empty, "div.empty form", &[]).await;
        let page = room.ana.client.follow(&begun).await;
        page.assert_status(200).assert_landmarks();
        let section = room.section.to_string();
        let words = [
            ("headline", "Library opens"), ("standfirst", "After ten years."), ("body", "The **doors** opened."), ("section", section.as_str()),
            ("topics", "Library, night sky"), ("place", "Mesa Verde Springs"), ("work", "analysis"), ("sources", "Minutes | https://town.example/m"),
            ("do", "publish"),
        ];
        let published = room.ana.client.submit(&page, "form#story", &words).await;
        assert!(published.assert_status(303).location().ends_with("/library-opens?done=published"));
        let id: PostId = published.location().split('/').nth(2).unwrap().parse().unwrap();
        let read = room.read(id).await;
        read.assert_status(200).assert_text("Library opens").assert_text("After ten years.").assert_text("The doors opened.").assert_text("Analysis");
        assert_eq!(room.opened(id).state, DraftState::Clean);
        let story = room.town.town.db.read_now(move |tx| stories::find(tx, id)).unwrap();
        assert_eq!(story.topics.iter().map(|topic| topic.key.as_str()).collect::<Vec<_>>(), ["library", "nightsky"]);
        for shelf in [room.section.get(), room.ana.id.get(), story.topics[1].id.get()] {
            assert_eq!(room.shelf(shelf).len(), 1);
        }
    }

    async fn readers_see_the_published_words_until_it_is_published_again(kind) {
        let room = Newsroom::new(kind);
        let story = room.published(&room.ana, "Bridge closes").await;
        room.write(&room.ana, story, &[("body", "Second thoughts."), ("do", "save")]).await.assert_status(303);
        room.read(story).await.assert_text("The council met.");
        room.ana.client.get("/write").await.assert_text("with changes that readers do not see yet");
        room.write(&room.ana, story, &[("do", "publish")]).await.assert_status(303);
        let read = room.read(story).await;
        read.assert_text("Second thoughts.");
        assert!(!read.has_text("The council met."), "a guest got a page that was kept before the change");
    }

    async fn sending_one_form_twice_is_one_change(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Once only").await;
        let form = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        let press = [("body", "New words."), ("do", "publish")];
        room.ana.client.submit(&form, "form#story", &press).await.assert_status(303);
        room.ana.client.submit(&form, "form#story", &press).await.assert_status(303);
        let all = room.town.town.db.read_now(move |tx| revisions::of(tx, story)).unwrap();
        assert_eq!(all.len(), 1);
        let first = room.ana.client.post("/stories", &[]).await.location();
        assert_eq!(room.ana.client.post("/stories", &[]).await.location(), first);
    }

    async fn a_story_can_be_dated_back(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Last Monday").await;
        let zone = room.town.town.zone();
        let monday = text::times::parse_local("2024-03-04T11:51", &zone).unwrap();
        room.write(&room.ana, story, &[("published_at", "2024-03-04T11:51"), ("do", "publish")]).await.assert_status(303);
        assert_eq!(room.shelf(room.section.get())[0].published_at, monday);
        // It stays so when only the words change.
        room.write(&room.ana, story, &[("body", "Other words."), ("do", "publish")]).await.assert_status(303);
        assert_eq!(room.shelf(room.section.get())[0].published_at, monday);
    }

    async fn what_is_taken_off_is_a_draft_and_keeps_its_date(kind) {
        let room = Newsroom::new(kind);
        let story = room.published(&room.ana, "Too early").await;
        let date = room.shelf(room.section.get())[0].published_at;
        room.read(story).await.assert_status(200);
        room.ana.client.post(&format!("/stories/{story}/publication/remove"), &[]).await.assert_status(303);
        room.read(story).await.assert_status(404);
        assert!(room.listed().is_empty() && room.shelf(room.ana.id.get()).is_empty());
        assert_eq!(room.opened(story).content.body, "The council met.\n\nIt voted.");
        room.town.pass(60_000);
        room.write(&room.ana, story, &[("do", "publish")]).await.assert_status(303);
        assert_eq!(room.shelf(room.section.get())[0].published_at, date);
    }

    async fn moving_a_story_bumps_both_its_sections(kind) {
        let room = Newsroom::new(kind);
        let other = super::newsroom::a_section(&room.town, "Parks", Some(room.section)).to_string();
        let story = room.published(&room.ana, "The pool").await;
        room.write(&room.ana, story, &[("section", &other), ("do", "publish")]).await.assert_status(303);
        let inner = other.parse::<crate::sections::SectionId>().unwrap();
        assert_eq!((room.shelf(inner.get()).len(), room.shelf(room.section.get()).len()), (1, 1));
        room.read(story).await.assert_text("Parks");
    }

    async fn a_picture_comes_with_the_form(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "In pictures").await;
        let page = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        let mut form = page.form("form#story");
        form.fill(&[("picture_alt", "A red dot"), ("picture_credit", "Ana Duarte")]);
        form.attach(Attachment::new("picture", "red.gif", "image/gif", red_dot()));
        room.ana.client.submit_form(&form).await.assert_status(303);
        let lead = room.opened(story).content.picture.unwrap();
        assert_eq!((lead.alt.as_str(), lead.credit.as_str()), ("A red dot", "Ana Duarte"));
        room.write(&room.ana, story, &[("do", "publish")]).await.assert_status(303);
        assert_eq!(room.read(story).await.attr("article figure picture img", "alt").as_deref(), Some("A red dot"));
        room.write(&room.ana, story, &[("without_picture", "1"), ("do", "save")]).await.assert_status(303);
        assert_eq!(room.opened(story).content.picture, None);
    }

    async fn the_editor_reads_pictures_by_the_address_the_body_names(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "In pictures").await;
        let mut form = room.ana.client.get(&format!("/stories/{story}/edit")).await.form("form#story");
        form.fill(&[("picture_alt", "A red dot")]);
        form.attach(Attachment::new("picture", "red.gif", "image/gif", red_dot()));
        room.ana.client.submit_form(&form).await.assert_status(303);
        let address = people::pictures::address(&room.opened(story).content.picture.unwrap().key);
        let body = format!("![A red dot]({address} \"On white | Ana\")\n\n![Gone](/media/{0:032}-640.webp)\n\n![The bell](/media/{0:032}.mp4)", 7);
        room.write(&room.ana, story, &[("body", &body), ("do", "publish")]).await.assert_status(303);
        assert!(room.read(story).await.has(".prose figure picture img"));
        let page = room.ana.client.get(&format!("/stories/{story}/edit")).await.text();
        for part in [
            format!("<figure><img src=\"{address}\" alt=\"A red dot\" loading=\"lazy\" decoding=\"async\"><figcaption>On white <span class=\"credit\">Ana</span>"),
            format!("<img src=\"/media/{:032}-640.webp\" alt=\"Gone\"", 7),
            format!("<img src=\"/media/{:032}.mp4\" alt=\"The bell\"", 7),
        ] {
            assert!(page.contains(&part), "{part}\n{page}");
        }
    }

    async fn a_file_that_is_no_picture_gives_the_words_back(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "No picture").await;
        let page = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        let mut form = page.form("form#story");
        form.fill(&[("headline", "Still here")]);
        form.attach(Attachment::new("picture", "page.png", "image/png", b"<html>".to_vec()));
        let back = room.ana.client.submit_form(&form).await;
        back.assert_status(422);
        assert_eq!(back.form("form#story").value("headline"), Some("Still here"));
        assert!(back.has("#picture-problem"));
    }

    async fn the_authors_page_goes_on_page_by_page(kind) {
        let room = Newsroom::new(kind);
        let (me, now) = (room.ana.id, room.town.town.now());
        room.town.town.db.write_now(move |tx| {
            for number in 0..25 {
                let content = stories::Content { headline: format!("Draft {number}"), ..Default::default() };
                stories::create(tx, me, &content, now + number)?;
            }
            Ok::<_, web::Error>(())
        }).unwrap();
        let first = room.ana.client.get("/write").await;
        assert_eq!(first.count("section.drafts li"), 20);
        let second = room.ana.client.get(&first.attr("a[rel=next]", "href").unwrap()).await;
        assert_eq!(second.select_text("section.drafts h3"), ["Draft 4", "Draft 3", "Draft 2", "Draft 1", "Draft 0"]);
        room.ana.client.get("/write?before=nonsense").await.assert_status(404);
        let all = room.town.town.db.read_now(move |tx| stories::drafts_of(tx, me, Cursor::NEWEST, 50)).unwrap();
        assert_eq!(all.len(), 25);
    }
}

/// One red dot as a GIF: head, two colours, one picture of one pixel, end.
fn red_dot() -> Vec<u8> {
    let mut gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00".to_vec();
    gif.extend([0xc8, 0x1e, 0x14, 0, 0, 0]);
    gif.extend(b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b");
    gif
}
