use image::ImageFormat;

use crate::Refused;

/// The format by content; the name and the declared type of an upload mean nothing.
pub fn format(bytes: &[u8]) -> Result<ImageFormat, Refused> {
    match image::guess_format(bytes) {
        Ok(known @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP)) => Ok(known),
        _ => Err(Refused::UnknownFormat),
    }
}

/// Whether the end of a JPEG is there. Its decoder fills what is missing with grey instead of failing.
///
/// Walks the segments (ITU-T T.81, B.1) to the first scan, then looks for the end marker: a thumbnail's own
/// end marker lies inside a segment and is stepped over, and inside a scan FF is always followed by 00 or
/// a restart number.
pub fn jpeg_is_whole(bytes: &[u8]) -> bool {
    const SCAN: u8 = 0xDA;
    const END: [u8; 2] = [0xFF, 0xD9];
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            // Padding before a marker, or a marker without a length.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
        if marker == SCAN {
            return bytes.get(at..).is_some_and(|scan| scan.windows(2).any(|pair| pair == END));
        }
    }
    false
}
