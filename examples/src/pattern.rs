//! Bytes that look random and can be made again from a seed, so that whoever receives them can tell
//! whether each is right without having been told what was sent.

/// An endless run of bytes, the same for the same seed however it is cut into pieces.
#[derive(Clone, Debug)]
pub struct Pattern {
    seed: u64,
    at: u64,
}

impl Pattern {
    pub fn new(seed: u64) -> Self {
        Pattern { seed, at: 0 }
    }

    /// How many bytes were made or checked so far.
    pub fn position(&self) -> u64 {
        self.at
    }

    /// Fills `buf` with the next bytes.
    pub fn fill(&mut self, buf: &mut [u8]) {
        buf.iter_mut().for_each(|byte| *byte = self.next());
    }

    /// Whether `bytes` are the next ones. If not, says at which position they first differ.
    pub fn check(&mut self, bytes: &[u8]) -> Result<(), Mismatch> {
        for &found in bytes {
            let position = self.at;
            let expected = self.next();
            if found != expected {
                return Err(Mismatch {
                    position,
                    expected,
                    found,
                });
            }
        }
        Ok(())
    }

    #[inline]
    fn next(&mut self) -> u8 {
        let word = mix(self.seed ^ (self.at / 8).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let byte = word.to_le_bytes()[(self.at % 8) as usize];
        self.at += 1;
        byte
    }
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
#[inline]
fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// A byte that is not the one that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    pub position: u64,
    pub expected: u8,
    pub found: u8,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Mismatch {
            position,
            expected,
            found,
        } = self;
        write!(
            f,
            "byte {position} came back as {found:#04x}, sent was {expected:#04x}"
        )
    }
}

impl std::error::Error for Mismatch {}

impl From<Mismatch> for std::io::Error {
    fn from(mismatch: Mismatch) -> Self {
        std::io::Error::new(std::io::ErrorKind::InvalidData, mismatch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_however_it_is_cut() {
        let mut whole = [0; 100];
        Pattern::new(7).fill(&mut whole);
        let mut pieces = Pattern::new(7);
        for part in whole.chunks(13) {
            pieces.check(part).unwrap();
        }
        assert_eq!(pieces.position(), 100);
    }

    #[test]
    fn a_wrong_byte_is_found_where_it_is() {
        let mut bytes = [0; 50];
        Pattern::new(7).fill(&mut bytes);
        bytes[33] ^= 1;
        let mismatch = Pattern::new(7).check(&bytes).unwrap_err();
        assert_eq!(
            (mismatch.position, mismatch.expected ^ 1),
            (33, mismatch.found)
        );
    }

    #[test]
    fn seeds_differ() {
        let (mut one, mut two) = ([0; 16], [0; 16]);
        Pattern::new(1).fill(&mut one);
        Pattern::new(2).fill(&mut two);
        assert_ne!(one, two);
    }
}
