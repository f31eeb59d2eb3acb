//! Maps and sets by small numbers and by names, of which a macro looks up thousands.
//!
//! The standard library's are safe from whoever chooses keys so that they collide, which costs most of the time where
//! nothing is optimised, as a macro is in most builds. Here nobody but the macro's user chooses them.

use std::hash::{BuildHasherDefault, Hasher};

pub type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Quick>>;
pub type HashSet<K> = std::collections::HashSet<K, BuildHasherDefault<Quick>>;

/// A word that all that is hashed is multiplied into.
#[derive(Default)]
pub struct Quick(u64);

/// 2^64 by the golden ratio: its upper bits differ for numbers that follow each other.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Quick {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        // The table takes the bits at both ends.
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.add(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }
}
