#![allow(clippy::unwrap_used)]
use image::{GenericImageView as _, RgbImage};
use proptest::prelude::*;

use super::*;

fn card(headline: &str) -> Card {
    Card {
        headline: headline.into(),
        kicker: "Water".into(),
        colour: [0x0f, 0x6b, 0x63],
        name: "The Mesa Lantern".into(),
        byline: "Ana Duarte".into(),
        picture: None,
    }
}

/// A picture that is red all over.
fn red() -> Beside {
    let pixels = DynamicImage::ImageRgb8(RgbImage::from_pixel(640, 480, image::Rgb([200, 20, 20])));
    Beside { file: crate::picture::jpeg(&pixels).unwrap().into(), focus: (50, 50) }
}

fn drawn(card: &Card) -> RgbImage {
    let file = draw_unguarded(card).unwrap();
    let picture = image::load_from_memory_with_format(&file, ImageFormat::Jpeg).unwrap();
    assert_eq!(picture.dimensions(), CARD);
    picture.into_rgb8()
}

/// How many pixels within an area (left, top, width, height) are dark.
fn ink(picture: &RgbImage, (left, top, wide, high): (u32, u32, u32, u32)) -> usize {
    let area = picture.view(left, top, wide, high);
    area.pixels().filter(|(_, _, pixel)| pixel.0.iter().all(|part| *part < 110)).count()
}

fn is_red(picture: &RgbImage, x: u32, y: u32) -> bool {
    let [red, green, _] = picture.get_pixel(x, y).0;
    red > 150 && green < 80
}

const WORDS: (u32, u32, u32, u32) = (60, 120, 1080, 370);

#[test]
fn a_headline_is_set_in_every_script_we_have_type_for() {
    for headline in [
        "Well six goes quiet",
        "Zażółć gęślą jaźń",
        "Ліхтарі повертаються",
        "Τα φανάρια",
        "Đèn lồng trở lại",
        "الفوانيس تعود",
        "הפנסים חוזרים",
    ] {
        assert!(ink(&drawn(&card(headline)), WORDS) > 3_000, "{headline}");
    }
}

#[test]
fn what_runs_from_the_right_begins_there() {
    let (left, right) = ((60, 120, 400, 370), (740, 120, 400, 370));
    let english = drawn(&card("Quiet"));
    assert!(ink(&english, left) > 1_000 && ink(&english, right) == 0);
    let arabic = drawn(&Card { picture: Some(red()), ..card("ماء") });
    assert!(ink(&arabic, right) > 500);
    assert!(is_red(&arabic, 100, 300) && !is_red(&arabic, 1_000, 100), "the picture changes its side, too");
}

#[test]
fn a_long_headline_stays_in_its_place() {
    for headline in ["Water ".repeat(33), "W".repeat(200), "ماء ".repeat(50)] {
        for picture in [None, Some(red())] {
            let picture = drawn(&Card { picture, ..card(&headline) });
            // Between the headline and the line under it nothing is written.
            assert_eq!(ink(&picture, (60, 490, 640, 28)), 0, "{headline:.20}");
        }
    }
}

#[test]
fn signs_without_type_are_left_out_and_scripts_without_it_give_way() {
    let plain = drawn(&card("Bread & roses"));
    assert_eq!(plain.as_raw(), drawn(&card("Bread 🍞 & roses 🌹️")).as_raw());
    let japanese = Card { picture: Some(red()), ..card("水の道") };
    let picture = drawn(&japanese);
    assert!([(5, 5), (600, 300), (1_190, 620)].iter().all(|(x, y)| is_red(&picture, *x, *y)), "the picture alone");
    let without = drawn(&card("水の道"));
    assert!(ink(&without, WORDS) > 3_000, "the nameplate");
}

#[test]
fn a_picture_that_cannot_be_read_is_done_without() {
    let broken = Card { picture: Some(Beside { file: Bytes::from_static(b"no picture"), focus: (50, 50) }), ..card("Quiet") };
    assert_eq!(drawn(&broken).as_raw(), drawn(&card("Quiet")).as_raw());
}

#[tokio::test]
async fn it_is_drawn_on_the_threads_for_pictures() {
    let workers = crate::Workers::new(1).unwrap();
    assert_eq!(workers.draw(card("Quiet")).await.unwrap(), draw(&card("Quiet")).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_anybody_writes_is_drawn_or_refused(headline in "\\PC{0,60}|[\u{200e}\u{202e}\u{2066}a\u{5d0}\u{627} ]{0,30}", name in "\\PC{0,20}") {
        if let Ok(file) = draw(&Card { name, ..card(&headline) }) {
            let picture = image::load_from_memory_with_format(&file, ImageFormat::Jpeg).unwrap();
            prop_assert_eq!(picture.dimensions(), CARD);
        }
    }
}
