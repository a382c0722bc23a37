use super::canvas::{Canvas, Ink, WIDTH};
use super::dice::Dice;
use super::tones::{DAY, DUSK, EMBER, GOLD, Light, ROSE, mix};
use super::{land, plants, skies, street_life};

/// Table mountains at the end of the day.
pub fn mesas(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[EMBER, DUSK, ROSE]);
    let sun = dice.range(930.0, 1130.0);
    skies::sky(canvas, &light, 640.0);
    skies::sun(canvas, &light, sun, dice.range(250.0, 400.0), 88.0);
    clouds(canvas, dice, &light, 4);
    land::ridge(canvas, dice, &light, 640.0, 110.0, 0.16);
    land::mesa(canvas, dice, &light, (dice.range(960.0, 1160.0), 674.0), (dice.range(200.0, 320.0), dice.range(140.0, 230.0)), 0.34);
    land::mesa(canvas, dice, &light, (dice.range(300.0, 520.0), 690.0), (dice.range(340.0, 500.0), dice.range(260.0, 360.0)), 0.5);
    land::plain(canvas, &light, 672.0, 0.36, 0.62);
    land::hills(canvas, dice, &light, 790.0, 60.0, 0.66);
    land::hills(canvas, dice, &light, 890.0, 80.0, 0.85);
    foreground(canvas, dice, &light);
}

/// Dunes, three walkers among them.
pub fn dunes(canvas: &mut Canvas, dice: &Dice) {
    let base = dice.pick(&[EMBER, GOLD, DAY]);
    let light = Light { ground: 0x8a4a30, ..base };
    skies::sky(canvas, &light, 560.0);
    skies::sun(canvas, &light, dice.range(900.0, 1200.0), dice.range(180.0, 300.0), 72.0);
    clouds(canvas, dice, &light, 3);
    land::ridge(canvas, dice, &light, 560.0, 120.0, 0.2);
    for (layer, (foot, height)) in [(600.0, 70.0), (670.0, 120.0), (790.0, 190.0), (960.0, 270.0)].into_iter().enumerate() {
        land::dune(canvas, dice, &light, foot, height, 0.28 + layer as f32 * 0.19);
    }
    // Steps along the nearest slope give the size of it all.
    for step in 0..3 {
        street_life::person(canvas, dice, (880.0 + step as f32 * 34.0, 734.0 + step as f32 * 5.0), 44.0, 0x3a201c);
    }
    plants::shrub(canvas, dice, (170.0, 985.0), 90.0, mix(light.ground, 0x2b1d18, 0.6));
    plants::shrub(canvas, dice, (1390.0, 990.0), 60.0, mix(light.ground, 0x2b1d18, 0.6));
}

/// A storm over the flats, its rain to one side and light under it.
pub fn storm(canvas: &mut Canvas, dice: &Dice) {
    let light = Light { sky: [0x27313f, 0x4b5766, 0xd9a878], sun: 0xffdca8, ground: 0x241f28 };
    skies::sky(canvas, &light, 690.0);
    canvas.disc(1150.0, 690.0, 620.0, Ink::Glow(1150.0, 690.0, 620.0, 0xffc98a, 0.75));
    skies::rain(canvas, dice, 480.0, 250.0, 705.0, 0x2b3442);
    skies::rain(canvas, dice, 620.0, 250.0, 705.0, 0x2b3442);
    skies::thunderhead(canvas, dice, 400.0, 0x36404f, 0xb09488);
    skies::lightning(canvas, dice, dice.range(880.0, 980.0), 350.0, 640.0);
    land::ridge(canvas, dice, &light, 700.0, 90.0, 0.3);
    land::mesa(canvas, dice, &light, (dice.range(1130.0, 1300.0), 730.0), (260.0, 150.0), 0.5);
    land::plain(canvas, &light, 720.0, 0.48, 0.95);
    for _ in 0..9 {
        let (x, y) = (dice.range(100.0, 1400.0), dice.range(745.0, 850.0));
        canvas.oval(x, y, dice.range(60.0, 170.0), (y - 730.0) * 0.055 + 2.0, Ink::Veil(0xe8b98c, 0.35));
    }
    land::hills(canvas, dice, &light, 905.0, 40.0, 0.88);
    foreground(canvas, dice, &light);
}

/// A straight road and its poles to the mountains.
pub fn road(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[EMBER, GOLD, DUSK]);
    let end = dice.range(690.0, 830.0);
    skies::sky(canvas, &light, 600.0);
    skies::sun(canvas, &light, end + 120.0, 440.0, 80.0);
    clouds(canvas, dice, &light, 5);
    land::ridge(canvas, dice, &light, 590.0, 190.0, 0.22);
    land::ridge(canvas, dice, &light, 606.0, 110.0, 0.4);
    land::plain(canvas, &light, 596.0, 0.36, 0.8);
    for _ in 0..150 {
        let near: f32 = dice.range(0.0, 1.0);
        let (x, y) = (dice.range(-40.0, 1540.0), 604.0 + near * near * 400.0);
        canvas.oval(x, y, 4.0 + near * near * 42.0, 1.5 + near * near * 13.0, Ink::Veil(light.at(0.62 + near * 0.36), 0.75));
    }
    land::road(canvas, &light, (end, 597.0), (640.0, 420.0));
    street_life::poles(canvas, (1330.0, 930.0), (end + 6.0, 600.0), 620.0, light.at(0.97));
    plants::agave(canvas, dice, (110.0, 960.0), 120.0, light.at(0.9), light.sun);
    plants::shrub(canvas, dice, (255.0, 985.0), 90.0, light.at(1.0));
}

/// The plant in bloom before the sun.
pub fn ocotillo_bloom(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DAY, GOLD, ROSE, DUSK]);
    let sun = dice.range(560.0, 700.0);
    skies::sky(canvas, &light, 780.0);
    skies::sun(canvas, &light, sun, 430.0, 150.0);
    clouds(canvas, dice, &light, 3);
    land::ridge(canvas, dice, &light, 770.0, 160.0, 0.2);
    land::hills(canvas, dice, &light, 830.0, 70.0, 0.42);
    plants::ocotillo(canvas, dice, (1275.0, 868.0), 250.0, light.at(0.66), light.sun);
    plants::ocotillo(canvas, dice, (215.0, 880.0), 300.0, light.at(0.7), light.sun);
    land::hills(canvas, dice, &light, 900.0, 50.0, 0.68);
    let stem = mix(light.at(1.0), 0x2c3326, 0.4);
    land::hills(canvas, dice, &Light { ground: stem, ..light }, 975.0, 50.0, 1.0);
    plants::ocotillo(canvas, dice, (765.0, 985.0), 800.0, stem, light.sun);
    plants::agave(canvas, dice, (1085.0, 985.0), 120.0, mix(stem, 0x6f8a7a, 0.45), light.sun);
    plants::shrub(canvas, dice, (480.0, 990.0), 80.0, stem);
}

/// A few streaks of cloud in the light of the hour.
pub fn clouds(canvas: &mut Canvas, dice: &Dice, light: &Light, count: usize) {
    for _ in 0..count {
        let (x, y) = (dice.range(0.0, WIDTH), dice.range(70.0, 430.0));
        let tone = mix(light.sun, light.sky[2], 0.3);
        let length = dice.range(240.0, 620.0);
        skies::cloud(canvas, dice, x, y, length, tone, 0.5);
    }
}

/// What stands right in front of us in open country.
fn foreground(canvas: &mut Canvas, dice: &Dice, light: &Light) {
    let dark = light.at(1.0);
    land::hills(canvas, dice, light, 990.0, 45.0, 1.0);
    let (x, height) = (dice.range(1180.0, 1330.0), dice.range(270.0, 390.0));
    plants::ocotillo(canvas, dice, (x, 990.0), height, dark, light.sun);
    plants::agave(canvas, dice, (1090.0, 1000.0), 84.0, dark, light.sun);
    plants::shrub(canvas, dice, (160.0, 990.0), 90.0, dark);
    plants::agave(canvas, dice, (330.0, 1005.0), 70.0, dark, light.sun);
}
