use std::io::ErrorKind;

use futures_util::TryStreamExt as _;

use super::samples::{file, red_blue};
use crate::{Store, files, is_key, is_name};

const NAME: &str = "00112233445566778899aabbccddeeff-1600.webp";
const FILM: &str = "00112233445566778899aabbccddeeff.mp4";

#[tokio::test]
async fn what_is_put_is_read_and_nothing_else_lies_around() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path().join("media")).unwrap();
    assert_eq!(store.read(NAME).await.unwrap_err().kind(), ErrorKind::NotFound);
    store.put(NAME, &b"one"[..]).await.unwrap();
    assert_eq!(&store.read(NAME).await.unwrap()[..], b"one");
    let shard = folder.path().join("media/00");
    let all: Vec<_> = std::fs::read_dir(shard).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(all, [NAME]);
}

#[tokio::test]
async fn a_name_that_is_there_is_left_alone_until_it_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path()).unwrap();
    store.put(NAME, &b"one"[..]).await.unwrap();
    store.put(NAME, &b"two"[..]).await.unwrap();
    assert_eq!(&store.read(NAME).await.unwrap()[..], b"one");
    store.remove(NAME).await.unwrap();
    store.remove(NAME).await.unwrap();
    assert_eq!(store.size(NAME).await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_large_file_goes_in_and_out_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path().join("media")).unwrap();
    through_parts(&store, folder.path()).await;
}

/// Twenty megabytes in three parts on the way in, and any stretch of them on the way out.
pub(super) async fn through_parts(store: &Store, folder: &std::path::Path) {
    let film: Vec<u8> = (0..20_000_000_u32).map(|number| (number % 251) as u8).collect();
    let path = folder.join("film");
    std::fs::write(&path, &film).unwrap();
    store.put_file(FILM, &path).await.unwrap();
    assert_eq!(store.size(FILM).await.unwrap(), 20_000_000);
    for range in [0..20_000_000, 0..1, 262_143..262_146, 19_999_999..20_000_000] {
        let parts: Vec<bytes::Bytes> = store.open(FILM, range.clone()).unwrap().try_collect().await.unwrap();
        assert!(parts.concat() == film[range.start as usize..range.end as usize], "{range:?}");
    }
}

#[tokio::test]
async fn a_width_that_is_missing_is_made_when_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path()).unwrap();
    let done = crate::process(&file(&red_blue(800, 400), image::ImageFormat::Png), &crate::Limits::default()).unwrap();
    let largest = &done.variants[0];
    store.put(&largest.name, largest.bytes.clone()).await.unwrap();
    for (ending, kind) in [("webp", image::ImageFormat::WebP), ("jpg", image::ImageFormat::Jpeg)] {
        let name = largest.name.replace("-800.webp", &format!("-320.{ending}"));
        let made = store.read_picture(&name, 800).await.unwrap();
        let made = image::load_from_memory_with_format(&made, kind).unwrap();
        assert_eq!((made.width(), made.height()), (320, 160));
        assert!(store.size(&name).await.is_ok(), "it is kept");
    }
    for foreign in ["-321.webp", "-1600.webp"] {
        let name = largest.name.replace("-800.webp", foreign);
        assert_eq!(store.read_picture(&name, 800).await.unwrap_err().kind(), ErrorKind::NotFound);
    }
}

#[tokio::test]
async fn no_name_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path().join("media")).unwrap();
    let upper = NAME.to_uppercase();
    let nul = NAME.replace("00-", "0\0-");
    for name in [
        "",
        "-",
        "..",
        "../secret",
        "/etc/passwd",
        "00/../../secret",
        "..-1600.webp",
        "%2e%2e%2fsecret",
        "00112233445566778899aabbccddeeff",
        "00112233445566778899aabbccddeeff-",
        "00112233445566778899aabbccddeeff-1600",
        "00112233445566778899aabbccddeeff-1600.svg",
        "00112233445566778899aabbccddeeff-1600.webp.html",
        "00112233445566778899aabbccddeeff.html",
        "00112233445566778899aabbccddeeff-640.mp4",
        "00112233445566778899aabbccddeeff-../../x",
        "00112233445566778899aabbccddeeff-123456.webp",
        "00112233445566778899aabbccddee..-1600.webp",
        "é0112233445566778899aabbccddeef-1600.webp",
        &upper,
        &nul[..5],
    ] {
        assert!(!is_name(name), "{name:?}");
        assert_eq!(store.put(name, &b"x"[..]).await.unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(store.read(name).await.unwrap_err().kind(), ErrorKind::NotFound);
    }
    assert!(is_name(NAME) && is_name(FILM) && is_key(&NAME[..37]) && !is_key(NAME));
    assert_eq!(std::fs::read_dir(folder.path().join("media")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_failed_write_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path()).unwrap();
    // A file where the shard should be: the write cannot succeed, whoever runs the test.
    std::fs::write(folder.path().join("00"), b"").unwrap();
    assert!(store.put(NAME, &b"one"[..]).await.is_err());
    assert!(store.read(NAME).await.is_err());
}

#[tokio::test]
async fn what_is_removed_is_every_file_of_a_key() {
    let stem = &NAME[..32];
    assert_eq!(files(&format!("{stem}-500")), ["500.webp", "500.jpg", "320.webp", "320.jpg"].map(|end| format!("{stem}-{end}")));
    assert_eq!(files(FILM), [FILM]);
    assert!(files("../secret").is_empty() && files(&stem[..5]).is_empty());
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path()).unwrap();
    let done = crate::process(&file(&red_blue(800, 400), image::ImageFormat::Png), &crate::Limits::default()).unwrap();
    let names: Vec<String> = done.variants.into_iter().map(|variant| variant.name).collect();
    assert_eq!(files(&done.key), names);
    for name in names {
        store.put(&name, &b"x"[..]).await.unwrap();
        store.remove(&name).await.unwrap();
        assert_eq!(store.size(&name).await.unwrap_err().kind(), ErrorKind::NotFound);
    }
}
