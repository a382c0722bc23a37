use super::canvas::{Canvas, HEIGHT, Ink, WIDTH, polyline};
use super::dice::Dice;
use super::grounds::{backdrop, people, wall};
use super::tones::{DAY, GOLD, Light, mix};
use super::{facades, land, plants};

/// Raised beds in three rows, a gardener in each.
pub fn garden(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DAY, GOLD]);
    backdrop(canvas, dice, &light, 590.0, (1100.0, 250.0));
    let soil = Light { ground: 0xa37c56, ..light };
    land::plain(canvas, &soil, 610.0, 0.55, 0.95);
    for x in [80.0, 330.0, 1210.0, 1440.0] {
        plants::tree(canvas, dice, (x, 690.0), dice.pick(&[200.0, 260.0, 230.0]), mix(light.ground, 0x56703f, 0.5), light.sun);
    }
    for row in 0..3 {
        let near = row as f32 / 2.0;
        let (foot, size) = (730.0 + near * 215.0, 0.6 + near * 0.75);
        for bed in 0..3 {
            let width = 360.0 * size;
            let x = 750.0 + (bed as f32 - 1.5) * width * 1.14 + width * 0.07;
            let height = 46.0 * size;
            for plant in 0..9 {
                let root = (x + width * (plant as f32 + 0.5) / 9.0, foot - height);
                crop(canvas, dice, root, 60.0 * size, (row + bed) % 4, &light);
            }
            canvas.rect(x, foot - height, width, height, Ink::Down(foot - height, 0xb98256, foot, 0x7c4f36));
            canvas.rect(x, foot - height * 0.52, width, 2.5 * size, Ink::Veil(0x4a2c22, 0.5));
            canvas.rect(x - 8.0 * size, foot, width + 22.0 * size, 12.0 * size, Ink::Fade(0x2b1a18, foot, 0.35, foot + 12.0 * size, 0.0));
        }
        people(canvas, dice, 1, foot + 14.0, 120.0 * size, mix(light.ground, 0x2b2330, 0.4));
    }
}

/// One plant of a bed: leaves, sunflower, tomato on its stake, or chard.
fn crop(canvas: &mut Canvas, dice: &Dice, root: (f32, f32), size: f32, kind: usize, light: &Light) {
    let green = mix(dice.pick(&[0x4f7a3f, 0x6a8f45, 0x3f6b48]), light.ground, 0.15);
    let tall = if kind == 1 { size * 1.7 } else { size * 0.9 };
    let head = (root.0 + dice.range(-0.1, 0.1) * size, root.1 - tall);
    canvas.bar(root, head, size * 0.06, Ink::Flat(green));
    for leaf in 0..6 {
        let side = if leaf % 2 == 0 { 1.0 } else { -1.0 };
        let y = root.1 - tall * (0.12 + leaf as f32 * 0.12);
        canvas.oval(root.0 + side * size * 0.17, y, size * 0.2, size * 0.1, Ink::Flat(mix(green, light.sun, leaf as f32 * 0.05)));
    }
    match kind {
        1 => {
            for petal in 0..12 {
                let angle = petal as f32 / 12.0 * std::f32::consts::TAU;
                canvas.bar(head, (head.0 + angle.cos() * size * 0.3, head.1 + angle.sin() * size * 0.3), size * 0.12, Ink::Flat(0xf2b233));
            }
            canvas.disc(head.0, head.1, size * 0.15, Ink::Flat(0x5a3320));
        }
        2 => {
            for fruit in 0..4 {
                let (x, y) = (root.0 + dice.range(-0.22, 0.22) * size, root.1 - tall * (0.25 + fruit as f32 * 0.2));
                canvas.disc(x, y, size * 0.1, Ink::Flat(0xd9361e));
            }
        }
        _ => canvas.oval(head.0, head.1, size * 0.24, size * 0.2, Ink::Flat(mix(green, if kind == 3 { 0xb3264a } else { light.sun }, 0.3))),
    }
}

/// The public pool with its lanes, swimmers and parasols.
pub fn pool(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DAY, GOLD]);
    backdrop(canvas, dice, &light, 560.0, (1050.0, 220.0));
    for (x, height) in [(140.0, 420.0), (250.0, 330.0), (1290.0, 460.0), (1410.0, 360.0)] {
        plants::palm(canvas, dice, (x, 640.0), height, light.at(0.72), light.sun);
    }
    facades::house(canvas, (430.0, 640.0), (640.0, 120.0), wall(&light, 0xf0dcc0), light.ground);
    canvas.rect(390.0, 508.0, 720.0, 16.0, Ink::Flat(wall(&light, 0xc9674a)));
    facades::windows(canvas, dice, (450.0, 556.0, 600.0, 60.0), 8, 0x35606e, 0.2);
    let deck = mix(light.at(0.3), 0xf6e6cc, 0.6);
    canvas.rect(-300.0, 636.0, WIDTH + 600.0, HEIGHT, Ink::Down(636.0, mix(deck, light.ground, 0.14), HEIGHT, deck));
    let edge = |y: f32, side: f32| 750.0 + side * (330.0 + (y - 700.0) * 1.55);
    let quad = |top: f32, bottom: f32, grow: f32| {
        [
            (edge(top, -1.0) - grow, top),
            (edge(top, 1.0) + grow, top),
            (edge(bottom, 1.0) + grow, bottom),
            (edge(bottom, -1.0) - grow, bottom),
        ]
    };
    canvas.poly(&quad(692.0, 1040.0, 18.0), Ink::Flat(0xfffaf0));
    canvas.poly(&quad(702.0, 1040.0, 0.0), Ink::Down(702.0, 0x8fdcd8, HEIGHT, 0x1f8fa6));
    canvas.poly(&quad(702.0, 722.0, 0.0), Ink::Veil(0x0f5f78, 0.3));
    for lane in 1..6 {
        let side = lane as f32 / 3.0 - 1.0;
        for float in 0..26 {
            let (from, to) = ((float as f32 / 26.0).powf(1.7), ((float + 1) as f32 / 26.0).powf(1.7));
            let (a, b) = (706.0 + from * 330.0, 706.0 + to * 330.0);
            let tone = if float % 2 == 0 { 0xe2482a } else { 0xfff3e0 };
            canvas.bar((edge(a, side), a), (edge(b, side), b), 2.5 + from * 7.0, Ink::Veil(tone, 0.92));
        }
    }
    for _ in 0..90 {
        let share: f32 = dice.range(0.0, 1.0);
        let y = 716.0 + share * share * 290.0;
        let x = edge(y, dice.range(-0.95, 0.9));
        let length = 14.0 + share * 60.0;
        canvas.line(
            polyline(&[(x, y), (x + length * 0.5, y + 2.0 + share * 4.0), (x + length, y)]),
            1.2 + share * 2.6,
            Ink::Veil(0xffffff, 0.4),
        );
    }
    for (side, y) in [(-0.5, 800.0), (0.22, 768.0), (0.55, 880.0)] {
        let x = edge(y, side);
        canvas.disc(x, y, 13.0, Ink::Flat(dice.pick(&[0xc42a14, 0xf2b233, 0x26365f])));
        canvas.bar((x - 34.0, y + 8.0), (x + 8.0, y + 10.0), 9.0, Ink::Flat(0xb9774f));
        canvas.oval(x - 10.0, y + 18.0, 46.0, 6.0, Ink::Veil(0xffffff, 0.6));
    }
    parasols(canvas);
}

fn parasols(canvas: &mut Canvas) {
    for (x, tone) in [(150.0, 0xc42a14), (1340.0, 0xe0a03c)] {
        canvas.bar((x, 560.0), (x, 770.0), 6.0, Ink::Flat(0x8a6a52));
        for slice in 0..6 {
            let from = x - 120.0 + slice as f32 * 40.0;
            canvas.poly(&[(x, 540.0), (from, 604.0), (from + 40.0, 604.0)], Ink::Flat(if slice % 2 == 0 { tone } else { 0xfaf0dc }));
        }
        canvas.oval(x, 774.0, 110.0, 12.0, Ink::Veil(0x5a3c3a, 0.22));
    }
}
