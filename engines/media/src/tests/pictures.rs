use image::ImageFormat;

use super::samples::{contains, file, half_clear, jpeg_with_exif, png_declaring, red_blue, shown};
use crate::{Limits, Processed, Refused, is_key};

/// Not through `process`, which would hide a panic.
fn process(bytes: &[u8]) -> Result<Processed, Refused> {
    crate::process::process_unguarded(bytes, &Limits::default())
}

/// Sizes of the WebP files; the JPEG files are checked to be the same.
fn sizes(picture: &Processed) -> Vec<(u32, u32)> {
    let of = |ending: &str| -> Vec<_> {
        picture.variants.iter().filter(|variant| variant.name.ends_with(ending)).map(|variant| (variant.width, variant.height)).collect()
    };
    assert_eq!(of(".webp"), of(".jpg"));
    of(".webp")
}

#[test]
fn a_phone_picture_comes_out_upright_and_says_nothing_of_where_it_was_taken() {
    // 6: the camera was turned, so the left of the pixels is the top of the picture.
    let upload = jpeg_with_exif(&red_blue(2000, 1000), 6);
    assert!(contains(&upload, b"Exif") && contains(&upload, b"GPS33"));
    let picture = process(&upload).unwrap();
    assert_eq!(sizes(&picture), [(1000, 2000), (640, 1280), (320, 640)]);
    for variant in &picture.variants {
        let pixels = shown(&variant.bytes);
        let (top, bottom) = (pixels.get_pixel(50, 50), pixels.get_pixel(50, pixels.height() - 50));
        assert!(top[0] > 180 && top[2] < 60, "red on top: {top:?}");
        assert!(bottom[2] > 180 && bottom[0] < 60, "blue below: {bottom:?}");
        for trace in [&b"Exif"[..], b"EXIF", b"GPS", b"XMP ", b"ICCP"] {
            assert!(!contains(&variant.bytes, trace));
        }
    }
}

#[test]
fn every_orientation_puts_red_where_the_standard_says() {
    // EXIF 2.32, 4.6.4: for 1 to 8, where the left half of the stored pixels is seen.
    let seen = [(0, 1), (2, 1), (2, 1), (0, 1), (1, 0), (1, 0), (1, 2), (1, 2)];
    for (orientation, (across, down)) in (1..=8).zip(seen) {
        let picture = process(&jpeg_with_exif(&red_blue(80, 80), orientation)).unwrap();
        let pixels = shown(&picture.variants[0].bytes);
        let red = pixels.get_pixel(8 + across * 31, 8 + down * 31);
        assert!(red[0] > 150 && red[2] < 100, "orientation {orientation}: {red:?}");
    }
}

#[test]
fn widths_are_kept_small_and_nothing_is_enlarged() {
    let size = |width, height| sizes(&process(&file(&red_blue(width, height), ImageFormat::Png)).unwrap());
    assert_eq!(size(3000, 1500), [(2400, 1200), (1600, 800), (1080, 540), (640, 320), (320, 160)]);
    assert_eq!(size(1080, 540), [(1080, 540), (640, 320), (320, 160)]);
    assert_eq!(size(700, 70), [(700, 70), (640, 64), (320, 32)]);
    assert_eq!(size(320, 480), [(320, 480)]);
    assert_eq!(size(1, 1), [(1, 1)]);
    // A strip stays a strip, and a very long screenshot fits four times its width.
    assert_eq!(size(5000, 1), [(2400, 1), (1600, 1), (1080, 1), (640, 1), (320, 1)]);
    assert_eq!(size(100, 19_000), [(51, 9600)]);
}

#[test]
fn keys_come_from_the_content() {
    let plain = process(&file(&red_blue(800, 400), ImageFormat::Jpeg)).unwrap();
    let tagged = process(&jpeg_with_exif(&red_blue(800, 400), 1)).unwrap();
    let turned = process(&jpeg_with_exif(&red_blue(800, 400), 3)).unwrap();
    assert_eq!(plain, tagged, "camera data does not matter");
    assert_ne!(plain.key, turned.key);
    assert!(is_key(&plain.key) && plain.variants.iter().all(|variant| crate::is_name(&variant.name)));
    let stem = plain.key.strip_suffix("-800").unwrap();
    assert_eq!(plain.variants[2].name, format!("{stem}-640.webp"));
}

#[test]
fn transparency_is_kept_and_never_hidden_behind_a_blur() {
    let picture = process(&file(&half_clear(900, 300), ImageFormat::Png)).unwrap();
    let pixels = shown(&picture.variants[0].bytes);
    assert_eq!((pixels.get_pixel(10, 100)[3], pixels.get_pixel(890, 100)[3]), (0, 255));
    assert_eq!(picture.blur, "");
    let [_, red, green, ..] = picture.colour.as_bytes() else { panic!("{}", picture.colour) };
    assert!(red < green || picture.colour.starts_with("#14c8"), "{}", picture.colour);
}

#[test]
fn the_placeholder_is_tiny_and_is_a_picture() {
    let picture = process(&file(&red_blue(1200, 800), ImageFormat::Jpeg)).unwrap();
    assert!(picture.blur.len() < 400, "{}", picture.blur.len());
    assert!(picture.blur.starts_with("data:image/webp;base64,UklGR"), "{}", picture.blur);
    assert_eq!(picture.colour.len(), 7);
}

#[test]
fn gif_and_webp_and_deep_and_grey_png_are_taken() {
    let picture = red_blue(60, 40);
    let grey = picture.clone().into_luma8().into();
    let deep = picture.clone().into_rgba16().into();
    for bytes in
        [file(&picture, ImageFormat::Gif), file(&picture, ImageFormat::WebP), file(&grey, ImageFormat::Png), file(&deep, ImageFormat::Png)]
    {
        assert_eq!(sizes(&process(&bytes).unwrap()), [(60, 40)]);
    }
}

#[test]
fn a_cut_or_damaged_file_is_refused() {
    let jpeg = jpeg_with_exif(&red_blue(400, 400), 1);
    for kept in [3, 20, 200, jpeg.len() / 2, jpeg.len() - 2] {
        assert_eq!(process(&jpeg[..kept]), Err(Refused::Broken), "{kept} bytes of a JPEG");
    }
    let png = file(&red_blue(400, 400), ImageFormat::Png);
    assert_eq!(process(&png[..png.len() / 2]), Err(Refused::Broken));
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    for (width, height) in [(60_000, 60_000), (20_001, 1), (10_000, 10_000), (10_000, 6_401)] {
        let refused = process(&png_declaring(width, height)).unwrap_err();
        assert!(matches!(refused, Refused::TooManyPixels { .. }), "{width}×{height}: {refused:?}");
    }
    // Within the limits, the same header with nothing behind it is merely broken.
    assert_eq!(process(&png_declaring(100, 100)), Err(Refused::Broken));
}

#[test]
fn a_name_does_not_make_a_picture() {
    for content in [
        &b"<!doctype html><script>alert(1)</script>"[..],
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        b"%PDF-1.7",
        b"GIF",
    ] {
        let refused = process(content).unwrap_err();
        assert_eq!(refused, Refused::UnknownFormat);
        assert!(refused.to_string().contains("JPEG, PNG, GIF, WebP or AVIF"));
    }
    assert_eq!(process(b""), Err(Refused::Empty));
}

#[test]
fn a_file_too_large_is_refused_with_both_sizes() {
    let refused = process(&vec![0; 40_000_001]).unwrap_err();
    assert_eq!(refused, Refused::TooLarge { bytes: 40_000_001, limit: 40_000_000 });
    assert!(refused.to_string().contains("41 MB") && refused.to_string().contains("40 MB"));
}
