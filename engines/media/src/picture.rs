use aws_lc_rs::digest::{SHA256, digest};
use fast_image_resize::{ResizeOptions, Resizer};
use image::{DynamicImage, metadata::Orientation};

use crate::Refused;

mod blur;

/// The widths that are kept, largest first. A smaller picture is never enlarged.
pub const WIDTHS: [u32; 2] = [1600, 640];

/// WebP's scale of 0 to 100: above 80 files grow faster than anyone can see.
const QUALITY: f32 = 80.0;

/// Height over width at most: keeps long screenshots inside WebP's 16,383 pixels and inside bounded memory.
const TALLEST: u32 = 4;

/// A picture ready to be stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processed {
    /// Width of the largest variant, upright.
    pub width: u32,
    /// Height of the largest variant, upright.
    pub height: u32,
    /// The average colour, as `#rrggbb`.
    pub colour: String,
    /// A 16-pixel version as a `data:` URI under 400 bytes, to show until the picture is there. Empty for a
    /// picture with transparency, through which it would show for ever.
    pub blur: String,
    /// The files, largest first; one or two. Their keys differ only in the width at the end.
    pub variants: Vec<Variant>,
}

/// One width of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The WebP file.
    pub bytes: Vec<u8>,
    /// 32 hexadecimal digits of a SHA-256 over the largest variant, `-`, and the width: a name for
    /// [`crate::Store`], and an address that may be cached for ever.
    pub key: String,
}

/// Makes the widths, turns them upright, encodes them and names them.
pub(crate) fn prepare(source: DynamicImage, orientation: Orientation) -> Result<Processed, Refused> {
    let turned = turns(orientation);
    // Each step starts from the one before, and turning comes after shrinking: both work on less.
    let mut large = fit(source, WIDTHS[0], turned)?;
    let mut small = match upright_width(&large, turned) > WIDTHS[1] {
        true => Some(fit(large.clone(), WIDTHS[1], turned)?),
        false => None,
    };
    large.apply_orientation(orientation);
    if let Some(small) = &mut small {
        small.apply_orientation(orientation);
    }
    let tiny = small.as_ref().unwrap_or(&large);
    let (colour, blur) = (blur::average(tiny), blur::data_uri(tiny));

    let mut variants = vec![variant(&large)?];
    let stem = stem(&variants[0].bytes);
    if let Some(small) = small {
        variants.push(variant(&small)?);
    }
    for variant in &mut variants {
        variant.key = format!("{stem}-{}", variant.width);
    }
    Ok(Processed { width: large.width(), height: large.height(), colour, blur, variants })
}

/// Whether turning upright swaps width and height.
fn turns(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn upright_width(picture: &DynamicImage, turned: bool) -> u32 {
    if turned { picture.height() } else { picture.width() }
}

/// Shrinks to a width as seen upright, and to 8 bits a channel in RGB or RGBA.
fn fit(source: DynamicImage, width: u32, turned: bool) -> Result<DynamicImage, Refused> {
    let (from_width, from_height) = (source.width(), source.height());
    let (across, down) = if turned { (from_height, from_width) } else { (from_width, from_height) };
    let scale = (f64::from(width) / f64::from(across)).min(f64::from(width * TALLEST) / f64::from(down)).min(1.0);
    if scale >= 1.0 {
        return Ok(plain(source));
    }
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    let mut target = DynamicImage::new(side(from_width), side(from_height), source.color());
    Resizer::new().resize(&source, &mut target, &ResizeOptions::new()).map_err(|_| Refused::Broken)?;
    Ok(plain(target))
}

fn plain(picture: DynamicImage) -> DynamicImage {
    match picture.color().has_alpha() {
        true => DynamicImage::ImageRgba8(picture.into_rgba8()),
        false => DynamicImage::ImageRgb8(picture.into_rgb8()),
    }
}

fn variant(picture: &DynamicImage) -> Result<Variant, Refused> {
    let (width, height) = (picture.width(), picture.height());
    Ok(Variant { width, height, bytes: encode(picture, QUALITY)?, key: String::new() })
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

fn stem(bytes: &[u8]) -> String {
    let hash = digest(&SHA256, bytes);
    hash.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}
