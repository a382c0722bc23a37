use super::newsroom::Newsroom;
use crate::stories;

const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](data:text/html,<script>alert(1)</script>)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<style>@import 'javascript:alert(1)'</style>",
];

testkit::on_both! {
    async fn a_headline_that_is_too_long_comes_back_whole(kind) {
        let room = Newsroom::new(kind);
        let story = room.begun(&room.ana).await;
        let long = "x".repeat(1_000);
        let back = room.write(&room.ana, story, &[("headline", &long), ("body", "Kept words.")]).await;
        back.assert_status(422).assert_text("Use at most 200 characters here; these are 1000.");
        assert_eq!((back.form("form#story").value("headline"), back.form("form#story").value("body")), (Some(long.as_str()), Some("Kept words.")));
        let said = room.autosave(&room.ana, story, &[("base", "1"), ("headline", &long)]).await.assert_status(422).json();
        assert!(said["fields"]["headline"].as_str().unwrap().contains("200"));
        room.write(&room.ana, story, &[("headline", &long), ("do", "publish")]).await.assert_status(422);
        assert_eq!(room.opened(story).version, 1);
    }

    async fn an_empty_headline_is_a_draft_and_no_more(kind) {
        let room = Newsroom::new(kind);
        let story = room.begun(&room.ana).await;
        room.write(&room.ana, story, &[("headline", "  "), ("body", "Words without a head.")]).await.assert_status(303);
        room.ana.client.get("/write").await.assert_text("No headline yet");
        for button in ["publish", "schedule"] {
            let back = room.write(&room.ana, story, &[("published_at", "2999-01-01T08:00"), ("do", button)]).await;
            back.assert_status(422).assert_text("A story needs a headline").assert_text("Choose the section");
        }
        let address = format!("/stories/{story}/submission");
        room.ana.client.post(&address, &[]).await.assert_status(422);
        assert!(room.listed().is_empty());
    }

    async fn too_much_text_is_refused_with_words(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Long read").await;
        let (five, little_more) = ("x".repeat(5 << 20), "y".repeat(1_100_000));
        let fields = [("base", "2"), ("headline", "Long read"), ("body", five.as_str())];
        let address = format!("/stories/{story}/draft");
        room.ana.client.post(&address, &fields).await.assert_status(413).assert_text("2 MB");
        room.ana.client.upload(&address, &fields, &[]).await.assert_status(413).assert_text("2 MB");
        let told = room.autosave(&room.ana, story, &fields).await;
        assert!(told.assert_status(413).json()["error"].as_str().unwrap().contains("shorten"));
        let back = room.ana.client.post(&address, &[("base", "2"), ("headline", "Long read"), ("body", &little_more)]).await;
        back.assert_status(422).assert_text("longer than a megabyte");
        assert_eq!(back.form("form#story").value("body").map(str::len), Some(little_more.len()));
        assert_eq!(room.opened(story).version, 2);
    }

    async fn what_is_no_section_or_type_is_refused(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Where").await;
        let address = format!("/stories/{story}/draft");
        for (field, value) in [("section", "12345"), ("section", "sports"), ("work", "rumour"), ("picture_id", "../../etc/passwd"), ("published_at", "2026-99-99T00:00")] {
            let back = room.ana.client.post(&address, &[("base", "2"), ("headline", "Where"), (field, value)]).await;
            assert_eq!(back.status, 422, "{field}={value}");
        }
        assert_eq!(room.opened(story).version, 2);
    }

    async fn markup_in_a_story_is_shown_and_never_run(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "<b>Bold</b> claims").await;
        room.write(&room.ana, story, &[("body", &HOSTILE.join("\n\n")), ("do", "publish")]).await.assert_status(303);
        let edit = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        let preview = room.ana.client.get(&format!("/stories/{story}/preview")).await;
        let history = room.town.guest().get(&format!("/stories/{story}/history/1")).await;
        for page in [room.read(story).await, edit, preview, history] {
            page.assert_text("<b>Bold</b> claims");
            for css in ["script:not([src]):not([type='application/ld+json'])", "script[src^='x']", "[onerror]", "[onload]", "iframe", "main style", "a[href^='javascript:' i]", "img[src='x']", "img[src^='data:text']"] {
                assert!(!page.has(css), "{css} on {}", page.address);
            }
        }
        room.read(story).await.assert_text("<script>alert(1)</script>");
    }

    async fn every_script_of_the_world_survives(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "صدى الصحراء").await;
        let body = "הספרייה נפתחה — e\u{301} q\u{303} नमस्ते 👩‍👩‍👧 \u{202B}rtl\u{202C} “quotes”…\u{a0}end";
        room.write(&room.ana, story, &[("body", body), ("do", "publish")]).await.assert_status(303);
        assert_eq!(room.opened(story).content.body, body);
        let read = room.read(story).await;
        // HTML may write a no-break space by its name.
        assert!(read.text().replace("&nbsp;", "\u{a0}").contains(body), "to the character");
        read.assert_text("صدى الصحراء");
        assert_eq!(read.attr("h1", "dir").as_deref(), Some("auto"));
    }

    async fn the_zero_character_never_arrives(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Nu\0ll").await;
        room.write(&room.ana, story, &[("body", "be\0fore"), ("topics", "a\0b"), ("do", "publish")]).await.assert_status(303);
        let content = room.opened(story).content;
        assert_eq!((content.headline.as_str(), content.body.as_str(), content.topics), ("Null", "before", vec!["ab".to_owned()]));
    }

    async fn two_stories_may_share_a_headline(kind) {
        let room = Newsroom::new(kind);
        let (one, two) = (room.published(&room.ana, "Same").await, room.published(&room.ed, "Same").await);
        assert_ne!(one, two);
        room.read(one).await.assert_text("Ana Duarte");
        room.read(two).await.assert_text("Ed Park");
    }

    async fn a_headline_cannot_take_the_address_of_another_page(kind) {
        let room = Newsroom::new(kind);
        for headline in ["History", "Edit", "Preview", "Draft", "Removal", "Sharing", "Numbers"] {
            let story = room.published(&room.ana, headline).await;
            room.read(story).await.assert_status(200).assert_text("The council met.");
        }
    }

    async fn saving_has_a_limit(kind) {
        let room = Newsroom::new(kind);
        let story = room.begun(&room.ana).await;
        let mut refused = 0;
        for number in 0..140 {
            let saved = room.autosave(&room.ana, story, &[("base", "1"), ("headline", &format!("Never {number}"))]).await;
            refused += usize::from(saved.status == 429);
        }
        assert!(refused > 0);
    }

    async fn many_pictures_cost_little(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Album").await;
        let many: String = (0..300).map(|number| format!("![x](/media/{number:0>32}-640.webp)\n\n")).collect();
        room.write(&room.ana, story, &[("body", &many)]).await.assert_status(422).assert_text("at most 200 pictures");
        let content = stories::Content { body: "/media/".repeat(140_000), ..Default::default() };
        assert!(content.picture_keys().is_empty());
    }
}
