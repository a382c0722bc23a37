use super::Square;
use crate::notes::{Due, post_due};
use talk::PostId;
use testkit::Page;

const HOUR: i64 = 60 * 60 * 1000;

fn only_draft(list: &Page) -> PostId {
    list.attr("ul.list a[href^='/notes/drafts/']", "href").unwrap().rsplit('/').next().unwrap().parse().unwrap()
}

testkit::on_both! {
    async fn words_are_kept_gone_on_with_and_posted(kind) {
        let square = Square::new(kind);
        let key = square.picture(&square.rosa, 1);
        let alt = format!("alt-{key}");
        let fields = [
            ("body", "Half a thought"), ("audience", "members"), ("warning", "Careful"), ("do", "draft"), ("picture", &key), (&alt, "A goat"),
            ("poll_choice", "Yes"), ("poll_choice", "No"), ("poll_several", "1"), ("poll_hours", "6"),
        ];
        let kept = square.rosa.client.post("/notes", &fields).await;
        assert_eq!(kept.assert_status(303).location(), "/notes/drafts?done=drafted");
        let list = square.rosa.client.get(&kept.location()).await;
        list.assert_landmarks().assert_text("Kept as a draft.").assert_text("Careful");
        let id = only_draft(&list);
        for other in [&square.sam.client, &square.town.guest()] {
            assert_ne!(other.get(&format!("/notes/drafts/{id}")).await.status, 200);
            other.get(&format!("/@rosa_ito/{id}")).await.assert_status(404);
        }
        square.sam.client.post(&format!("/notes/drafts/{id}/removal"), &[]).await.assert_status(404);
        square.sam.client.post("/notes", &[("body", "Mine now"), ("draft", &id.to_string())]).await.assert_status(404);
        let page = square.rosa.client.get(&format!("/notes/drafts/{id}")).await;
        page.assert_landmarks();
        let form = page.form("form#compose");
        for (name, value) in [("body", "Half a thought"), ("audience", "members"), ("warning", "Careful"), ("picture", &*key), (&*alt, "A goat"), ("poll_several", "1"), ("poll_hours", "6")] {
            assert_eq!(form.value(name), Some(value), "{name}");
        }
        assert!(form.values().contains(&("poll_choice", "No")));
        let posted = square.rosa.client.submit(&page, "form#compose", &[("body", "A whole thought"), ("do", "post")]).await;
        assert_eq!(posted.assert_status(303).location(), format!("/notes/drafts?done=posted#note-{id}"));
        square.read(&square.sam.client, id).await.assert_text("A whole thought");
        square.rosa.client.get("/notes/drafts").await.assert_text("No drafts");
    }

    async fn a_draft_is_kept_again_and_thrown_away(kind) {
        let square = Square::new(kind);
        square.rosa.client.post("/notes", &[("body", "One"), ("do", "draft")]).await.assert_status(303);
        let id = only_draft(&square.rosa.client.get("/notes/drafts").await);
        let page = square.rosa.client.get(&format!("/notes/drafts/{id}")).await;
        square.rosa.client.submit(&page, "form#compose", &[("body", "Two"), ("do", "draft")]).await.assert_status(303);
        let list = square.rosa.client.get("/notes/drafts").await;
        list.assert_text("Two");
        assert_eq!(list.count("ul.list > li"), 1);
        let gone = square.rosa.client.submit(&list, "form[action$='/removal']", &[]).await;
        square.rosa.client.get(&gone.location()).await.assert_text("The draft is deleted.").assert_text("No drafts");
        square.rosa.client.get(&format!("/notes/drafts/{id}")).await.assert_status(404);
    }

    async fn a_note_is_posted_by_itself_when_its_time_comes(kind) {
        let square = Square::new(kind);
        let (town, zone) = (square.town.town.clone(), square.town.town.zone());
        let at = text::times::to_local(town.now() + 2 * HOUR, &zone);
        let kept = square.rosa.client.post("/notes", &[("body", "Good morning"), ("post_at", &at), ("do", "post")]).await;
        assert_eq!(kept.assert_status(303).location(), "/notes/drafts?done=scheduled");
        let id = only_draft(&square.rosa.client.get("/notes/drafts").await);
        post_due(town.clone(), Due { note: id }).await.unwrap();
        square.town.guest().get(&format!("/@rosa_ito/{id}")).await.assert_status(404);
        square.town.pass(3 * HOUR);
        post_due(town.clone(), Due { note: id }).await.unwrap();
        square.read(&square.town.guest(), id).await.assert_text("Good morning").assert_text("a few seconds ago");
        post_due(town, Due { note: id }).await.unwrap();
        let waiting = square.town.town.db.read_now(|tx| tx.one("select count(*) from revisions", db::params![], |row| row.get::<i64>(0))).unwrap();
        assert_eq!(waiting, 1, "the job may run twice");
    }

    async fn who_may_not_post_any_more_is_not_posted_for(kind) {
        let square = Square::new(kind);
        let (town, zone) = (square.town.town.clone(), square.town.town.zone());
        let at = text::times::to_local(town.now() + HOUR, &zone);
        square.rosa.client.post("/notes", &[("body", "Later"), ("post_at", &at)]).await.assert_status(303);
        let id = only_draft(&square.rosa.client.get("/notes/drafts").await);
        let rosa = square.rosa.id;
        town.db.write(move |tx| people::accounts::set_suspended(tx, rosa, true, 1)).await.unwrap();
        square.town.pass(2 * HOUR);
        post_due(town.clone(), Due { note: id }).await.unwrap();
        let letter = square.town.letters().pop().unwrap();
        assert_eq!((letter.email.as_str(), letter.subject.as_str()), ("rosa_ito@town.example", "A post of yours was not posted at The Mesa Lantern"));
        assert!(letter.text.contains("“Later”") && letter.text.contains("http://localhost/notes/drafts"), "{}", letter.text);
        town.db.write(move |tx| people::accounts::set_suspended(tx, rosa, false, 1)).await.unwrap();
        square.town.guest().get(&format!("/@rosa_ito/{id}")).await.assert_status(404);
        post_due(town.clone(), Due { note: id }).await.unwrap();
        square.town.guest().get(&format!("/@rosa_ito/{id}")).await.assert_status(404);
        assert_eq!(square.town.letters().len(), 1, "the job may run twice");
    }

    async fn who_only_reads_is_not_posted_for_and_hears_of_it(kind) {
        let square = Square::new(kind);
        let (town, zone) = (square.town.town.clone(), square.town.town.zone());
        let at = text::times::to_local(town.now() + HOUR, &zone);
        square.rosa.client.post("/notes", &[("body", "Later"), ("post_at", &at)]).await.assert_status(303);
        let id = only_draft(&square.rosa.client.get("/notes/drafts").await);
        let (rosa, until) = (square.rosa.id, town.now() + 24 * HOUR);
        town.db.write(move |tx| people::accounts::limit(tx, rosa, Some(until), 1)).await.unwrap();
        square.town.pass(2 * HOUR);
        for _ in 0..2 {
            post_due(town.clone(), Due { note: id }).await.unwrap();
        }
        square.town.guest().get(&format!("/@rosa_ito/{id}")).await.assert_status(404);
        let told = town.db.read_now(move |tx| {
            let sql = "select kind, about from notices where account_id = $1";
            tx.all(sql, db::params![rosa], |row| Ok((row.get::<String>(0)?, row.get::<PostId>(1)?)))
        });
        assert_eq!(told.unwrap(), [("not_posted".to_owned(), id)]);
        // It is theirs to post when they may again.
        square.town.pass(25 * HOUR);
        let page = square.rosa.client.get(&format!("/notes/drafts/{id}")).await;
        assert_eq!(page.form("form#compose").value("post_at").unwrap_or_default(), "");
        square.rosa.client.submit(&page, "form#compose", &[("do", "post")]).await.assert_status(303);
        square.read(&square.town.guest(), id).await.assert_text("Later");
    }

    async fn a_time_that_is_none_comes_back(kind) {
        let square = Square::new(kind);
        let zone = square.town.town.zone();
        let past = text::times::to_local(square.town.town.now() - HOUR, &zone);
        let far = text::times::to_local(square.town.town.now() + 400 * 24 * HOUR, &zone);
        for (at, words) in [(past.as_str(), "has passed"), (&far, "within a year"), ("tomorrow", "2026-11-23T11:51")] {
            let page = square.rosa.client.post("/notes", &[("body", "When?"), ("post_at", at)]).await;
            page.assert_status(422).assert_landmarks().assert_text(words);
            assert_eq!(page.form("form#compose").value("body"), Some("When?"));
        }
    }
}
