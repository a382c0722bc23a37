//! Pictures and cards of links in comments, through the front door.

use db::params;
use people::{safety, testing::Actor, uses};
use talk::{
    PostId,
    links::{FetchCard, fetch_card},
};
use testkit::{Attachment, Page, Reply, Web};

use super::{Square, files::png};
use crate::notes::leading_to;

/// The comment that a form leads to.
fn id_in(page: &Page) -> PostId {
    let location = page.assert_status(303).location();
    let id = location.rsplit_once("#comment-").map(|(_, id)| id.to_owned());
    id.unwrap_or_else(|| location.split('/').nth(2).unwrap().to_owned()).parse().unwrap()
}

impl Square {
    async fn talk(&self) -> PostId {
        self.post(&self.rosa, &[("body", "Has anybody seen this cat?")]).await
    }

    /// Comments with fields as a script sends them.
    async fn said(&self, by: &Actor, note: PostId, fields: &[(&str, &str)]) -> PostId {
        id_in(&by.client.post(&format!("/posts/{note}/comments"), fields).await)
    }

    async fn cards(&self) -> usize {
        let town = self.town.town.clone();
        let (fetching, clock) = (town.clone(), town.clone());
        let queue = jobs::Queue::builder(town.db.clone())
            .clock(move || clock.now())
            .on(move |context, card: FetchCard| fetch_card(fetching.clone(), context, card, leading_to))
            .build();
        queue.run_due().await
    }
}

testkit::on_both! {
    async fn without_a_script_pictures_come_with_the_form_and_get_their_words_afterwards(kind) {
        let square = Square::new(kind);
        let note = square.talk().await;
        let page = square.read(&square.sam.client, note).await;
        page.assert_landmarks().assert_text("Up to 4 pictures. Say of each what it shows");
        assert!(page.has("script[src*='uploads']"));
        assert!(!square.read(&square.town.guest(), note).await.has("script[src*='uploads']"), "guests send nothing");
        let mut form = page.form("#comments > comment-draft form");
        form.fill(&[("body", "Like this one?")]);
        for shade in [10, 200] {
            form.attach(Attachment::new("file", &format!("{shade}.png"), "image/png", png(shade)));
        }
        let posted = square.sam.client.submit_form(&form).await;
        let said = id_in(&posted);
        assert_eq!(posted.location(), format!("/comments/{said}/edit?done=describe#pictures"));
        let edit = square.sam.client.get(&posted.location()).await;
        edit.assert_status(200).assert_landmarks().assert_text("Please say what your pictures show");
        let form = edit.form("main form");
        let keys: Vec<String> = form.values().iter().filter(|(name, _)| *name == "picture").map(|(_, key)| (*key).to_owned()).collect();
        assert_eq!(keys.len(), 2);
        let alts: Vec<String> = keys.iter().map(|key| format!("alt-{key}")).collect();
        square.sam.client.submit(&edit, "main form", &[(&alts[0], "A grey cat"), (&alts[1], "A red cat")]).await.assert_status(303);
        let guest = square.town.guest();
        let read = square.read(&guest, note).await;
        read.assert_landmarks();
        assert_eq!(read.attr(&format!("#comment-{said} .note-pictures"), "data-count").as_deref(), Some("2"));
        assert_eq!(read.attr(&format!("#comment-{said} .note-pictures picture img"), "alt").as_deref(), Some("A grey cat"));
        assert!(read.has(&format!("#comment-{said} .note-pictures img[loading=lazy][width='64'][height='48']")));
        // One is taken out, one is added; the history says so and keeps what was shown.
        let edit = square.sam.client.get(&format!("/comments/{said}/edit")).await;
        let mut form = edit.form("main form");
        form.fill(&[("without", &keys[0])]);
        form.attach(Attachment::new("file", "new.png", "image/png", png(90)));
        square.sam.client.submit_form(&form).await.assert_status(303);
        let read = square.read(&guest, note).await;
        assert_eq!(read.count(&format!("#comment-{said} .note-pictures li")), 2);
        assert_eq!(read.attr(&format!("#comment-{said} .note-pictures picture img"), "alt").as_deref(), Some("A red cat"));
        let history = guest.get(&format!("/comments/{said}/history")).await;
        history.assert_text("Its pictures were changed: now 2 pictures.").assert_text("The words on its pictures were changed.").assert_text("With 2 pictures.");
        let used = square.town.town.db.read_now(move |tx| uses::used_among(tx, &keys)).unwrap();
        assert_eq!(used.len(), 2);
    }

    async fn a_form_that_is_refused_keeps_its_pictures(kind) {
        let square = Square::new(kind);
        let note = square.talk().await;
        let said = square.said(&square.sam, note, &[("body", "First")]).await;
        let key = square.picture(&square.ana, 1);
        let alt = format!("alt-{key}");
        let long = "x".repeat(3_001);
        for path in [format!("/posts/{note}/comments"), format!("/comments/{said}/reply")] {
            let page = square.ana.client.post(&path, &[("body", &long), ("picture", &key), (&alt, "A goat"), ("sensitive", "1")]).await;
            page.assert_status(422).assert_landmarks();
            let form = page.form("main form.comment-form");
            assert_eq!((form.value("picture"), form.value(&alt), form.value("sensitive")), (Some(&*key), Some("A goat"), Some("1")));
            assert!(page.has("main .comment-form details[open] .note-alts img"));
            let posted = square.ana.client.submit(&page, "main form.comment-form", &[("body", "Shorter"), ("back", &path)]).await;
            let id = id_in(&posted);
            assert!(square.read(&square.town.guest(), note).await.has(&format!("#comment-{id} details.cover .note-pictures")));
            square.town.pass(11 * 60 * 1000);
        }
        // What is changed comes back, too.
        let mine = square.said(&square.ana, note, &[("body", "Look"), ("picture", &key), (&alt, "A goat")]).await;
        let page = square.ana.client.post(&format!("/comments/{mine}/edit"), &[("body", &long), ("picture", &key), (&alt, "A sheep")]).await;
        page.assert_status(422).assert_landmarks();
        assert_eq!((page.form("main form").value("picture"), page.form("main form").value(&alt)), (Some(&*key), Some("A sheep")));
    }

    async fn only_four_pictures_and_only_ones_own(kind) {
        let square = Square::new(kind);
        let note = square.talk().await;
        let path = format!("/posts/{note}/comments");
        let theirs = square.picture(&square.rosa, 9);
        for key in [&*theirs, "00000000000000000000000000000008-1080"] {
            square.sam.client.post(&path, &[("body", "Look"), ("picture", key)]).await.assert_status(422).assert_text("not here any more");
        }
        let keys: Vec<String> = (1..=5).map(|number| square.picture(&square.sam, number)).collect();
        let fields = |many: usize| keys[..many].iter().map(|key| ("picture", key.as_str())).collect::<Vec<_>>();
        square.sam.client.post(&path, &fields(5)).await.assert_status(422).assert_text("A comment holds at most 4 pictures");
        let said = square.said(&square.sam, note, &fields(4)).await;
        let read = square.read(&square.town.guest(), note).await;
        assert_eq!(read.attr(&format!("#comment-{said} img:not(.blur)"), "alt").as_deref(), Some("Picture 1 of 4, without a description"));
        // Whoever may not comment any more sends no pictures, and keeps their words.
        let page = square.read(&square.rosa.client, note).await;
        square.town.town.db.write_now(|tx| people::levels::grant(tx, "member", &[people::Permission::WriteNotes])).unwrap();
        square.town.reload();
        let mut form = page.form("#comments > comment-draft form");
        form.fill(&[("body", "Wait")]);
        form.attach(Attachment::new("file", "a.png", "image/png", png(3)));
        let refused = square.rosa.client.submit_form(&form).await;
        assert!(refused.status.is_client_error());
        refused.assert_text("Wait");
        let many = square.town.town.db.read_now(|tx| tx.one("select count(*) from pictures", params![], |row| row.get::<i64>(0))).unwrap();
        assert_eq!(many, 6);
    }

    async fn whoever_may_only_comment_may_send_pictures(kind) {
        let square = Square::new(kind);
        let note = square.talk().await;
        square.town.town.db.write_now(|tx| people::levels::grant(tx, "member", &[people::Permission::WriteComments])).unwrap();
        square.town.reload();
        let mut form = square.read(&square.sam.client, note).await.form("#comments > comment-draft form");
        form.attach(Attachment::new("file", "a.png", "image/png", png(3)));
        let said = id_in(&square.sam.client.submit_form(&form).await);
        square.read(&square.town.guest(), note).await.one(&format!("#comment-{said} .note-pictures"));
        let picture = serde_json::json!({ "name": "a.png", "size": 1000, "type": "image/png" });
        square.sam.client.post_json("/uploads", &picture).await.assert_status(201);
        // A film is none of what a comment holds, whoever sends it.
        let author = square.town.actor("Dee", "author");
        let mut form = square.read(&author.client, note).await.form("#comments > comment-draft form");
        form.fill(&[("body", "A film")]);
        form.attach(Attachment::new("file", "a.mp4", "video/mp4", b"\0\0\0\x20ftypisom".to_vec()));
        author.client.submit_form(&form).await.assert_status(422).assert_text("A film");
    }

    async fn sensitive_pictures_of_a_comment_are_covered(kind) {
        let square = Square::new(kind);
        let note = square.talk().await;
        let (key, other) = (square.picture(&square.rosa, 1), square.picture(&square.rosa, 2));
        let said = square.said(&square.rosa, note, &[("body", "The crash"), ("picture", &key), (&format!("alt-{key}"), "A car"), ("sensitive", "1")]).await;
        let plain = square.said(&square.rosa, note, &[("picture", &other), (&format!("alt-{other}"), "A cat")]).await;
        let guest = square.town.guest();
        let covered = |id: PostId| format!("#comment-{id} details.cover:not([open]) .note-pictures img[loading=lazy]");
        let read = square.read(&guest, note).await;
        assert!(read.has(&covered(said)) && !read.has(&covered(plain)));
        assert!(square.ana.client.get(&format!("/comments/{said}/reply")).await.has(".post-quote details.cover"), "quoted it is covered, too");
        let me = square.sam.id;
        let chosen = safety::Choices { shows_sensitive: true, ..safety::Choices::default() };
        square.town.town.db.write_now(move |tx| safety::choose(tx, me, chosen)).unwrap();
        assert!(!square.read(&square.sam.client, note).await.has("details.cover"));
        square.town.town.db.write_now(move |tx| tx.run("update accounts set minor_until = 99 where id = $1", params![me])).unwrap();
        let withheld = square.read(&square.sam.client, note).await;
        assert!(!withheld.has(&format!("#comment-{said} .note-pictures")) && withheld.has(&format!("#comment-{said} .cover-away")));
        // The staff cover what its author did not, and its author cannot lift that.
        let mo = square.town.actor("Mo", "moderator");
        let path = format!("/comments/{plain}/cover");
        square.ana.client.post(&path, &[]).await.assert_status(403);
        assert!(!square.read(&square.ana.client, note).await.has(&format!("form[action='{path}']")));
        assert!(square.read(&mo.client, note).await.has(&format!("form[action='{path}']")));
        for _ in 0..2 {
            mo.client.post(&path, &[]).await.assert_status(303);
        }
        assert!(square.read(&guest, note).await.has(&covered(plain)));
        square.rosa.client.post(&format!("/comments/{plain}/edit"), &[("body", "Only a cat"), ("picture", &other), (&format!("alt-{other}"), "A cat")]).await.assert_status(303);
        assert!(square.read(&guest, note).await.has(&covered(plain)));
        let rosa = square.rosa.id;
        let told = square.town.town.db.read_now(move |tx| tx.all("select kind from notices where account_id = $1 and kind = 'covered'", params![rosa], |row| row.get::<String>(0)));
        assert_eq!(told.unwrap().len(), 1);
        mo.client.post(&format!("{path}/removal"), &[]).await.assert_status(303);
        assert!(!square.read(&guest, note).await.has(&covered(plain)));
    }

    async fn what_is_deleted_or_taken_down_shows_nothing_and_comes_back(kind) {
        let square = Square::new(kind);
        let note = square.talk().await;
        let key = square.picture(&square.sam, 1);
        let said = square.said(&square.sam, note, &[("picture", &key), (&format!("alt-{key}"), "A cat")]).await;
        let (guest, shown) = (square.town.guest(), format!("#comment-{said} .note-pictures"));
        square.sam.client.post(&format!("/comments/{said}/removal"), &[]).await.assert_status(303);
        assert!(!square.read(&guest, note).await.has(".note-pictures"));
        let gone = square.sam.client.get(&format!("/comments/{said}")).await;
        gone.assert_status(200).assert_landmarks();
        assert!(gone.has(".note-pictures"), "its author sees what can be brought back");
        square.sam.client.post(&format!("/comments/{said}/removal/undo"), &[]).await.assert_status(303);
        assert!(square.read(&guest, note).await.has(&shown));
        let editor = square.town.actor("Ed Itor", "editor");
        let page = editor.client.get(&format!("/comments/{said}/takedown")).await;
        page.assert_status(200).assert_landmarks();
        assert!(page.has(".case-pictures img"));
        editor.client.submit(&page, "main form", &[("why", "Not here")]).await.assert_status(303);
        assert!(!square.read(&guest, note).await.has(".note-pictures"));
        let statement = square.town.letters().pop().unwrap().text;
        assert!(statement.contains("(with a picture)"), "{statement}");
        editor.client.get(&format!("/comments/{said}")).await.assert_status(200).assert_landmarks();
    }

    async fn a_link_gets_a_card_and_pages_of_guests_show_it(kind) {
        let square = Square::new(kind);
        let web = Web::open();
        square.town.pins.set("ridge.example", web.address());
        web.serve("http://ridge.example/well", Reply::html("<title>The &lt;well&gt;</title><meta name=description content='Deep'>"));
        web.serve("http://ridge.example/inward", Reply::redirect("http://127.0.0.1:9/secret"));
        let note = square.talk().await;
        let guest = square.town.guest();
        let said = square.said(&square.sam, note, &[("body", "See http://ridge.example/well and http://ridge.example/other")]).await;
        let inward = square.said(&square.ana, note, &[("body", "http://ridge.example/inward http://169.254.169.254/")]).await;
        square.post(&square.ana, &[("body", "http://ridge.example/well")]).await;
        assert!(!square.read(&guest, note).await.has(".link-card"));
        square.cards().await;
        let read = square.read(&guest, note).await;
        read.assert_landmarks();
        assert_eq!(read.one(&format!("#comment-{said} .link-card strong")), "The <well>");
        assert_eq!(read.count(".link-card"), 1, "one a comment, and none of what only we can reach");
        assert!(!read.has(&format!("#comment-{inward} .link-card")));
        assert_eq!(web.asked().iter().filter(|asked| asked.url.ends_with("/well")).count(), 1, "asked once for all that lead there");
        // With a picture the picture is shown.
        let key = square.picture(&square.sam, 1);
        square.sam.client.post(&format!("/comments/{said}/edit"), &[("body", "See http://ridge.example/well"), ("picture", &key)]).await.assert_status(303);
        assert!(!square.read(&guest, note).await.has(".link-card"));
    }
}
