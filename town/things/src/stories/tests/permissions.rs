use super::newsroom::Newsroom;
use crate::stories::DraftState;

testkit::on_both! {
    async fn only_its_authors_and_editors_open_a_story(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Mine").await;
        let (other, member) = (room.town.actor("Bea Quill", "author"), room.town.actor("Cy Reader", "member"));
        for page in ["edit", "preview", "history"] {
            other.client.get(&format!("/stories/{story}/{page}")).await.assert_status(403);
        }
        for action in ["draft", "publication", "publication/remove", "submission", "submission/remove", "removal", "removal/undo"] {
            let address = format!("/stories/{story}/{action}");
            other.client.post(&address, &[("headline", "Stolen"), ("base", "2")]).await.assert_status(403);
            member.client.post(&address, &[("headline", "Stolen"), ("base", "2")]).await.assert_status(403);
        }
        assert_eq!(room.opened(story).content.headline, "Mine");
        room.ed.client.get(&format!("/stories/{story}/edit")).await.assert_status(200);
        member.client.get("/write").await.assert_status(403);
        member.client.post("/stories", &[]).await.assert_status(403);
    }

    async fn guests_are_led_to_the_sign_in_page(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Mine").await;
        let guest = room.town.guest();
        for page in ["/write".to_owned(), format!("/stories/{story}/edit"), format!("/stories/{story}/preview")] {
            assert!(guest.get(&page).await.assert_status(303).location().starts_with("/sign-in"), "{page}");
        }
        guest.get(&format!("/stories/{story}/history")).await.assert_status(404);
        let script = guest.with_header("accept", "application/json");
        script.post(&format!("/stories/{story}/draft"), &[("headline", "x")]).await.assert_status(401);
    }

    async fn coauthors_write_on_it_as_soon_as_they_are_named(kind) {
        let room = Newsroom::new(kind);
        let bea = room.town.actor("Bea Quill", "author");
        let story = room.draft(&room.ana, "Ours").await;
        room.write(&room.ana, story, &[("coauthors", "@bea_quill, bea_quill"), ("do", "save")]).await.assert_status(303);
        bea.client.get("/write").await.assert_text("Ours");
        room.write(&bea, story, &[("body", "By both."), ("do", "publish")]).await.assert_status(303);
        assert_eq!((room.shelf(room.ana.id.get()).len(), room.shelf(bea.id.get()).len()), (1, 1));
        // On a published story, too, and long before readers are told.
        let cy = room.town.actor("Cy Writer", "author");
        room.write(&room.ana, story, &[("coauthors", "@bea_quill, @cy_writer"), ("do", "save")]).await.assert_status(303);
        cy.client.get(&format!("/stories/{story}/edit")).await.assert_status(200);
        assert!(room.shelf(cy.id.get()).is_empty());
    }

    async fn who_may_not_write_cannot_be_a_coauthor(kind) {
        let room = Newsroom::new(kind);
        room.town.actor("Cy Reader", "member");
        let story = room.draft(&room.ana, "Alone").await;
        let unknown = room.write(&room.ana, story, &[("coauthors", "@nobody_here")]).await;
        unknown.assert_status(422).assert_text("There is no account @nobody_here");
        assert_eq!(unknown.form("form#story").value("coauthors"), Some("@nobody_here"));
        room.write(&room.ana, story, &[("coauthors", "@cy_reader")]).await.assert_status(422).assert_text("@cy_reader may not write here");
    }

    async fn where_review_is_required_editors_publish(kind) {
        let room = Newsroom::new(kind).require_review();
        let story = room.draft(&room.ana, "Read me first").await;
        let page = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        assert_eq!(page.form("form#story").choices("do"), ["save", "save", "preview", "submit"]);
        room.ana.client.post(&format!("/stories/{story}/publication"), &[("do", "publish")]).await.assert_status(403);
        room.ana.client.submit(&page, "form#story", &[("body", "For you."), ("do", "submit")]).await.assert_status(303);
        assert_eq!((room.opened(story).state, room.opened(story).content.body.as_str()), (DraftState::Submitted, "For you."));
        room.ed.client.post(&format!("/stories/{story}/submission/remove"), &[]).await.assert_status(303);
        assert_eq!(room.opened(story).state, DraftState::Draft);
        room.write(&room.ana, story, &[("do", "submit")]).await.assert_status(303);
        room.write(&room.ed, story, &[("do", "publish")]).await.assert_status(303);
        room.read(story).await.assert_text("For you.");
        let nothing_new = room.write(&room.ana, story, &[("do", "submit")]).await;
        assert!(nothing_new.assert_status(303).location().ends_with("?done=saved"), "nobody waits for an editor who has nothing to read");
        // What readers see is not the author's to change or take away.
        room.ana.client.post(&format!("/stories/{story}/publication/remove"), &[]).await.assert_status(403);
        room.ana.client.post(&format!("/stories/{story}/removal"), &[]).await.assert_status(403);
        room.ed.client.post(&format!("/stories/{story}/removal"), &[]).await.assert_status(303);
        room.ana.client.post(&format!("/stories/{story}/removal/undo"), &[]).await.assert_status(403);
    }

    async fn nobody_slips_words_into_what_an_editor_has_scheduled(kind) {
        let room = Newsroom::new(kind).require_review();
        let story = room.draft(&room.ana, "Approved").await;
        let open = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        room.write(&room.ed, story, &[("published_at", "2999-01-01T08:00"), ("do", "schedule")]).await.assert_status(303);
        room.ana.client.submit(&open, "form#story", &[("body", "Unread words.")]).await.assert_status(403);
        assert_eq!(room.opened(story).content.body, "The council met.\n\nIt voted.");
        room.ana.client.post(&format!("/stories/{story}/submission/remove"), &[]).await.assert_status(403);
    }

    async fn nobody_slips_an_older_copy_into_what_an_editor_has_scheduled(kind) {
        let room = Newsroom::new(kind).require_review();
        let story = room.draft(&room.ana, "Approved").await;
        let kept = room.autosave(&room.ana, story, &[("base", "0"), ("headline", "Approved"), ("body", "Unread words.")]).await;
        let copy = kept.assert_status(409).json()["mine"].as_str().unwrap().to_owned();
        room.write(&room.ed, story, &[("published_at", "2999-01-01T08:00"), ("do", "schedule")]).await.assert_status(303);
        let base = room.opened(story).version.to_string();
        room.ana.client.post(&copy, &[("base", &base)]).await.assert_status(403);
        assert_eq!(room.opened(story).content.body, "The council met.\n\nIt voted.");
        room.ed.client.post(&copy, &[("base", &base)]).await.assert_status(303);
    }

    async fn strangers_are_turned_away_before_their_words_are_read(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Mine").await;
        let flood = "x".repeat(web::form::MAX_TEXT + 1);
        let member = room.town.actor("Cy Reader", "member");
        for address in ["draft", "publication", "submission"].map(|part| format!("/stories/{story}/{part}")).into_iter().chain(["/stories".into()]) {
            assert_eq!(room.town.guest().post(&address, &[("body", &flood)]).await.location(), "/sign-in", "{address}");
            member.client.post(&address, &[("body", &flood)]).await.assert_status(403);
        }
    }

    async fn a_guest_cannot_tell_a_draft_from_nothing(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Hushed").await.get();
        let pages = ["edit", "preview", "drafts/1", "history", "history/1", "x"];
        for removed in [false, true] {
            for page in pages {
                let [there, nowhere] = [story, 1].map(|id| format!("/stories/{id}/{page}"));
                let (there, nowhere) = (room.town.guest().get(&there).await, room.town.guest().get(&nowhere).await);
                assert_eq!(there.status, nowhere.status, "{page}, removed: {removed}");
            }
            room.ana.client.post(&format!("/stories/{story}/removal"), &[]).await.assert_status(303);
        }
    }
}
