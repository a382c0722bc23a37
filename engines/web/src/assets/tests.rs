#![allow(clippy::unwrap_used)]
use super::*;

fn folder(file: &str) -> Option<Cow<'static, [u8]>> {
    let bytes: &[u8] = match file {
        "manifest.json" => br#"{"site.css": "site-3F2A.css"}"#,
        "site-3F2A.css" => b"plain",
        "site-3F2A.css.br" => b"brotli",
        _ => return None,
    };
    Some(Cow::Borrowed(bytes))
}

async fn served(file: &str, encodings: &'static str) -> (Response, Vec<u8>) {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(encodings));
    let (head, body) = Assets::new(folder).unwrap().serve(file, &headers).into_parts();
    let body = axum::body::to_bytes(body, 1_000).await.unwrap().to_vec();
    (Response::from_parts(head, axum::body::Body::empty()), body)
}

#[tokio::test]
async fn the_ready_made_copy_is_sent_to_who_takes_it() {
    let (response, body) = served("site-3F2A.css", "gzip, br").await;
    assert_eq!((body.as_slice(), response.headers()[header::CONTENT_ENCODING].as_bytes()), (&b"brotli"[..], &b"br"[..]));
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(response.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    let (response, body) = served("site-3F2A.css", "gzip").await;
    assert!(body == b"plain" && !response.headers().contains_key(header::CONTENT_ENCODING), "there is no gzip copy");
}

#[tokio::test]
async fn only_files_of_the_folder_are_found() {
    for file in ["site.css", "../Cargo.toml", "", "site-3F2A.css.gz"] {
        assert_eq!(served(file, "identity").await.0.status(), StatusCode::NOT_FOUND, "{file:?}");
    }
}

#[test]
fn a_front_end_that_was_not_built_says_so() {
    let error = Assets::new(|_| None).err().unwrap();
    assert!(format!("{error:?}").contains("make assets"));
    assert!(Assets::new(|_| Some(Cow::Borrowed(b"[1]"))).is_err());
}
