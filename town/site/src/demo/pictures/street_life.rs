use super::canvas::{Canvas, Ink, curve};
use super::dice::Dice;
use super::facades::WARM;
use super::tones::{Tone, mix};

/// A person, seen from behind or far away.
pub fn person(canvas: &mut Canvas, dice: &Dice, foot: (f32, f32), height: f32, tone: Tone) {
    let (x, y) = foot;
    let coat = mix(tone, dice.pick(&[0xc42a14, 0xd98f3d, 0x3f7a8c, 0xefd9b5, 0x6d7d58, 0x8a4f6a]), 0.55);
    let stride = height * dice.range(0.03, 0.08);
    canvas.bar((x - stride * 0.4, y - height * 0.46), (x - stride, y), height * 0.085, Ink::Flat(tone));
    canvas.bar((x + stride * 0.4, y - height * 0.46), (x + stride, y), height * 0.085, Ink::Flat(mix(tone, 0, 0.15)));
    canvas.bar((x, y - height * 0.73), (x, y - height * 0.44), height * 0.2, Ink::Flat(coat));
    canvas.bar(
        (x + height * 0.10, y - height * 0.74),
        (x + height * 0.13, y - height * 0.46),
        height * 0.06,
        Ink::Flat(mix(coat, tone, 0.3)),
    );
    canvas.disc(x, y - height * 0.91, height * 0.085, Ink::Flat(mix(tone, dice.pick(&[0x8d5a3c, 0xc98f6a, 0x5b3a2a]), 0.7)));
    match dice.chance(0.45) {
        true => canvas.oval(x, y - height * 0.945, height * 0.15, height * 0.028, Ink::Flat(mix(tone, 0xe2c08d, 0.6))),
        false => canvas.oval(x, y - height * 0.945, height * 0.085, height * 0.06, Ink::Flat(mix(tone, 0x1c1214, 0.6))),
    }
}

/// Lamps on a hanging wire.
pub fn garland(canvas: &mut Canvas, from: (f32, f32), to: (f32, f32), sag: f32, lamps: usize) {
    let at = |share: f32| {
        let drop = sag * 4.0 * share * (1.0 - share);
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share + drop)
    };
    let wire: Vec<_> = (0..=12).map(|step| at(step as f32 / 12.0)).collect();
    canvas.line(curve(&wire), 2.0, Ink::Veil(0x1c1420, 0.8));
    for lamp in 0..lamps {
        let (x, y) = at((lamp as f32 + 0.5) / lamps as f32);
        canvas.disc(x, y + 7.0, 34.0, Ink::Glow(x, y + 7.0, 34.0, WARM, 0.75));
        canvas.disc(x, y + 7.0, 5.0, Ink::Flat(0xfff3d0));
    }
}

/// Telephone poles that walk toward a vanishing point.
pub fn poles(canvas: &mut Canvas, from: (f32, f32), to: (f32, f32), height: f32, tone: Tone) {
    let mut heads: Vec<(f32, f32, f32)> = Vec::new();
    for pole in 0..7 {
        let share = 1.0 - 0.56_f32.powi(pole);
        let size = height * (1.0 - share) + 4.0;
        let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        canvas.bar((x, y), (x, y - size), size * 0.03 + 0.6, Ink::Flat(tone));
        for arm in [0.93, 0.83] {
            canvas.bar((x - size * 0.13, y - size * arm), (x + size * 0.13, y - size * arm), size * 0.022 + 0.4, Ink::Flat(tone));
        }
        heads.push((x, y - size * 0.95, size));
    }
    for pair in heads.windows(2) {
        for side in [-0.12, 0.12] {
            let ((ax, ay, a), (bx, by, b)) = (pair[0], pair[1]);
            let middle = ((ax + a * side + bx + b * side) / 2.0, (ay + by) / 2.0 + a * 0.09);
            canvas.line(curve(&[(ax + a * side, ay), middle, (bx + b * side, by)]), a * 0.005 + 0.7, Ink::Veil(tone, 0.8));
        }
    }
}

/// The town's water tower.
pub fn water_tower(canvas: &mut Canvas, foot: (f32, f32), height: f32, tone: Tone, rim: Tone) {
    let (x, y) = foot;
    let (tank, half) = (y - height * 0.56, height * 0.23);
    for side in [-1.0_f32, -0.36, 0.36, 1.0] {
        canvas.bar((x + side * half * 1.22, y), (x + side * half * 0.8, tank), height * 0.017, Ink::Flat(tone));
    }
    for level in 0..3 {
        let (low, high) = (y - height * 0.19 * level as f32, y - height * 0.19 * (level + 1) as f32);
        let reach = |at: f32| half * (1.22 - 0.42 * (y - at) / (y - tank));
        canvas.bar((x - reach(low), low), (x + reach(high), high), height * 0.006, Ink::Flat(tone));
        canvas.bar((x + reach(low), low), (x - reach(high), high), height * 0.006, Ink::Flat(tone));
        canvas.bar((x - reach(high), high), (x + reach(high), high), height * 0.009, Ink::Flat(tone));
    }
    canvas.bar((x, y), (x, tank), height * 0.035, Ink::Flat(mix(tone, rim, 0.1)));
    let top = tank - height * 0.3;
    let body = Ink::Across(x - half, mix(tone, rim, 0.08), x + half, mix(tone, rim, 0.62));
    canvas.oval(x, tank, half, height * 0.075, body);
    canvas.rect(x - half, top, half * 2.0, height * 0.3, body);
    canvas.poly(
        &[(x - half * 1.07, top + 4.0), (x, top - height * 0.135), (x + half * 1.07, top + 4.0)],
        Ink::Across(x - half, tone, x + half, mix(tone, rim, 0.45)),
    );
    canvas.rect(x - half, top + height * 0.1, half * 2.0, height * 0.075, Ink::Veil(0xb5301a, 0.75));
    canvas.bar((x - half * 1.12, tank), (x + half * 1.12, tank), height * 0.012, Ink::Flat(tone));
    canvas.disc(x, top - height * 0.14, height * 0.014, Ink::Flat(tone));
}

/// A bus from the side, facing right.
pub fn bus(canvas: &mut Canvas, place: (f32, f32), size: (f32, f32), paint: Tone, dark: Tone) {
    let ((x, foot), (width, height)) = (place, size);
    let top = foot - height;
    canvas.oval(x + width / 2.0, foot + height * 0.14, width * 0.54, height * 0.06, Ink::Veil(0x120b12, 0.35));
    let body = [
        (x, foot - 6.0),
        (x, top + 22.0),
        (x + 16.0, top),
        (x + width - 40.0, top),
        (x + width - 6.0, top + 30.0),
        (x + width, foot - height * 0.3),
        (x + width, foot - 6.0),
    ];
    canvas.poly(&body, Ink::Down(top, mix(paint, 0xffffff, 0.18), foot, mix(paint, dark, 0.25)));
    canvas.rect(x, foot - height * 0.34, width, height * 0.075, Ink::Flat(0xf7ead2));
    for pane in 0..6 {
        let left = x + width * (0.035 + pane as f32 * 0.128);
        canvas.rect(left, top + height * 0.16, width * 0.112, height * 0.33, Ink::Down(top, 0xcfe3e6, top + height * 0.6, 0x4d7380));
        canvas.oval(
            left + width * 0.05,
            top + height * 0.46,
            width * 0.026,
            height * 0.075,
            Ink::Veil(dark, if pane % 3 == 1 { 0.0 } else { 0.75 }),
        );
        canvas.disc(left + width * 0.05, top + height * 0.345, height * 0.055, Ink::Veil(dark, if pane % 3 == 1 { 0.0 } else { 0.75 }));
        canvas.rect(left, top + height * 0.49, width * 0.112, height * 0.05, Ink::Flat(mix(paint, dark, 0.05)));
    }
    canvas.rect(x + width * 0.81, top + height * 0.15, width * 0.085, height * 0.74, Ink::Down(top, 0xd8ecec, foot, 0x577b86));
    canvas.poly(
        &[
            (x + width * 0.915, top + height * 0.15),
            (x + width - 12.0, top + height * 0.19),
            (x + width - 2.0, foot - height * 0.42),
            (x + width * 0.915, foot - height * 0.42),
        ],
        Ink::Down(top, 0xe6f4f2, foot, 0x577b86),
    );
    for wheel in [0.2, 0.74] {
        let centre = x + width * wheel;
        canvas.disc(centre, foot, height * 0.19, Ink::Flat(mix(dark, 0, 0.5)));
        canvas.disc(centre, foot, height * 0.085, Ink::Flat(0xb9b4ae));
    }
    canvas.oval(x + width - 8.0, foot - height * 0.16, 8.0, 10.0, Ink::Flat(0xfff3cf));
    canvas.disc(x + width, foot - height * 0.16, 90.0, Ink::Glow(x + width, foot - height * 0.16, 90.0, WARM, 0.6));
}
