//! Pictures made here, and the bytes around them that cameras and attackers add.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// What [`red_blue`] is as AVIF and HEIC, at 64 by 48 pixels, by libavif and libheif.
pub const RED_BLUE_AVIF: &[u8] = include_bytes!("files/red-blue.avif");
pub const RED_BLUE_444_AVIF: &[u8] = include_bytes!("files/red-blue-444.avif");
/// The same, to be turned by a quarter clockwise.
pub const TURNED_AVIF: &[u8] = include_bytes!("files/turned.avif");
/// The same, clear at the top and opaque at the bottom.
pub const CLEAR_AVIF: &[u8] = include_bytes!("files/clear.avif");
/// The same at 6,000 by 4,000 pixels.
pub const LARGE_AVIF: &[u8] = include_bytes!("files/large.avif");
pub const RED_BLUE_HEIC: &[u8] = include_bytes!("files/red-blue.heic");

/// Left half red, right half blue: shows which way is up.
pub fn red_blue(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }))
}

/// Green with a transparent left half.
pub fn half_clear(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, _| Rgba([20, 200, 20, if x < width / 2 { 0 } else { 255 }])))
}

pub fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG as a phone held upright writes it: an EXIF segment with the orientation and the place.
pub fn jpeg_with_exif(picture: &DynamicImage, orientation: u16) -> Vec<u8> {
    with_segment(&file(picture, ImageFormat::Jpeg), 0xE1, &exif(orientation))
}

/// A JPEG with one more segment at its beginning.
pub fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, marker]);
    bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
    bytes.extend(content);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// What agencies write into APP13: a Photoshop resource with IPTC datasets of record 2.
pub fn iptc(datasets: &[(u8, &[u8])]) -> Vec<u8> {
    let mut inner = Vec::new();
    for (number, value) in datasets {
        inner.extend([0x1C, 2, *number]);
        inner.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
        inner.extend(*value);
    }
    let mut bytes = b"Photoshop 3.0\08BIM\x04\x04\0\0".to_vec();
    bytes.extend(u32::try_from(inner.len()).unwrap().to_be_bytes());
    bytes.extend(inner);
    bytes
}

/// An XMP packet with these properties.
pub fn xmp(properties: &str) -> Vec<u8> {
    let packet = format!(
        r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:Credit="The Mesa Lantern">{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#
    );
    [b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat()
}

/// TIFF, big-endian: IFD 0 with Orientation (0x0112) and the GPS pointer (0x8825); a GPS IFD with a
/// latitude reference; a comment to search for.
fn exif(orientation: u16) -> Vec<u8> {
    let mut bytes = b"Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
    bytes.extend([0, 2]);
    bytes.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1]);
    bytes.extend(orientation.to_be_bytes());
    bytes.extend([0, 0]);
    bytes.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    bytes.extend([0, 0, 0, 0]);
    bytes.extend([0, 1]);
    bytes.extend([0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0]);
    bytes.extend([0, 0, 0, 0]);
    bytes.extend(b"GPS33.9553N116.5017W");
    bytes
}

/// A valid PNG header that declares any size, with no pixels behind it.
pub fn png_declaring(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    for chunk in [header, b"IDAT\x78\x9C".to_vec(), b"IEND".to_vec()] {
        bytes.extend(u32::try_from(chunk.len() - 4).unwrap().to_be_bytes());
        bytes.extend(&chunk);
        bytes.extend(crc(&chunk).to_be_bytes());
    }
    bytes
}

/// CRC-32 of ISO 3309, as PNG wants it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

/// What a browser would show of a variant.
pub fn shown(bytes: &[u8]) -> RgbaImage {
    image::load_from_memory(bytes).unwrap().into_rgba8()
}

pub fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}
