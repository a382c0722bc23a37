//! Which looks count as views.

use super::*;

fn site() -> Site {
    let viewed = || async { crate::viewed(html! { p { "seen" } }, 9) };
    Site::new(Router::new().route("/story", get(story)).route("/viewed", get(viewed)))
}

#[tokio::test]
async fn a_look_counts_whether_the_page_was_drawn_or_kept() {
    let site = site();
    site.get("/story", &[]).await;
    assert_eq!((site.drawn(), site.door.audience.take().counts()), (1, vec![(7, 1)]));
    site.get("/story", &[]).await;
    assert!(site.door.audience.take().is_empty(), "the same reader within half an hour");
    let agent = HeaderMap::from_iter([(http::header::USER_AGENT, http::HeaderValue::from_static(FIREFOX))]);
    site.door.audience.saw(7, &crate::audience::Reader::of([198, 51, 100, 1].into(), &agent), 1_000);
    assert_eq!((site.drawn(), site.door.audience.take().counts()), (1, vec![(7, 1)]));
}

#[tokio::test]
async fn a_member_counts_too() {
    let site = site();
    site.get("/story", &[("cookie", "session=rosa")]).await;
    assert_eq!(site.door.audience.take().counts(), [(7, 1)]);
}

#[tokio::test]
async fn pages_that_are_never_kept_count() {
    let site = site();
    site.get("/viewed", &[]).await;
    site.get("/viewed", &[]).await;
    assert_eq!(site.door.audience.take().counts(), [(9, 1)], "the second look of one reader is the same view");
}

#[tokio::test]
async fn what_a_browser_fetches_in_advance_does_not_count() {
    let site = site();
    for _ in 0..2 {
        site.get("/story", &[("sec-purpose", "prefetch;prerender")]).await;
        site.get("/viewed", &[("purpose", "prefetch")]).await;
    }
    assert!(site.door.audience.take().is_empty());
}

#[tokio::test]
async fn asking_for_the_head_alone_does_not_count() {
    let site = site();
    for address in ["/viewed", "/story", "/story"] {
        site.ask(Method::HEAD, address, &[], "").await;
    }
    assert!(site.door.audience.take().is_empty());
}
