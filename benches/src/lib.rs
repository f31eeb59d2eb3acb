//! How things are measured here: two peers in turn, many short runs, and the median of the ratios of
//! neighbours. A machine that is busy for a while slows both halves of a pair alike.

pub mod corpus;

use std::time::{Duration, Instant};

/// Two ways to do the same.
pub struct Peers<'a> {
    pub ours: &'a mut dyn FnMut(),
    pub theirs: &'a mut dyn FnMut(),
}

/// What a series of pairs came to.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    /// Median time of one run of ours.
    pub ours: Duration,
    /// Median time of one run of theirs.
    pub theirs: Duration,
    /// Median of `ours / theirs`, pair by pair.
    pub ratio: f64,
    /// The quartiles of these ratios.
    pub spread: (f64, f64),
}

impl Peers<'_> {
    /// Times `pairs` pairs of runs. Who comes first alternates.
    ///
    /// # Panics
    ///
    /// When `pairs` is zero.
    pub fn compare(&mut self, pairs: usize) -> Compared {
        // Once each unmeasured: page faults, caches, branch predictors.
        (self.ours)();
        (self.theirs)();
        let times: Vec<(f64, f64)> = (0..pairs)
            .map(|pair| {
                if pair % 2 == 0 {
                    (seconds(self.ours), seconds(self.theirs))
                } else {
                    let theirs = seconds(self.theirs);
                    (seconds(self.ours), theirs)
                }
            })
            .collect();
        let ours = sorted(times.iter().map(|pair| pair.0));
        let theirs = sorted(times.iter().map(|pair| pair.1));
        let ratios = sorted(times.iter().map(|pair| pair.0 / pair.1));
        Compared {
            ours: Duration::from_secs_f64(quantile(&ours, 0.5)),
            theirs: Duration::from_secs_f64(quantile(&theirs, 0.5)),
            ratio: quantile(&ratios, 0.5),
            spread: (quantile(&ratios, 0.25), quantile(&ratios, 0.75)),
        }
    }
}

fn seconds(run: &mut dyn FnMut()) -> f64 {
    let begun = Instant::now();
    run();
    begun.elapsed().as_secs_f64()
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn quantile(sorted: &[f64], part: f64) -> f64 {
    assert!(!sorted.is_empty(), "nothing was measured");
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_odd_number_is_the_middle() {
        let values = sorted([3.0, 1.0, 2.0].into_iter());
        assert_eq!(quantile(&values, 0.5), 2.0);
    }

    #[test]
    fn both_run_equally_often() {
        let (mut ours, mut theirs) = (0, 0);
        Peers {
            ours: &mut || ours += 1,
            theirs: &mut || theirs += 1,
        }
        .compare(9);
        assert_eq!((ours, theirs), (10, 10));
    }
}
