use testkit::{Reply, Web};

use super::{AGENT, fetcher};
use crate::{Asking, Error, Fetcher};

#[tokio::test]
async fn our_own_network_is_refused_however_it_is_written() {
    let web = Web::open();
    let port = web.address().port();
    let fetcher = Fetcher::new(AGENT).unwrap();
    for host in
        ["127.0.0.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "0"]
    {
        for address in [format!("http://{host}/"), format!("http://{host}:{port}/"), format!("https://{host}/")] {
            let refused = fetcher.get(&address).await;
            assert!(matches!(refused, Err(Error::NotPublic(_))), "{address}: {refused:?}");
        }
    }
    assert!(web.asked().is_empty());
}

#[tokio::test]
async fn a_name_that_resolves_to_ourselves_is_refused_when_connecting() {
    let refused = Fetcher::new(AGENT).unwrap().get("http://localhost/").await;
    assert!(matches!(refused, Err(Error::NotPublic(ref host)) if host == "localhost"), "{refused:?}");
    assert!(refused.unwrap_err().is_permanent());
}

#[tokio::test]
async fn only_the_web_is_fetched() {
    let fetcher = Fetcher::new(AGENT).unwrap();
    let long = format!("http://town.example/{}", "a".repeat(5000));
    let addresses = [
        "ftp://town.example/",
        "file:///etc/passwd",
        "gopher://town.example/",
        "data:text/plain,hello",
        "/feed",
        "",
        "http://",
        "http://town.example:22/",
        "https://town.example:8443/",
        "http://ana:secret@town.example/",
        "http://ana@town.example/",
        &long,
    ];
    for address in addresses {
        let refused = fetcher.get(address).await;
        assert!(matches!(refused, Err(Error::Address(_))), "{address}: {refused:?}");
    }
}

#[tokio::test]
async fn each_hop_is_judged() {
    let web = Web::open();
    let inside = format!("http://127.0.0.1:{}/secret", web.address().port());
    for to in [&*inside, "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://localhost/"] {
        web.serve("http://blog.example/", Reply::redirect(to));
        let refused = fetcher(&web, &["blog.example"]).get("http://blog.example/").await;
        assert!(matches!(refused, Err(Error::NotPublic(_))), "{to}: {refused:?}");
    }
    for to in ["file:///etc/passwd", "http://ana:secret@blog.example/", "http://other.example:25/", "http://"] {
        web.serve("http://blog.example/", Reply::redirect(to));
        let refused = fetcher(&web, &["blog.example"]).get("http://blog.example/").await;
        assert!(matches!(refused, Err(Error::Address(_))), "{to}: {refused:?}");
    }
    assert!(web.asked().iter().all(|asked| asked.url == "http://blog.example/"));
}

#[tokio::test]
async fn nothing_that_identifies_us_is_sent() {
    let web = Web::open();
    web.serve("http://blog.example/", Reply::redirect("http://other.example/").header("set-cookie", "id=1; Path=/"));
    web.serve("http://other.example/", Reply::redirect("http://blog.example/end"));
    web.serve("http://blog.example/end", Reply::html("here"));
    let fetcher = fetcher(&web, &["blog.example", "other.example"]);
    assert_eq!(fetcher.ask(Asking::get("http://blog.example/").accept("text/html")).await.unwrap().text(), "here");
    for asked in web.asked() {
        let mut names: Vec<_> = asked.headers.keys().map(ToString::to_string).collect();
        names.sort();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"], "{}", asked.url);
        assert_eq!(asked.headers["user-agent"], AGENT);
        assert_eq!(asked.headers["accept"], "text/html");
    }
}
