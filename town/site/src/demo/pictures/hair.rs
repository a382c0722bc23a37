use std::f32::consts::{PI, TAU};

use super::canvas::{Canvas, Ink, blob, curve};
use super::dice::Dice;
use super::portraits::{CLOTHS, Head, X, Y};
use super::tones::mix;

/// Hair, a hat or a scarf: what one sees first.
pub fn crown(canvas: &mut Canvas, dice: &Dice, head: &Head, style: u64) {
    match style {
        0 | 1 => hat(canvas, dice, head),
        3 => curls(canvas, dice, head),
        4 => scarf(canvas, dice, head),
        // Bald: a gleam.
        5 => canvas.oval(X + 16.0, Y - head.down * 0.66, 13.0, 7.0, Ink::Veil(0xffffff, 0.22)),
        7 => parted(canvas, dice, head, dice.chance(0.5)),
        _ => parted(canvas, dice, head, false),
    }
}

/// A broad hat against the sun.
fn hat(canvas: &mut Canvas, dice: &Dice, head: &Head) {
    let (across, down) = (head.across, head.down);
    let felt = dice.pick(&[0xd9b98a, 0xf0dcc0, 0x7a4a31, 0x3b2740, 0xb58a5a]);
    let top = [
        (X - across * 0.98, Y - 34.0),
        (X - across * 0.9, Y - down - 22.0),
        (X - 12.0, Y - down - 36.0),
        (X + 14.0, Y - down - 32.0),
        (X + across * 0.9, Y - down - 22.0),
        (X + across * 0.98, Y - 34.0),
    ];
    canvas.fill(blob(&top), Ink::Across(X - across, mix(felt, 0x2a1420, 0.3), X + across, felt));
    canvas.rect(X - across * 1.02, Y - 56.0, across * 2.04, 15.0, Ink::Flat(dice.pick(&[0xb5301a, 0x2b1d22, 0x2f6b78])));
    canvas.oval(X, Y - 37.0, across * 2.0, 14.0, Ink::Across(X - across, mix(felt, 0x2a1420, 0.22), X + across, mix(felt, 0xffffff, 0.1)));
    canvas.oval(X, Y - 27.0, across * 0.96, 7.0, Ink::Veil(0x2a1420, 0.28));
}

fn curls(canvas: &mut Canvas, dice: &Dice, head: &Head) {
    let (across, down) = (head.across, head.down);
    for _ in 0..70 {
        let turn = dice.range(PI * 0.93, TAU * 1.035);
        let reach = dice.range(0.86, 1.16);
        let tone = mix(head.hair, 0xffe2ae, dice.range(0.0, 0.12));
        canvas.disc(X + turn.cos() * across * reach, Y - 12.0 + turn.sin() * down * reach, dice.range(10.0, 17.0), Ink::Flat(tone));
    }
}

fn scarf(canvas: &mut Canvas, dice: &Dice, head: &Head) {
    let (across, down) = (head.across, head.down);
    let cloth = dice.pick(&CLOTHS);
    let wrap = [
        (X - across - 7.0, Y - 8.0),
        (X - across - 4.0, Y - down * 0.75),
        (X, Y - down - 24.0),
        (X + across + 4.0, Y - down * 0.75),
        (X + across + 7.0, Y - 8.0),
        (X + across * 0.6, Y - 34.0),
        (X, Y - 42.0),
        (X - across * 0.6, Y - 34.0),
    ];
    canvas.fill(blob(&wrap), Ink::Across(X - across, mix(cloth, 0x1c1018, 0.25), X + across, mix(cloth, 0xffffff, 0.1)));
    for fold in 0..3 {
        let lift = fold as f32 * 13.0;
        canvas.line(
            curve(&[(X - across * 0.9, Y - 30.0 - lift), (X, Y - 52.0 - lift), (X + across * 0.9, Y - 26.0 - lift)]),
            2.4,
            Ink::Veil(mix(cloth, 0xffffff, 0.5), 0.5),
        );
    }
}

/// Hair parted somewhere near the middle, with or without a knot on top.
fn parted(canvas: &mut Canvas, dice: &Dice, head: &Head, knot: bool) {
    let (across, down) = (head.across, head.down);
    if knot {
        canvas.disc(X + 4.0, Y - down - 22.0, 23.0, Ink::Flat(mix(head.hair, 0xffe2ae, 0.05)));
    }
    let part = dice.range(-18.0, 18.0);
    let cut = [
        (X - across - 5.0, Y + 2.0),
        (X - across - 3.0, Y - down * 0.66),
        (X - 10.0, Y - down - 13.0),
        (X + across * 0.72, Y - down * 0.9),
        (X + across + 5.0, Y - down * 0.4),
        (X + across + 4.0, Y + 2.0),
        (X + across * 0.82, Y - 26.0),
        (X + part, Y - 46.0),
        (X - across * 0.78, Y - 28.0),
    ];
    canvas.fill(blob(&cut), Ink::Across(X - across, mix(head.hair, 0x120a10, 0.2), X + across, mix(head.hair, 0xffe2ae, 0.1)));
}

/// What falls behind the shoulders: painted before them.
pub fn long_hair(canvas: &mut Canvas, head: &Head, straight: bool) {
    let wide = head.across + if straight { 17.0 } else { 25.0 };
    let foot = if straight { 290.0 } else { 252.0 };
    let points = [
        (X, Y - head.down - 18.0),
        (X + wide * 0.85, Y - head.down * 0.6),
        (X + wide, Y + 30.0),
        (X + wide * 1.05, foot),
        (X, foot - 20.0),
        (X - wide * 1.05, foot),
        (X - wide, Y + 30.0),
        (X - wide * 0.85, Y - head.down * 0.6),
    ];
    canvas.fill(blob(&points), Ink::Flat(mix(head.hair, 0x120a10, 0.25)));
}

/// From ear to ear, leaving the mouth to be painted on it.
pub fn beard(canvas: &mut Canvas, head: &Head) {
    let (across, down) = (head.across, head.down);
    let mut points: Vec<_> = (0..=12)
        .map(|step| step as f32 / 12.0 * PI)
        .map(|turn| (X + turn.cos() * across * (1.02 - turn.sin() * 0.08), Y + 8.0 + turn.sin() * (down + 1.0)))
        .collect();
    points.extend([
        (X - across * 0.72, Y + 26.0),
        (X - 18.0, Y + 29.0),
        (X, Y + 27.0),
        (X + 18.0, Y + 29.0),
        (X + across * 0.72, Y + 26.0),
    ]);
    canvas.fill(blob(&points), Ink::Flat(mix(head.hair, head.skin, 0.12)));
}
