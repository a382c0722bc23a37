use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageResult, metadata::Orientation};

use crate::picture::{self, Processed};
use crate::{Limits, Refused, sniff};

/// Turns an upload into upright WebP pictures of at most two widths, without any of its metadata.
///
/// Blocking, up to a second for the largest: call it through [`crate::Workers`] from async code.
/// Animations give their first frame. Colour profiles are dropped: the pixels are read as sRGB.
///
/// # Errors
/// [`Refused`], worded for the person who uploaded the file.
pub fn process(bytes: &[u8], limits: &Limits) -> Result<Processed, Refused> {
    // Foreign bytes go through four decoders: should one of them panic, it costs one upload, not a thread.
    catch_unwind(AssertUnwindSafe(|| process_unguarded(bytes, limits))).unwrap_or_else(|_| {
        tracing::error!(bytes = bytes.len(), "a picture decoder panicked");
        Err(Refused::Broken)
    })
}

/// What [`process`] does, with panics let through so that tests can see them.
pub(crate) fn process_unguarded(bytes: &[u8], limits: &Limits) -> Result<Processed, Refused> {
    let (pixels, orientation) = decode(bytes, limits)?;
    picture::prepare(pixels, orientation)
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<(DynamicImage, Orientation), Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refused::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    let format = sniff::format(bytes)?;
    if format == ImageFormat::Jpeg && !sniff::jpeg_is_whole(bytes) {
        return Err(Refused::Broken);
    }
    let mut decoder = open(bytes, format, limits).map_err(|error| refusal(&error))?;
    check_header(decoder.as_ref(), limits)?;
    decoder.set_limits(decoder_limits(limits)).map_err(|error| refusal(&error))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let pixels = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    Ok((pixels, orientation))
}

/// Reads the header only.
fn open<'a>(bytes: &'a [u8], format: ImageFormat, limits: &Limits) -> ImageResult<Box<dyn ImageDecoder + 'a>> {
    let source = Cursor::new(bytes);
    Ok(match format {
        ImageFormat::Jpeg => Box::new(JpegDecoder::new(source)?),
        ImageFormat::Png => Box::new(PngDecoder::with_limits(source, header_limits(limits))?),
        ImageFormat::Gif => Box::new(GifDecoder::new(source)?),
        _ => Box::new(WebPDecoder::new(source)?),
    })
}

/// The dimensions as declared, against the limits: the point of reading the header alone.
fn check_header(decoder: &dyn ImageDecoder, limits: &Limits) -> Result<(), Refused> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refused::Broken);
    }
    let pixels = u64::from(width) * u64::from(height);
    let fits = width.max(height) <= limits.side && pixels <= limits.pixels && decoder.total_bytes() <= limits.memory;
    if fits {
        return Ok(());
    }
    Err(Refused::TooManyPixels { width, height, pixels: limits.pixels, side: limits.side })
}

/// While a header is read: compressed text and profiles may not blow up either.
fn header_limits(limits: &Limits) -> image::Limits {
    let mut bounds = image::Limits::no_limits();
    bounds.max_alloc = Some(limits.memory);
    bounds
}

fn decoder_limits(limits: &Limits) -> image::Limits {
    let mut bounds = header_limits(limits);
    bounds.max_image_width = Some(limits.side);
    bounds.max_image_height = Some(limits.side);
    // Decoders keep rows, palettes and frames beside the pixels.
    bounds.max_alloc = Some(limits.memory + (limits.memory >> 2));
    bounds
}

fn refusal(error: &image::ImageError) -> Refused {
    tracing::debug!(%error, "a picture was refused");
    Refused::Broken
}
