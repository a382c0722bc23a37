use testkit::{Reply, Web};

use super::fetcher;
use crate::{Asking, Error};

#[tokio::test]
async fn an_answer_has_its_status_its_place_and_its_headers() {
    let web = Web::open();
    web.serve("http://blog.example/a", Reply::redirect("b?c=d#e"));
    web.serve(
        "http://blog.example/b?c=d",
        Reply::of("Text/HTML; charset=utf-8", "ñandú".to_owned()).header("link", "</m>; rel=webmention"),
    );
    let fetcher = fetcher(&web, &["blog.example"]);
    let answer = fetcher.get(" http://BLOG.example/a#top ").await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.url.as_str()), (200, "http://blog.example/b?c=d#e".trim_end_matches("#e")));
    assert_eq!((answer.text().as_str(), answer.media_type().as_str()), ("ñandú", "text/html"));
    assert_eq!(answer.header(http::header::LINK), Some("</m>; rel=webmention"));
    assert_eq!(fetcher.get("http://blog.example/none").await.unwrap().status.as_u16(), 404);
}

#[tokio::test]
async fn a_form_is_sent_again_only_where_a_redirect_says_so() {
    let web = Web::open();
    let fetcher = fetcher(&web, &["hub.example"]);
    for (status, method, body) in [(301, "GET", ""), (303, "GET", ""), (307, "POST", "a=b+%26"), (308, "POST", "a=b+%26")] {
        web.serve("http://hub.example/", Reply::empty(status).header("location", "/there"));
        web.serve("http://hub.example/there", Reply::empty(202));
        let answer = fetcher.ask(Asking::form("http://hub.example/", &[("a", "b &")])).await.unwrap();
        assert_eq!(answer.status.as_u16(), 202);
        let asked = web.asked();
        assert_eq!((asked[0].method.as_str(), asked[0].body.as_str()), ("POST", "a=b+%26"));
        assert_eq!(asked[0].headers["content-type"], "application/x-www-form-urlencoded");
        assert_eq!((asked[1].method.as_str(), asked[1].body.as_str()), (method, body), "after {status}");
    }
}

#[tokio::test]
async fn redirects_end() {
    let web = Web::open();
    for number in 0..6 {
        web.serve(&format!("http://blog.example/{number}"), Reply::redirect(&format!("/{}", number + 1)));
    }
    web.serve("http://blog.example/6", Reply::html("far"));
    let fetcher = fetcher(&web, &["blog.example"]);
    assert!(matches!(fetcher.get("http://blog.example/0").await, Err(Error::Redirects(5))));
    assert_eq!(web.asked().len(), 6);
    assert_eq!(fetcher.get("http://blog.example/1").await.unwrap().text(), "far");
}

#[tokio::test]
async fn who_cannot_be_reached_is_asked_again_later() {
    let web = Web::open();
    let fetcher = fetcher(&web, &["gone.example"]);
    drop(web);
    let error = loop {
        // The thread of the web may need a moment to let go of its port.
        match fetcher.get("http://gone.example/").await {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(matches!(&error, Error::Unreachable { host, .. } if host == "gone.example"), "{error:?}");
    assert!(!error.is_permanent());
}

#[tokio::test]
async fn a_form_that_stays_goes_nowhere_else() {
    let web = Web::open();
    let fetcher = fetcher(&web, &["hub.example"]);
    web.serve("http://hub.example/", Reply::empty(307).header("location", "/there"));
    let answer = fetcher.ask(Asking::form("http://hub.example/", &[("secret", "x")]).staying()).await.unwrap();
    assert_eq!((answer.status.as_u16(), web.asked().len()), (307, 1));
}
