use super::canvas::{Canvas, Ink, WIDTH};
use super::dice::Dice;
use super::facades::WARM;
use super::grounds::{WALLS, backdrop, pavement, people, wall};
use super::tones::{DAY, DUSK, EMBER, GOLD, HAZE, ROSE, mix};
use super::{facades, land, plants, street_life};

/// Shop fronts along the main street under strings of lamps.
pub fn town_street(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DUSK, ROSE, EMBER]);
    backdrop(canvas, dice, &light, 640.0, (1010.0, 300.0));
    plants::palm(canvas, dice, (300.0, 700.0), 400.0, light.at(0.72), light.sun);
    plants::palm(canvas, dice, (1130.0, 700.0), 450.0, light.at(0.72), light.sun);
    let mut x = -40.0;
    while x < WIDTH {
        let (width, height) = (dice.range(200.0, 310.0), dice.range(170.0, 290.0));
        let tone = wall(&light, dice.pick(&WALLS));
        facades::house(canvas, (x, 790.0), (width, height), tone, light.ground);
        let dark = mix(light.ground, 0x2b3a4a, 0.5);
        if height > 225.0 {
            facades::windows(canvas, dice, (x + 14.0, 790.0 - height + 42.0, width * 0.9, 50.0), 4, dark, 0.5);
        }
        facades::windows(canvas, dice, (x + 20.0, 696.0, width - 80.0, 78.0), 2, dark, 0.9);
        canvas.rect(x + width - 54.0, 690.0, 36.0, 100.0, Ink::Flat(mix(dark, 0x7a2f22, 0.4)));
        let cloth = dice.pick(&[0xc42a14, 0x2f6b78, 0xd98f3d, 0x6d7d58]);
        facades::awning(canvas, (x + 12.0, 658.0), (width - 30.0, 34.0), wall(&light, cloth), wall(&light, 0xf7ead2));
        x += width + 4.0;
    }
    pavement(canvas, &light, 790.0);
    for pane in 0..5 {
        let x = 150.0 + pane as f32 * 300.0;
        canvas.oval(x, 870.0, 150.0, 36.0, Ink::Glow(x, 870.0, 150.0, WARM, 0.28));
    }
    people(canvas, dice, 7, 828.0, 96.0, light.at(1.0));
    for dash in 0..7 {
        canvas.rect(dash as f32 * 240.0 - 30.0, 940.0, 130.0, 9.0, Ink::Veil(WARM, 0.6));
    }
    street_life::garland(canvas, (-40.0, 470.0), (760.0, 520.0), 60.0, 13);
    street_life::garland(canvas, (740.0, 520.0), (1560.0, 450.0), 66.0, 13);
}

/// The water tower above the roofs.
pub fn water_tower(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DAY, GOLD, EMBER, HAZE]);
    backdrop(canvas, dice, &light, 720.0, (1120.0, 330.0));
    land::hills(canvas, dice, &light, 790.0, 60.0, 0.5);
    let x = dice.range(480.0, 640.0);
    street_life::water_tower(canvas, (x, 900.0), 740.0, light.at(0.9), light.sun);
    for roof in 0..7 {
        let left = roof as f32 * 225.0 - 40.0 + dice.range(-20.0, 20.0);
        let (width, height) = (dice.range(150.0, 205.0), dice.range(70.0, 110.0));
        let tone = mix(wall(&light, dice.pick(&WALLS)), light.at(0.8), 0.25);
        facades::house(canvas, (left, 920.0), (width, height), tone, light.ground);
        facades::windows(canvas, dice, (left + 16.0, 872.0, width - 40.0, 28.0), 3, light.at(1.0), 0.4);
        plants::shrub(canvas, dice, (left + width + 12.0, 925.0), 46.0, light.at(0.92));
    }
    plants::palm(canvas, dice, (1235.0, 925.0), 360.0, light.at(0.95), light.sun);
    plants::palm(canvas, dice, (1330.0, 930.0), 270.0, light.at(0.95), light.sun);
    land::plain(canvas, &light, 918.0, 0.72, 1.0);
}

/// The bus at its stop.
pub fn bus(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[HAZE, DAY, EMBER, GOLD]);
    backdrop(canvas, dice, &light, 620.0, (420.0, 290.0));
    land::hills(canvas, dice, &light, 720.0, 70.0, 0.5);
    land::plain(canvas, &light, 720.0, 0.5, 0.7);
    plants::palm(canvas, dice, (1390.0, 790.0), 470.0, light.at(0.85), light.sun);
    plants::ocotillo(canvas, dice, (95.0, 800.0), 300.0, light.at(0.85), light.sun);
    pavement(canvas, &light, 790.0);
    let steel = mix(light.ground, 0x4a5a62, 0.5);
    for x in [1010.0, 1290.0] {
        canvas.rect(x, 560.0, 12.0, 250.0, Ink::Flat(steel));
    }
    canvas.poly(&[(970.0, 540.0), (1340.0, 528.0), (1340.0, 548.0), (970.0, 560.0)], Ink::Flat(mix(steel, 0xc9674a, 0.55)));
    canvas.rect(1022.0, 580.0, 268.0, 170.0, Ink::Veil(0xcfe3e6, 0.28));
    canvas.rect(1040.0, 758.0, 230.0, 11.0, Ink::Flat(0xa8714a));
    canvas.poly(&[(960.0, 812.0), (1330.0, 812.0), (1240.0, 838.0), (880.0, 838.0)], Ink::Veil(light.ground, 0.35));
    for x in [1080.0, 1150.0, 1226.0] {
        street_life::person(canvas, dice, (x, 820.0), 158.0, mix(light.ground, 0x2b2330, 0.4));
    }
    let paint = dice.pick(&[0xc8452a, 0x2f7f8c, 0xd9973a]);
    street_life::bus(canvas, (250.0 + dice.range(-60.0, 40.0), 905.0), (660.0, 270.0), wall(&light, paint), light.ground);
}
