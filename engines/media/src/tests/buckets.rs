//! A bucket of a real server that speaks S3 and checks signatures.

use std::io::ErrorKind;

use super::samples::{file, red_blue};
use super::stores::through_parts;
use crate::{Bucket, Store};

const NAME: &str = "00112233445566778899aabbccddeeff-640.webp";

fn bucket(prefix: &str) -> Bucket {
    let server = testkit::s3();
    Bucket {
        name: server.bucket.clone(),
        prefix: prefix.to_owned(),
        endpoint: Some(server.endpoint.clone()),
        region: server.region.into(),
        path_style: true,
        key_id: server.key_id.clone(),
        secret: server.secret.clone(),
    }
}

#[tokio::test]
async fn a_bucket_keeps_files_as_a_folder_does() {
    let store = Store::bucket(&bucket("pictures/of the town")).unwrap();
    store.check().await.unwrap();
    assert_eq!(store.read(NAME).await.unwrap_err().kind(), ErrorKind::NotFound);
    store.put(NAME, &b"one"[..]).await.unwrap();
    store.put(NAME, &b"two"[..]).await.unwrap();
    assert_eq!((&store.read(NAME).await.unwrap()[..], store.size(NAME).await.unwrap()), (&b"one"[..], 3));
    let elsewhere = Store::bucket(&bucket("")).unwrap();
    assert_eq!(elsewhere.size(NAME).await.unwrap_err().kind(), ErrorKind::NotFound, "it stands behind the prefix");
    store.remove(NAME).await.unwrap();
    store.remove(NAME).await.unwrap();
    assert_eq!(store.size(NAME).await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(store.put("../secret", &b"x"[..]).await.unwrap_err().kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn a_large_file_goes_into_a_bucket_and_out_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    through_parts(&Store::bucket(&bucket("films")).unwrap(), folder.path()).await;
}

#[tokio::test]
async fn a_width_that_is_missing_in_a_bucket_is_made() {
    let store = Store::bucket(&bucket("widths")).unwrap();
    let done = crate::process(&file(&red_blue(800, 400), image::ImageFormat::Png), &crate::Limits::default()).unwrap();
    store.put(&done.variants[0].name, done.variants[0].bytes.clone()).await.unwrap();
    let narrow = done.variants[0].name.replace("-800.webp", "-320.jpg");
    store.read_picture(&narrow, 800).await.unwrap();
    assert!(store.size(&narrow).await.is_ok());
}

#[tokio::test]
async fn what_cannot_be_used_says_why() {
    let refused = |bucket: Bucket| async move { Store::bucket(&bucket).unwrap().check().await.unwrap_err() };
    let wrong_secret = refused(Bucket { secret: "wrong".into(), ..bucket("") }).await;
    assert!(wrong_secret.kind() == ErrorKind::PermissionDenied && wrong_secret.to_string().contains("refuses the key"), "{wrong_secret}");
    let nowhere = refused(Bucket { name: "nowhere".into(), ..bucket("") }).await;
    assert!(nowhere.kind() == ErrorKind::NotFound && nowhere.to_string().contains("no such bucket"), "{nowhere}");
    // Nobody listens there; what is needed to speak TLS is found on the way.
    let silent = refused(Bucket { endpoint: Some("https://127.0.0.1:9".into()), ..bucket("") }).await;
    assert_eq!(silent.kind(), ErrorKind::ConnectionRefused, "{silent}");
}

#[test]
fn a_bucket_may_be_named_in_the_host_and_its_secret_is_never_shown() {
    let far = Bucket {
        name: "town".into(),
        prefix: "pictures".into(),
        endpoint: Some("https://s3.example.org".into()),
        region: "eu-central-1".into(),
        path_style: false,
        key_id: "AKIA".into(),
        secret: "hunter2".into(),
    };
    let store = Store::bucket(&far).unwrap();
    let shown = format!("{far} {far:?} {store:?}");
    assert!(shown.contains("s3://town/pictures at https://s3.example.org") && !shown.contains("hunter2"), "{shown}");
    assert!(format!("{store:?}").contains("https://town.s3.example.org"), "{store:?}");
}
