//! AVIF, as a child of the program reads it (see [`crate::child`]): the container by `avif-parse`, the pixels by `rav1d` (dav1d in Rust, without its assembler: nothing but Rust is
//! needed to build it), and the colours here.

use std::panic::catch_unwind;

use image::{DynamicImage, RgbImage, RgbaImage, metadata::Orientation};
use re_rav1d::dav1d::{Decoder, Error, Picture, PixelLayout, PlanarImageComponent as Component, Settings, pixel};

use crate::{Limits, Refused, boxes};

/// The pixels of an AVIF file (its first picture), and how it is to be turned.
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<(DynamicImage, Orientation), Refused> {
    // The parser asserts that every box was read to its end, which files of strangers do not promise.
    let parsed = catch_unwind(|| avif_parse::read_avif(&mut &*bytes)).map_err(|_| Refused::Broken)?;
    let file = parsed.map_err(|error| {
        tracing::debug!(%error, "an AVIF file was refused");
        match error {
            avif_parse::Error::Unsupported(_) => Refused::Unusual,
            _ => Refused::Broken,
        }
    })?;
    let declared = file.primary_item_metadata().map_err(|_| Refused::Broken)?;
    check(declared.max_frame_width.get(), declared.max_frame_height.get(), declared.bit_depth, limits)?;
    let colour = frame(file.primary_item.to_vec(), limits)?;
    let pixels = rgb(&colour)?;
    drop(colour);
    let Some(alpha) = file.alpha_item else {
        return Ok((DynamicImage::ImageRgb8(pixels), orientation(bytes)));
    };
    let alpha = frame(alpha.to_vec(), limits)?;
    let clear = with_alpha(&pixels, &alpha, file.premultiplied_alpha).ok_or(Refused::Broken)?;
    Ok((DynamicImage::ImageRgba8(clear), orientation(bytes)))
}

fn check(width: u32, height: u32, depth: u8, limits: &Limits) -> Result<(), Refused> {
    let pixels = u64::from(width) * u64::from(height);
    // Planes in the decoder and pixels beside them.
    let memory = pixels * if depth > 8 { 6 } else { 3 } + pixels * 3;
    let fits = width.max(height) <= limits.side && pixels <= limits.pixels && memory <= limits.memory * 2;
    if fits { Ok(()) } else { Err(Refused::TooManyPixels { width, height, pixels: limits.pixels, side: limits.side }) }
}

/// Decodes one frame on this thread.
fn frame(data: Vec<u8>, limits: &Limits) -> Result<Picture, Refused> {
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(limits.pixels).unwrap_or(u32::MAX));
    let mut decoder = Decoder::with_settings(&settings).map_err(|_| Refused::Broken)?;
    match decoder.send_data(data, None, None, None) {
        Ok(()) | Err(Error::Again) => {}
        Err(_) => return Err(Refused::Broken),
    }
    for _ in 0..16 {
        match decoder.get_picture() {
            Ok(picture) => {
                // Once more what the header promised: the frame is what memory was taken for.
                check(picture.width(), picture.height(), 8, limits)?;
                return Ok(picture);
            }
            Err(Error::Again) => match decoder.send_pending_data() {
                Ok(()) | Err(Error::Again) => {}
                Err(_) => return Err(Refused::Broken),
            },
            Err(_) => return Err(Refused::Broken),
        }
    }
    Err(Refused::Broken)
}

/// One plane, whatever its depth, as numbers from 0 to 1 by row and column.
struct Samples<'a> {
    bytes: &'a [u8],
    stride: usize,
    wide: bool,
    scale: f32,
}

impl<'a> Samples<'a> {
    fn of(plane: &'a [u8], picture: &Picture, component: Component) -> Option<Self> {
        let bits = picture.bits_per_component()?.0;
        let scale = 1.0 / ((1_u32 << bits) - 1) as f32;
        Some(Self { bytes: plane, stride: picture.stride(component) as usize, wide: bits > 8, scale })
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        let row = y * self.stride;
        let value = if self.wide {
            let at = row + x * 2;
            self.bytes.get(at..at + 2).map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
        } else {
            self.bytes.get(row + x).copied().map_or(0, u16::from)
        };
        f32::from(value) * self.scale
    }
}

/// Kr and Kb of ITU-T H.273, table 4.
fn weights(matrix: pixel::MatrixCoefficients) -> (f32, f32) {
    use pixel::MatrixCoefficients as Matrix;
    match matrix {
        Matrix::BT709 => (0.2126, 0.0722),
        Matrix::BT2020NonConstantLuminance | Matrix::BT2020ConstantLuminance => (0.2627, 0.0593),
        // BT.601, and what most encoders mean when they do not say.
        _ => (0.299, 0.114),
    }
}

fn rgb(picture: &Picture) -> Result<RgbImage, Refused> {
    let layout = picture.pixel_layout();
    let (luma, blue, red) = if layout == PixelLayout::I400 {
        (picture.plane(Component::Y), None, None)
    } else {
        (picture.plane(Component::Y), Some(picture.plane(Component::U)), Some(picture.plane(Component::V)))
    };
    let samples = |plane, component| Samples::of(plane, picture, component).ok_or(Refused::Unusual);
    let luma = samples(&luma, Component::Y)?;
    let blue = blue.as_ref().map(|plane| samples(plane, Component::U)).transpose()?;
    let red = red.as_ref().map(|plane| samples(plane, Component::V)).transpose()?;
    let (across, down) = match layout {
        PixelLayout::I420 => (1, 1),
        PixelLayout::I422 => (1, 0),
        PixelLayout::I400 | PixelLayout::I444 => (0, 0),
    };
    let full = picture.color_range() == pixel::YUVRange::Full;
    let identity = picture.matrix_coefficients() == pixel::MatrixCoefficients::Identity;
    let (kr, kb) = weights(picture.matrix_coefficients());
    let kg = 1.0 - kr - kb;
    let stretched = |value: f32, span: f32| if full { value } else { (value - 16.0 / 255.0) * 255.0 / span };
    let byte = |value: f32| (value * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
    Ok(RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let (x, y) = (x as usize, y as usize);
        let y1 = stretched(luma.at(x, y), 219.0);
        let (Some(blue), Some(red)) = (&blue, &red) else {
            return image::Rgb([byte(y1); 3]);
        };
        let (cx, cy) = (x >> across, y >> down);
        if identity {
            return image::Rgb([byte(stretched(red.at(cx, cy), 219.0)), byte(y1), byte(stretched(blue.at(cx, cy), 219.0))]);
        }
        let chroma = |value: f32| if full { value - 128.0 / 255.0 } else { (value - 128.0 / 255.0) * 255.0 / 224.0 };
        let (cb, cr) = (chroma(blue.at(cx, cy)), chroma(red.at(cx, cy)));
        let r = y1 + 2.0 * (1.0 - kr) * cr;
        let b = y1 + 2.0 * (1.0 - kb) * cb;
        let g = (y1 - kr * r - kb * b) / kg;
        image::Rgb([byte(r), byte(g), byte(b)])
    }))
}

fn with_alpha(pixels: &RgbImage, alpha: &Picture, premultiplied: bool) -> Option<RgbaImage> {
    if (alpha.width(), alpha.height()) != pixels.dimensions() {
        return None;
    }
    let plane = alpha.plane(Component::Y);
    let samples = Samples::of(&plane, alpha, Component::Y)?;
    let full = alpha.color_range() == pixel::YUVRange::Full;
    Some(RgbaImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let value = samples.at(x as usize, y as usize);
        let value = if full { value } else { ((value - 16.0 / 255.0) * 255.0 / 219.0).clamp(0.0, 1.0) };
        let colour = pixels.get_pixel(x, y).0.map(|byte| match premultiplied && value > 0.0 {
            true => (f32::from(byte) / value).min(255.0) as u8,
            false => byte,
        });
        image::Rgba([colour[0], colour[1], colour[2], (value * 255.0 + 0.5) as u8])
    }))
}

/// The turning and mirroring among the file's properties (ISO/IEC 23008-12 §6.5.10, 6.5.12): turned first, anticlockwise.
fn orientation(bytes: &[u8]) -> Orientation {
    let properties = boxes::first(bytes, b"meta", 0, bytes.len())
        .and_then(|meta| boxes::first(bytes, b"iprp", meta.content + 4, meta.end))
        .and_then(|iprp| boxes::first(bytes, b"ipco", iprp.content, iprp.end));
    let Some(properties) = properties else { return Orientation::NoTransforms };
    let (mut turns, mut mirror) = (0, None);
    for property in boxes::inside(bytes, properties.content, properties.end) {
        let value = bytes.get(property.content).copied().unwrap_or(0);
        match &property.kind {
            b"irot" => turns = value & 3,
            b"imir" => mirror = Some(value & 1),
            _ => {}
        }
    }
    // Axis 0 swaps top and bottom, 1 left and right.
    match (turns, mirror) {
        (0, None) => Orientation::NoTransforms,
        (1, None) => Orientation::Rotate270,
        (2, None) => Orientation::Rotate180,
        (3, None) => Orientation::Rotate90,
        (0, Some(0)) | (2, Some(1)) => Orientation::FlipVertical,
        (0, Some(_)) | (2, Some(_)) => Orientation::FlipHorizontal,
        (1, Some(0)) | (3, Some(1)) => Orientation::Rotate90FlipH,
        _ => Orientation::Rotate270FlipH,
    }
}
