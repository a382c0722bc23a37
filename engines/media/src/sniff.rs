use image::ImageFormat;

use crate::{Refused, boxes};

/// What a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture: for [`crate::Workers`].
    Picture,
    /// Audio or video: for [`crate::clean`].
    Recording,
}

/// What the beginning of a file (64 bytes are enough) says it is; `None` for what is neither. The name and the declared
/// type of an upload mean nothing.
pub fn kind(start: &[u8]) -> Option<Kind> {
    match format(start) {
        Ok(_) => Some(Kind::Picture),
        Err(_) => crate::recording::is_recording(start).then_some(Kind::Recording),
    }
}

/// The formats of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Plain(ImageFormat),
    Avif,
    Heic,
}

pub(crate) fn format(bytes: &[u8]) -> Result<Format, Refused> {
    if let Some(brands) = boxes::brands(bytes) {
        let has = |wanted: &[&[u8; 4]]| brands.clone().any(|brand| wanted.contains(&&brand));
        if has(&[b"avif", b"avis"]) {
            return Ok(Format::Avif);
        }
        if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"]) || brands.clone().next() == Some(*b"mif1") {
            return Ok(Format::Heic);
        }
        return Err(Refused::UnknownFormat);
    }
    match image::guess_format(bytes) {
        Ok(known @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP)) => Ok(Format::Plain(known)),
        _ => Err(Refused::UnknownFormat),
    }
}

/// How many scans a JPEG has, if its end is there. Its decoder fills what is missing with grey instead of failing, and
/// goes over the whole picture for each scan.
///
/// Walks the segments (ITU-T T.81, B.1): a thumbnail's own markers lie inside a segment and are stepped over, and inside
/// a scan FF is always followed by 00 or a restart number.
pub(crate) fn jpeg_scans(bytes: &[u8]) -> Option<u32> {
    const SCAN: u8 = 0xDA;
    const END: u8 = 0xD9;
    let (mut at, mut scans) = (2, 0);
    loop {
        let &[first, marker] = bytes.get(at..at + 2)? else { return None };
        if first != 0xFF {
            return None;
        }
        match marker {
            // Padding before a marker, or a marker without a length.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            END => return (scans > 0).then_some(scans),
            _ => {
                let length = bytes.get(at + 2..at + 4)?;
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
        }
        if marker == SCAN {
            scans += 1;
            at += bytes.get(at..)?.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0x01 | 0xD0..=0xD7 | 0xFF))?;
        }
    }
}
