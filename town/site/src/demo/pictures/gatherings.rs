use super::canvas::{Canvas, HEIGHT, Ink, WIDTH, polyline};
use super::dice::Dice;
use super::facades::WARM;
use super::grounds::{backdrop, pavement, people, wall};
use super::tones::{DAY, DUSK, EMBER, GOLD, Light, NIGHT, mix};
use super::{facades, land, plants, skies, street_life};

/// Four stalls, what they sell, and people on both sides.
pub fn market(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DAY, GOLD]);
    backdrop(canvas, dice, &light, 600.0, (420.0, 250.0));
    for (x, height) in [(150.0, 430.0), (790.0, 380.0), (1400.0, 460.0)] {
        plants::palm(canvas, dice, (x, 720.0), height, light.at(0.7), light.sun);
    }
    let sand = Light { ground: 0xb58a62, ..light };
    land::plain(canvas, &sand, 680.0, 0.5, 0.9);
    people(canvas, dice, 8, 742.0, 120.0, light.at(0.85));
    for stall in 0..4 {
        let x = stall as f32 * 390.0 - 20.0 + dice.range(-20.0, 20.0);
        let cloth = [0xc42a14, 0x2f7f8c, 0xe0a03c, 0x5f7d4e][(stall + dice.pick(&[0, 4, 8])) % 4];
        for pole in [8.0, 302.0] {
            canvas.bar((x + pole, 560.0), (x + pole, 860.0), 8.0, Ink::Flat(mix(light.ground, 0x5a3c2a, 0.6)));
        }
        canvas.rect(x, 772.0, 310.0, 92.0, Ink::Down(772.0, 0xa8714a, 864.0, 0x70452f));
        canvas.rect(x - 8.0, 762.0, 326.0, 14.0, Ink::Flat(0xc48d5e));
        for fruit in 0..22 {
            let (column, row) = (fruit % 11, fruit / 11);
            let tone = [0xd9411e, 0xf0a23a, 0x7d9a45, 0xb3264a][(column / 3 + stall) % 4];
            let (fx, fy) = (x + 24.0 + column as f32 * 26.0 + row as f32 * 12.0, 758.0 - row as f32 * 19.0);
            canvas.disc(fx, fy, 14.0, Ink::Down(fy - 14.0, mix(tone, 0xffffff, 0.25), fy + 14.0, mix(tone, 0x301010, 0.2)));
        }
        facades::awning(canvas, (x, 540.0), (310.0, 74.0), cloth, 0xfaf0dc);
    }
    people(canvas, dice, 6, 920.0, 190.0, mix(light.ground, 0x2b2330, 0.5));
}

/// A bakery with its window lit, and two who wait for it to open.
pub fn bakery(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DUSK, NIGHT, EMBER]);
    skies::sky(canvas, &light, 520.0);
    skies::stars(canvas, dice, 260.0, 40);
    land::ridge(canvas, dice, &light, 470.0, 170.0, 0.3);
    let plaster = wall(&light, dice.pick(&[0xd98e63, 0xc9674a, 0x8fa89a]));
    facades::house(canvas, (170.0, 850.0), (1160.0, 590.0), plaster, light.ground);
    canvas.rect(230.0, 460.0, 760.0, 330.0, Ink::Flat(0x3a2420));
    canvas.rect(244.0, 474.0, 732.0, 302.0, Ink::Down(474.0, 0xffe3a8, 776.0, 0xe8924a));
    for shelf in 0..3 {
        let y = 596.0 + shelf as f32 * 88.0;
        for loaf in 0..9 {
            let (x, size) = (288.0 + loaf as f32 * 80.0, dice.range(26.0, 36.0));
            let crust = dice.pick(&[0xb5692f, 0xc98443, 0x95502a]);
            canvas.oval(x, y - size * 0.55, size, size * 0.62, Ink::Down(y - size, mix(crust, 0xffe2ae, 0.4), y, crust));
            for cut in [-0.4, 0.0, 0.4] {
                canvas.bar((x + size * cut - 4.0, y - size * 0.8), (x + size * cut + 5.0, y - size * 0.52), 3.0, Ink::Veil(0xffe9c2, 0.75));
            }
        }
        canvas.rect(244.0, y - 2.0, 732.0, 10.0, Ink::Flat(0x7a452c));
    }
    for bar in [244.0, 488.0, 732.0, 970.0] {
        canvas.rect(bar - 4.0, 474.0, 8.0, 302.0, Ink::Flat(0x4a2c26));
    }
    canvas.rect(1060.0, 486.0, 190.0, 364.0, Ink::Flat(0x3a2420));
    canvas.rect(1076.0, 502.0, 158.0, 200.0, Ink::Down(502.0, 0xffe3a8, 702.0, 0xe8a05a));
    canvas.rect(1076.0, 720.0, 158.0, 130.0, Ink::Flat(0x7a2f22));
    canvas.disc(1216.0, 736.0, 8.0, Ink::Flat(0xf6c75a));
    facades::awning(canvas, (220.0, 382.0), (1050.0, 92.0), wall(&light, 0xc42a14), wall(&light, 0xfaf0dc));
    canvas.disc(745.0, 318.0, 46.0, Ink::Flat(mix(plaster, light.ground, 0.55)));
    canvas.oval(745.0, 322.0, 30.0, 18.0, Ink::Flat(0xf0c27a));
    pavement(canvas, &light, 850.0);
    canvas.oval(610.0, 880.0, 560.0, 100.0, Ink::Glow(610.0, 880.0, 560.0, WARM, 0.55));
    for (x, size) in [(130.0, 150.0), (1385.0, 130.0)] {
        canvas.poly(
            &[(x - 46.0, 800.0), (x + 46.0, 800.0), (x + 34.0, 876.0), (x - 34.0, 876.0)],
            Ink::Down(800.0, 0xb5572f, 876.0, 0x6a2d20),
        );
        plants::agave(canvas, dice, (x, 806.0), size, mix(light.ground, 0x5f8a72, 0.55), light.sun);
    }
    street_life::person(canvas, dice, (430.0, 905.0), 235.0, mix(light.ground, 0x1c1420, 0.4));
    street_life::person(canvas, dice, (520.0, 912.0), 215.0, mix(light.ground, 0x1c1420, 0.4));
}

/// A band on a stage under beams of light, the crowd before it.
pub fn concert(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[NIGHT, Light { sky: [0x1a1838, 0x43305f, 0xb55d6e], sun: 0xffd9a0, ground: 0x150f22 }]);
    skies::sky(canvas, &light, 700.0);
    skies::stars(canvas, dice, 420.0, 160);
    land::ridge(canvas, dice, &light, 640.0, 200.0, 0.45);
    for beam in 0..7 {
        let (x, lean) = (420.0 + beam as f32 * 110.0, (beam as f32 - 3.0) * 130.0 + dice.range(-40.0, 40.0));
        let tone = dice.pick(&[0xff7d4d, 0xffd48a, 0x7fd0d6, 0xf06a8a]);
        canvas.poly(
            &[(x - 6.0, 430.0), (x + 6.0, 430.0), (x + lean + 90.0, -40.0), (x + lean - 90.0, -40.0)],
            Ink::Fade(tone, 430.0, 0.5, -40.0, 0.0),
        );
        canvas.poly(
            &[(x - 6.0, 430.0), (x + 6.0, 430.0), (x - lean * 0.3 + 70.0, 780.0), (x - lean * 0.3 - 70.0, 780.0)],
            Ink::Fade(tone, 430.0, 0.4, 780.0, 0.0),
        );
    }
    let frame = mix(light.ground, 0x000000, 0.35);
    canvas.rect(330.0, 418.0, 840.0, 24.0, Ink::Flat(frame));
    for x in [330.0, 1150.0] {
        canvas.rect(x, 418.0, 20.0, 360.0, Ink::Flat(frame));
    }
    canvas.oval(750.0, 720.0, 520.0, 240.0, Ink::Glow(750.0, 720.0, 520.0, 0xff9a5a, 0.8));
    canvas.rect(300.0, 770.0, 900.0, 90.0, Ink::Down(770.0, 0x6a3a34, 860.0, frame));
    for (player, x) in [540.0, 680.0, 810.0, 960.0].into_iter().enumerate() {
        street_life::person(canvas, dice, (x, 772.0), 200.0, mix(frame, 0x3a1d24, 0.4));
        if player % 2 == 0 {
            canvas.bar((x - 62.0, 640.0), (x + 34.0, 690.0), 9.0, Ink::Flat(0x8a4a22));
            canvas.disc(x + 34.0, 690.0, 27.0, Ink::Flat(0xb5632a));
        } else {
            canvas.bar((x + 46.0, 772.0), (x + 30.0, 606.0), 5.0, Ink::Flat(frame));
        }
    }
    crowd(canvas, dice, &light);
    street_life::garland(canvas, (-20.0, 300.0), (340.0, 420.0), 44.0, 7);
    street_life::garland(canvas, (1160.0, 420.0), (1520.0, 290.0), 44.0, 7);
}

/// Heads and shoulders in rows, darker as they come nearer, here and there an arm in the air.
fn crowd(canvas: &mut Canvas, dice: &Dice, light: &Light) {
    for row in 0..4 {
        let (size, foot) = (34.0 + row as f32 * 11.0, 850.0 + row as f32 * 52.0);
        let tone = mix(mix(light.ground, 0xc46a4a, 0.3), 0x0a0710, row as f32 * 0.3);
        let mut x = -20.0 + dice.range(-20.0, 10.0);
        while x < WIDTH + 30.0 {
            let y = foot + dice.range(-16.0, 16.0);
            canvas.disc(x, y, size * 0.5, Ink::Flat(tone));
            canvas.oval(x, y + size * 1.35, size * 0.98, size * 0.9, Ink::Flat(tone));
            if dice.chance(0.16) {
                canvas.line(
                    polyline(&[(x + size * 0.7, y + size), (x + size * 0.95, y - size * 0.2), (x + size * 0.7, y - size * 1.3)]),
                    size * 0.3,
                    Ink::Flat(tone),
                );
            }
            x += size * dice.range(1.7, 2.5);
        }
        canvas.rect(-300.0, foot + size * 1.4, WIDTH + 600.0, HEIGHT, Ink::Flat(tone));
    }
}
