use std::io::{BufRead, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageResult, metadata::Orientation};

use crate::picture::{self, Processed};
use crate::sniff::Format;
use crate::{Limits, Refused, Words, child, heic, sniff, words};

/// Scans of a progressive JPEG: encoders write about ten, and each goes over the whole picture.
const SCANS: u32 = 100;

/// Turns an upload into upright WebP and JPEG pictures of a few widths, without any of its metadata; the words that were
/// written into it are read first and handed back.
///
/// Blocking, up to seconds for the largest: call it through [`crate::Workers`] from async code.
/// Animations give their first frame. Colour profiles are dropped: the pixels are read as sRGB.
///
/// # Errors
/// [`Refused`], worded for the person who uploaded the file.
pub fn process(bytes: &[u8], limits: &Limits) -> Result<Processed, Refused> {
    // Foreign bytes go through five decoders: should one of them panic, it costs one upload, not a thread.
    catch_unwind(AssertUnwindSafe(|| process_unguarded(bytes, limits))).unwrap_or_else(|_| {
        tracing::error!(bytes = bytes.len(), "a picture decoder panicked");
        Err(Refused::Broken)
    })
}

/// What [`process`] does, with panics let through so that tests can see them.
pub(crate) fn process_unguarded(bytes: &[u8], limits: &Limits) -> Result<Processed, Refused> {
    let deadline = Instant::now() + limits.time;
    let (pixels, orientation, words) = decode(bytes, limits, deadline)?;
    let mut done = picture::prepare(pixels, orientation, deadline)?;
    done.words = words;
    Ok(done)
}

fn decode(bytes: &[u8], limits: &Limits, deadline: Instant) -> Result<(DynamicImage, Orientation, Words), Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refused::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    match sniff::format(bytes)? {
        Format::Plain(format) => plain(bytes, format, limits, deadline),
        Format::Avif => child::decode(bytes, limits).map(|pixels| (pixels, Orientation::NoTransforms, Words::default())),
        Format::Heic => plain(&heic::to_jpeg(bytes, limits)?, ImageFormat::Jpeg, limits, deadline),
    }
}

fn plain(bytes: &[u8], format: ImageFormat, limits: &Limits, deadline: Instant) -> Result<(DynamicImage, Orientation, Words), Refused> {
    if format == ImageFormat::Jpeg && sniff::jpeg_scans(bytes).is_none_or(|scans| scans > SCANS) {
        return Err(Refused::Broken);
    }
    let source = Timed { bytes: Cursor::new(bytes), deadline };
    let late = |error: image::ImageError| if Instant::now() > deadline { Refused::TooSlow } else { refusal(&error) };
    let mut decoder = open(source, format, limits).map_err(late)?;
    check_header(decoder.as_ref(), limits)?;
    decoder.set_limits(decoder_limits(limits)).map_err(late)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let words = words::of(decoder.iptc_metadata().ok().flatten().as_deref(), decoder.xmp_metadata().ok().flatten().as_deref());
    let pixels = DynamicImage::from_decoder(decoder).map_err(late)?;
    Ok((pixels, orientation, words))
}

/// Reads the header only.
fn open<'a>(source: Timed<'a>, format: ImageFormat, limits: &Limits) -> ImageResult<Box<dyn ImageDecoder + 'a>> {
    Ok(match format {
        ImageFormat::Jpeg => Box::new(JpegDecoder::new(source)?),
        ImageFormat::Png => Box::new(PngDecoder::with_limits(source, header_limits(limits))?),
        ImageFormat::Gif => Box::new(GifDecoder::new(source)?),
        _ => Box::new(WebPDecoder::new(source)?),
    })
}

/// Bytes that are there until a moment has come: a decoder that is still reading then fails.
struct Timed<'a> {
    bytes: Cursor<&'a [u8]>,
    deadline: Instant,
}

impl Timed<'_> {
    fn in_time(&self) -> std::io::Result<()> {
        if Instant::now() > self.deadline { Err(std::io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.in_time()?;
        self.bytes.read(into)
    }
}

impl BufRead for Timed<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.in_time()?;
        self.bytes.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.consume(amount);
    }
}

impl Seek for Timed<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(to)
    }
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
