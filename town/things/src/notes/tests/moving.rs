use super::Square;
use talk::posts::RESTORE_MS;

testkit::on_both! {
    async fn a_change_is_read_and_what_was_said_before_stays_readable(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "The fair is on Friday. #fair")]).await;
        let guest = square.town.guest();
        square.read(&guest, id).await.assert_text("Friday");
        square.town.pass(60_000);
        let edit = square.rosa.client.get(&format!("/notes/{id}/edit")).await;
        edit.assert_status(200).assert_landmarks();
        let saved = square.rosa.client.submit(&edit, "form#compose", &[("body", "The fair is on Saturday. #market")]).await;
        assert_eq!(saved.assert_status(303).location(), format!("/notes/{id}?done=saved"));
        let page = square.read(&guest, id).await;
        page.assert_text("Saturday").assert_text("edited");
        assert_eq!(page.select_text(".post-words a.topic"), ["#market"]);
        let history = guest.get(&page.attr("a.edited", "href").unwrap()).await;
        history.assert_status(200).assert_landmarks();
        assert_eq!(history.select_text(".revisions h2"), ["Version 2", "Version 1"]);
        assert!(history.select_text(".revisions del").concat().contains("Friday"));
        // The same once more is no change.
        let edit = square.rosa.client.get(&format!("/notes/{id}/edit")).await;
        square.rosa.client.submit(&edit, "form#compose", &[]).await.assert_status(303);
        assert_eq!(guest.get(&format!("/notes/{id}/history")).await.count(".revisions h2"), 2);
        let empty = square.rosa.client.submit(&edit, "form#compose", &[("body", "")]).await;
        empty.assert_status(422).assert_text("Nothing would be left");
    }

    async fn its_author_alone_changes_a_note(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "Mine")]).await;
        let editor = square.town.actor("Ed", "editor");
        for other in [&square.sam, &editor] {
            for (path, refused) in [("edit", 403), ("removal", 403), ("pin", 403), ("pin/removal", 403)] {
                other.client.post(&format!("/notes/{id}/{path}"), &[("body", "Yours")]).await.assert_status(refused);
            }
            other.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(404);
            other.client.get(&format!("/notes/{id}/edit")).await.assert_status(403);
        }
        square.read(&square.sam.client, id).await.assert_text("Mine");
        let hidden = square.post(&square.rosa, &[("body", "Nobody"), ("audience", "only_me")]).await;
        square.sam.client.post(&format!("/notes/{hidden}/edit"), &[("body", "x")]).await.assert_status(404);
        square.sam.client.post(&format!("/notes/{hidden}/share"), &[]).await.assert_status(404);
    }

    async fn a_deleted_note_is_gone_and_comes_back(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "A hasty word")]).await;
        let guest = square.town.guest();
        square.read(&guest, id).await.assert_status(200);
        let gone = square.rosa.client.post(&format!("/notes/{id}/removal"), &[]).await;
        let own = square.rosa.client.get(&gone.location()).await;
        own.assert_status(200).assert_landmarks().assert_text("can be restored for 30 days").assert_text("A hasty word");
        guest.get(&format!("/@rosa_ito/{id}")).await.assert_status(410);
        square.sam.client.get(&format!("/@rosa_ito/{id}")).await.assert_status(410);
        guest.get(&format!("/notes/{id}/history")).await.assert_status(410);
        let back = square.rosa.client.submit(&own, "main form[action$='/undo']", &[]).await;
        assert_eq!(back.assert_status(303).location(), format!("/notes/{id}?done=restored"));
        square.read(&guest, id).await.assert_status(200).assert_text("A hasty word");
        square.rosa.client.post(&format!("/notes/{id}/removal"), &[]).await.assert_status(303);
        // Nobody who comes by now and then has to sign in again.
        for _ in 0..2 {
            square.town.pass(RESTORE_MS / 2 + 1);
            square.rosa.client.get("/settings").await.assert_status(200);
        }
        square.rosa.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(410);
        let now = square.town.town.now();
        square.town.town.db.write_now(move |tx| talk::posts::purge_removed(tx, now)).unwrap();
        square.rosa.client.get(&format!("/@rosa_ito/{id}")).await.assert_status(404);
    }

    async fn what_was_for_some_is_not_said_to_be_gone(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "Between us"), ("audience", "members")]).await;
        square.rosa.client.post(&format!("/notes/{id}/removal"), &[]).await.assert_status(303);
        square.town.guest().get(&format!("/@rosa_ito/{id}")).await.assert_status(404);
    }

    async fn what_a_note_to_those_it_names_said_before_is_its_authors(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "@sam_park the code is 1234"), ("audience", "mentioned")]).await;
        square.rosa.client.post(&format!("/notes/{id}/edit"), &[("body", "@sam_park @ana_duarte come in")]).await.assert_status(303);
        square.read(&square.ana.client, id).await.assert_status(200).assert_text("come in");
        square.ana.client.get(&format!("/notes/{id}/history")).await.assert_status(403);
        square.rosa.client.get(&format!("/notes/{id}/history")).await.assert_status(200).assert_text("1234");
    }

    async fn a_note_is_passed_on_once_and_taken_back(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "Free lemons on Verbena")]).await;
        let page = square.read(&square.sam.client, id).await;
        let shared = square.sam.client.submit(&page, "form.share", &[]).await;
        assert_eq!(shared.assert_status(303).location(), format!("/@rosa_ito/{id}?done=shared#note-{id}"));
        square.sam.client.post(&format!("/notes/{id}/share"), &[]).await.assert_status(303);
        let page = square.read(&square.sam.client, id).await;
        assert_eq!(page.attr("form.share button", "aria-pressed").as_deref(), Some("true"));
        assert_eq!(page.one("form.share button"), "Share 1 share");
        square.read(&square.town.guest(), id).await.assert_text("1 share");
        let turbo = square.sam.client.clone().with_header("accept", "text/vnd.turbo-stream.html, text/html");
        let stream = turbo.post(&format!("/notes/{id}/share/removal"), &[]).await;
        assert!(stream.assert_status(200).text().contains(&format!("target=\"share-{id}\"")));
        assert_eq!(square.read(&square.sam.client, id).await.one("form.share button"), "Share");
        assert!(!square.read(&square.town.guest(), id).await.has_text("1 share"));
        assert!(square.town.guest().post(&format!("/notes/{id}/share"), &[]).await.location().starts_with("/sign-in"));
    }

    async fn only_what_is_for_many_is_passed_on_and_quoted(kind) {
        let square = Square::new(kind);
        for (audience, status) in [("public", 303), ("quiet", 303), ("members", 303), ("mentioned", 403)] {
            let id = square.post(&square.rosa, &[("body", "@sam_park hello"), ("audience", audience)]).await;
            square.sam.client.post(&format!("/notes/{id}/share"), &[]).await.assert_status(status);
            let quote = square.sam.client.get(&format!("/notes/new?quote={id}")).await;
            quote.assert_status(if status == 303 { 200 } else { 403 });
            let forged = square.sam.client.post("/notes", &[("body", "Look"), ("quote", &id.to_string())]).await;
            forged.assert_status(status);
        }
    }

    async fn a_quote_shows_what_its_reader_may_read(kind) {
        let square = Square::new(kind);
        let inner = square.post(&square.rosa, &[("body", "Only for members"), ("audience", "members")]).await;
        let page = square.sam.client.get(&format!("/notes/new?quote={inner}")).await;
        page.assert_landmarks().assert_text("Only for members");
        let posted = square.sam.client.submit(&page, "form#compose", &[("body", "Well said")]).await;
        let outer: talk::PostId = posted.location().rsplit_once("#note-").unwrap().1.parse().unwrap();
        square.read(&square.ana.client, outer).await.assert_text("Only for members").assert_text("Well said");
        let guest = square.read(&square.town.guest(), outer).await;
        guest.assert_text("Well said").assert_text("is not here");
        assert!(!guest.has_text("Only for members"));
        square.rosa.client.post(&format!("/notes/{inner}/removal"), &[]).await.assert_status(303);
        assert!(!square.read(&square.ana.client, outer).await.has_text("Only for members"));
    }

    async fn a_few_are_pinned(kind) {
        let square = Square::new(kind);
        let mut ids = Vec::new();
        for number in 0..6 {
            ids.push(square.post(&square.rosa, &[("body", &format!("Note {number}"))]).await);
        }
        for id in &ids[..5] {
            square.rosa.client.post(&format!("/notes/{id}/pin"), &[]).await.assert_status(303);
        }
        square.rosa.client.post(&format!("/notes/{}/pin", ids[0]), &[]).await.assert_status(303);
        square.rosa.client.post(&format!("/notes/{}/pin", ids[5]), &[]).await.assert_status(409);
        square.rosa.client.post(&format!("/notes/{}/pin/removal", ids[0]), &[]).await.assert_status(303);
        square.rosa.client.post(&format!("/notes/{}/pin", ids[5]), &[]).await.assert_status(303);
        square.read(&square.rosa.client, ids[5]).await.assert_text("Pinned").assert_text("Unpin");
    }
}
