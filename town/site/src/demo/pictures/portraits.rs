use std::f32::consts::TAU;

use super::canvas::{Canvas, Ink, blob, curve, polyline};
use super::dice::Dice;
use super::hair::{beard, crown, long_hair};
use super::tones::{DAY, DUSK, EMBER, GOLD, HAZE, Light, NIGHT, ROSE, Tone, mix};

/// Pixels of a side; pages cut it to a circle.
const SIDE: u32 = 320;

/// Skins, from dark to light.
const SKINS: [Tone; 7] = [0x5a3524, 0x7a4a31, 0x96603f, 0xb57a52, 0xcf9870, 0xe2b48e, 0xf0cdac];

const HAIRS: [Tone; 7] = [0x1c1518, 0x2e1d18, 0x4a2a1c, 0x7a4526, 0xb5793c, 0x8f8a88, 0xd9d4cc];

/// Dyes, for shirts and scarves.
pub const CLOTHS: [Tone; 8] = [0xb5301a, 0x2f5f86, 0x2f6b3c, 0x7d3f8c, 0xd98f3d, 0x3b2740, 0xf0dcc0, 0x3f7a8c];

/// The head all features hang on.
pub struct Head {
    pub across: f32,
    pub down: f32,
    pub skin: Tone,
    pub hair: Tone,
}

/// The middle of the face.
pub const X: f32 = 160.0;

/// See [`X`].
pub const Y: f32 = 154.0;

/// A face for an author who has no picture: 320 × 320 pixels, PNG. The middle circle is what matters.
pub fn portrait(seed: u64) -> Vec<u8> {
    let dice = Dice::new(seed ^ 0xFACE);
    let side = SIDE as f32;
    let Some(mut canvas) = Canvas::new(SIDE, SIDE, (side, side), dice.chance(0.5)) else {
        return Vec::new();
    };
    let light = dice.pick(&[DUSK, NIGHT, DAY, EMBER, HAZE, ROSE, GOLD]);
    backdrop(&mut canvas, &dice, &light);
    let shade = (dice.roll() % SKINS.len() as u64) as usize;
    let hairs: &[Tone] = if shade < 3 { &HAIRS[..3] } else { &HAIRS };
    let head = Head { across: dice.range(46.0, 54.0), down: dice.range(60.0, 67.0), skin: SKINS[shade], hair: dice.pick(hairs) };
    let style = dice.roll() % 8;
    if matches!(style, 2 | 6) {
        long_hair(&mut canvas, &head, style == 6);
    }
    bust(&mut canvas, &dice, &head);
    face(&mut canvas, &dice, &head, style);
    crown(&mut canvas, &dice, &head, style);
    canvas.finish(&dice, 4.0)
}

fn backdrop(canvas: &mut Canvas, dice: &Dice, light: &Light) {
    let side = SIDE as f32;
    canvas.rect(0.0, 0.0, side, side, Ink::Down(0.0, light.sky[0], side * 0.8, light.sky[2]));
    canvas.disc(X, Y, 200.0, Ink::Glow(X, Y, 200.0, light.sun, 0.5));
    canvas.disc(X + dice.range(-22.0, 22.0), Y - 8.0, 104.0, Ink::Veil(light.sun, 0.75));
    for (foot, depth) in [(232.0, 0.35), (258.0, 0.6)] {
        let line: Vec<_> = (0..7).map(|step| (step as f32 * 60.0 - 20.0, foot - dice.range(0.0, 44.0))).collect();
        let mut shape = curve(&line);
        shape.line_to(side + 20.0, side);
        shape.line_to(-20.0, side);
        canvas.fill(shape, Ink::Flat(light.at(depth)));
    }
}

fn bust(canvas: &mut Canvas, dice: &Dice, head: &Head) {
    let cloth = dice.pick(&CLOTHS);
    let shadow = mix(head.skin, 0x3a1420, 0.32);
    let chin = Y + head.down;
    let shoulders = [(20.0, 350.0), (42.0, 278.0), (108.0, 250.0), (160.0, 246.0), (212.0, 250.0), (278.0, 278.0), (300.0, 350.0)];
    canvas.fill(blob(&shoulders), Ink::Down(244.0, mix(cloth, 0xffffff, 0.12), 330.0, mix(cloth, 0x1c1018, 0.3)));
    canvas.poly(
        &[(X - 22.0, chin - 34.0), (X + 22.0, chin - 34.0), (X + 34.0, 258.0), (X, 282.0), (X - 34.0, 258.0)],
        Ink::Down(chin - 10.0, shadow, 280.0, head.skin),
    );
    let collar = mix(cloth, dice.pick(&[0xffffff, 0x1c1018, 0xf6c75a]), 0.45);
    match dice.roll() % 3 {
        0 => {
            for side in [-1.0, 1.0] {
                canvas.poly(&[(X + side * 34.0, 246.0), (X, 284.0), (X + side * 26.0, 300.0), (X + side * 60.0, 254.0)], Ink::Flat(collar));
            }
        }
        1 => canvas.line(curve(&[(X - 42.0, 252.0), (X, 276.0), (X + 42.0, 252.0)]), 13.0, Ink::Flat(collar)),
        _ => {
            for bead in -4..=4 {
                let along = bead as f32;
                canvas.disc(X + along * 10.0, 276.0 - along * along * 1.3, 5.0, Ink::Flat(dice.pick(&[0x2f8f8c, 0xf6c75a])));
            }
        }
    }
}

fn face(canvas: &mut Canvas, dice: &Dice, head: &Head, style: u64) {
    let (across, down, skin) = (head.across, head.down, head.skin);
    let shadow = mix(skin, 0x3a1420, 0.22);
    let dark = mix(head.hair, 0x1c1018, 0.5);
    for side in [-1.0, 1.0] {
        canvas.oval(X + side * across, Y + 6.0, 9.0, 14.0, Ink::Flat(shadow));
    }
    canvas.fill(blob(&outline(head)), Ink::Flat(skin));
    // Half of the face is turned from the sun.
    let mut half: Vec<_> = outline(head).into_iter().filter(|point| point.0 <= X).collect();
    half.extend([(X - 6.0, Y - down * 0.5), (X + 5.0, Y - 4.0), (X - 4.0, Y + down * 0.5)]);
    half.sort_by(|a, b| angle(*a).total_cmp(&angle(*b)));
    canvas.poly(&half, Ink::Veil(shadow, 0.75));
    if dice.chance(0.3) && style != 6 && style != 2 {
        beard(canvas, head);
    }
    for side in [-1.0, 1.0] {
        let eye = X + side * across * 0.42;
        canvas.oval(eye, Y + 2.0, 4.4, 5.2, Ink::Flat(0x1c1216));
        canvas.disc(eye + 1.6, Y + 0.4, 1.4, Ink::Flat(0xffffff));
        canvas.line(curve(&[(eye - 10.0, Y - 13.0), (eye, Y - 17.0), (eye + 10.0, Y - 13.0)]), 4.2, Ink::Veil(dark, 0.9));
        canvas.disc(X + side * across * 0.56, Y + 24.0, 11.0, Ink::Glow(X + side * across * 0.56, Y + 24.0, 11.0, 0xd9482f, 0.35));
    }
    canvas.line(curve(&[(X + 1.0, Y + 2.0), (X + 8.0, Y + 20.0), (X - 2.0, Y + 23.0)]), 3.2, Ink::Flat(mix(skin, 0x3a1420, 0.42)));
    let smile = dice.range(2.0, 7.0);
    canvas.line(curve(&[(X - 14.0, Y + 38.0), (X, Y + 38.0 + smile), (X + 15.0, Y + 37.0)]), 4.0, Ink::Flat(mix(skin, 0x8a1f24, 0.62)));
    if dice.chance(0.36) {
        let frame = dice.pick(&[0x1c1518, 0x7a2f22, 0x2f4f6b]);
        for side in [-1.0, 1.0] {
            let eye = X + side * across * 0.42;
            let ring: Vec<_> =
                (0..=16).map(|step| step as f32 / 16.0 * TAU).map(|turn| (eye + turn.cos() * 16.0, Y + 2.0 + turn.sin() * 14.5)).collect();
            canvas.oval(eye, Y + 2.0, 16.0, 14.5, Ink::Veil(0xffffff, 0.16));
            canvas.line(polyline(&ring), 3.4, Ink::Flat(frame));
        }
        canvas.bar((X - 5.0, Y), (X + 5.0, Y), 3.4, Ink::Flat(frame));
    }
}

/// A face is an oval that narrows to the chin.
fn outline(head: &Head) -> Vec<(f32, f32)> {
    (0..24)
        .map(|step| step as f32 / 24.0 * TAU)
        .map(|turn| {
            let narrow = 1.0 - turn.sin().max(0.0).powi(2) * 0.13;
            (X + turn.cos() * head.across * narrow, Y + turn.sin() * head.down)
        })
        .collect()
}

/// Around a point to the left of the middle, so that half an outline sorts into a polygon.
fn angle(point: (f32, f32)) -> f32 {
    (point.1 - Y).atan2(point.0 - (X - 24.0))
}
