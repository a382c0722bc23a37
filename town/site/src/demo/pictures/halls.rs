use super::canvas::{Canvas, Ink};
use super::dice::Dice;
use super::facades::WARM;
use super::grounds::{backdrop, people, wall};
use super::tones::{DAY, DUSK, EMBER, GOLD, HAZE, Light, ROSE, mix};
use super::{facades, land, plants};

/// The school with its clock, flag and trees.
pub fn school(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DAY, GOLD, HAZE]);
    backdrop(canvas, dice, &light, 640.0, (1180.0, 240.0));
    let brick = wall(&light, dice.pick(&[0xc9674a, 0xd9a06b, 0xb86a52]));
    facades::house(canvas, (150.0, 800.0), (1200.0, 270.0), brick, light.ground);
    for row in [570.0, 684.0] {
        facades::windows(canvas, dice, (180.0, row, 440.0, 70.0), 6, 0x35505e, 0.25);
        facades::windows(canvas, dice, (880.0, row, 440.0, 70.0), 6, 0x35505e, 0.25);
    }
    let pale = wall(&light, 0xf4e4c8);
    facades::house(canvas, (620.0, 800.0), (260.0, 360.0), pale, light.ground);
    canvas.poly(&[(606.0, 440.0), (750.0, 350.0), (894.0, 440.0)], Ink::Flat(mix(brick, light.ground, 0.25)));
    canvas.disc(750.0, 494.0, 36.0, Ink::Flat(mix(brick, light.ground, 0.4)));
    canvas.disc(750.0, 494.0, 30.0, Ink::Flat(0xfff8e8));
    canvas.bar((750.0, 494.0), (750.0, 472.0), 4.0, Ink::Flat(0x2b2330));
    canvas.bar((750.0, 494.0), (766.0, 502.0), 4.0, Ink::Flat(0x2b2330));
    facades::colonnade(canvas, (640.0, 590.0, 220.0, 200.0), 4, pale, light.ground);
    canvas.rect(700.0, 650.0, 100.0, 140.0, Ink::Down(650.0, mix(WARM, 0x5a3c2a, 0.3), 790.0, 0x6a3a2a));
    for step in 0..4 {
        let grow = step as f32 * 16.0;
        canvas.rect(
            630.0 - grow,
            788.0 + step as f32 * 11.0,
            240.0 + grow * 2.0,
            11.0,
            Ink::Flat(mix(pale, light.ground, 0.1 + step as f32 * 0.07)),
        );
    }
    land::plain(canvas, &Light { ground: mix(light.ground, 0x5f7a48, 0.55), ..light }, 830.0, 0.62, 0.95);
    canvas.poly(
        &[(590.0, 830.0), (910.0, 830.0), (1130.0, 1010.0), (400.0, 1010.0)],
        Ink::Down(830.0, mix(pale, light.ground, 0.2), 1000.0, pale),
    );
    facades::flag(canvas, (430.0, 870.0), 470.0, 0x8d8a88);
    plants::tree(canvas, dice, (140.0, 890.0), 330.0, mix(light.ground, 0x4f6b3c, 0.6), light.sun);
    plants::tree(canvas, dice, (1330.0, 900.0), 380.0, mix(light.ground, 0x4f6b3c, 0.6), light.sun);
    people(canvas, dice, 9, 905.0, 108.0, mix(light.ground, 0x2b2330, 0.4));
}

/// The town hall: dome, pediment, columns, steps.
pub fn council(canvas: &mut Canvas, dice: &Dice) {
    let light = dice.pick(&[DUSK, ROSE, EMBER]);
    backdrop(canvas, dice, &light, 690.0, (1210.0, 330.0));
    let stone = mix(wall(&light, 0xf4e4c8), light.sun, 0.15);
    let shade = mix(light.ground, light.sky[0], 0.3);
    facades::house(canvas, (210.0, 800.0), (1080.0, 240.0), mix(stone, shade, 0.2), shade);
    facades::windows(canvas, dice, (236.0, 620.0, 190.0, 110.0), 3, 0x33334a, 0.7);
    facades::windows(canvas, dice, (1074.0, 620.0, 190.0, 110.0), 3, 0x33334a, 0.7);
    canvas.rect(640.0, 300.0, 220.0, 90.0, Ink::Across(640.0, mix(stone, shade, 0.5), 860.0, stone));
    canvas.oval(750.0, 302.0, 118.0, 108.0, Ink::Across(640.0, mix(0x3f7a7c, shade, 0.5), 860.0, mix(0x6fa8a0, light.sun, 0.25)));
    canvas.rect(628.0, 296.0, 244.0, 16.0, Ink::Flat(mix(stone, shade, 0.15)));
    facades::windows(canvas, dice, (650.0, 322.0, 200.0, 54.0), 6, 0x33334a, 0.8);
    canvas.rect(420.0, 468.0, 660.0, 332.0, Ink::Down(468.0, mix(shade, WARM, 0.12), 800.0, mix(shade, WARM, 0.4)));
    for door in [560.0, 710.0, 860.0] {
        canvas.rect(door, 610.0, 80.0, 190.0, Ink::Down(610.0, WARM, 800.0, 0xd9823e));
        canvas.bar((door + 40.0, 610.0), (door + 40.0, 800.0), 4.0, Ink::Flat(0x6a3a2a));
    }
    facades::colonnade(canvas, (430.0, 482.0, 640.0, 318.0), 6, stone, shade);
    canvas.rect(400.0, 440.0, 700.0, 44.0, Ink::Down(440.0, stone, 484.0, mix(stone, shade, 0.3)));
    canvas.poly(&[(386.0, 442.0), (750.0, 352.0), (1114.0, 442.0)], Ink::Across(386.0, mix(stone, shade, 0.3), 1114.0, stone));
    canvas.poly(&[(450.0, 432.0), (750.0, 370.0), (1050.0, 432.0)], Ink::Veil(shade, 0.28));
    for step in 0..6 {
        let grow = step as f32 * 30.0;
        canvas.rect(
            400.0 - grow,
            798.0 + step as f32 * 15.0,
            700.0 + grow * 2.0,
            15.0,
            Ink::Down(798.0 + step as f32 * 15.0, stone, 813.0 + step as f32 * 15.0, mix(stone, shade, 0.35)),
        );
    }
    land::plain(canvas, &light, 886.0, 0.72, 1.0);
    canvas.oval(750.0, 890.0, 480.0, 60.0, Ink::Glow(750.0, 890.0, 480.0, WARM, 0.3));
    facades::flag(canvas, (750.0, 206.0), 150.0, 0x6a5a60);
    for (x, height) in [(110.0, 470.0), (1390.0, 520.0)] {
        plants::palm(canvas, dice, (x, 905.0), height, light.at(0.95), light.sun);
    }
    people(canvas, dice, 8, 905.0, 92.0, light.at(1.0));
}
