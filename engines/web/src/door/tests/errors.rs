//! Errors as pages and as JSON.

use super::*;
use crate::Error;
use axum::extract::Path;

fn site() -> Site {
    Site::new(
        Router::new()
            .route("/", get(|| async { "front" }))
            .route("/mine", get(|| async { Error::SignIn }).post(|| async { Error::SignIn }))
            .route("/often", get(|| async { Error::TooMany { seconds: 30 } }))
            .route("/form", get(|| async { Error::invalid("headline", "Write a headline.") }))
            .route("/broken", get(|| async { Error::broken("the secret of the house") }))
            .route("/panic", get(panicking))
            .route("/number/{number}", get(|Path(number): Path<u32>| async move { number.to_string() })),
    )
}

async fn panicking() -> &'static str {
    panic!("the secret of the house")
}

#[tokio::test]
async fn an_unknown_address_is_a_page_for_people_and_json_for_scripts() {
    let site = site();
    let page = site.get("/nowhere", &[("accept", "text/html")]).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (404, Some("text/html; charset=utf-8")));
    assert!(page.text().contains("<h1>Nothing is here</h1>"));
    let json = site.get("/nowhere", &[("accept", "application/json")]).await;
    assert_eq!((json.status.as_u16(), json.header("content-type")), (404, Some("application/json")));
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&json.body).unwrap()["status"], 404);
}

#[tokio::test]
async fn a_wrong_method_is_said_with_the_right_ones() {
    let answer = site().ask(Method::DELETE, "/", &[], "").await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, Some("GET,HEAD")));
    assert!(answer.text().starts_with("<h1>"));
}

#[tokio::test]
async fn an_id_that_is_no_number_is_a_page_too() {
    let answer = site().get("/number/x", &[]).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().starts_with("<h1>") && !answer.text().contains("u32"));
    assert_eq!(site().get("/number/5", &[]).await.text(), "5");
}

#[tokio::test]
async fn whoever_must_sign_in_comes_back_afterwards() {
    let site = site();
    let page = site.get("/mine?a=1&b=2", &[]).await;
    assert_eq!((page.status.as_u16(), page.header("location")), (303, Some("/sign-in?next=%2Fmine%3Fa%3D1%26b%3D2")));
    let form = site.ask(Method::POST, "/mine", &[], "").await;
    assert_eq!((form.status.as_u16(), form.header("location")), (303, Some("/sign-in")));
    let script = site.get("/mine", &[("accept", "application/json")]).await;
    assert_eq!((script.status.as_u16(), script.header("location")), (401, None));
}

#[tokio::test]
async fn too_many_tries_say_when_to_come_back() {
    let answer = site().get("/often", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (429, Some("30")));
    assert!(answer.text().contains("30 seconds"));
}

#[tokio::test]
async fn problems_reach_scripts_by_field() {
    let answer = site().get("/form", &[("accept", "application/json")]).await;
    let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((answer.status.as_u16(), &json["fields"]["headline"]), (422, &"Write a headline.".into()));
}

#[tokio::test]
async fn our_own_faults_show_no_cause() {
    for address in ["/broken", "/panic"] {
        let answer = site().get(address, &[]).await;
        assert_eq!(answer.status, 500, "{address}");
        assert!(answer.text().contains("Something broke") && !answer.text().contains("secret"), "{address}");
    }
}

#[tokio::test]
async fn errors_are_never_kept_or_shared() {
    let answer = site().get("/nowhere", &[]).await;
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
}
