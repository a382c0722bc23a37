//! Comments under a note, through the front door.

use people::{Permission, levels};
use talk::{
    PostId,
    comments::{MAX_BODY, OpenTo, Rules, set_rules},
};
use testkit::{Client, Page};

use super::Square;

impl Square {
    /// Fills in the form under a note and presses its button.
    async fn comment(&self, by: &Client, note: PostId, body: &str) -> Page {
        let page = self.read(by, note).await;
        page.assert_status(200).assert_landmarks();
        by.submit(&page, "#comments > comment-draft form", &[("body", body)]).await
    }

    /// Comments, and answers which comment it is.
    async fn commented(&self, by: &Client, note: PostId, body: &str) -> PostId {
        id_in(&self.comment(by, note, body).await)
    }

    async fn answered(&self, by: &Client, comment: PostId, body: &str) -> PostId {
        let page = by.get(&format!("/comments/{comment}/reply")).await;
        page.assert_status(200).assert_landmarks();
        id_in(&by.submit(&page, "turbo-frame form", &[("body", body)]).await)
    }
}

fn id_in(page: &Page) -> PostId {
    page.assert_status(303).location().rsplit_once("#comment-").unwrap().1.parse().unwrap()
}

testkit::on_both! {
    async fn a_conversation_is_written_and_read_without_a_script(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let guest = square.town.guest();
        square.read(&guest, note).await.assert_text("0 comments").assert_text("Sign in to comment.");
        let said = square.commented(&square.sam.client, note, "Ask @ana_duarte.\n\nShe feeds it.").await;
        let reply = square.answered(&square.ana.client, said, "I do!").await;
        let own = square.answered(&square.rosa.client, reply, "Thank you both.").await;
        let page = square.read(&guest, note).await;
        page.assert_text("3 comments").assert_landmarks();
        assert!(page.one(&format!("#comment-{own} .byline")).contains("Author"));
        assert_eq!(page.attr(&format!("#comment-{said} a.mention"), "href").as_deref(), Some("/@ana_duarte"));
        assert!(page.has(&format!("#replies-{said} #replies-{reply} #comment-{own}")));
        assert!(!page.has(".comment-form, .comment .post-menu"));
        // A guest who would answer is led to sign in, and back.
        assert!(guest.get(&format!("/comments/{said}/reply")).await.location().starts_with("/sign-in"));
        assert!(guest.post(&format!("/posts/{note}/comments"), &[("body", "x")]).await.location().starts_with("/sign-in"));
        assert_eq!(guest.get(&format!("/comments/{own}")).await.location(), format!("/notes/{note}#comment-{own}"));
        assert!(guest.get("/comments/123").await.assert_status(404).has_text("Nothing is here"));
        guest.get(&format!("/comments/{said}/thread")).await.assert_status(200).assert_landmarks().assert_text("Thank you both.");
        assert!(guest.get(&format!("/posts/{note}/comments")).await.location().ends_with("?order=newest#comments"));
        for order in ["top", "newest", "oldest", "discussed", "none"] {
            square.read(&guest, note).await.assert_text("Most discussed");
            let address = format!("/@rosa_ito/{note}?order={order}");
            assert_eq!(guest.get(&address).await.assert_status(200).count(".threads > li"), 1);
        }
        guest.get(&format!("/@rosa_ito/{note}?past=x")).await.assert_status(404);
    }

    async fn what_is_typed_comes_back_where_it_cannot_be_taken(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let long = "é".repeat(MAX_BODY + 1);
        let page = square.comment(&square.sam.client, note, &long).await;
        page.assert_status(422).assert_landmarks().assert_text("3001 characters long");
        assert_eq!(page.form("main form.comment-form").value("body"), Some(&*long));
        let shorter = square.sam.client.submit(&page, "main form.comment-form", &[("body", "Shorter")]).await;
        let said = id_in(&shorter);
        square.comment(&square.sam.client, note, " \n ").await.assert_status(422).assert_text("Write something first");
        square.comment(&square.sam.client, note, "Shorter").await.assert_status(422).assert_text("You said just this");
        let reply = square.sam.client.get(&format!("/comments/{said}/reply")).await;
        let twice = square.sam.client.submit(&reply, "turbo-frame form", &[("body", "Shorter")]).await;
        twice.assert_status(422).assert_text("You said just this");
        assert_eq!(twice.form("turbo-frame form").value("body"), Some("Shorter"));
        square.town.pass(11 * 60 * 1000);
        square.commented(&square.sam.client, note, "Shorter").await;
    }

    async fn nothing_in_a_comment_is_more_than_text(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:x) javascript:alert(1) </template></turbo-stream>";
        let said = square.commented(&square.sam.client, note, hostile).await;
        for page in [
            square.read(&square.town.guest(), note).await,
            square.ana.client.get(&format!("/comments/{said}/reply")).await,
            square.ana.client.get(&format!("/comments/{said}/history")).await,
            square.ana.client.get(&format!("/comments/{said}/thread")).await,
        ] {
            assert!(!page.has("main script, main img[onerror], main a[href^='javascript']"));
            page.assert_text("<script>alert(1)</script>");
        }
        let streams = square.ana.client.clone().with_header("accept", "text/vnd.turbo-stream.html");
        let streamed = streams.post(&format!("/posts/{note}/comments"), &[("body", hostile)]).await;
        streamed.assert_status(200);
        assert!(!streamed.text().contains("<script>"));
    }

    async fn a_comment_is_changed_with_its_history_deleted_and_brought_back(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let said = square.commented(&square.sam.client, note, "It is grey.").await;
        let reply = square.answered(&square.ana.client, said, "And fat.").await;
        let page = square.sam.client.get(&format!("/comments/{said}/edit")).await;
        page.assert_status(200).assert_landmarks();
        let saved = square.sam.client.submit(&page, "main form", &[("body", "It is black.")]).await;
        assert_eq!(saved.assert_status(303).location(), format!("/comments/{said}?done=saved"));
        let guest = square.town.guest();
        assert!(square.read(&guest, note).await.one(&format!("#comment-{said}")).contains("edited"));
        let history = guest.get(&format!("/comments/{said}/history")).await;
        assert_eq!((history.one("del").as_str(), history.one("ins").as_str()), ("removed: grey", "added: black"));
        for path in ["edit", "removal"] {
            square.ana.client.post(&format!("/comments/{said}/{path}"), &[("body", "Mine now")]).await.assert_status(403);
        }
        let empty = square.sam.client.submit(&page, "main form", &[("body", " ")]).await;
        empty.assert_status(422).assert_text("Write something first");
        // Its place stays, for the answer.
        let gone = square.sam.client.post(&format!("/comments/{said}/removal"), &[]).await;
        square.sam.client.get(&gone.location()).await.assert_status(200).assert_text("It is black.").assert_text("Undo");
        let page = square.read(&guest, note).await;
        page.assert_text("1 comment").assert_text("Its author deleted this comment.").assert_text("And fat.");
        assert!(!page.has_text("It is black."));
        guest.get(&format!("/comments/{said}")).await.assert_status(410);
        guest.get(&format!("/comments/{said}/history")).await.assert_status(404);
        square.ana.client.post(&format!("/comments/{said}/removal/undo"), &[]).await.assert_status(404);
        square.ana.client.post(&format!("/comments/{reply}/removal"), &[]).await.assert_status(303);
        square.read(&guest, note).await.assert_text("0 comments").assert_text("Nobody has said anything here yet.");
        square.sam.client.post(&format!("/comments/{said}/removal/undo"), &[]).await.assert_status(303);
        square.read(&guest, note).await.assert_text("1 comment").assert_text("It is black.");
    }

    async fn moderators_take_down_and_editors_pick(kind) {
        let square = Square::new(kind);
        let editor = square.town.actor("Ed Itor", "editor");
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let said = square.commented(&square.sam.client, note, "You are all fools.").await;
        square.ana.client.get(&format!("/comments/{said}/takedown")).await.assert_status(403);
        square.ana.client.post(&format!("/comments/{said}/pick"), &[]).await.assert_status(403);
        editor.client.post(&format!("/comments/{said}/pick"), &[]).await.assert_status(303);
        square.read(&square.town.guest(), note).await.assert_text("Editor’s pick");
        editor.client.post(&format!("/comments/{said}/pick/removal"), &[]).await.assert_status(303);
        assert!(!square.read(&square.town.guest(), note).await.has_text("Editor’s pick"));
        let page = editor.client.get(&format!("/comments/{said}/takedown")).await;
        page.assert_status(200).assert_landmarks();
        editor.client.submit(&page, "main form", &[("why", " ")]).await.assert_status(422).assert_text("Write why");
        editor.client.submit(&page, "main form", &[("why", "Rude to neighbours")]).await.assert_status(303);
        assert!(square.town.letters().last().unwrap().text.contains("Rude to neighbours"));
        square.sam.client.get(&format!("/comments/{said}")).await.assert_status(200).assert_text("Rude to neighbours");
        square.sam.client.post(&format!("/comments/{said}/removal/undo"), &[]).await.assert_status(403);
        square.read(&square.town.guest(), note).await.assert_text("0 comments");
        editor.client.post(&format!("/comments/{said}/removal/undo"), &[]).await.assert_status(303);
        square.read(&square.town.guest(), note).await.assert_text("1 comment");
    }

    async fn authors_say_who_may_comment_and_how_often(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let path = format!("/posts/{note}/comments/settings");
        square.sam.client.get(&path).await.assert_status(403);
        let page = square.rosa.client.get(&path).await;
        page.assert_status(200).assert_landmarks();
        square.rosa.client.post(&path, &[("open_to", "kings"), ("slow_minutes", "7")]).await.assert_status(422).assert_text("Choose who may comment");
        square.rosa.client.submit(&page, "main form", &[("slow_minutes", "5")]).await.assert_status(303);
        square.commented(&square.sam.client, note, "Once").await;
        square.read(&square.sam.client, note).await.assert_text("You can write again in 5 minutes.");
        let soon = square.sam.client.post(&format!("/posts/{note}/comments"), &[("body", "Twice")]).await;
        soon.assert_status(429).assert_text("Nothing of what you wrote is lost.");
        assert_eq!(soon.form("main form.comment-form").value("body"), Some("Twice"));
        square.town.pass(5 * 60 * 1000);
        square.commented(&square.sam.client, note, "Twice").await;
        square.town.town.db.write_now(move |tx| set_rules(tx, note, Rules { open_to: OpenTo::Nobody, slow_minutes: 0 })).unwrap();
        square.read(&square.sam.client, note).await.assert_text("Comments are closed.");
        square.sam.client.post(&format!("/posts/{note}/comments"), &[("body", "Late")]).await.assert_status(403).assert_text("Comments are closed.");
        square.town.town.db.write_now(|tx| levels::grant(tx, "member", &[Permission::WriteNotes])).unwrap();
        square.town.reload();
        square.sam.client.post(&format!("/posts/{note}/comments"), &[("body", "Late")]).await.assert_status(403).assert_text("does not include this");
    }

    async fn a_guest_never_gets_an_old_page(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let guest = square.town.guest();
        square.read(&guest, note).await.assert_text("0 comments");
        let said = square.commented(&square.sam.client, note, "It is grey.").await;
        square.read(&guest, note).await.assert_text("It is grey.");
        square.sam.client.post(&format!("/comments/{said}/edit"), &[("body", "It is black.")]).await.assert_status(303);
        square.read(&guest, note).await.assert_text("It is black.");
        square.sam.client.post(&format!("/comments/{said}/removal"), &[]).await.assert_status(303);
        square.read(&guest, note).await.assert_text("0 comments");
    }

    async fn where_scripts_run_only_what_is_new_is_drawn(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let streams = |client: &Client| client.clone().with_header("accept", "text/vnd.turbo-stream.html, text/html");
        let sam = streams(&square.sam.client);
        let begun = sam.post(&format!("/posts/{note}/comments"), &[("body", "Under the depot")]).await;
        begun.assert_status(200);
        assert!(begun.text().contains("Under the depot") && begun.has("turbo-stream[action=prepend][target=threads]"));
        let said = begun.text().split("id=\"comment-").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        let reply = streams(&square.ana.client).post(&format!("/comments/{said}/reply"), &[("body", "No")]).await;
        assert!(reply.has(&format!("turbo-stream[action=append][target=replies-{said}]")));
        let news = streams(&square.town.guest()).get(&format!("/posts/{note}/comments?back=//evil.example")).await;
        news.assert_status(200);
        assert!(news.has("turbo-stream[action=replace][target=comments]") && !news.text().contains("evil"));
        sam.post(&format!("/posts/{note}/comments"), &[("body", "")]).await.assert_status(422);
    }

    async fn a_conversation_is_followed_or_left_alone(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "Has anybody seen this cat?")]).await;
        let path = format!("/posts/{note}/comments/choice");
        let back = format!("/@rosa_ito/{note}");
        let chosen = square.sam.client.post(&path, &[("choice", "follow"), ("back", &back)]).await;
        assert_eq!(chosen.assert_status(303).location(), format!("{back}?done=saved#comments"));
        square.read(&square.sam.client, note).await.assert_text("I hear of: every comment");
        square.sam.client.post(&path, &[("choice", "usual"), ("back", "https://evil.example/")]).await.assert_status(303);
        square.read(&square.sam.client, note).await.assert_text("I hear of: answers to me alone");
        assert!(square.town.guest().post(&path, &[("choice", "mute")]).await.location().starts_with("/sign-in"));
    }
}
