//! Prepared statements of one connection, found by where their text lies, else with a single hash of it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::Error;

/// How many statements one connection keeps. A town has a few hundred texts; a connection that sees
/// more prepares the rarest again.
const KEPT: usize = 200;
/// Places of texts in memory that are remembered. Most texts are constants, and lie where they lay the last time.
const DOORS: usize = 256;

pub(crate) struct Statements<S> {
    places: HashMap<Box<str>, usize, BuildHasherDefault<TextHasher>>,
    slots: Vec<Slot<S>>,
    doors: Box<[usize; DOORS]>,
    clock: u64,
}

struct Slot<S> {
    text: Box<str>,
    used: u64,
    statement: S,
}

impl<S> Statements<S> {
    pub(crate) fn new() -> Self {
        Self { places: HashMap::default(), slots: Vec::new(), doors: Box::new([0; DOORS]), clock: 0 }
    }

    /// The statement for `text`, prepared now if it was not before.
    pub(crate) fn find(&mut self, text: &str, prepare: impl FnOnce(&str) -> Result<S, Error>) -> Result<&mut S, Error> {
        self.clock += 1;
        let door = (text.as_ptr().addr() / 8) % DOORS;
        // To compare a text is many times as fast as to hash it.
        let place = match self.slots.get(self.doors[door]).filter(|slot| *slot.text == *text) {
            Some(_) => self.doors[door],
            None => self.look_up(text, prepare)?,
        };
        self.doors[door] = place;
        let slot = &mut self.slots[place];
        slot.used = self.clock;
        Ok(&mut slot.statement)
    }

    /// Forgets everything, e.g. because the connection is a new one.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.slots.clear();
    }

    fn look_up(&mut self, text: &str, prepare: impl FnOnce(&str) -> Result<S, Error>) -> Result<usize, Error> {
        match self.places.get(text) {
            Some(place) => Ok(*place),
            None => prepare(text).map(|statement| self.keep(text, statement)),
        }
    }

    fn keep(&mut self, text: &str, statement: S) -> usize {
        let slot = Slot { text: text.into(), used: self.clock, statement };
        let place = if self.slots.len() < KEPT {
            self.slots.push(slot);
            self.slots.len() - 1
        } else {
            let oldest = self.oldest();
            self.places.remove(&self.slots[oldest].text);
            self.slots[oldest] = slot;
            oldest
        };
        self.places.insert(text.into(), place);
        place
    }

    fn oldest(&self) -> usize {
        let ages = self.slots.iter().enumerate().map(|(place, slot)| (slot.used, place));
        ages.min().map_or(0, |(_, place)| place)
    }
}

/// Eight bytes at a time, without defence against chosen keys: the texts are the program's own.
#[derive(Default)]
pub(crate) struct TextHasher(u64);

impl Hasher for TextHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
        for byte in chunks.remainder() {
            self.mix(u64::from(*byte));
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

impl TextHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
