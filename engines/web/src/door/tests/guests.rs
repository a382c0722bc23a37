//! Pages kept for guests: who gets them, and who never does.

use super::*;

async fn greeting(headers: HeaderMap) -> axum::response::Response {
    let who = crate::cookies::read(&headers, crate::door::SESSION_COOKIE).unwrap_or("guest");
    crate::kept(html! { p { "Hello " (who) } }, Cacheable { tags: vec![STORY], fresh_for: Duration::from_secs(60), subject: None })
}

fn greeter() -> Site {
    Site::new(Router::new().route("/", get(greeting)))
}

#[tokio::test]
async fn a_guest_gets_the_page_that_was_drawn_for_another_guest() {
    let site = Site::of_one_story();
    let first = site.get("/story", &[]).await;
    let second = site.get("/story", &[]).await;
    assert_eq!((site.drawn(), first.body), (1, second.body.clone()));
    for name in ["etag", "content-type", "cache-control", "vary"] {
        assert_eq!(first.headers.get(name), second.headers.get(name), "{name}");
    }
    assert_eq!(second.header("cache-control"), Some("public, max-age=0, s-maxage=10"), "no browser shows it again without asking");
    assert!(second.header("vary").unwrap().contains("Cookie"));
    assert_eq!(site.get("/story", &[("if-none-match", second.header("etag").unwrap())]).await.status, 304);
}

#[tokio::test]
async fn a_change_of_what_it_shows_drops_the_page() {
    let site = Site::of_one_story();
    site.get("/story", &[]).await;
    site.door.pages.changed(&[STORY]);
    assert!(site.get("/story", &[]).await.text().contains("Drawing 2"));
}

#[tokio::test]
async fn another_query_is_another_page() {
    let site = Site::of_one_story();
    site.get("/story", &[]).await;
    assert!(site.get("/story?older=5", &[]).await.text().contains("Drawing 2"));
}

#[tokio::test]
async fn a_members_page_is_never_kept() {
    let site = greeter();
    let member = site.get("/", &[("cookie", "session=rosa")]).await;
    assert_eq!(member.text(), "<p>Hello rosa</p>");
    assert_eq!(member.header("cache-control"), Some("private, no-cache"));
    assert_eq!(site.get("/", &[]).await.text(), "<p>Hello guest</p>");
}

#[tokio::test]
async fn a_member_never_gets_a_guests_page() {
    let site = greeter();
    site.get("/", &[]).await;
    for cookies in ["session=rosa", "theme=dark; session=rosa", "name=caf\u{e9}; session=rosa"] {
        assert_eq!(site.get("/", &[("cookie", cookies)]).await.text(), "<p>Hello rosa</p>", "{cookies}");
    }
    assert_eq!(site.get("/", &[("cookie", "session=")]).await.text(), "<p>Hello </p>", "even an empty session is no guest");
    assert_eq!(site.get("/", &[("cookie", "other=session; theme=dark")]).await.text(), "<p>Hello guest</p>");
}

#[tokio::test]
async fn a_page_that_sets_a_cookie_or_says_it_is_private_is_not_kept() {
    async fn with(name: &'static str, value: &'static str, state: State<Arc<AtomicU64>>) -> axum::response::Response {
        let mut page = story(state).await;
        page.headers_mut().insert(name, value.parse().unwrap());
        page
    }
    let site = Site::new(
        Router::new()
            .route("/cookie", get(|state| with("set-cookie", "session=fresh", state)))
            .route("/private", get(|state| with("cache-control", "no-store", state))),
    );
    for (address, rule) in [("/cookie", "private, no-cache"), ("/private", "no-store")] {
        let (first, second) = (site.get(address, &[]).await, site.get(address, &[]).await);
        assert_ne!(first.body, second.body, "{address} was kept");
        assert_eq!(second.header("cache-control"), Some(rule));
    }
}

#[tokio::test]
async fn only_whole_pages_are_kept_and_in_their_own_type() {
    async fn feed(state: State<Arc<AtomicU64>>) -> axum::response::Response {
        let mut page = story(state).await;
        page.headers_mut().insert("content-type", "application/rss+xml".parse().unwrap());
        page
    }
    async fn form(state: State<Arc<AtomicU64>>) -> axum::response::Response {
        let mut page = story(state).await;
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        page
    }
    let site = Site::new(Router::new().route("/feed", get(feed)).route("/form", get(form)));
    site.get("/feed", &[]).await;
    assert_eq!(site.get("/feed", &[]).await.header("content-type"), Some("application/rss+xml"));
    assert_eq!(site.drawn(), 1);
    site.get("/form", &[]).await;
    site.get("/form", &[]).await;
    assert_eq!(site.drawn(), 3);
}

#[tokio::test]
async fn a_page_is_not_kept_when_it_changed_while_it_was_drawn() {
    let pages: Arc<std::sync::OnceLock<Arc<Pages>>> = Arc::default();
    let known = Arc::clone(&pages);
    let site = Site::new(Router::new().route(
        "/story",
        get(async move |state| {
            let page = story(state).await;
            known.get().unwrap().changed(&[STORY]);
            page
        }),
    ));
    pages.set(Arc::clone(&site.door.pages)).ok().unwrap();
    site.get("/story", &[]).await;
    assert!(site.get("/story", &[]).await.text().contains("Drawing 2"));
}
