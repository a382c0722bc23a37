use super::samples::{CLEAR_AVIF, LARGE_AVIF, RED_BLUE_444_AVIF, RED_BLUE_AVIF, RED_BLUE_HEIC, TURNED_AVIF, shown};
use crate::{
    Limits, Processed, Refused,
    bounded::{self, Bounds, End},
};

fn process(bytes: &[u8]) -> Result<Processed, Refused> {
    process_within(bytes, &Limits::default())
}

fn process_within(bytes: &[u8], limits: &Limits) -> Result<Processed, Refused> {
    as_a_program();
    crate::process::process_unguarded(bytes, limits)
}

/// This test program decodes in a child of its own, which runs the one test below.
pub(super) fn as_a_program() {
    crate::decode_with(["tests::avif::as_a_child", "--exact", "--ignored", "--test-threads=1"]).unwrap();
}

#[test]
#[ignore = "the decoder's child is started as this test"]
fn as_a_child() {
    // Nobody has left a picture here when it is run by hand.
    if std::path::Path::new("in").exists() {
        assert_eq!(crate::child(), std::process::ExitCode::SUCCESS);
    }
}

#[track_caller]
fn is_red(picture: &Processed, x: u32, y: u32) {
    let seen = *shown(&picture.variants[0].bytes).get_pixel(x, y);
    assert!(seen[0] > 180 && seen[1] < 60 && seen[2] < 60, "{seen:?}");
}

#[test]
fn avif_is_read_in_its_colours() {
    for file in [RED_BLUE_AVIF, RED_BLUE_444_AVIF] {
        let picture = process(file).unwrap();
        assert_eq!((picture.width, picture.height), (64, 48));
        is_red(&picture, 8, 24);
        let blue = *shown(&picture.variants[0].bytes).get_pixel(56, 24);
        assert!(blue[2] > 180 && blue[0] < 60, "{blue:?}");
    }
}

#[test]
fn avif_is_turned_and_may_be_clear() {
    let turned = process(TURNED_AVIF).unwrap();
    assert_eq!((turned.width, turned.height), (48, 64));
    is_red(&turned, 24, 8);
    let clear = process(CLEAR_AVIF).unwrap();
    let pixels = shown(&clear.variants[0].bytes);
    assert!(pixels.get_pixel(8, 1)[3] < 20 && pixels.get_pixel(8, 46)[3] > 235);
    assert_eq!(clear.blur, "", "a blur would show through");
}

#[test]
fn avif_that_is_cut_or_too_large_is_refused() {
    for kept in [40, 100, RED_BLUE_AVIF.len() - 20] {
        assert!(process(&RED_BLUE_AVIF[..kept]).is_err(), "{kept}");
    }
    let limits = Limits { pixels: 1_000, ..Limits::default() };
    let refused = process_within(RED_BLUE_AVIF, &limits).unwrap_err();
    assert!(matches!(refused, Refused::TooManyPixels { width: 64, height: 48, .. }), "{refused:?}");
}

#[test]
fn a_large_avif_comes_out_of_its_child_as_large_as_it_is_kept() {
    // A picture without detail: a few hundred bytes are 24 megapixels.
    let picture = process(LARGE_AVIF).unwrap();
    assert_eq!((picture.width, picture.height), (2400, 1600));
    is_red(&picture, 300, 800);
}

#[test]
fn a_child_that_ends_badly_costs_one_upload() {
    let limits = Limits { time: std::time::Duration::from_millis(1), ..Limits::default() };
    assert_eq!(process_within(LARGE_AVIF, &limits), Err(Refused::TooSlow));
    // More than may be written, or held: the system ends it.
    for (memory, output) in [(2 << 20, 1), (10_000, 1 << 18)] {
        let folder = tempfile::tempdir().unwrap();
        let bounds = Bounds { memory, output, time: Limits::default().time };
        let end = bounded::run(std::path::Path::new("/bin/dd"), &["if=/dev/zero", "of=out", "bs=50M", "count=1"], folder.path(), &bounds);
        assert_eq!(end.unwrap(), End::Badly);
    }
    assert!(process(RED_BLUE_AVIF).is_ok());
}

/// A decoder in the shape of libheif's, which checks that it was called within limits and writes a file.
#[cfg(unix)]
fn decoder(script: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("heif-dec");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    (folder, path)
}

#[test]
#[cfg(unix)]
fn the_decoder_for_heic_runs_on_a_copy_within_limits() {
    let limits = Limits { time: std::time::Duration::from_secs(7), ..Limits::default() };
    let script = r#"[ "$1 $2 $3 $4" = "-q 95 in.heic out.jpg" ] && [ -z "$HOME" ] && [ "$(ulimit -t)" = 7 ] && [ "$(ulimit -v)" = 1048576 ] && /bin/cat in.heic > out.jpg"#;
    let (_folder, program) = decoder(script);
    assert_eq!(crate::heic::convert(&program, RED_BLUE_HEIC, &limits).unwrap(), RED_BLUE_HEIC);
    let (_folder, failing) = decoder("exit 1");
    assert_eq!(crate::heic::convert(&failing, RED_BLUE_HEIC, &limits), Err(Refused::Broken));
    let (_folder, idle) = decoder("exit 0");
    assert_eq!(crate::heic::convert(&idle, RED_BLUE_HEIC, &limits), Err(Refused::Broken));
}

#[test]
#[cfg(unix)]
fn a_decoder_that_does_not_come_back_is_ended() {
    let (_folder, program) = decoder("exec /bin/sleep 600");
    let limits = Limits { time: std::time::Duration::from_millis(300), ..Limits::default() };
    assert_eq!(crate::heic::convert(&program, RED_BLUE_HEIC, &limits), Err(Refused::TooSlow));
}

#[test]
fn a_heic_bomb_never_reaches_the_decoder() {
    let limits = Limits { pixels: 1_000, ..Limits::default() };
    let nobody = std::path::Path::new("/nonexistent");
    assert!(matches!(crate::heic::convert(nobody, RED_BLUE_HEIC, &limits), Err(Refused::TooManyPixels { .. })));
}

#[test]
fn heic_is_read_where_the_system_can_and_refused_in_words_where_not() {
    match process(RED_BLUE_HEIC) {
        Ok(picture) => {
            assert_eq!((picture.width, picture.height), (64, 48));
            is_red(&picture, 8, 24);
        }
        Err(refused) => assert!(refused == Refused::Heic && refused.to_string().contains("Save it as JPEG"), "{refused:?}"),
    }
}
