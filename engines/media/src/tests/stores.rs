use std::io::ErrorKind;

use crate::{Store, is_key};

const KEY: &str = "00112233445566778899aabbccddeeff-1600";

#[test]
fn what_is_put_is_read_and_nothing_else_lies_around() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path().join("media")).unwrap();
    assert_eq!(store.read(KEY).unwrap_err().kind(), ErrorKind::NotFound);
    store.put(KEY, b"one").unwrap();
    assert_eq!(store.read(KEY).unwrap(), b"one");
    let path = store.path_of(KEY).unwrap();
    assert!(path.ends_with("media/00/00112233445566778899aabbccddeeff-1600.webp"));
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn a_key_that_is_there_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path()).unwrap();
    store.put(KEY, b"one").unwrap();
    store.put(KEY, b"two").unwrap();
    assert_eq!(store.read(KEY).unwrap(), b"one");
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path().join("media")).unwrap();
    let upper = KEY.to_uppercase();
    let nul = KEY.replace("00-", "0\0-");
    for name in [
        "",
        "-",
        "..",
        "../secret",
        "/etc/passwd",
        "00/../../secret",
        "..-1600",
        "%2e%2e%2fsecret",
        "00112233445566778899aabbccddeeff",
        "00112233445566778899aabbccddeeff-",
        "00112233445566778899aabbccddeeff-1600.webp",
        "00112233445566778899aabbccddeeff-../../x",
        "00112233445566778899aabbccddeeff-123456",
        "00112233445566778899aabbccddeef-1600",
        "00112233445566778899aabbccddee..-1600",
        "é0112233445566778899aabbccddeef-1600",
        &upper,
        &nul[..5],
    ] {
        assert!(!is_key(name), "{name:?}");
        assert_eq!(store.path_of(name), None);
        assert_eq!(store.put(name, b"x").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(store.read(name).unwrap_err().kind(), ErrorKind::NotFound);
    }
    assert_eq!(std::fs::read_dir(folder.path().join("media")).unwrap().count(), 0);
}

#[test]
fn a_failed_write_leaves_nothing_and_says_which_folder_was_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::folder(folder.path()).unwrap();
    // A file where the shard should be: the write cannot succeed, whoever runs the test.
    std::fs::write(folder.path().join("00"), b"").unwrap();
    assert!(store.put(KEY, b"one").is_err());
    assert!(store.read(KEY).is_err());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_named_as_such() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    assert_eq!(crate::store::fill(&full, b"one").unwrap_err().kind(), ErrorKind::StorageFull);
}
