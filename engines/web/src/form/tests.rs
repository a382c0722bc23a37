#![allow(clippy::unwrap_used)]
use super::*;
use axum::{body::Body, extract::DefaultBodyLimit};
use proptest::prelude::*;

const BOUNDARY: &str = "multipart/form-data; boundary=edge";

fn request(kind: &str, body: impl Into<Body>) -> Request {
    Request::post("/").header("content-type", kind).body(body.into()).unwrap()
}

async fn read(kind: &str, body: impl Into<Body>) -> Result<Form, Error> {
    Form::from_request(request(kind, body), &()).await
}

async fn urlencoded(body: impl Into<Body>) -> Result<Form, Error> {
    read("application/x-www-form-urlencoded", body).await
}

fn part(disposition: &str, content: &str) -> String {
    format!("--edge\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
}

#[tokio::test]
async fn fields_are_read_as_they_were_typed() {
    let form = urlencoded("headline=Caf%C3%A9+%26+creek&topic=water&topic=roads&tick=1&id=%2042").await.unwrap();
    assert_eq!(form.text("headline"), "Café & creek");
    assert_eq!(form.all("topic").collect::<Vec<_>>(), ["water", "roads"]);
    assert!(form.ticked("tick") && !form.ticked("other"));
    assert_eq!((form.number("id"), form.number("headline"), form.get("nothing")), (Some(42), None, None));
}

#[tokio::test]
async fn line_ends_become_lf_and_u_0000_goes() {
    let form = urlencoded("body=one%0D%0Atwo%0Dthree%00%0Afour").await.unwrap();
    assert_eq!(form.text("body"), "one\ntwo\nthree\nfour");
    let body = part("name=\"body\"", "one\r\ntwo\0") + "--edge--\r\n";
    assert_eq!(read(BOUNDARY, body).await.unwrap().text("body"), "one\ntwo");
}

#[tokio::test]
async fn files_and_fields_come_together() {
    let body =
        part("name=\"headline\"", "Creek") + &part("name=\"picture\"; filename=\"../../etc/creek.jpg\"", "bytes\0\r\n") + "--edge--\r\n";
    let form = read(BOUNDARY, body).await.unwrap();
    assert_eq!(form.text("headline"), "Creek");
    let file = form.file("picture").unwrap();
    assert_eq!((file.name.as_str(), &file.bytes[..]), ("../../etc/creek.jpg", &b"bytes\0\r\n"[..]), "bytes stay as they are");
}

#[tokio::test]
async fn no_file_was_chosen_when_it_is_empty() {
    let body = part("name=\"picture\"; filename=\"\"", "") + "--edge--\r\n";
    assert!(read(BOUNDARY, body).await.unwrap().file("picture").is_none());
}

#[tokio::test]
async fn five_megabytes_are_too_much_in_either_encoding() {
    let novel = "a".repeat(5 * 1024 * 1024);
    let multipart = part("name=\"body\"", &novel) + "--edge--\r\n";
    for refused in [urlencoded(format!("body={novel}")).await, read(BOUNDARY, multipart).await] {
        let error = refused.unwrap_err();
        assert_eq!(error.status(), 413);
        assert!(error.words().contains("shorten"), "{}", error.words());
    }
    assert_eq!(urlencoded(format!("body={}", "%C3".repeat(3 * 1024 * 1024))).await.unwrap_err().status(), 413);
}

#[tokio::test]
async fn a_long_read_in_letters_of_any_script_fits() {
    let body = "body=".to_owned() + &"%D9%85".repeat(500_000);
    assert_eq!(urlencoded(body).await.unwrap().text("body").chars().count(), 500_000);
}

#[tokio::test]
async fn a_room_for_files_takes_them_up_to_their_limit() {
    let upload = |size: usize| {
        let body = part("name=\"picture\"; filename=\"a.png\"", &"x".repeat(size)) + "--edge--\r\n";
        let mut request = request(BOUNDARY, body);
        DefaultBodyLimit::max(MAX_FILE * 2).apply(&mut request);
        async move { Form::from_request(request, &()).await }
    };
    assert_eq!(upload(3 * 1024 * 1024).await.unwrap().file("picture").unwrap().bytes.len(), 3 * 1024 * 1024);
    let error = upload(MAX_FILE + 1).await.unwrap_err();
    assert_eq!(error.status(), 413);
    assert!(error.words().contains("40 MB"));
}

#[tokio::test]
async fn many_small_fields_are_refused_like_one_long_one() {
    assert_eq!(urlencoded("a=b&".repeat(MAX_FIELDS + 1)).await.unwrap_err().status(), 413);
    let body = part("name=\"a\"", "b").repeat(MAX_FIELDS + 1) + "--edge--\r\n";
    assert_eq!(read(BOUNDARY, body).await.unwrap_err().status(), 413);
}

#[tokio::test]
async fn a_form_that_breaks_off_says_so() {
    assert_eq!(read(BOUNDARY, part("name=\"a\"", "b")).await.unwrap_err().status(), 400);
    assert_eq!(read("multipart/form-data", "").await.unwrap_err().status(), 400);
    assert!(urlencoded("").await.unwrap().fields.is_empty());
}

proptest! {
    #[test]
    fn no_bytes_make_a_form_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), multipart: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut body = if multipart { b"--edge\r\nContent-Disposition: form-data; name=\"".to_vec() } else { Vec::new() };
        body.extend(bytes);
        let kind = if multipart { BOUNDARY } else { "application/x-www-form-urlencoded" };
        if let Ok(form) = runtime.block_on(read(kind, body)) {
            prop_assert!(form.fields.iter().all(|(_, value)| !value.contains(['\0', '\r'])));
        }
    }
}
