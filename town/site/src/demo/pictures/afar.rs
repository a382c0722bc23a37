use super::canvas::{Canvas, HEIGHT, Ink, blob, curve, polyline};
use super::dice::Dice;
use super::outdoors::clouds;
use super::tones::{DUSK, EMBER, GOLD, HAZE, Light, NIGHT, Tone, mix};
use super::{facades, land, plants, skies};

/// The Milky Way over a tent with a lamp in it.
pub fn night_sky(canvas: &mut Canvas, dice: &Dice) {
    let light = NIGHT;
    skies::sky(canvas, &light, 820.0);
    skies::milky_way(canvas, dice);
    skies::stars(canvas, dice, 760.0, 420);
    land::ridge(canvas, dice, &light, 760.0, 190.0, 0.42);
    land::ridge(canvas, dice, &light, 830.0, 120.0, 0.66);
    let (x, y) = (dice.range(380.0, 520.0), 878.0);
    land::hills(canvas, dice, &light, 900.0, 60.0, 0.9);
    canvas.disc(x, y - 20.0, 230.0, Ink::Glow(x, y - 20.0, 230.0, 0xffb45e, 0.5));
    canvas.poly(&[(x - 74.0, y + 8.0), (x, y - 78.0), (x + 74.0, y + 8.0)], Ink::Down(y - 78.0, 0xffd48a, y, 0xd9793a));
    canvas.poly(&[(x, y - 78.0), (x + 74.0, y + 8.0), (x + 24.0, y + 8.0)], Ink::Veil(0x6a2a1c, 0.45));
    canvas.bar((x, y - 78.0), (x, y + 8.0), 2.0, Ink::Veil(0x4a1d18, 0.7));
    let dark = mix(light.ground, 0x050d12, 0.5);
    land::hills(canvas, dice, &Light { ground: dark, ..light }, 985.0, 60.0, 1.0);
    plants::ocotillo(canvas, dice, (1180.0, 985.0), 420.0, dark, 0x2f5a66);
    plants::shrub(canvas, dice, (900.0, 985.0), 70.0, dark);
}

/// A bighorn ram on a ledge before a large sun.
pub fn bighorn(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[HAZE, GOLD, EMBER]);
    skies::sky(canvas, &light, 760.0);
    skies::sun(canvas, &light, 940.0, 390.0, 225.0);
    clouds(canvas, dice, &light, 3);
    for (layer, (foot, height)) in [(700.0, 190.0), (800.0, 190.0), (890.0, 150.0)].into_iter().enumerate() {
        land::ridge(canvas, dice, &light, foot, height, 0.16 + layer as f32 * 0.18);
    }
    let rock = light.at(0.96);
    let ledge = [
        (430.0, 1010.0),
        (520.0, 905.0),
        (600.0, 880.0),
        (640.0, 800.0),
        (735.0, 752.0),
        (820.0, 742.0),
        (1010.0, 735.0),
        (1110.0, 748.0),
        (1190.0, 720.0),
        (1290.0, 668.0),
        (1380.0, 640.0),
        (1600.0, 590.0),
        (1800.0, 1010.0),
    ];
    canvas.poly(&ledge, Ink::Down(640.0, rock, 1000.0, mix(rock, light.at(0.4), 0.35)));
    canvas.line(polyline(&ledge[3..12]), 4.0, Ink::Veil(light.sun, 0.35));
    for crack in 0..7 {
        let (x, y) = (700.0 + crack as f32 * 120.0 + dice.range(-30.0, 30.0), 800.0 - crack as f32 * 14.0);
        let points = [(x, y), (x + dice.range(10.0, 50.0), y + 60.0), (x - 10.0, y + 130.0), (x + 30.0, y + 230.0)];
        canvas.line(polyline(&points), 3.0, Ink::Veil(light.sun, 0.09));
    }
    ram(canvas, (905.0, 738.0), mix(rock, 0x1a1418, 0.35), light.sun);
    plants::shrub(canvas, dice, (1320.0, 660.0), 60.0, rock);
    plants::agave(canvas, dice, (560.0, 897.0), 84.0, rock, light.sun);
}

/// A bighorn ram in profile, facing left, its hooves at a point.
fn ram(canvas: &mut Canvas, foot: (f32, f32), tone: Tone, rim: Tone) {
    let spots = |pairs: &[f32]| -> Vec<(f32, f32)> { pairs.chunks_exact(2).map(|pair| (foot.0 + pair[0], foot.1 + pair[1])).collect() };
    for [hip, knee, hoof] in [[-78.0, -84.0, -80.0], [-52.0, -50.0, -56.0], [92.0, 104.0, 94.0], [70.0, 80.0, 68.0]] {
        canvas.line(polyline(&spots(&[hip, -110.0, knee, -55.0])), 26.0, Ink::Flat(tone));
        canvas.line(polyline(&spots(&[knee, -55.0, hoof, 1.0])), 13.0, Ink::Flat(tone));
    }
    for part in [&BODY[..], &NECK, &HEAD] {
        canvas.fill(blob(&spots(part)), Ink::Flat(tone));
    }
    canvas.oval(foot.0 + 128.0, foot.1 - 178.0, 9.0, 15.0, Ink::Flat(mix(tone, rim, 0.4)));
    let horn = spots(&HORN);
    canvas.fill(blob(&horn[..8]), Ink::Flat(tone));
    let bright = mix(tone, rim, 0.3);
    for (part, width, shade) in [(0..6, 30.0, tone), (3..9, 20.0, tone), (0..6, 22.0, bright), (4..9, 13.0, bright)] {
        canvas.line(curve(&horn[part]), width, Ink::Flat(shade));
    }
    let back = spots(&[-84.0, -212.0, -40.0, -200.0, 40.0, -204.0, 96.0, -199.0, 122.0, -168.0]);
    canvas.line(curve(&back), 4.0, Ink::Veil(rim, 0.55));
}

// The ram's outlines, x and y in turn, from its hooves.
const BODY: [f32; 26] = [
    -128.0, -232.0, -100.0, -205.0, -40.0, -196.0, 40.0, -200.0, 96.0, -196.0, 124.0, -164.0, 118.0, -118.0, 84.0, -92.0, 20.0, -88.0,
    -40.0, -84.0, -88.0, -96.0, -112.0, -130.0, -140.0, -178.0,
];
const NECK: [f32; 14] = [-150.0, -282.0, -112.0, -290.0, -84.0, -236.0, -60.0, -190.0, -96.0, -120.0, -132.0, -170.0, -146.0, -226.0];
const HEAD: [f32; 16] =
    [-112.0, -296.0, -150.0, -296.0, -178.0, -268.0, -206.0, -236.0, -204.0, -222.0, -184.0, -218.0, -150.0, -236.0, -124.0, -250.0];
const HORN: [f32; 18] = [
    -136.0, -290.0, -122.0, -330.0, -84.0, -342.0, -50.0, -318.0, -44.0, -276.0, -68.0, -242.0, -104.0, -236.0, -124.0, -254.0, -122.0,
    -272.0,
];

/// Ships at anchor in a strait at dusk.
pub fn strait(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[NIGHT, Light { ground: 0x1d2338, ..DUSK }]);
    let moon = dice.range(900.0, 1100.0);
    skies::sky(canvas, &light, 560.0);
    skies::stars(canvas, dice, 330.0, 70);
    skies::sun(canvas, &light, moon, 250.0, 92.0);
    clouds(canvas, dice, &light, 4);
    land::ridge(canvas, dice, &light, 570.0, 130.0, 0.3);
    land::water(canvas, dice, &light, 566.0, moon);
    for (x, y, size) in [(250.0, 590.0, 0.5), (620.0, 604.0, 0.72), (1260.0, 640.0, 1.25)] {
        ship(canvas, (x + dice.range(-60.0, 60.0), y), size, light.at(0.62 + size * 0.2));
    }
    let head = [(-200.0, 640.0), (60.0, 660.0), (230.0, 720.0), (340.0, 800.0), (480.0, 850.0), (610.0, 930.0), (760.0, 1020.0)];
    let mut shape = curve(&head);
    shape.line_to(-200.0, HEIGHT + 50.0);
    shape.close();
    canvas.fill(shape, Ink::Down(640.0, light.at(0.86), HEIGHT, light.at(1.0)));
    for lamp in [(60.0, 690.0), (120.0, 720.0), (190.0, 742.0), (85.0, 745.0)] {
        canvas.disc(lamp.0, lamp.1, 26.0, Ink::Glow(lamp.0, lamp.1, 26.0, facades::WARM, 0.8));
        canvas.disc(lamp.0, lamp.1, 3.2, Ink::Flat(0xfff0cf));
    }
}

/// A freighter at anchor with its lamps on.
fn ship(canvas: &mut Canvas, (x, y): (f32, f32), size: f32, tone: u32) {
    let at = |across: f32, up: f32| (x + across * size, y - up * size);
    canvas.poly(&[at(-120.0, 26.0), at(112.0, 22.0), at(136.0, 36.0), at(122.0, 0.0), at(-108.0, 0.0)], Ink::Flat(tone));
    canvas.poly(&[at(-104.0, 26.0), at(-104.0, 66.0), at(-64.0, 66.0), at(-58.0, 26.0)], Ink::Flat(tone));
    for mast in [-20.0, 40.0, 92.0] {
        canvas.bar(at(mast, 24.0), at(mast, 62.0), 3.0 * size, Ink::Flat(tone));
    }
    for lamp in [(-84.0, 76.0), (40.0, 64.0), (110.0, 44.0)] {
        let (across, up) = at(lamp.0, lamp.1);
        canvas.disc(across, up, 24.0 * size, Ink::Glow(across, up, 24.0 * size, facades::WARM, 0.85));
        canvas.disc(across, up, 2.8 * size, Ink::Flat(0xfff0cf));
    }
    canvas.rect(x - 110.0 * size, y, 230.0 * size, 26.0 * size, Ink::Fade(tone, y, 0.5, y + 26.0 * size, 0.0));
}
