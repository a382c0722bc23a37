use image::{DynamicImage, imageops::FilterType};

/// Pixels of the longer side.
const SIDE: u32 = 16;

/// Bytes of the whole URI at most: it is stored with every picture and sent in every page that shows it.
const LONGEST: usize = 400;

/// The average colour over what is opaque, as `#rrggbb`.
pub fn average(picture: &DynamicImage) -> String {
    let small = picture.resize_exact(SIDE, SIDE, FilterType::Triangle).into_rgba8();
    let mut sums = [0_u64; 4];
    for pixel in small.pixels() {
        let [red, green, blue, alpha] = pixel.0.map(u64::from);
        sums[0] += red * alpha;
        sums[1] += green * alpha;
        sums[2] += blue * alpha;
        sums[3] += alpha;
    }
    let [red, green, blue] = [0, 1, 2].map(|channel| sums[channel] / sums[3].max(1));
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A tiny WebP as a `data:` URI; empty when the picture is see-through.
pub fn data_uri(picture: &DynamicImage) -> String {
    let side = SIDE.min(picture.width().max(picture.height()));
    let small = picture.resize(side, side, FilterType::Triangle).into_rgba8();
    if small.pixels().any(|pixel| pixel.0[3] < 255) {
        return String::new();
    }
    let small = DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(small).into_rgb8());
    [50.0, 20.0, 0.0]
        .into_iter()
        .filter_map(|quality| super::encode(&small, quality).ok())
        .map(|bytes| format!("data:image/webp;base64,{}", base64(&bytes)))
        .find(|uri| uri.len() < LONGEST)
        .unwrap_or_default()
}

/// RFC 4648 §4, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let word = (0..3).fold(0, |word, place| word << 8 | u32::from(group.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}
