/// A colour as `0xRRGGBB`.
pub type Tone = u32;

/// `share` of `b` in `a`, 0 to 1.
pub fn mix(a: Tone, b: Tone, share: f32) -> Tone {
    let channel = |shift: u32| {
        let (from, to) = ((a >> shift & 255) as f32, (b >> shift & 255) as f32);
        ((from + (to - from) * share.clamp(0.0, 1.0)).round() as u32) << shift
    };
    channel(16) | channel(8) | channel(0)
}

/// The light of an hour: what the air, the sun and the ground look like.
#[derive(Clone, Copy)]
pub struct Light {
    /// Zenith, middle, horizon.
    pub sky: [Tone; 3],
    pub sun: Tone,
    /// The nearest ground; the farther, the more of the horizon is in it.
    pub ground: Tone,
}

impl Light {
    /// Atmospheric perspective: 0 is lost in the air of the horizon, 1 stands in front.
    pub fn at(&self, depth: f32) -> Tone {
        let air = mix(self.sky[2], self.sky[1], 0.35);
        mix(air, self.ground, depth.powf(0.85))
    }

    /// A surface the sun falls on, at a depth.
    pub fn lit(&self, depth: f32, share: f32) -> Tone {
        mix(self.at(depth), mix(self.sun, self.sky[2], 0.75), share)
    }
}

/// After sunset: indigo over apricot.
pub const DUSK: Light = Light { sky: [0x26365f, 0x7d5472, 0xf09a68], sun: 0xffd9a0, ground: 0x33213a };
/// Moonlight: petrol blue.
pub const NIGHT: Light = Light { sky: [0x0b1f33, 0x1d4459, 0x47869a], sun: 0xd8f0ee, ground: 0x0c222c };
/// A clear morning: blue over sand.
pub const DAY: Light = Light { sky: [0x6fa8d0, 0xa9cbd6, 0xf6dfb8], sun: 0xfff3cf, ground: 0x55684a };
/// The last sun: rust and gold.
pub const EMBER: Light = Light { sky: [0xb84b34, 0xdd8355, 0xf8cb94], sun: 0xffe9c2, ground: 0x4a211f };
/// A pale noon with dust in the air.
pub const HAZE: Light = Light { sky: [0x8496b3, 0xb7b8c4, 0xeeddd2], sun: 0xffffff, ground: 0x4c4858 };
/// Late afternoon: teal over straw.
pub const GOLD: Light = Light { sky: [0x4f94a6, 0xb3c9b0, 0xfbdc98], sun: 0xfff4c8, ground: 0x4c4630 };
/// Just after sunset: blue, rose, peach.
pub const ROSE: Light = Light { sky: [0x4a5a8c, 0xc98a9b, 0xfbd3b0], sun: 0xfff0d6, ground: 0x4b2f46 };
