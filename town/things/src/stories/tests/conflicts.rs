use serde_json::json;

use super::newsroom::Newsroom;
use crate::stories::{self, Saved};

testkit::on_both! {
    async fn two_people_who_save_lose_no_word(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Race").await;
        let address = format!("/stories/{story}/edit");
        let (mine, theirs) = (room.ana.client.get(&address).await, room.ed.client.get(&address).await);
        room.ed.client.submit(&theirs, "form#story", &[("body", "The council met in the old hall.")]).await.assert_status(303);
        let page = room.ana.client.submit(&mine, "form#story", &[("body", "The mayor wept.")]).await;
        page.assert_status(409).assert_text("Ed Park saved this story while you were writing").assert_landmarks();
        page.assert_text("The mayor wept.").assert_text("in the old hall");
        assert!(page.has("section.conflict ins") && page.has("section.conflict del"));
        assert_eq!(page.form("form#story").value("body"), Some("The mayor wept."));
        assert_eq!(room.opened(story).content.body, "The council met in the old hall.");
        // Keeping mine is one press, and then theirs is the copy.
        room.ana.client.submit(&page, "form#story", &[]).await.assert_status(303);
        assert_eq!(room.opened(story).content.body, "The mayor wept.");
        let copies = room.town.town.db.read_now(move |tx| stories::copies(tx, story)).unwrap();
        assert_eq!(copies.iter().map(|copy| copy.content.body.as_str()).collect::<Vec<_>>(), ["The council met in the old hall."]);
        assert_eq!(copies[0].by.name, "Ed Park");
    }

    async fn a_script_is_told_of_a_conflict(kind) {
        let room = Newsroom::new(kind);
        let story = room.begun(&room.ana).await;
        let first = room.autosave(&room.ana, story, &[("base", "1"), ("headline", "Ours"), ("body", "One.")]).await;
        assert_eq!((first.assert_status(200).json()["version"].as_i64(), &first.json()["others"]), (Some(2), &json!([])));
        room.ed.client.get(&format!("/stories/{story}/edit")).await.assert_status(200);
        let lost = room.autosave(&room.ed, story, &[("base", "1"), ("headline", "Theirs"), ("body", "Two.")]).await;
        let told = lost.assert_status(409).json();
        assert_eq!((told["version"].as_i64(), told["by"].as_str()), (Some(2), Some("Ana Duarte")));
        let kept = room.ed.client.get(told["compare"].as_str().unwrap()).await;
        kept.assert_status(200).assert_text("Theirs").assert_text("Ours").assert_landmarks();
        // The same words again are the same copy.
        let again = room.autosave(&room.ed, story, &[("base", "1"), ("headline", "Theirs"), ("body", "Two.")]).await;
        assert_eq!(again.json()["mine"], told["mine"]);
        let saved = room.autosave(&room.ana, story, &[("base", "2"), ("headline", "Ours"), ("body", "One more.")]).await;
        assert_eq!(saved.assert_status(200).json()["others"], json!(["Ed Park"]));
    }

    async fn a_copy_is_used_or_discarded(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Copies").await;
        let now = room.town.town.now();
        let (editor, mut content) = (room.ed.id, room.opened(story).content);
        content.body = "From an older version.".into();
        let keep = content.clone();
        let saved = room.town.town.db.write_now(move |tx| stories::save(tx, story, 0, &keep, editor, now)).unwrap();
        let Saved::Beside { copy, .. } = saved else { panic!("not kept beside") };
        room.ana.client.get(&format!("/stories/{story}/edit")).await.assert_text("1 copy waits");
        let address = format!("/stories/{story}/drafts/{copy}");
        let page = room.ana.client.get(&address).await;
        room.ana.client.submit(&page, "form[action$='/removal']", &[]).await.assert_status(303);
        room.ana.client.get(&address).await.assert_status(404);

        let again = room.town.town.db.write_now(move |tx| stories::save(tx, story, 0, &content, editor, now)).unwrap();
        let Saved::Beside { copy, .. } = again else { panic!("not kept beside") };
        let page = room.ana.client.get(&format!("/stories/{story}/drafts/{copy}")).await;
        // Compared with a version that is no longer the newest: nothing is overwritten.
        room.write(&room.ana, story, &[("body", "Meanwhile.")]).await.assert_status(303);
        let use_it = format!("form[action='/stories/{story}/drafts/{copy}']");
        room.ana.client.submit(&page, &use_it, &[]).await.assert_status(409);
        let page = room.ana.client.get(&format!("/stories/{story}/drafts/{copy}")).await;
        room.ana.client.submit(&page, &use_it, &[]).await.assert_status(303);
        assert_eq!(room.opened(story).content.body, "From an older version.");
        let copies = room.town.town.db.read_now(move |tx| stories::copies(tx, story)).unwrap();
        assert!(copies.iter().any(|copy| copy.content.body == "Meanwhile."), "what gave way is kept");
    }

    async fn publishing_an_older_version_publishes_nothing(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Not yet").await;
        let old = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        room.write(&room.ed, story, &[("body", "Edited.")]).await.assert_status(303);
        room.ana.client.submit(&old, "form#story", &[("body", "Mine."), ("do", "publish")]).await.assert_status(409);
        assert!(room.listed().is_empty());
        assert_eq!(room.opened(story).content.body, "Edited.");
    }

    async fn being_published_by_somebody_else_is_no_conflict(kind) {
        let room = Newsroom::new(kind);
        let story = room.draft(&room.ana, "Open in two windows").await;
        let open = room.ana.client.get(&format!("/stories/{story}/edit")).await;
        room.write(&room.ed, story, &[("do", "publish")]).await.assert_status(303);
        room.ana.client.submit(&open, "form#story", &[("body", "More.")]).await.assert_status(303);
        assert_eq!(room.opened(story).content.body, "More.");
        room.read(story).await.assert_text("The council met.");
    }
}
