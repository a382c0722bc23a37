use super::canvas::{Canvas, HEIGHT, Ink, WIDTH, curve, polyline};
use super::dice::Dice;
use super::tones::{Light, mix};

/// Rough mountains: a contour broken in halves again and again, each time by less.
pub fn ridge(canvas: &mut Canvas, dice: &Dice, light: &Light, foot: f32, height: f32, depth: f32) {
    let mut line: Vec<f32> = (0..6).map(|_| foot - height * dice.range(0.1, 1.0)).collect();
    let mut swing = height * 0.34;
    for _ in 0..6 {
        let mut finer = Vec::with_capacity(line.len() * 2);
        for pair in line.windows(2) {
            finer.push(pair[0]);
            finer.push((pair[0] + pair[1]) / 2.0 + dice.range(-swing, swing));
        }
        finer.extend(line.last());
        (line, swing) = (finer, swing * 0.5);
    }
    let step = (WIDTH + 20.0) / (line.len() - 1) as f32;
    let points: Vec<_> = line.iter().enumerate().map(|(place, y)| (place as f32 * step - 10.0, *y)).collect();
    let crest = points.iter().map(|point| point.1).fold(foot, f32::min);
    canvas.under(&points, false, mist(light, depth, crest, foot + height * 0.35));
}

/// Soft hills.
pub fn hills(canvas: &mut Canvas, dice: &Dice, light: &Light, foot: f32, height: f32, depth: f32) {
    let count = 7;
    let points: Vec<_> = (0..=count)
        .map(|place| {
            let x = place as f32 / count as f32 * (WIDTH + 300.0) - 150.0;
            (x, foot - height * if place % 2 == 0 { dice.range(0.0, 0.35) } else { dice.range(0.5, 1.0) })
        })
        .collect();
    canvas.under(&points, true, mist(light, depth, foot - height, foot + height * 1.6));
}

/// Land is clearest at its crest; toward its foot it sinks into the air before the next crest.
fn mist(light: &Light, depth: f32, crest: f32, foot: f32) -> Ink {
    Ink::Down(crest, light.at(depth), foot, mix(light.at(depth), light.at(0.0), 0.34 * (1.0 - depth * 0.55)))
}

/// A table mountain: talus, cliff, flat top, with the sun on its flank and strata across its face.
pub fn mesa(canvas: &mut Canvas, dice: &Dice, light: &Light, place: (f32, f32), size: (f32, f32), depth: f32) {
    let ((x, foot), (width, height)) = (place, size);
    let (left, right, top) = (x - width / 2.0, x + width / 2.0, foot - height);
    let (slope, ledge) = (width * 0.30, foot - height * 0.42);
    let mut outline = vec![(left - slope, foot + 4.0), (left - slope * 0.35, foot - height * 0.22), (left - width * 0.02, ledge)];
    outline.push((left + width * 0.015, top + height * 0.05));
    let notches = 5;
    for notch in 0..=notches {
        let along = left + width * (0.03 + 0.94 * notch as f32 / notches as f32);
        let drop = dice.range(0.0, height * 0.035);
        outline.extend([(along, top + drop), (along + width * 0.07, top + drop * 0.4)]);
    }
    outline.extend([
        (right - width * 0.01, top + height * 0.07),
        (right + width * 0.03, ledge),
        (right + slope * 0.4, foot - height * 0.2),
        (right + slope * 1.1, foot + 4.0),
    ]);
    let rock = Light { ground: mix(light.ground, 0x6a2418, 0.4), ..*light };
    canvas.poly(&outline, mist(&rock, depth, top, foot + height * 0.25));
    // The flank toward the sun, split from the shadow by a broken edge.
    let edge = x + width * dice.range(0.08, 0.2);
    let mut flank = vec![(edge, top + height * 0.03), (right - width * 0.01, top + height * 0.07), (right + width * 0.03, ledge)];
    flank.extend([(right + slope * 0.4, foot - height * 0.2), (right + slope * 1.1, foot + 4.0), (edge + width * 0.16, foot + 4.0)]);
    flank.extend([(edge + width * 0.02, foot - height * 0.2), (edge + width * 0.05, ledge), (edge - width * 0.02, top + height * 0.3)]);
    canvas.poly(&flank, Ink::Fade(light.lit(depth, 0.7), top, 0.85, foot, 0.10));
    for stratum in 1..4 {
        let y = top + height * (0.06 + stratum as f32 * 0.125);
        let points = [(left + width * 0.01, y), (x, y + dice.range(-3.0, 3.0)), (right + width * 0.005, y + 2.0)];
        canvas.line(curve(&points), height * 0.014, Ink::Veil(light.at((depth + 0.35).min(1.0)), 0.28));
    }
}

/// One dune: a long crest, the sunlit windward side and the dark slip face under a bending edge.
pub fn dune(canvas: &mut Canvas, dice: &Dice, light: &Light, foot: f32, height: f32, depth: f32) {
    let peak = dice.range(300.0, 1200.0);
    let crest = [
        (-200.0, foot - height * dice.range(0.0, 0.3)),
        (peak - 420.0, foot - height * 0.45),
        (peak, foot - height),
        (peak + 300.0, foot - height * 0.52),
        (WIDTH + 250.0, foot - height * dice.range(0.0, 0.35)),
    ];
    let warm = light.lit(depth, 0.42);
    canvas.under(&crest, true, Ink::Down(foot - height, warm, foot + height * 0.8, mix(warm, light.at(depth), 0.65)));
    let mut slip = curve(&crest[..3]);
    let bottom = foot + height * 0.9;
    slip.cubic_to(peak + 46.0, foot - height * 0.55, peak - 150.0, foot - height * 0.2, peak - 30.0, bottom);
    slip.line_to(-260.0, bottom + 60.0);
    slip.close();
    let shade = mix(light.at((depth + 0.3).min(1.0)), light.sky[0], 0.25);
    canvas.fill(slip, Ink::Fade(shade, foot - height, 0.85, bottom, 0.12));
    for ripple in 0..9 {
        let y = foot - height * 0.25 + ripple as f32 * height * 0.12;
        let x = peak + 120.0 + ripple as f32 * 26.0;
        let points = [(x, y), (x + 150.0, y + 14.0), (x + 330.0, y + 2.0), (x + 560.0, y + 26.0)];
        canvas.line(curve(&points), 2.2, Ink::Veil(shade, 0.13));
    }
}

/// Flat ground from a height to the foot of the sheet.
pub fn plain(canvas: &mut Canvas, light: &Light, top: f32, far: f32, near: f32) {
    canvas.rect(-300.0, top, WIDTH + 600.0, HEIGHT, Ink::Down(top, light.at(far), HEIGHT, light.at(near)));
}

/// A road to the horizon with a broken line in its middle.
pub fn road(canvas: &mut Canvas, light: &Light, vanishing: (f32, f32), near: (f32, f32)) {
    let (x, y) = vanishing;
    let asphalt = mix(light.at(0.92), 0x2b2a33, 0.45);
    let shoulder = light.lit(0.6, 0.25);
    let spread = near.1;
    canvas.poly(
        &[(x - 4.0, y), (x + 4.0, y), (near.0 + spread * 1.13, HEIGHT + 10.0), (near.0 - spread * 1.13, HEIGHT + 10.0)],
        Ink::Veil(shoulder, 0.5),
    );
    canvas.poly(
        &[(x - 3.0, y), (x + 3.0, y), (near.0 + spread, HEIGHT + 10.0), (near.0 - spread, HEIGHT + 10.0)],
        Ink::Down(y, mix(asphalt, light.at(0.2), 0.6), HEIGHT, asphalt),
    );
    let mut along: f32 = 0.05;
    while along < 1.0 {
        let (from, to) = (along.powf(1.6), (along + 0.045).powf(1.6));
        let point = |share: f32| (x + (near.0 - x) * share, y + (HEIGHT + 10.0 - y) * share);
        let ((ax, ay), (bx, by)) = (point(from), point(to));
        let (aw, bw) = (spread * 0.022 * from + 0.6, spread * 0.022 * to + 0.6);
        canvas.poly(&[(ax - aw, ay), (ax + aw, ay), (bx + bw, by), (bx - bw, by)], Ink::Veil(mix(light.sun, 0xffc76a, 0.4), 0.85));
        along += 0.105;
    }
}

/// Open water with the light of the sun or moon broken on it.
pub fn water(canvas: &mut Canvas, dice: &Dice, light: &Light, top: f32, under: f32) {
    let (far, near) = (mix(light.sky[2], light.sky[1], 0.45), mix(light.ground, light.sky[0], 0.45));
    canvas.rect(-300.0, top, WIDTH + 600.0, HEIGHT, Ink::Down(top, far, HEIGHT, near));
    for _ in 0..130 {
        let share: f32 = dice.range(0.0, 1.0).powf(1.5);
        let y = top + 5.0 + share * (HEIGHT - top);
        let spread = 26.0 + share * 190.0;
        let x = under + dice.range(-1.0, 1.0) * dice.range(0.2, 1.0) * spread;
        let length = dice.range(10.0, 40.0) * (0.5 + share * 2.4);
        let points = [(x - length, y), (x, y - 1.5), (x + length, y)];
        canvas.line(polyline(&points), 1.4 + share * 4.2, Ink::Veil(light.sun, dice.range(0.25, 0.75) * (1.0 - share * 0.55)));
    }
    for _ in 0..70 {
        let share: f32 = dice.range(0.0, 1.0).powf(1.3);
        let (x, y) = (dice.range(-50.0, WIDTH), top + 8.0 + share * (HEIGHT - top));
        let length = 20.0 + share * 130.0;
        canvas.bar((x, y), (x + length, y), 1.0 + share * 2.5, Ink::Veil(light.sky[2], 0.13));
    }
}
