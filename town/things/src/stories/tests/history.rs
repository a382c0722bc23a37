use talk::revisions;

use super::newsroom::Newsroom;

testkit::on_both! {
    async fn anyone_reads_the_history_word_by_word(kind) {
        let room = Newsroom::new(kind);
        let story = room.published(&room.ana, "Old headline").await;
        let changed = [("headline", "New headline"), ("body", "The council met.\n\nIt did not vote."), ("do", "publish")];
        room.write(&room.ana, story, &changed).await.assert_status(303);
        room.write(&room.ed, story, &[("body", "Nothing happened."), ("do", "publish")]).await.assert_status(303);
        let guest = room.town.guest();
        let list = guest.get(&format!("/stories/{story}/history")).await;
        list.assert_status(200).assert_landmarks();
        assert_eq!(list.select_text("ol.revisions h2"), ["Version 3", "Version 2", "Version 1"]);
        let second = guest.get(&format!("/stories/{story}/history/2")).await;
        second.assert_status(200).assert_landmarks();
        assert_eq!(second.select_text("del"), ["removed: Old", "removed: voted"]);
        assert_eq!(second.select_text("ins"), ["added: New", "added: did not vote"]);
        let across = guest.get(&format!("/stories/{story}/history/3?with=1")).await;
        across.assert_text("Compared with version 1").assert_text("Nothing happened");
        guest.get(&format!("/stories/{story}/history/1")).await.assert_text("The first version.").assert_text("Old headline");
        for nowhere in ["4", "0", "-1", "-9223372036854775808", "9223372036854775807", "1?with=77", "2?with=-5"] {
            guest.get(&format!("/stories/{story}/history/{nowhere}")).await.assert_status(404);
        }
    }

    async fn a_correction_stands_in_the_open(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Wrong name").await;
        assert!(!room.ana.client.get(&format!("/stories/{story}/edit")).await.form("form#story").has("correction"));
        room.write(&room.ana, story, &[("do", "publish")]).await.assert_status(303);
        room.read(story).await.assert_status(200);
        let page = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        let note = [("body", "The board met."), ("correction", "It was the board, not the council."), ("do", "publish")];
        let sent = room.ana.client.submit(&page, "form#story", &note).await;
        assert!(sent.assert_status(303).location().ends_with("?done=corrected"));
        room.ana.client.submit(&page, "form#story", &note).await.assert_status(303);
        room.read(story).await.assert_text("It was the board, not the council.");
        room.town.guest().get(&format!("/stories/{story}/history")).await.assert_text("It was the board, not the council.");
        let all = room.town.town.db.read_now(|tx| revisions::corrections(tx, (i64::MAX, i64::MAX), 10)).unwrap();
        assert_eq!(all.iter().map(|correction| correction.number).collect::<Vec<_>>(), [2]);
    }

    async fn a_correction_is_not_put_off(kind) {
        let room = Newsroom::new(kind);
        let story = room.published(&room.ana, "At once").await;
        let note = [("correction", "Wrong."), ("published_at", "2999-01-01T08:00"), ("do", "schedule")];
        let back = room.write(&room.ana, story, &note).await;
        back.assert_status(422).assert_text("A correction is published at once");
        assert_eq!(back.form("form#story").value("correction"), Some("Wrong."));
    }

    async fn a_preview_shows_what_readers_would_see(kind) {
        let room = Newsroom::new(kind);
        let story = room.begun(&room.ana).await;
        let sent = room.write(&room.ana, story, &[("headline", "Half done"), ("body", "*So far.*"), ("do", "preview")]).await;
        let page = room.ana.client.follow(&sent).await;
        page.assert_status(200).assert_text("This is a preview").assert_text("Half done").assert_text("So far.");
        assert_eq!(page.select_text("div.prose em"), ["So far."]);
        assert!(room.listed().is_empty());
    }
}
