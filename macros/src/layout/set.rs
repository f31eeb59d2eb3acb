//! Sets of items, by their indices.

/// A set of small numbers.
#[derive(Clone)]
pub struct Set(Vec<u64>);

impl Set {
    pub fn new(most: usize) -> Self {
        Set(vec![0; most.div_ceil(64)])
    }

    pub fn of(items: &[usize], most: usize) -> Self {
        let mut set = Set::new(most);
        items.iter().for_each(|i| set.insert(*i));
        set
    }

    pub fn insert(&mut self, i: usize) {
        self.0[i / 64] |= 1 << (i % 64);
    }

    pub fn contains(&self, i: usize) -> bool {
        self.0[i / 64] & 1 << (i % 64) != 0
    }

    pub fn take(&mut self, i: usize) -> bool {
        let had = self.contains(i);
        self.0[i / 64] &= !(1 << (i % 64));
        had
    }

    pub fn common(&self, other: &Set) -> u32 {
        let words = self.0.iter().zip(&other.0);
        words.map(|(a, b)| (a & b).count_ones()).sum()
    }

    /// What is in this one and in the other.
    pub fn both(&self, other: &Set) -> Set {
        Set(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// What is in this one alone, in order.
    pub fn without(&self, other: &Set) -> Vec<usize> {
        let words = self.0.iter().zip(&other.0).enumerate();
        let alone = words.flat_map(|(word, (a, b))| {
            let mut alone = a & !b;
            std::iter::from_fn(move || {
                let next = alone.trailing_zeros() as usize;
                alone &= alone.wrapping_sub(1);
                (next < 64).then_some(word * 64 + next)
            })
        });
        alone.collect()
    }

    /// Takes out, and gives, what is in both.
    pub fn drain_common(&mut self, other: &Set) -> Vec<usize> {
        let mut found = Vec::new();
        for (word, (mine, theirs)) in self.0.iter_mut().zip(&other.0).enumerate() {
            let mut both = *mine & theirs;
            *mine &= !both;
            while both != 0 {
                found.push(word * 64 + both.trailing_zeros() as usize);
                both &= both - 1;
            }
        }
        found
    }
}
