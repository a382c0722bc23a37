#![allow(clippy::unwrap_used)]
use super::*;

const NOTE: &str = "http://blog.example/notes/1";

testkit::on_both! {
    async fn a_mention_is_looked_at_and_waits_for_an_editor(kind) {
        let (news, web) = newsroom(kind, &["blog.example"]);
        let story = news.story("The well", news.water, HOUR);
        web.serve(NOTE, page("A <b>note</b>", story));
        tell(&news, NOTE, &link(story)).await.assert_status(202);
        assert!(web.asked().is_empty(), "not while somebody waits for an answer");
        run(&news).await;
        let waiting = mentions(&news, State::Waiting).await;
        assert_eq!((waiting.len(), waiting[0].post, waiting[0].host.as_str()), (1, story, "blog.example"));
        assert_eq!((waiting[0].words.title.as_str(), waiting[0].words.excerpt.as_str()), ("A <b>note</b>", "They found water."));
        assert!(!news.town.guest().get(&link(story)[16..]).await.has(".mentions"), "nothing is shown that nobody approved");
        tell(&news, NOTE, &link(story)).await.assert_status(202);
        run(&news).await;
        assert_eq!(mentions(&news, State::Waiting).await.len(), 1, "told twice is one mention");
    }

    async fn what_has_no_such_link_is_forgotten(kind) {
        let (news, web) = newsroom(kind, &["blog.example"]);
        let story = news.story("The well", news.water, HOUR);
        web.serve("http://blog.example/none", Reply::html("<p>Nothing here</p>"));
        web.serve("http://blog.example/words", Reply::html(&format!("<p>{}</p>", link(story))));
        web.serve("http://blog.example/picture", Reply::of("image/png", "x"));
        web.serve("http://blog.example/large", Reply::html(&"x".repeat(600 * 1024)));
        web.serve("http://blog.example/silent", Reply::empty(503));
        for path in ["none", "words", "picture", "large", "silent", "missing"] {
            tell(&news, &format!("http://blog.example/{path}"), &link(story)).await.assert_status(202);
        }
        run_to_the_end(&news).await;
        for state in State::ALL {
            assert!(mentions(&news, state).await.is_empty(), "{state:?}");
        }
    }

    async fn what_cannot_be_meant_is_refused(kind) {
        let (news, web) = newsroom(kind, &["blog.example"]);
        let (story, hidden) = (news.story("The well", news.water, HOUR), news.story("Hidden", news.water, HOUR));
        news.unpublish(hidden);
        let target = link(story);
        let long = format!("http://blog.example/{}", "x".repeat(1_000));
        for (source, target) in [
            ("", target.as_str()),
            (NOTE, ""),
            ("notes/1", &target),
            ("ftp://blog.example/notes/1", &target),
            ("javascript:alert(1)", &target),
            ("http://me:secret@blog.example/", &target),
            (&long, &target),
            (NOTE, "http://localhost/sections/water"),
            (NOTE, "http://else.example/stories/1"),
            (NOTE, "http://localhost/stories/1"),
            (NOTE, &link(hidden)),
            (&target, &target),
            ("http://localhost/about", &target),
        ] {
            tell(&news, source, target).await.assert_status(400);
        }
        run(&news).await;
        assert!(web.asked().is_empty());
    }

    async fn our_own_network_is_never_asked(kind) {
        let (news, web) = newsroom(kind, &[]);
        let story = news.story("The well", news.water, HOUR);
        let (port, target) = (web.address().port(), link(story));
        for source in [format!("http://127.0.0.1:{port}/"), format!("http://[::1]:{port}/"), "http://169.254.169.254/latest/".into(), "http://10.0.0.1/".into()] {
            tell(&news, &source, &target).await.assert_status(202);
        }
        run_to_the_end(&news).await;
        assert!(web.asked().is_empty() && mentions(&news, State::Waiting).await.is_empty());
    }

    async fn a_page_that_changes_or_goes_away_changes_what_is_shown(kind) {
        let (news, web) = newsroom(kind, &["blog.example"]);
        let story = news.story("The well", news.water, HOUR);
        let editor = news.town.actor("Priya Nair", "editor");
        let guest = news.town.guest();
        let told = async || {
            tell(&news, NOTE, &link(story)).await.assert_status(202);
            run(&news).await;
        };
        web.serve(NOTE, page("A note", story));
        told().await;
        let id = mentions(&news, State::Waiting).await[0].id;
        editor.client.post(&format!("/admin/mentions/{id}/approval"), &[]).await.assert_status(303);
        let address = &link(story)[16..];
        assert_eq!(guest.get(address).await.select_text(".mention-title"), ["A note"]);
        told().await;
        assert_eq!(guest.get(address).await.select_text(".mention-title"), ["A note"], "the same as before stays");
        web.serve(NOTE, page("Buy this", story));
        told().await;
        assert!(!guest.get(address).await.has(".mentions"), "what was approved said something else");
        editor.client.post(&format!("/admin/mentions/{id}/approval"), &[]).await.assert_status(303);
        assert!(guest.get(address).await.has(".mentions"));
        web.serve(NOTE, Reply::empty(410));
        told().await;
        assert!(!guest.get(address).await.has(".mentions"));
        assert!(mentions(&news, State::Shown).await.is_empty());
    }

    async fn a_flood_is_told_to_wait(kind) {
        let (news, _) = newsroom(kind, &[]);
        let story = news.story("The well", news.water, HOUR);
        for number in 0..100 {
            let status = tell(&news, &format!("http://blog{number}.example/"), &link(story)).await.status.as_u16();
            if status == 429 {
                return;
            }
        }
        panic!("100 mentions in a row were taken");
    }

    async fn every_story_says_where_to_tell(kind) {
        let (news, _) = newsroom(kind, &[]);
        let story = news.story("The well", news.water, HOUR);
        for _ in 0..2 {
            // The second time from what is kept for guests.
            let shown = news.town.guest().get(&link(story)[16..]).await;
            assert_eq!(shown.header("link"), Some("</webmention>; rel=\"webmention\""));
            assert_eq!(shown.attr("head link[rel=webmention]", "href").as_deref(), Some("/webmention"));
        }
    }
}
