use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, PathBuilder, Pixmap, Point, RadialGradient, Rect, Shader,
    SpreadMode, Stroke, Transform,
};

use super::dice::Dice;
use super::tones::Tone;

/// Scenes are composed on a sheet of this size and scaled to cover what is asked for.
pub const WIDTH: f32 = 1500.0;
/// See [`WIDTH`].
pub const HEIGHT: f32 = 1000.0;

/// What a shape is filled with. Opacities are 0 to 1.
#[derive(Clone, Copy)]
pub enum Ink {
    Flat(Tone),
    Veil(Tone, f32),
    /// From a tone at one height to another below.
    Down(f32, Tone, f32, Tone),
    /// The same from left to right.
    Across(f32, Tone, f32, Tone),
    /// From an opacity at one height to another below, in one tone.
    Fade(Tone, f32, f32, f32, f32),
    /// Light around a point: x, y, radius, tone, opacity in the middle.
    Glow(f32, f32, f32, Tone, f32),
}

/// A picture being painted, in the coordinates of its sheet.
pub struct Canvas {
    pixels: Pixmap,
    view: Transform,
}

impl Canvas {
    /// `None` for a side of zero or more pixels than memory.
    pub fn new(width: u32, height: u32, sheet: (f32, f32), mirrored: bool) -> Option<Canvas> {
        let pixels = Pixmap::new(width, height)?;
        let scale = (width as f32 / sheet.0).max(height as f32 / sheet.1);
        let left = (width as f32 - sheet.0 * scale) / 2.0;
        let top = (height as f32 - sheet.1 * scale) / 2.0;
        let view = match mirrored {
            true => Transform::from_row(-scale, 0.0, 0.0, scale, width as f32 - left, top),
            false => Transform::from_row(scale, 0.0, 0.0, scale, left, top),
        };
        Some(Canvas { pixels, view })
    }

    /// Fills an outline.
    pub fn fill(&mut self, shape: PathBuilder, ink: Ink) {
        let Some(path) = shape.finish() else { return };
        let paint = Paint { shader: ink.shader(), anti_alias: true, ..Paint::default() };
        self.pixels.fill_path(&path, &paint, FillRule::Winding, self.view, None);
    }

    /// A line with round ends.
    pub fn line(&mut self, shape: PathBuilder, width: f32, ink: Ink) {
        let Some(path) = shape.finish() else { return };
        let paint = Paint { shader: ink.shader(), anti_alias: true, ..Paint::default() };
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixels.stroke_path(&path, &paint, &stroke, self.view, None);
    }

    /// A straight line with round ends.
    pub fn bar(&mut self, from: (f32, f32), to: (f32, f32), width: f32, ink: Ink) {
        self.line(polyline(&[from, to]), width, ink);
    }

    /// A rectangle from its upper left corner.
    pub fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        self.poly(&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)], ink);
    }

    /// A circle around a point.
    pub fn disc(&mut self, x: f32, y: f32, radius: f32, ink: Ink) {
        self.oval(x, y, radius, radius, ink);
    }

    /// An ellipse with its half-axes.
    pub fn oval(&mut self, x: f32, y: f32, across: f32, down: f32, ink: Ink) {
        let Some(bounds) = Rect::from_ltrb(x - across, y - down, x + across, y + down) else {
            return;
        };
        let mut shape = PathBuilder::new();
        shape.push_oval(bounds);
        self.fill(shape, ink);
    }

    /// A closed outline of straight lines.
    pub fn poly(&mut self, points: &[(f32, f32)], ink: Ink) {
        let mut shape = polyline(points);
        shape.close();
        self.fill(shape, ink);
    }

    /// Everything under a contour, to the foot of the sheet.
    pub fn under(&mut self, contour: &[(f32, f32)], smooth: bool, ink: Ink) {
        let mut shape = if smooth { curve(contour) } else { polyline(contour) };
        shape.line_to(WIDTH + 300.0, HEIGHT + 300.0);
        shape.line_to(-300.0, HEIGHT + 300.0);
        shape.close();
        self.fill(shape, ink);
    }

    /// Adds fine grain, so that gradients do not band and surfaces feel printed; then writes a PNG.
    pub fn finish(self, dice: &Dice, grain: f32) -> Vec<u8> {
        let (width, height) = (self.pixels.width(), self.pixels.height());
        let strength = (grain * 256.0) as i32;
        let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
        for pixel in self.pixels.data().chunks_exact(4) {
            let noise = dice.roll();
            // Two dice make a bell: mostly faint, now and then a speck.
            let bell = (noise & 255) as i32 + (noise >> 8 & 255) as i32 - 255;
            let shift = (bell * strength) >> 16;
            pixels.extend(pixel[..3].iter().map(|channel| (i32::from(*channel) + shift).clamp(0, 255) as u8));
        }
        png(width, height, &pixels).unwrap_or_default()
    }
}

/// Quick rather than small: the file lives only until the media engine has made WebP of it.
fn png(width: u32, height: u32, pixels: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fastest);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(file)
}

impl Ink {
    fn shader(self) -> Shader<'static> {
        let stops = |from: Color, to: Color| vec![GradientStop::new(0.0, from), GradientStop::new(1.0, to)];
        let straight = |from: (f32, f32), to: (f32, f32), stops| {
            let (from, to) = (Point::from_xy(from.0, from.1), Point::from_xy(to.0, to.1));
            LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity())
        };
        let gradient = match self {
            Ink::Flat(tone) => return Shader::SolidColor(colour(tone, 1.0)),
            Ink::Veil(tone, opacity) => return Shader::SolidColor(colour(tone, opacity)),
            Ink::Down(top, from, bottom, to) => straight((0.0, top), (0.0, bottom), stops(colour(from, 1.0), colour(to, 1.0))),
            Ink::Across(left, from, right, to) => straight((left, 0.0), (right, 0.0), stops(colour(from, 1.0), colour(to, 1.0))),
            Ink::Fade(tone, top, from, bottom, to) => straight((0.0, top), (0.0, bottom), stops(colour(tone, from), colour(tone, to))),
            Ink::Glow(x, y, radius, tone, opacity) => {
                // Light falls off with a soft shoulder, not along a straight line.
                let fall = [(0.0, 1.0), (0.2, 0.6), (0.45, 0.25), (0.7, 0.08), (1.0, 0.0)];
                let stops = fall.map(|(at, share)| GradientStop::new(at, colour(tone, opacity * share)));
                let centre = Point::from_xy(x, y);
                RadialGradient::new(centre, 0.0, centre, radius, stops.to_vec(), SpreadMode::Pad, Transform::identity())
            }
        };
        gradient.unwrap_or(Shader::SolidColor(Color::TRANSPARENT))
    }
}

fn colour(tone: Tone, opacity: f32) -> Color {
    let [_, red, green, blue] = tone.to_be_bytes();
    Color::from_rgba8(red, green, blue, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8)
}

/// Straight lines through points, open.
pub fn polyline(points: &[(f32, f32)]) -> PathBuilder {
    let mut shape = PathBuilder::new();
    for (place, point) in points.iter().enumerate() {
        match place {
            0 => shape.move_to(point.0, point.1),
            _ => shape.line_to(point.0, point.1),
        }
    }
    shape
}

/// A smooth line through points (Catmull-Rom), open.
pub fn curve(points: &[(f32, f32)]) -> PathBuilder {
    let mut shape = PathBuilder::new();
    let at = |place: isize| points[place.clamp(0, points.len() as isize - 1) as usize];
    if let Some(first) = points.first() {
        shape.move_to(first.0, first.1);
    }
    for place in 0..points.len() as isize - 1 {
        let (before, from, to, after) = (at(place - 1), at(place), at(place + 1), at(place + 2));
        shape.cubic_to(
            from.0 + (to.0 - before.0) / 6.0,
            from.1 + (to.1 - before.1) / 6.0,
            to.0 - (after.0 - from.0) / 6.0,
            to.1 - (after.1 - from.1) / 6.0,
            to.0,
            to.1,
        );
    }
    shape
}

/// A closed smooth outline through points.
pub fn blob(points: &[(f32, f32)]) -> PathBuilder {
    let count = points.len();
    let around: Vec<_> = (0..count + 3).map(|place| points[(place + count - 1) % count]).collect();
    let mut shape = PathBuilder::new();
    shape.move_to(around[1].0, around[1].1);
    for four in around.windows(4) {
        let [before, from, to, after] = [four[0], four[1], four[2], four[3]];
        shape.cubic_to(
            from.0 + (to.0 - before.0) / 6.0,
            from.1 + (to.1 - before.1) / 6.0,
            to.0 - (after.0 - from.0) / 6.0,
            to.1 - (after.1 - from.1) / 6.0,
            to.0,
            to.1,
        );
    }
    shape.close();
    shape
}
