use super::canvas::{Canvas, Ink, polyline};
use super::dice::Dice;
use super::tones::{Tone, mix};

/// Lamplight.
pub const WARM: Tone = 0xffd48a;

/// A flat-roofed house front: wall, parapet, shade under the parapet.
pub fn house(canvas: &mut Canvas, place: (f32, f32), size: (f32, f32), wall: Tone, shade: Tone) {
    let ((x, foot), (width, height)) = (place, size);
    canvas.rect(x, foot - height, width, height, Ink::Down(foot - height, wall, foot, mix(wall, shade, 0.35)));
    canvas.rect(x - 5.0, foot - height - 9.0, width + 10.0, 15.0, Ink::Flat(mix(wall, shade, 0.22)));
    canvas.rect(x, foot - height + 6.0, width, 11.0, Ink::Veil(shade, 0.35));
    canvas.rect(x + width * 0.86, foot - height + 6.0, width * 0.14, height - 6.0, Ink::Veil(shade, 0.16));
}

/// A row of windows; those that are lit glow.
pub fn windows(canvas: &mut Canvas, dice: &Dice, area: (f32, f32, f32, f32), count: usize, dark: Tone, lit: f32) {
    let (x, y, width, height) = area;
    let step = width / count as f32;
    for window in 0..count {
        let left = x + step * (window as f32 + 0.2);
        let across = step * 0.6;
        let (top, bottom) = match dice.chance(lit) {
            true => (WARM, mix(WARM, 0xe07b3c, 0.45)),
            false => (dark, mix(dark, 0xffffff, 0.16)),
        };
        canvas.rect(left - 3.0, y - 3.0, across + 6.0, height + 6.0, Ink::Veil(dark, 0.5));
        canvas.rect(left, y, across, height, Ink::Down(y, top, y + height, bottom));
        canvas.bar((left + across / 2.0, y), (left + across / 2.0, y + height), 2.2, Ink::Veil(dark, 0.7));
        canvas.bar((left, y + height * 0.42), (left + across, y + height * 0.42), 2.2, Ink::Veil(dark, 0.7));
    }
}

/// A striped awning with a scalloped edge.
pub fn awning(canvas: &mut Canvas, place: (f32, f32), size: (f32, f32), tone: Tone, cloth: Tone) {
    let ((x, y), (width, height)) = (place, size);
    let stripes = (width / 34.0).round().max(4.0) as usize;
    let flare = height * 0.28;
    for stripe in 0..stripes {
        let (from, to) = (stripe as f32 / stripes as f32, (stripe + 1) as f32 / stripes as f32);
        let colour = if stripe % 2 == 0 { tone } else { cloth };
        let low = |share: f32| x - flare + (width + flare * 2.0) * share;
        canvas.poly(
            &[(x + width * from, y), (x + width * to, y), (low(to), y + height), (low(from), y + height)],
            Ink::Down(y, mix(colour, 0xffffff, 0.10), y + height, mix(colour, 0x22151a, 0.16)),
        );
        let radius = (low(to) - low(from)) / 2.0;
        canvas.oval((low(from) + low(to)) / 2.0, y + height, radius, height * 0.17, Ink::Flat(mix(colour, 0x22151a, 0.16)));
    }
    canvas.rect(
        x - flare,
        y + height * 1.15,
        width + flare * 2.0,
        height * 0.5,
        Ink::Fade(0x180d14, y + height * 1.15, 0.30, y + height * 1.65, 0.0),
    );
}

/// Fluted columns between a base and a beam.
pub fn colonnade(canvas: &mut Canvas, area: (f32, f32, f32, f32), count: usize, stone: Tone, shade: Tone) {
    let (x, top, width, height) = area;
    let step = width / count as f32;
    for column in 0..count {
        let centre = x + step * (column as f32 + 0.5);
        let half = step * 0.2;
        canvas.rect(centre - half, top, half * 2.0, height, Ink::Across(centre - half, mix(stone, shade, 0.55), centre + half, stone));
        for flute in [-0.45, 0.05, 0.5] {
            canvas.bar((centre + half * flute, top + 18.0), (centre + half * flute, top + height - 18.0), 2.0, Ink::Veil(shade, 0.3));
        }
        for (y, grow) in [(top, 1.4), (top + 12.0, 1.15), (top + height - 16.0, 1.35)] {
            canvas.rect(
                centre - half * grow,
                y,
                half * grow * 2.0,
                13.0,
                Ink::Across(centre - half, mix(stone, shade, 0.4), centre + half, stone),
            );
        }
    }
}

/// A flag in a light wind: the town's sun over its desert.
pub fn flag(canvas: &mut Canvas, foot: (f32, f32), height: f32, tone: Tone) {
    let (x, y) = (foot.0, foot.1 - height);
    canvas.bar(foot, (x, y), height * 0.02, Ink::Flat(tone));
    canvas.disc(x, y, height * 0.022, Ink::Flat(0xe9b64f));
    let (wide, tall) = (height * 0.46, height * 0.26);
    for (from, to, colour) in [(0.0, 0.55, 0x2f5f86), (0.55, 1.0, 0xc4532e)] {
        let mut shape = polyline(&[(x, y + tall * from + 6.0)]);
        shape.cubic_to(
            x + wide * 0.35,
            y + tall * (from - 0.22) + 6.0,
            x + wide * 0.6,
            y + tall * (from + 0.25) + 6.0,
            x + wide,
            y + tall * from + 6.0,
        );
        shape.line_to(x + wide, y + tall * to + 6.0);
        shape.cubic_to(x + wide * 0.6, y + tall * (to + 0.25) + 6.0, x + wide * 0.35, y + tall * (to - 0.22) + 6.0, x, y + tall * to + 6.0);
        shape.close();
        canvas.fill(shape, Ink::Flat(colour));
    }
    canvas.disc(x + wide * 0.42, y + tall * 0.46, tall * 0.17, Ink::Flat(0xf6c75a));
}
