#![allow(clippy::unwrap_used)]
use super::*;
use crate::newsroom::content;
use things::stories::{self, Content, Source};

/// Who was told what: the endpoint, source and target.
fn told(web: &Web) -> Vec<(String, String, String)> {
    let posts = web.asked().into_iter().filter(|asked| asked.method == "POST");
    let mut told: Vec<_> = posts
        .map(|asked| {
            let mut pairs = url::form_urlencoded::parse(asked.body.as_bytes()).into_owned();
            let (source, target) = (pairs.next().unwrap(), pairs.next().unwrap());
            assert_eq!((source.0.as_str(), target.0.as_str(), pairs.next()), ("source", "target", None));
            (asked.url, source.1, target.1)
        })
        .collect();
    told.sort();
    told
}

fn linking(news: &Newsroom, to: &[&str]) -> Content {
    let body = to.iter().map(|address| format!("[there]({address})\n\n")).collect::<String>();
    Content { body: format!("Words. {body}"), ..content("The well", news.water) }
}

/// Publishes a story again with other words.
fn change(news: &Newsroom, story: PostId, content: &Content) {
    let (content, author, now) = (content.clone(), news.ana.id, news.town.town.now());
    let changed = news.town.town.db.write_now(move |tx| {
        let base = stories::open_draft(tx, story)?.version;
        stories::save(tx, story, base, &content, author, now)?;
        stories::publish(tx, story, None, author, now)
    });
    changed.unwrap();
}

testkit::on_both! {
    async fn each_page_is_told_where_it_wants_to_be(kind) {
        let (news, web) = newsroom(kind, &["a.example", "b.example", "c.example", "d.example"]);
        web.serve("http://a.example/1", Reply::redirect("/moved/1"));
        web.serve("http://a.example/moved/1", Reply::html("<a rel=webmention href=/no>x</a>").header("link", "<mentions?of=a>; rel=webmention"));
        web.serve("http://a.example/moved/mentions?of=a", Reply::empty(202));
        web.serve("http://b.example/", Reply::html("<link rel='webmention' href='http://d.example/in'>"));
        web.serve("http://d.example/in", Reply::empty(201));
        web.serve("http://c.example/", Reply::html("<p>Nobody listens here</p>"));
        let content = Content {
            sources: vec![Source { title: "B".into(), url: "http://b.example/".into() }],
            ..linking(&news, &["http://a.example/1", "http://c.example/", "http://localhost/stories/1", "http://c.example/missing"])
        };
        let story = news.publish(&content, HOUR);
        run_to_the_end(&news).await;
        let source = format!("http://localhost/stories/{story}");
        assert_eq!(told(&web), [
            ("http://a.example/moved/mentions?of=a".into(), source.clone(), "http://a.example/1".into()),
            ("http://d.example/in".into(), source, "http://b.example/".into()),
        ]);
    }

    async fn a_change_is_told_again_and_a_link_taken_out_once_more(kind) {
        let (news, web) = newsroom(kind, &["a.example", "b.example"]);
        for host in ["a", "b"] {
            web.serve(&format!("http://{host}.example/"), Reply::html("<link rel=webmention href=/in>"));
            web.serve(&format!("http://{host}.example/in"), Reply::empty(200));
        }
        let targets = |web: &Web| told(web).into_iter().map(|(.., target)| target).collect::<Vec<_>>();
        let story = news.publish(&linking(&news, &["http://a.example/", "http://b.example/"]), HOUR);
        run(&news).await;
        assert_eq!(targets(&web), ["http://a.example/", "http://b.example/"]);
        change(&news, story, &linking(&news, &["http://b.example/"]));
        run(&news).await;
        assert_eq!(targets(&web), ["http://a.example/", "http://b.example/"], "the one that was taken out, too");
        change(&news, story, &linking(&news, &["http://b.example/", "http://b.example/"]));
        run(&news).await;
        assert_eq!(targets(&web), ["http://b.example/"]);
        news.unpublish(story);
        run(&news).await;
        assert_eq!(targets(&web), ["http://b.example/"], "the page is to find out that the story is gone");
        change(&news, story, &linking(&news, &[]));
        run_to_the_end(&news).await;
        assert!(targets(&web).is_empty());
    }

    async fn who_is_down_is_told_later_and_not_for_ever(kind) {
        let (news, web) = newsroom(kind, &["a.example", "b.example"]);
        web.serve("http://a.example/", Reply::html("<link rel=webmention href=/in>"));
        web.serve("http://a.example/in", Reply::empty(503));
        web.serve("http://b.example/", Reply::empty(500));
        news.publish(&linking(&news, &["http://a.example/", "http://b.example/"]), HOUR);
        run(&news).await;
        assert_eq!(told(&web).len(), 1);
        web.serve("http://a.example/in", Reply::empty(202));
        news.town.pass(HOUR);
        run(&news).await;
        assert_eq!(told(&web).len(), 1);
        run_to_the_end(&news).await;
        assert!(told(&web).is_empty());
    }

    async fn our_own_network_is_never_told(kind) {
        let (news, web) = newsroom(kind, &["a.example"]);
        let inside = format!("http://{}/", web.address());
        web.serve("http://a.example/", Reply::html(&format!("<link rel=webmention href='{inside}'>")));
        news.publish(&linking(&news, &["http://a.example/", &inside]), HOUR);
        run_to_the_end(&news).await;
        assert_eq!(web.asked().iter().map(|asked| asked.url.as_str()).collect::<Vec<_>>(), ["http://a.example/"]);
    }
}
