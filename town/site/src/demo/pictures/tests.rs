#![allow(clippy::unwrap_used)]

use super::{Scene, paint, portrait};

/// Width, height and pixels of a PNG of three channels.
fn read(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    (info.width, info.height, pixels)
}

/// How many clearly different tones a picture has.
fn tones(pixels: &[u8]) -> usize {
    let coarse = pixels.chunks_exact(3).map(|pixel| [pixel[0] / 16, pixel[1] / 16, pixel[2] / 16]);
    coarse.collect::<std::collections::HashSet<_>>().len()
}

#[test]
fn every_scene_fills_the_size_asked_for_in_any_proportion() {
    for scene in Scene::ALL {
        for (width, height) in [(96, 64), (40, 90), (120, 30)] {
            let (across, down, pixels) = read(&paint(scene, 3, width, height));
            assert_eq!((across, down), (width, height));
            assert!(tones(&pixels) > 12, "{scene:?} at {width}×{height} is nearly empty");
        }
    }
}

#[test]
fn a_seed_paints_the_same_picture_again_and_another_seed_another() {
    for scene in Scene::ALL {
        assert_eq!(paint(scene, 3, 60, 40), paint(scene, 3, 60, 40), "{scene:?}");
        assert_ne!(paint(scene, 3, 60, 40), paint(scene, 4, 60, 40), "{scene:?}");
    }
    assert_eq!(portrait(1), portrait(1));
    assert_ne!(portrait(1), portrait(2));
}

#[test]
fn many_seeds_paint_and_a_side_of_zero_paints_nothing() {
    for seed in 0..18_u64 {
        let scene = Scene::ALL[seed as usize % Scene::ALL.len()];
        assert!(!paint(scene, seed.wrapping_mul(u64::MAX / 7), 30, 20).is_empty());
        assert_eq!(read(&portrait(seed)).0, 320);
    }
    assert!(paint(Scene::Mesa, 1, 0, 10).is_empty());
}
