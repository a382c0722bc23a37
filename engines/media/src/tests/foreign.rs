//! Bytes nobody meant well. The unguarded function is called: a panic fails the test.

use std::sync::LazyLock;

use image::ImageFormat;
use proptest::prelude::*;

use super::avif::as_a_program;
use super::samples::{CLEAR_AVIF, RED_BLUE_AVIF, file, half_clear, jpeg_with_exif, red_blue};
use crate::Limits;
use crate::process::process_unguarded;

fn limits() -> Limits {
    // Small, so that a mutated header cannot make the test slow.
    Limits { pixels: 250_000, side: 2_000, memory: 4 << 20, ..Limits::default() }
}

/// Every change of one byte of a file, and every place to cut it, would be thousands of processes: some of each, wherever they fall.
fn hostile() -> impl Iterator<Item = Vec<u8>> {
    let files = [RED_BLUE_AVIF, CLEAR_AVIF];
    files.into_iter().flat_map(|file| {
        let flipped = (0..file.len()).step_by(5).map(move |at| {
            let mut bytes = file.to_vec();
            bytes[at] ^= 1 << (at % 8);
            bytes
        });
        flipped.chain((40..file.len()).step_by(37).map(move |kept| file[..kept].to_vec()))
    })
}

#[test]
fn no_avif_ends_the_program_that_decodes_it() {
    as_a_program();
    let (mut sound, mut refused) = (0, 0);
    for bytes in hostile() {
        match process_unguarded(&bytes, &limits()) {
            Ok(picture) if picture.width <= 2400 => sound += 1,
            Ok(picture) => panic!("{} pixels wide", picture.width),
            Err(_) => refused += 1,
        }
    }
    assert!(sound > 0 && refused > 0, "{sound} and {refused}: both happen, or nothing was tried");
}

static VALID: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let picture = red_blue(70, 50);
    vec![
        jpeg_with_exif(&picture, 6),
        file(&picture, ImageFormat::Png),
        file(&half_clear(64, 64), ImageFormat::Png),
        file(&picture, ImageFormat::Gif),
        file(&picture, ImageFormat::WebP),
        RED_BLUE_AVIF.to_vec(),
        CLEAR_AVIF.to_vec(),
        crate::process(&file(&picture, ImageFormat::Png), &limits()).unwrap().variants[0].bytes.clone(),
    ]
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(
        start in prop::sample::select(vec![
            &b""[..], b"\xFF\xD8\xFF", b"\xFF\xD8\xFF\xE1\x00\x10Exif\0\0", b"\x89PNG\r\n\x1A\n", b"GIF89a", b"RIFF\x40\0\0\0WEBPVP8L",
            b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf\0\0\0\x40meta\0\0\0\0",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        as_a_program();
        let _ = process_unguarded(&[start, &rest].concat(), &limits());
    }

    #[test]
    fn mutated_pictures_never_panic(
        which in 0_usize..8,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        kept in 0.3_f64..1.5,
    ) {
        as_a_program();
        let mut bytes = VALID[which].clone();
        for (place, byte) in changes {
            // Half of the changes near the start, where the headers are.
            let span = if byte % 2 == 0 { bytes.len() } else { bytes.len().min(96) };
            let at = place.index(span);
            bytes[at] = byte;
        }
        bytes.truncate((bytes.len() as f64 * kept) as usize);
        if let Ok(picture) = process_unguarded(&bytes, &limits()) {
            prop_assert!(picture.width <= 2400 && !picture.variants.is_empty());
        }
    }
}
