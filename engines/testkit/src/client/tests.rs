#![allow(clippy::unwrap_used)]

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, Multipart, Path, RawForm};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use http::HeaderMap;

use super::*;

const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Write</title><style>p{}</style></head><body>
<header>The <b>Ban</b>ner</header>
<main><h1>Write</h1><p>Forty</p><p>two <em>wor</em>ds</p><p hidden>secret</p><script>var x</script>
<form class="write" action="/echo" method="post">
  <label>Headline <input name="headline" value="Old &amp; grey"></label>
  <label>Body <textarea name="body">
One
Two</textarea></label>
  <label>Section <select name="section"><option value="1">News</option><option value="2" selected>Arts</option></select></label>
  <label>Order <select name="order"><option>first</option><option>last</option></select></label>
  <label><input type="checkbox" name="topic" value="a" checked> A</label>
  <label><input type="checkbox" name="topic" value="b"> B</label>
  <input type="hidden" name="base" value="7">
  <label>Off <input name="off" value="x" disabled></label>
  <button name="do" value="save">Save</button>
  <button name="do" value="publish">Publish</button>
  <button name="do" value="remove" formaction="/echo/removal">Remove</button>
</form>
<label>Far <input name="far" value="away" form="other"></label>
<form id="other" method="get" action="/show?old=1"><button>Find</button></form>
<form class="picture" action="/upload" method="post" enctype="multipart/form-data">
  <label>Alt <input name="alt" value=""></label><label>Picture <input type="file" name="picture"></label>
  <button>Send</button></form>
</main><footer>End</footer></body></html>"#;

fn site() -> Client {
    let echo = |RawForm(body): RawForm| async move { String::from_utf8(body.to_vec()).unwrap() };
    let show = |headers: HeaderMap, ConnectInfo(from): ConnectInfo<SocketAddr>| async move {
        let mut lines: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        lines.push(format!("from: {from}"));
        lines.join("\n")
    };
    let set = |Path(cookie): Path<String>| async move { [(header::SET_COOKIE, cookie)] };
    let upload = |mut form: Multipart| async move {
        let mut said = String::new();
        while let Some(part) = form.next_field().await.unwrap() {
            let (name, file) = (part.name().unwrap().to_owned(), part.file_name().map(str::to_owned));
            said += &format!("{name} {file:?} {:?}\n", part.bytes().await.unwrap());
        }
        said
    };
    Client::new(
        Router::new()
            .route("/write", get(|| async { Html(PAGE) }))
            .route("/show", get(show).post(show))
            .route("/echo", post(echo))
            .route("/echo/removal", post(|| async { "removal" }))
            .route("/set/{cookie}", get(set))
            .route("/upload", post(upload))
            .route("/json", post(|body: String| async { body }))
            .route("/a", get(|| async { Redirect::to("/b") }))
            .route("/b", post(|| async { "posted" }).get(|| async { Redirect::to("http://site.test/write") }))
            .route("/out", get(|| async { Redirect::to("https://elsewhere.test/") })),
    )
}

#[tokio::test]
async fn requests_look_like_a_browsers() {
    let got = site().get("/show#part").await.text();
    for line in ["host: site.test", "sec-fetch-site: same-origin", "user-agent: Mozilla", "from: 192.0.2.10:50000"] {
        assert!(got.contains(line), "{line} in {got}");
    }
    assert!(!got.contains("origin: http"), "a browser sends no Origin with a plain GET");
    let posted = site().as_agent("Robot/1").from_address("2001:db8::1").at_origin("https://a.test:8443");
    let posted = posted.with_header("accept", "application/json").without_header("sec-fetch-site");
    let posted = posted.post("/show", &[]).await.text();
    for line in ["host: a.test:8443", "origin: https://a.test:8443", "user-agent: Robot/1", "from: [2001:db8::1]:50000"] {
        assert!(posted.contains(line), "{line} in {posted}");
    }
    assert!(posted.contains("accept: application/json") && !posted.contains("sec-fetch-site"));
}

#[tokio::test]
async fn cookies_are_kept_by_path_and_deleted() {
    let client = site();
    client.get("/set/a=1;%20Path=%2F;%20HttpOnly").await;
    client.get("/set/b=2;%20Path=%2Fshow").await;
    client.get("/set/c=3").await;
    assert!(client.get("/show").await.text().contains("cookie: b=2; a=1\n"));
    assert_eq!(client.cookie("c").as_deref(), Some("3"));
    assert!(!client.another().get("/show").await.text().contains("cookie"), "another browser has none");
    assert_eq!(client.clone().cookie("a").as_deref(), Some("1"), "another tab has them");
    client.get("/set/a=;%20Path=%2F;%20Max-Age=0").await;
    client.get("/set/b=;%20Path=%2Fshow;%20Expires=Thu,%2001%20Jan%201970%2000:00:00%20GMT").await;
    assert!(!client.get("/show").await.text().contains("cookie"));
}

#[tokio::test]
async fn a_form_is_sent_as_a_browser_would() {
    let client = site();
    let page = client.get("/write").await;
    let sent = client.submit(&page, "form.write", &[]).await.text();
    assert_eq!(
        sent, "headline=Old+%26+grey&body=One%0D%0ATwo&section=2&order=first&topic=a&base=7&do=save",
        "current values, first button, CRLF line ends"
    );
    let changes = [("headline", "New"), ("section", "1"), ("topic", "b"), ("do", "publish")];
    let sent = client.submit(&page, "form.write", &changes).await.text();
    assert_eq!(sent, "headline=New&body=One%0D%0ATwo&section=1&order=first&topic=b&base=7&do=publish");
    let removed = client.submit(&page, "form.write", &[("do", "remove")]).await;
    assert_eq!(removed.text(), "removal", "the button's own action");
    let found = client.submit(&page, "#other", &[("far", "off")]).await;
    assert_eq!(found.address, "/show?far=off", "a field elsewhere that names the form");
}

#[tokio::test]
async fn what_a_form_does_not_offer_cannot_be_sent() {
    let page = site().get("/write").await;
    for change in [("nothing", "x"), ("section", "3"), ("topic", "c"), ("do", "delete"), ("off", "y")] {
        let mut form = page.form("form.write");
        let refused = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            form.fill(&[change]);
        }));
        assert!(refused.is_err(), "{change:?}");
    }
    let mut form = page.form("form.write");
    assert_eq!(form.value("headline"), Some("Old & grey"));
    assert_eq!(form.choices("do"), ["save", "publish", "remove"]);
    assert_eq!(form.untick("topic").value("topic"), None);
}

#[tokio::test]
async fn files_are_uploaded() {
    let client = site();
    let picture = Attachment::new("picture", "a \"b\".png", "image/png", *b"\x89PNG\r\n");
    let said = client.upload("/upload", &[("alt", "Ünïcode")], std::slice::from_ref(&picture)).await.text();
    assert!(said.contains(r#"alt None b"\xc3\x9c"#), "{said}");
    assert!(said.contains(r#"b"\x89PNG\r\n""#) && said.contains("%22b%22.png"), "{said}");

    let page = client.get("/write").await;
    let mut form = page.form("form.picture");
    form.fill(&[("alt", "A hill")]).attach(picture);
    let said = client.submit_form(&form).await.text();
    assert!(said.contains(r#"alt None b"A hill""#) && said.contains(r"\x89PNG"), "{said}");
    let said = client.submit(&page, "form.picture", &[]).await.text();
    assert!(said.contains(r#"picture Some("") b"""#), "an empty file field is sent empty: {said}");
}

#[tokio::test]
async fn redirects_are_followed_when_told() {
    let client = site();
    let first = client.get("/a").await;
    first.assert_status(303);
    assert_eq!(first.location(), "/b");
    client.follow(&first).await.assert_status(200).assert_text("Forty two words");
    let out = client.get("/out").await;
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| client.follow(&out))).is_err());
}

#[tokio::test]
async fn pages_are_asked_by_meaning() {
    let page = site().get("/write").await;
    assert!(page.has_text("Forty two words") && !page.has_text("secret") && !page.has_text("var x"));
    assert!(page.has_text("The Banner"), "inline marks do not part a word");
    assert_eq!(page.one("main em"), "wor");
    assert_eq!(page.select_text("button").len(), 5);
    assert_eq!(page.attr("form", "action").as_deref(), Some("/echo"));
    let sent = site().post_json("/json", &serde_json::json!({"a": [1]})).await;
    assert_eq!(sent.json()["a"][0], 1);
    let shown = std::panic::catch_unwind(|| page.assert_status(404).status).unwrap_err();
    let shown = shown.downcast_ref::<String>().unwrap();
    assert!(shown.contains("/write answered 200 OK, not 404: Write Forty two words"), "{shown}");
}

#[test]
fn landmarks_are_checked() {
    let page =
        |html: &str| Page { address: "/".into(), status: http::StatusCode::OK, headers: HeaderMap::new(), body: html.to_owned().into() };
    page(PAGE).assert_landmarks();
    let without = |part: &str, with: &str| page(&PAGE.replacen(part, with, 1)).landmark_faults();
    for (part, with, fault) in [
        (" lang=\"en\"", "", "language"),
        ("<title>Write</title>", "", "title"),
        ("<h1>Write</h1>", "<h1>a</h1><h1>b</h1>", "<h1>"),
        ("<footer>End</footer>", "", "footer"),
        ("<p>Forty</p>", "<img src=x>", "alt"),
        ("<p>Forty</p>", "<input name=q>", "label"),
        ("<p>Forty</p>", "<a href=/></a>", "without words"),
        ("<p>Forty</p>", "<nav></nav><nav></nav>", "navigations"),
        ("<p>Forty</p>", "<i id=other></i>", "twice"),
    ] {
        let faults = without(part, with);
        assert!(faults.len() == 1 && faults[0].contains(fault), "{fault}: {faults:?}");
    }
}
