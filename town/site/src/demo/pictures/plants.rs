use super::canvas::{Canvas, Ink, curve, polyline};
use super::dice::Dice;
use super::tones::{Tone, mix};

/// The plant the program is named for: wands from one root, thorns along them, a red flame on each tip.
pub fn ocotillo(canvas: &mut Canvas, dice: &Dice, root: (f32, f32), height: f32, stem: Tone, rim: Tone) {
    let wands = 11;
    let mut order: Vec<usize> = (0..wands).collect();
    // From the outside in, so that the middle stands in front.
    order.sort_by_key(|wand| std::cmp::Reverse((*wand as i32 - wands as i32 / 2).abs()));
    for wand in order {
        let lean = (wand as f32 / (wands - 1) as f32 - 0.5) * 2.0;
        let reach = height * dice.range(0.82, 1.08) * (1.0 - lean.abs() * 0.16);
        let wave = dice.range(-0.05, 0.05) * height;
        let tip = (root.0 + lean * height * 0.50 + wave, root.1 - reach);
        let line = [
            (root.0 + lean * height * 0.012, root.1),
            (root.0 + lean * height * 0.11 - wave * 0.4, root.1 - reach * 0.32),
            (root.0 + lean * height * 0.29 + wave, root.1 - reach * 0.68),
            tip,
        ];
        let shade = mix(stem, rim, dice.range(0.0, 0.16));
        let thick = height * 0.0125;
        canvas.line(curve(&line[..3]), thick * 1.25, Ink::Flat(shade));
        canvas.line(curve(&line), thick, Ink::Flat(shade));
        if height > 260.0 {
            let lit: Vec<_> = line.iter().map(|point| (point.0 + thick * 0.34, point.1)).collect();
            canvas.line(curve(&lit), thick * 0.3, Ink::Veil(rim, 0.45));
            leaves(canvas, dice, &line, height, mix(shade, 0x6f8a4a, 0.55));
        }
        flame(canvas, dice, tip, (lean * 0.55 + wave / height * 2.0, height * 0.125));
    }
}

/// Small leaves and thorns along a wand.
fn leaves(canvas: &mut Canvas, dice: &Dice, line: &[(f32, f32); 4], height: f32, tone: Tone) {
    for step in 0..46 {
        let along = 0.25 + step as f32 / 46.0 * 2.7;
        let (place, share) = ((along as usize).min(2), along.fract());
        let (from, to) = (line[place], line[place + 1]);
        let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        let side = if step % 2 == 0 { 1.0 } else { -1.0 };
        let length = height * dice.range(0.012, 0.022);
        canvas.bar((x, y), (x + side * length, y - length * 0.75), height * 0.0055, Ink::Veil(tone, 0.9));
    }
}

/// The bloom: a spike of narrow flowers, darker below, glowing above.
fn flame(canvas: &mut Canvas, dice: &Dice, tip: (f32, f32), (lean, length): (f32, f32)) {
    let tones = [0xb32313, 0xd9341a, 0xf0562b, 0xff7d4d];
    for petal in 0..22 {
        let along = petal as f32 / 21.0;
        let (x, y) = (tip.0 + lean * length * along, tip.1 + length * 0.18 - length * along);
        let width = length * 0.17 * (1.0 - along * 0.8);
        let side = dice.range(-1.0, 1.0);
        let tone = tones[((along * 2.2 + dice.range(0.0, 1.6)) as usize).min(3)];
        canvas.bar((x, y), (x + side * width + lean * 5.0, y - length * 0.16), length * 0.062, Ink::Flat(tone));
    }
}

/// A fan palm with its skirt of dry leaves.
pub fn palm(canvas: &mut Canvas, dice: &Dice, root: (f32, f32), height: f32, tone: Tone, rim: Tone) {
    let lean = dice.range(-0.05, 0.05) * height;
    let top = (root.0 + lean, root.1 - height);
    let trunk = [(root.0, root.1), (root.0 + lean * 0.25, root.1 - height * 0.5), top];
    canvas.line(curve(&trunk), height * 0.034, Ink::Flat(tone));
    for frond in 0..9 {
        let droop = dice.range(-1.0, 1.0);
        let end = (top.0 + droop * height * 0.055, top.1 + height * dice.range(0.10, 0.2));
        canvas.bar(
            (top.0 + droop * height * 0.03, top.1),
            end,
            height * 0.022,
            Ink::Flat(mix(tone, 0xa87f4f, if frond % 2 == 0 { 0.16 } else { 0.05 })),
        );
    }
    let count = 17;
    for frond in 0..count {
        let angle = -0.42 + (frond as f32 / (count - 1) as f32) * 3.98;
        let (across, up) = (angle.cos(), angle.sin());
        let length = height * dice.range(0.17, 0.225);
        let end = (top.0 + across * length, top.1 - up * length * 0.9 + height * 0.045 * across.abs());
        let bend = (top.0 + across * length * 0.55, top.1 - up * length * 0.72 - height * 0.015);
        let shade = mix(tone, rim, 0.22 * (across * 0.5 + 0.5) * (up * 0.5 + 0.5));
        canvas.line(curve(&[top, bend, end]), height * 0.014, Ink::Flat(shade));
        for finger in -2..=2 {
            let fan = angle + finger as f32 * 0.13;
            let far = (bend.0 + fan.cos() * length * 0.5, bend.1 - fan.sin() * length * 0.42 + height * 0.03 * across.abs());
            canvas.bar(bend, far, height * 0.0085, Ink::Flat(shade));
        }
    }
}

/// An agave: a rosette of pointed leaves.
pub fn agave(canvas: &mut Canvas, dice: &Dice, root: (f32, f32), size: f32, tone: Tone, rim: Tone) {
    let leaves = 13;
    let mut order: Vec<usize> = (0..leaves).collect();
    order.sort_by_key(|leaf| std::cmp::Reverse((*leaf as i32 - leaves as i32 / 2).abs()));
    for leaf in order {
        let angle = 0.16 + leaf as f32 / (leaves - 1) as f32 * 2.82;
        let length = size * dice.range(0.85, 1.1) * (0.72 + angle.sin() * 0.34);
        let tip = (root.0 + angle.cos() * length, root.1 - angle.sin() * length);
        let (wide_x, wide_y) = (angle.sin() * size * 0.085, angle.cos() * size * 0.085);
        let middle = (root.0 + angle.cos() * length * 0.42, root.1 - angle.sin() * length * 0.42);
        canvas.poly(
            &[root, (middle.0 - wide_x, middle.1 - wide_y), tip, (middle.0 + wide_x, middle.1 + wide_y)],
            Ink::Flat(mix(tone, rim, dice.range(0.02, 0.10))),
        );
        canvas.poly(&[root, tip, (middle.0 + wide_x, middle.1 + wide_y)], Ink::Veil(rim, 0.22));
    }
}

/// A low desert shrub.
pub fn shrub(canvas: &mut Canvas, dice: &Dice, root: (f32, f32), size: f32, tone: Tone) {
    for _ in 0..26 {
        let angle = dice.range(0.2, 2.95);
        let length = size * dice.range(0.5, 1.0);
        let bend = (root.0 + angle.cos() * length * 0.4, root.1 - angle.sin() * length * 0.6);
        let tip = (root.0 + angle.cos() * length, root.1 - angle.sin() * length * 0.85);
        canvas.line(curve(&[root, bend, tip]), size * 0.028, Ink::Flat(tone));
        canvas.disc(tip.0, tip.1, size * dice.range(0.03, 0.07), Ink::Flat(tone));
    }
}

/// A round-crowned tree, lit from the right.
pub fn tree(canvas: &mut Canvas, dice: &Dice, root: (f32, f32), height: f32, tone: Tone, rim: Tone) {
    canvas.line(polyline(&[root, (root.0, root.1 - height * 0.6)]), height * 0.06, Ink::Flat(mix(tone, 0x2a1d1c, 0.5)));
    for lump in 0..13 {
        let (x, y) = (root.0 + dice.range(-0.26, 0.26) * height, root.1 - height * dice.range(0.5, 0.86));
        let share = ((x - root.0) / height + 0.3) * 0.4 + lump as f32 * 0.012;
        canvas.disc(x, y, height * dice.range(0.11, 0.17), Ink::Flat(mix(tone, rim, share.clamp(0.0, 0.4))));
    }
}
