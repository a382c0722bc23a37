use std::cell::Cell;

/// Repeatable chance (SplitMix64): the same seed paints the same picture on every machine.
pub struct Dice(Cell<u64>);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub fn new(seed: u64) -> Dice {
        Dice(Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x0C07_1110))
    }

    /// The next 64 bits.
    pub fn roll(&self) -> u64 {
        self.0.set(self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
        let mut word = self.0.get();
        word = (word ^ word >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ word >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ word >> 31
    }

    /// Even over `low..high`.
    pub fn range(&self, low: f32, high: f32) -> f32 {
        low + (high - low) * ((self.roll() >> 40) as f32 / (1u64 << 24) as f32)
    }

    /// One of several, which must not be none.
    pub fn pick<T: Copy>(&self, choices: &[T]) -> T {
        choices[(self.roll() % choices.len() as u64) as usize]
    }

    /// True in this share of rolls.
    pub fn chance(&self, share: f32) -> bool {
        self.range(0.0, 1.0) < share
    }
}
