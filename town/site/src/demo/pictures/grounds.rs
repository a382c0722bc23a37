use super::canvas::{Canvas, HEIGHT, Ink, WIDTH};
use super::dice::Dice;
use super::outdoors::clouds;
use super::tones::{Light, Tone, mix};
use super::{land, skies, street_life};

/// Plaster walls of the town.
pub const WALLS: [Tone; 6] = [0xe8c9a0, 0xd98e63, 0xc9674a, 0xf0dcc0, 0x8fa89a, 0xb98a86];

/// Air, sun, clouds and two ridges: what every street looks up to.
pub fn backdrop(canvas: &mut Canvas, dice: &Dice, light: &Light, horizon: f32, sun: (f32, f32)) {
    skies::sky(canvas, light, horizon);
    skies::sun(canvas, light, sun.0, sun.1, 70.0);
    clouds(canvas, dice, light, 4);
    land::ridge(canvas, dice, light, horizon - 20.0, 210.0, 0.2);
    land::ridge(canvas, dice, light, horizon, 110.0, 0.36);
}

/// A wall in the light of the hour.
pub fn wall(light: &Light, tone: Tone) -> Tone {
    mix(mix(tone, light.ground, 0.24), light.sky[2], 0.14)
}

/// The pavement in front, with a kerb.
pub fn pavement(canvas: &mut Canvas, light: &Light, top: f32) {
    let stone = mix(light.at(0.45), light.sun, 0.25);
    canvas.rect(-300.0, top, WIDTH + 600.0, 46.0, Ink::Down(top, mix(stone, light.ground, 0.25), top + 46.0, stone));
    canvas.rect(-300.0, top + 44.0, WIDTH + 600.0, 12.0, Ink::Flat(mix(stone, light.ground, 0.6)));
    let asphalt = mix(light.ground, 0x3a3944, 0.5);
    canvas.rect(-300.0, top + 56.0, WIDTH + 600.0, HEIGHT, Ink::Down(top + 56.0, mix(asphalt, light.sky[2], 0.22), HEIGHT, asphalt));
}

/// People here and there along a line, of about one height.
pub fn people(canvas: &mut Canvas, dice: &Dice, count: usize, foot: f32, height: f32, tone: Tone) {
    for _ in 0..count {
        let place = (dice.range(60.0, WIDTH - 60.0), foot + dice.range(-8.0, 18.0));
        street_life::person(canvas, dice, place, height * dice.range(0.9, 1.08), tone);
    }
}
