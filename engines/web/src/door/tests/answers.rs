//! ETag and 304, compression, HEAD, headers that every answer has.

use super::*;
use std::io::Read as _;

async fn plain() -> axum::response::Response {
    crate::html(html! { p { (long()) } })
}

fn site() -> Site {
    Site::new(
        Router::new()
            .route("/plain", get(plain).post(plain))
            .route("/short", get(|| async { crate::html(html! { "short" }) }))
            .route("/away", get(|| async { crate::see_other("/plain") }))
            .route("/large", get(|| async { "x".repeat(5 * 1024 * 1024) })),
    )
}

#[tokio::test]
async fn a_page_the_browser_has_is_not_sent_again() {
    let site = site();
    let first = site.get("/plain", &[]).await;
    let etag = first.header("etag").unwrap().to_owned();
    let again = site.get("/plain", &[("if-none-match", &etag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), Some(etag.as_str()));
    let strong = etag.trim_start_matches("W/");
    assert_eq!(site.get("/plain", &[("if-none-match", &format!("\"other\", {strong}"))]).await.status, 304);
    assert_eq!(site.get("/plain", &[("if-none-match", "\"other\"")]).await.status, 200);
}

#[tokio::test]
async fn answers_to_forms_have_no_etag() {
    let answer = site().ask(Method::POST, "/plain", &[], "").await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (200, None));
}

#[tokio::test]
async fn brotli_unpacks_to_the_page() {
    let answer = site().get("/plain", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(answer.header("content-encoding"), Some("br"));
    assert!(answer.header("vary").unwrap().contains("Accept-Encoding"));
    let mut page = Vec::new();
    brotli::BrotliDecompress(&mut answer.body.as_ref(), &mut page).unwrap();
    assert_eq!(page, site().get("/plain", &[]).await.body);
    assert!(answer.body.len() < page.len() / 2);
}

#[tokio::test]
async fn gzip_unpacks_to_the_page_kept_or_not() {
    let site = Site::of_one_story();
    for _ in 0..2 {
        let answer = site.get("/story", &[("accept-encoding", "gzip")]).await;
        assert_eq!(answer.header("content-encoding"), Some("gzip"));
        let mut page = String::new();
        flate2::read::GzDecoder::new(answer.body.as_ref()).read_to_string(&mut page).unwrap();
        assert!(page.starts_with("<h1>Drawing 1</h1>"));
    }
}

#[tokio::test]
async fn short_pages_are_not_compressed() {
    let answer = site().get("/short", &[("accept-encoding", "br")]).await;
    assert_eq!((answer.header("content-encoding"), answer.text()), (None, "short"));
}

#[tokio::test]
async fn what_is_larger_than_a_page_goes_out_whole() {
    let answer = site().get("/large", &[("accept-encoding", "br")]).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 5 * 1024 * 1024));
}

#[tokio::test]
async fn head_says_what_get_would_and_sends_nothing() {
    let site = site();
    let (head, get) = (site.ask(Method::HEAD, "/plain", &[], "").await, site.get("/plain", &[]).await);
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    assert_eq!(head.header("etag"), get.header("etag"));
    assert_eq!(head.header("content-length"), Some(get.body.len().to_string().as_str()));
    assert_eq!(head.header("content-type"), Some("text/html; charset=utf-8"));
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let story = Site::of_one_story();
    story.get("/story", &[]).await;
    let site = site();
    let answers = [
        site.get("/plain", &[]).await,
        site.get("/away", &[]).await,
        site.get("/nowhere", &[]).await,
        site.get("/nowhere", &[("accept", "application/json")]).await,
        site.ask(Method::POST, "/plain", &[("sec-fetch-site", "cross-site")], "").await,
        story.get("/story", &[]).await,
    ];
    for answer in answers {
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"));
        assert!(answer.header("referrer-policy").is_some() && answer.header("permissions-policy").is_some());
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_turned_away_before_any_room_sees_it() {
    let site = Site::new(Router::new().route("/change", axum::routing::post(story)));
    let answer = site.ask(Method::POST, "/change", &[("sec-fetch-site", "cross-site")], "a=b").await;
    assert_eq!((answer.status.as_u16(), site.drawn()), (403, 0));
    assert!(answer.text().contains("another site"));
}
