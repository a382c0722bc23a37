//! Photographs made of numbers: as much detail at every size as a landscape has (noise in octaves, each half as strong as the one
//! twice its size), so that encoders have about as much to do, and the same in every run.

use anyhow::Result;
use image::{ExtendedColorType, ImageEncoder as _, codecs::jpeg::JpegEncoder};

/// The quality cameras save with.
const QUALITY: u8 = 92;
/// The largest forms, in pixels of a picture 6,000 wide.
const LARGEST: usize = 1_024;

/// A JPEG of this size; every number gives another.
pub fn jpeg(number: u64, width: usize, height: usize) -> Result<Vec<u8>> {
    let light = noise(number * 3, width, height, LARGEST * width / 6_000, 2);
    let (warm, cool) = (noise(number * 3 + 1, width, height, 512, 64), noise(number * 3 + 2, width, height, 512, 64));
    let byte = |value: f32| (value * 255.0).clamp(0.0, 255.0) as u8;
    let mut pixels = Vec::with_capacity(width * height * 3);
    for ((light, warm), cool) in light.iter().zip(&warm).zip(&cool) {
        let (red, blue) = (light + (warm - 0.5) * 0.4, light + (cool - 0.5) * 0.4);
        pixels.extend([byte(red), byte(*light), byte(blue)]);
    }
    let mut file = Vec::new();
    let (width, height) = (u32::try_from(width)?, u32::try_from(height)?);
    JpegEncoder::new_with_quality(&mut file, QUALITY).write_image(&pixels, width, height, ExtendedColorType::Rgb8)?;
    Ok(file)
}

/// Values around one half, in forms from the largest to the smallest.
fn noise(number: u64, width: usize, height: usize, largest: usize, smallest: usize) -> Vec<f32> {
    let mut sum = vec![0.5; width * height];
    let (mut cell, mut strength, mut octave) = (largest.next_power_of_two(), 0.35, number << 8);
    while cell >= smallest {
        add(&mut sum, width, cell, strength, octave);
        (cell, strength, octave) = (cell / 2, strength * 0.55, octave + 1);
    }
    sum
}

/// One octave: a random value at every corner of a grid, and what lies between them in between.
fn add(sum: &mut [f32], width: usize, cell: usize, strength: f32, octave: u64) {
    let columns = width / cell + 2;
    let mut corners = vec![(0.0, 0.0); columns];
    for (y, row) in sum.chunks_mut(width).enumerate() {
        if y % cell == 0 {
            let line = y / cell;
            corners = (0..columns).map(|column| (corner(octave, column, line), corner(octave, column, line + 1))).collect();
        }
        let down = (y % cell) as f32 / cell as f32;
        for (x, value) in row.iter_mut().enumerate() {
            let (left, right) = (corners[x / cell], corners[x / cell + 1]);
            let across = (x % cell) as f32 / cell as f32;
            let (above, below) = (left.0 + (right.0 - left.0) * across, left.1 + (right.1 - left.1) * across);
            *value += (above + (below - above) * down) * strength;
        }
    }
}

/// From -1 to 1 (SplitMix64, Steele 2014).
fn corner(octave: u64, column: usize, line: usize) -> f32 {
    let mut mixed = (octave << 40 ^ (column as u64) << 20 ^ line as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ mixed >> 31) >> 40) as f32 / (1 << 23) as f32 - 1.0
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_photograph_is_the_same_in_every_run_and_every_number_another() -> anyhow::Result<()> {
        let first = super::jpeg(1, 300, 200)?;
        assert_eq!(first, super::jpeg(1, 300, 200)?);
        assert_ne!(first, super::jpeg(2, 300, 200)?);
        // A fifth of a byte a pixel, as a calm photograph needs; a plain surface would take a hundredth.
        assert!(first.len() > 300 * 200 / 6, "{}", first.len());
        Ok(())
    }
}
