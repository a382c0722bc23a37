use super::canvas::{Canvas, HEIGHT, Ink, WIDTH, curve, polyline};
use super::dice::Dice;
use super::tones::{Light, Tone, mix};

/// Air from the zenith down to a horizon.
pub fn sky(canvas: &mut Canvas, light: &Light, horizon: f32) {
    let middle = horizon * 0.55;
    canvas.rect(-300.0, -300.0, WIDTH + 600.0, middle + 301.0, Ink::Down(0.0, light.sky[0], middle, light.sky[1]));
    canvas.rect(-300.0, middle, WIDTH + 600.0, HEIGHT, Ink::Down(middle, light.sky[1], horizon, light.sky[2]));
}

/// A sun or moon with the air glowing around it.
pub fn sun(canvas: &mut Canvas, light: &Light, x: f32, y: f32, radius: f32) {
    let wide = radius * 7.0;
    canvas.disc(x, y, wide, Ink::Glow(x, y, wide, light.sun, 0.55));
    canvas.disc(x, y, radius, Ink::Down(y - radius, light.sun, y + radius * 1.6, mix(light.sun, light.sky[2], 0.7)));
}

/// Stars, fewer and fainter toward a horizon.
pub fn stars(canvas: &mut Canvas, dice: &Dice, horizon: f32, count: usize) {
    for _ in 0..count {
        let (x, y) = (dice.range(0.0, WIDTH), dice.range(0.0, horizon));
        let size = dice.range(0.0, 1.0).powi(6) * 2.4 + 0.7;
        let opacity = dice.range(0.25, 0.95) * (1.0 - y / horizon * 0.75);
        if size > 2.4 {
            canvas.disc(x, y, size * 6.0, Ink::Glow(x, y, size * 6.0, 0xd8f0ee, 0.5));
        }
        canvas.disc(x, y, size, Ink::Veil(dice.pick(&[0xffffff, 0xd8f0ee, 0xffe9c2]), opacity));
    }
}

/// The Milky Way: a slanting band of glow with dust in its middle.
pub fn milky_way(canvas: &mut Canvas, dice: &Dice) {
    for step in 0..34 {
        let along = step as f32 / 33.0;
        let (x, y) = (250.0 + along * 950.0, -60.0 + along * 780.0);
        let (x, y) = (x + dice.range(-70.0, 70.0), y + dice.range(-50.0, 50.0));
        let radius = dice.range(90.0, 210.0);
        let tone = dice.pick(&[0x9fd0d6, 0xc9b6d8, 0x7fb0c8]);
        canvas.disc(x, y, radius, Ink::Glow(x, y, radius, tone, 0.16));
    }
    for step in 0..420 {
        let along = step as f32 / 420.0;
        let spread = dice.range(-1.0, 1.0).powi(3) * 150.0;
        let (x, y) = (250.0 + along * 950.0 + spread, -60.0 + along * 780.0 - spread * 1.1);
        canvas.disc(x, y, dice.range(0.5, 1.2), Ink::Veil(0xffffff, dice.range(0.2, 0.7)));
    }
}

/// A long flat cloud: a lit upper edge over a soft belly.
pub fn cloud(canvas: &mut Canvas, dice: &Dice, x: f32, y: f32, length: f32, tone: Tone, opacity: f32) {
    let height = length * dice.range(0.045, 0.07);
    let mut top = vec![(x - length / 2.0, y)];
    let bumps = 7;
    for bump in 1..bumps {
        let along = bump as f32 / bumps as f32;
        let swell = (along * std::f32::consts::PI).sin();
        top.push((x - length / 2.0 + along * length, y - height * swell * dice.range(0.55, 1.5)));
    }
    top.push((x + length / 2.0, y));
    let mut shape = curve(&top);
    shape.cubic_to(x + length * 0.2, y + height * 0.5, x - length * 0.2, y + height * 0.4, x - length / 2.0, y);
    shape.close();
    canvas.fill(shape, Ink::Fade(tone, y - height * 1.3, opacity, y + height * 0.6, opacity * 0.25));
}

/// A heap of storm cloud hanging from the top of the sheet.
pub fn thunderhead(canvas: &mut Canvas, dice: &Dice, foot: f32, tone: Tone, glow: Tone) {
    for layer in 0..4 {
        let depth = layer as f32 / 3.0;
        let base = foot - (1.0 - depth) * 40.0 - layer as f32 * 95.0;
        for lump in 0..11 {
            let x = lump as f32 * 155.0 + dice.range(-60.0, 60.0) - 30.0;
            let radius = dice.range(90.0, 175.0);
            let y = base - radius * 0.75 + dice.range(-24.0, 24.0);
            let body = mix(tone, glow, 0.14 * (1.0 - depth));
            canvas.disc(x, y, radius, Ink::Down(y + radius * 0.1, body, y + radius, mix(body, glow, [0.3, 0.1, 0.05, 0.0][layer])));
        }
    }
}

/// Shafts of rain, slanted with the wind.
pub fn rain(canvas: &mut Canvas, dice: &Dice, x: f32, top: f32, bottom: f32, tone: Tone) {
    for _ in 0..26 {
        let (start, width) = (x + dice.range(-170.0, 170.0), dice.range(14.0, 60.0));
        let lean = -90.0;
        let points = [(start, top), (start + width, top), (start + width + lean, bottom), (start + lean, bottom)];
        canvas.poly(&points, Ink::Fade(tone, top, 0.16, bottom, 0.02));
    }
}

/// One bolt with a branch or two.
pub fn lightning(canvas: &mut Canvas, dice: &Dice, x: f32, top: f32, bottom: f32) {
    canvas.disc(x, top, 420.0, Ink::Glow(x, top, 420.0, 0xf4ecff, 0.75));
    let mut points = vec![(x, top)];
    while let Some(&(x, y)) = points.last().filter(|point| point.1 < bottom) {
        points.push((x + dice.range(-30.0, 26.0), y + dice.range(22.0, 52.0)));
    }
    let fork = points[points.len() / 3];
    let branch = [fork, (fork.0 + 46.0, fork.1 + 44.0), (fork.0 + 62.0, fork.1 + 96.0), (fork.0 + 118.0, fork.1 + 140.0)];
    for (width, opacity) in [(16.0, 0.10), (8.0, 0.25), (3.4, 1.0)] {
        canvas.line(polyline(&points), width, Ink::Veil(0xfff6ff, opacity));
        canvas.line(polyline(&branch), width * 0.5, Ink::Veil(0xfff6ff, opacity * 0.9));
    }
}
