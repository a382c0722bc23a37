#![allow(clippy::unwrap_used)]
use super::*;

/// A mention that waits.
async fn waiting(news: &Newsroom, web: &Web, source: &str, words: &str, story: PostId) {
    web.serve(source, page(words, story));
    tell(news, source, &link(story)).await.assert_status(202);
    run(news).await;
}

testkit::on_both! {
    async fn an_editor_decides_what_readers_see(kind) {
        let (news, web) = newsroom(kind, &["blog.example"]);
        let story = news.story("The well", news.water, HOUR);
        waiting(&news, &web, "http://blog.example/1", "On <script>wells</script>", story).await;
        let editor = news.town.actor("Priya Nair", "editor");
        editor.client.get("/admin").await.assert_text("1 mention elsewhere waits");
        let desk = editor.client.get("/admin/mentions").await;
        desk.assert_status(200).assert_landmarks().assert_text("On <script>wells</script>").assert_text("The well");
        editor.client.submit(&desk, "form[action$='/approval']", &[]).await.assert_status(303);
        let shown = news.town.guest().get(&link(story)[16..]).await;
        assert_eq!(shown.select_text(".mention-title"), ["On <script>wells</script>"]);
        assert_eq!(shown.attr(".mention-title a", "rel").as_deref(), Some("nofollow ugc noopener"));
        let desk = editor.client.get("/admin/mentions?state=shown").await;
        editor.client.submit(&desk, "form[action$='/refusal']", &[]).await.assert_status(303);
        assert!(!news.town.guest().get(&link(story)[16..]).await.has(".mentions"));
        editor.client.get("/admin/mentions?state=declined").await.assert_text("On <script>wells</script>");
        assert!(!editor.client.get("/admin").await.has_text("mention elsewhere"));
    }

    async fn a_host_is_blocked_and_unblocked(kind) {
        let (news, web) = newsroom(kind, &["spam.example"]);
        let story = news.story("The well", news.water, HOUR);
        waiting(&news, &web, "http://spam.example/1", "Pills", story).await;
        waiting(&news, &web, "http://spam.example/2", "More pills", story).await;
        let editor = news.town.actor("Priya Nair", "editor");
        let id = mentions(&news, State::Waiting).await[0].id;
        editor.client.post(&format!("/admin/mentions/{id}/approval"), &[]).await.assert_status(303);
        assert!(news.town.guest().get(&link(story)[16..]).await.has(".mentions"));
        let desk = editor.client.get("/admin/mentions").await;
        editor.client.submit(&desk, "form[action$='/block']", &[]).await.assert_status(303);
        assert!(!news.town.guest().get(&link(story)[16..]).await.has(".mentions"));
        tell(&news, "http://spam.example/3", &link(story)).await.assert_status(403);
        let desk = editor.client.get("/admin/mentions").await;
        desk.assert_text("Blocked hosts (1)").assert_text("Nothing here");
        editor.client.submit(&desk, ".mention-blocks form", &[]).await.assert_status(303);
        tell(&news, "http://spam.example/3", &link(story)).await.assert_status(202);
    }

    async fn only_editors_decide(kind) {
        let (news, web) = newsroom(kind, &["blog.example"]);
        let story = news.story("The well", news.water, HOUR);
        waiting(&news, &web, "http://blog.example/1", "On wells", story).await;
        let id = mentions(&news, State::Waiting).await[0].id;
        for act in ["approval", "refusal", "block"] {
            news.ana.client.post(&format!("/admin/mentions/{id}/{act}"), &[]).await.assert_status(403);
        }
        news.ana.client.get("/admin/mentions").await.assert_status(403);
        news.ana.client.post("/admin/mention-blocks/removal", &[("host", "blog.example")]).await.assert_status(403);
        assert_eq!(mentions(&news, State::Waiting).await.len(), 1);
        let editor = news.town.actor("Priya Nair", "editor");
        editor.client.get("/admin/mentions?state=asked").await.assert_status(404);
        editor.client.post("/admin/mentions/1/approval", &[]).await.assert_status(404);
    }

    async fn a_long_queue_has_pages(kind) {
        let (news, _) = newsroom(kind, &[]);
        let story = news.story("The well", news.water, HOUR);
        news.town.town.db.write_now(move |tx| {
            for number in 0..45 {
                let id = talk::mentions::ask(tx, story, &format!("http://blog.example/{number}"), "blog.example", number / 2)?;
                talk::mentions::verify(tx, id, &talk::mentions::Words::default())?;
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        let editor = news.town.actor("Priya Nair", "editor");
        let (mut address, mut seen) = ("/admin/mentions".to_owned(), std::collections::BTreeSet::new());
        for expected in [20, 20, 5] {
            let desk = editor.client.get(&address).await;
            let titles = desk.select_text(".mention-queue .mention-title");
            assert_eq!(titles.len(), expected);
            seen.extend(titles);
            address = desk.attr(".pager [rel=next]", "href").unwrap_or_default();
        }
        assert_eq!((seen.len(), address.as_str()), (45, ""));
    }
}
