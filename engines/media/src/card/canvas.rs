//! Pixels: rectangles, pictures, and letters laid over them.

use fast_image_resize::{ResizeOptions, Resizer};
use image::{DynamicImage, Rgb, RgbImage, imageops};

use crate::Refused;

/// A rectangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub left: i32,
    pub top: i32,
    pub wide: i32,
    pub high: i32,
}

pub(super) struct Canvas(RgbImage);

impl Canvas {
    pub fn new((width, height): (u32, u32), colour: [u8; 3]) -> Self {
        Self(RgbImage::from_pixel(width, height, Rgb(colour)))
    }

    pub fn fill(&mut self, area: Area, colour: [u8; 3]) {
        for y in area.top..area.top + area.high {
            for x in area.left..area.left + area.wide {
                self.lay(x, y, colour, 255);
            }
        }
    }

    pub fn hang(&mut self, area: Area, picture: &RgbImage) {
        imageops::replace(&mut self.0, picture, i64::from(area.left), i64::from(area.top));
    }

    /// Lays a colour over a pixel, so thick; outside the canvas nothing happens.
    pub fn lay(&mut self, x: i32, y: i32, colour: [u8; 3], thick: u8) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        let Some(pixel) = self.0.get_pixel_mut_checked(x, y) else { return };
        let thick = u16::from(thick);
        for (under, over) in pixel.0.iter_mut().zip(colour) {
            *under = ((u16::from(over) * thick + u16::from(*under) * (255 - thick) + 127) / 255) as u8;
        }
    }

    pub fn done(self) -> RgbImage {
        self.0
    }
}

/// The picture cut and scaled to cover a size, with its focal point (percent) kept in sight.
pub(super) fn covering(picture: &DynamicImage, (width, height): (u32, u32), focus: (u8, u8)) -> Result<RgbImage, Refused> {
    let mut target = DynamicImage::new_rgb8(width, height);
    let centre = (f64::from(focus.0.min(100)) / 100.0, f64::from(focus.1.min(100)) / 100.0);
    let options = ResizeOptions::new().fit_into_destination(Some(centre));
    Resizer::new().resize(picture, &mut target, &options).map_err(|_| Refused::Broken)?;
    Ok(target.into_rgb8())
}
