use std::time::Instant;

use fast_image_resize::{ResizeOptions, Resizer};
use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, Rgb, RgbImage, codecs::jpeg::JpegEncoder, metadata::Orientation};

use crate::{Refused, Words, digest};

mod blur;

/// The widths that are kept, largest first: a wide screen, a laptop, a phone at three, two and one pixels a point, and a
/// thumbnail. A smaller picture is never enlarged.
pub const WIDTHS: [u32; 5] = [2400, 1600, 1080, 640, 320];

/// WebP's scale of 0 to 100: above 80 files grow faster than anyone can see.
const QUALITY: f32 = 80.0;

/// JPEG is for the few who cannot read WebP, and for the cards other sites draw.
const JPEG_QUALITY: u8 = 80;

/// Height over width at most: keeps long screenshots inside WebP's 16,383 pixels and inside bounded memory.
const TALLEST: u32 = 4;

/// A picture ready to be stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processed {
    /// 32 hexadecimal digits of a SHA-256 over the largest WebP file, `-`, and its width: a name that may be cached for ever.
    pub key: String,
    /// Width of the largest variant, upright.
    pub width: u32,
    /// Height of the largest variant, upright.
    pub height: u32,
    /// The average colour, as `#rrggbb`.
    pub colour: String,
    /// A 16-pixel version as a `data:` URI under 400 bytes, to show until the picture is there. Empty for a
    /// picture with transparency, through which it would show for ever.
    pub blur: String,
    /// What was written into the file about it.
    pub words: Words,
    /// The files, largest first; each width as WebP and as JPEG.
    pub variants: Vec<Variant>,
}

/// One file of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
    /// Its name in a [`crate::Store`]: the stem of the key, the width, `.webp` or `.jpg`.
    pub name: String,
}

/// The widths a picture is kept in whose largest is this one, largest first.
pub fn widths(largest: u32) -> impl Iterator<Item = u32> + Clone {
    std::iter::once(largest).chain(WIDTHS.into_iter().filter(move |width| *width < largest))
}

/// Makes the widths, turns them upright, encodes them and names them.
pub(crate) fn prepare(source: DynamicImage, orientation: Orientation, deadline: Instant) -> Result<Processed, Refused> {
    // Each width is made from the one before, so that all work on less.
    let picture = upright(source, orientation)?;
    let (width, height) = (picture.width(), picture.height());
    let (colour, blur) = (blur::average(&picture), blur::data_uri(&picture));

    let mut variants = Vec::with_capacity(WIDTHS.len() * 2);
    let mut stem = String::new();
    let mut current = picture;
    for wanted in widths(width) {
        if Instant::now() > deadline {
            return Err(Refused::TooSlow);
        }
        if wanted < current.width() {
            current = narrow(&current, wanted, u64::from(height) * u64::from(wanted) / u64::from(width))?;
        }
        let file = encode(&current, QUALITY)?;
        if stem.is_empty() {
            stem = digest::stem(&file);
        }
        for (ending, bytes) in [("webp", file), ("jpg", jpeg(&current)?)] {
            let name = format!("{stem}-{wanted}.{ending}");
            variants.push(Variant { width: current.width(), height: current.height(), bytes, name });
        }
    }
    Ok(Processed { key: format!("{stem}-{width}"), width, height, colour, blur, words: Words::default(), variants })
}

/// No larger than the largest width, turned, eight bits a colour. Turning comes after shrinking: it works on less.
pub(crate) fn upright(source: DynamicImage, orientation: Orientation) -> Result<DynamicImage, Refused> {
    let mut picture = fit(&source, turns(orientation))?.unwrap_or(source);
    picture.apply_orientation(orientation);
    Ok(plain(picture))
}

/// Makes one width anew from the largest file: for pictures that were kept before there were so many.
pub(crate) fn again(largest: &[u8], name: &str) -> Result<Vec<u8>, Refused> {
    let source = image::load_from_memory_with_format(largest, image::ImageFormat::WebP).map_err(|_| Refused::Broken)?;
    let wanted = name.split_once('-').and_then(|(_, rest)| rest.split_once('.')).and_then(|(width, _)| width.parse().ok());
    let wanted: u32 = wanted.filter(|wanted| widths(source.width()).any(|width| width == *wanted)).ok_or(Refused::UnknownFormat)?;
    let height = u64::from(source.height()) * u64::from(wanted) / u64::from(source.width());
    let source = plain(source);
    let picture = if wanted < source.width() { narrow(&source, wanted, height)? } else { source };
    if name.ends_with(".jpg") { jpeg(&picture) } else { encode(&picture, QUALITY) }
}

/// Whether turning upright swaps width and height.
fn turns(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// Shrinks to the largest width as seen upright; `None` when it is no larger.
fn fit(source: &DynamicImage, turned: bool) -> Result<Option<DynamicImage>, Refused> {
    let (from_width, from_height) = (source.width(), source.height());
    let (across, down) = if turned { (from_height, from_width) } else { (from_width, from_height) };
    let largest = f64::from(WIDTHS[0]);
    let scale = (largest / f64::from(across)).min(largest * f64::from(TALLEST) / f64::from(down)).min(1.0);
    if scale >= 1.0 {
        return Ok(None);
    }
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    resized(source, side(from_width), side(from_height)).map(Some)
}

fn narrow(source: &DynamicImage, width: u32, height: u64) -> Result<DynamicImage, Refused> {
    resized(source, width, u32::try_from(height).map_err(|_| Refused::Broken)?.max(1))
}

fn resized(source: &DynamicImage, width: u32, height: u32) -> Result<DynamicImage, Refused> {
    let mut target = DynamicImage::new(width, height, source.color());
    Resizer::new().resize(source, &mut target, &ResizeOptions::new()).map_err(|_| Refused::Broken)?;
    Ok(target)
}

fn plain(picture: DynamicImage) -> DynamicImage {
    match picture.color().has_alpha() {
        true => DynamicImage::ImageRgba8(picture.into_rgba8()),
        false => DynamicImage::ImageRgb8(picture.into_rgb8()),
    }
}

/// The `webp` crate writes pixels only: no profile, no EXIF, no XMP.
fn encode(picture: &DynamicImage, quality: f32) -> Result<Vec<u8>, Refused> {
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        _ => return Err(Refused::Broken),
    };
    let file = encoder.encode_simple(false, quality).map_err(|_| Refused::Broken)?;
    Ok(file.to_vec())
}

/// JPEG knows no transparency: what shows through is white.
pub(crate) fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, Refused> {
    let mut file = Vec::new();
    let mut write = |pixels: &RgbImage| {
        let (width, height) = pixels.dimensions();
        let encoder = JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY);
        encoder.write_image(pixels, width, height, ExtendedColorType::Rgb8).map_err(|_| Refused::Broken)
    };
    match picture {
        DynamicImage::ImageRgb8(pixels) => write(pixels)?,
        DynamicImage::ImageRgba8(pixels) => write(&RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
            let [red, green, blue, alpha] = pixels.get_pixel(x, y).0.map(u16::from);
            Rgb([red, green, blue].map(|colour| ((colour * alpha + 255 * (255 - alpha)) / 255) as u8))
        }))?,
        _ => return Err(Refused::Broken),
    }
    Ok(file)
}
