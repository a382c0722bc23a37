//! The picture that stands for a page where other sites show a link to it: its headline in our own type.
//!
//! Two layouts: words on paper, or words beside a picture; mirrored where the headline runs from right to left. Letters
//! that our typefaces do not have are never drawn as boxes: signs and emoji are left out, and a headline in a script we
//! have no type for gives way to the picture alone, or to the nameplate.

mod canvas;
mod setter;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use image::{DynamicImage, ImageFormat, RgbImage};

use crate::Refused;
use canvas::{Area, Canvas};
use setter::{Face, Setter, Text};

/// Width and height of a card in pixels: what readers of the Open Graph protocol show whole.
pub const CARD: (u32, u32) = (1200, 630);

const PAPER: [u8; 3] = [255, 255, 255];
const INK: [u8; 3] = [0x14, 0x17, 0x1a];
const SOFT: [u8; 3] = [0x4d, 0x54, 0x5b];
const RULE: [u8; 3] = [0xdc, 0xdf, 0xdb];

/// The coloured edge at which the words begin.
const EDGE: i32 = 18;
/// White around the words.
const MARGIN: i32 = 64;
/// Width of the picture beside the words.
const PICTURE: i32 = 480;
/// Top and height of what the card has: kicker, headline, the line under it, nameplate.
const KICKER: (i32, i32) = (62, 40);
const HEADLINE: (i32, i32) = (116, 372);
const LINE: i32 = 522;
const FOOT: (i32, i32) = (544, 52);
/// Size of the nameplate, and what keeps it from the byline.
const NAME: f32 = 36.0;
const GAP: i32 = 24;
/// Sizes of a headline, the first that fits.
const SIZES: [f32; 10] = [104.0, 92.0, 84.0, 76.0, 68.0, 60.0, 54.0, 48.0, 44.0, 40.0];

/// What a card says. Anything but the headline may be empty.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// The headline.
    pub headline: String,
    /// Over it: the section.
    pub kicker: String,
    /// The section's colour: red, green, blue. Dark enough to be read on white.
    pub colour: [u8; 3],
    /// The nameplate, under it.
    pub name: String,
    /// Who wrote it, beside the nameplate.
    pub byline: String,
    /// What stands beside the words.
    pub picture: Option<Beside>,
}

/// A picture beside the words.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Its file: a JPEG of our own making.
    pub file: Bytes,
    /// The point that stays visible, in percent from the left and from the top.
    pub focus: (u8, u8),
}

/// Draws a card, as a JPEG. Blocking, some tens of milliseconds: call it through [`crate::Workers`].
///
/// # Errors
/// [`Refused::Broken`] when something in it could not be drawn.
pub fn draw(card: &Card) -> Result<Vec<u8>, Refused> {
    // Words from anybody go through a shaper and two rasterizers: should one panic, it costs one card, not a thread.
    catch_unwind(AssertUnwindSafe(|| draw_unguarded(card))).unwrap_or_else(|_| {
        tracing::error!(headline = card.headline, "a card could not be drawn");
        Err(Refused::Broken)
    })
}

/// What [`draw`] does, with panics let through so that tests can see them.
pub(crate) fn draw_unguarded(card: &Card) -> Result<Vec<u8>, Refused> {
    let mut setter = Setter::new();
    let picture = card.picture.as_ref().and_then(Beside::decoded);
    let headline = setter.writable(&card.headline, Face::Serif);
    let pixels = match (headline, picture) {
        (None, Some((picture, focus))) => canvas::covering(&picture, CARD, focus)?,
        // Without either, the nameplate stands for itself.
        (None, None) => composed(&mut setter, &Card { name: String::new(), ..card.clone() }, &card.name, None)?,
        (Some(headline), picture) => composed(&mut setter, card, &headline, picture)?,
    };
    crate::picture::jpeg(&DynamicImage::ImageRgb8(pixels))
}

impl Beside {
    /// One that cannot be read is done without.
    fn decoded(&self) -> Option<(DynamicImage, (u8, u8))> {
        let picture = image::load_from_memory_with_format(&self.file, ImageFormat::Jpeg).ok()?;
        Some((DynamicImage::ImageRgb8(picture.into_rgb8()), self.focus))
    }
}

fn composed(setter: &mut Setter, card: &Card, headline: &str, picture: Option<(DynamicImage, (u8, u8))>) -> Result<RgbImage, Refused> {
    let (width, height) = (CARD.0 as i32, CARD.1 as i32);
    let mut canvas = Canvas::new(CARD, PAPER);
    let rtl = setter.runs_from_the_right(headline);
    let end = if picture.is_some() { PICTURE } else { 0 };
    // As in a script that runs from the left; the other is its mirror image.
    let place = |left: i32, top: i32, wide: i32, high: i32| Area { left: if rtl { width - left - wide } else { left }, top, wide, high };
    canvas.fill(place(0, 0, EDGE, height), card.colour);
    if let Some((picture, focus)) = picture {
        let area = place(width - PICTURE, 0, PICTURE, height);
        canvas.hang(area, &canvas::covering(&picture, (PICTURE as u32, CARD.1), focus)?);
    }
    let (left, wide) = (EDGE + MARGIN, width - end - EDGE - 2 * MARGIN);
    let line = |words: Option<String>, face, size, colour, area: Area, end_of_line: bool| {
        words.map(|words| Text { words, face, size, colour, area, lines: 1, from_the_right: rtl != end_of_line })
    };
    let kicker = setter.writable(&card.kicker, Face::Sans);
    let (name, byline) = (setter.writable(&card.name, Face::Serif), setter.writable(&card.byline, Face::Sans));
    let beside = name.as_deref().map_or(0, |name| setter.width(name, Face::Serif, NAME).min(wide * 2 / 3) + GAP);
    let texts = [
        line(kicker, Face::Sans, 30.0, card.colour, place(left, KICKER.0, wide, KICKER.1), false),
        Some(setter.fitted(headline, place(left, HEADLINE.0, wide, HEADLINE.1), &SIZES, INK, rtl)),
        line(name, Face::Serif, NAME, INK, place(left, FOOT.0, (beside - GAP).max(0), FOOT.1), false),
        line(byline, Face::Sans, 24.0, SOFT, place(left + beside, FOOT.0 + 10, wide - beside, FOOT.1 - 10), true),
    ];
    canvas.fill(place(left, LINE, wide, 2), RULE);
    for text in texts.into_iter().flatten() {
        setter.set(&text, &mut canvas);
    }
    Ok(canvas.done())
}
