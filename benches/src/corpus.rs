//! Functions of the shapes that servers, clients, codecs and drivers have, each compiled from the same text as a
//! coroutine and as an `async fn`: how large is what they become?
//!
//! The futures that they await are as large as those of real sockets, locks and timers are, and suspend once.

mod codecs;
mod drivers;
mod leaves;
mod nested;
mod pipelines;
mod retries;
mod servers;

/// One function, both ways.
pub struct Sizes {
    pub name: &'static str,
    /// Bytes of the coroutine's machine.
    pub ours: usize,
    /// Bytes of the future of the `async fn`.
    pub theirs: usize,
}

/// Compiles the same text both ways, and measures it without running it.
macro_rules! corpus {
    ($($(#[$attribute:meta])* $name:ident($($argument:tt)*) -> $output:ty, called with ($($value:expr),* $(,)?) { $($body:tt)* })*) => {
        mod ours {
            #[allow(unused_imports)]
            use super::*;
            $(
                #[costate::coroutine]
                $(#[$attribute])*
                pub fn $name($($argument)*) -> $output { $($body)* }
            )*
        }
        mod theirs {
            #[allow(unused_imports)]
            use super::*;
            $(
                $(#[$attribute])*
                pub async fn $name($($argument)*) -> $output { $($body)* }
            )*
        }
        /// All of this file.
        pub fn all() -> Vec<$crate::corpus::Sizes> {
            vec![$(
                $crate::corpus::Sizes {
                    name: stringify!($name),
                    ours: size_of_val(&ours::$name($($value),*)),
                    theirs: size_of_val(&theirs::$name($($value),*)),
                },
            )*]
        }
    };
}
use corpus;

/// The whole corpus.
pub fn all() -> Vec<Sizes> {
    [
        servers::all(),
        codecs::all(),
        retries::all(),
        pipelines::all(),
        drivers::all(),
        nested::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The geometric mean of `ours / theirs`.
pub fn mean(all: &[Sizes]) -> f64 {
    let sum: f64 = all
        .iter()
        .map(|one| (one.ours as f64 / one.theirs as f64).ln())
        .sum();
    (sum / all.len() as f64).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_larger_than_the_async_fn() {
        let all = all();
        assert!(all.len() >= 60, "{} functions", all.len());
        let larger = all.iter().filter(|one| one.ours > one.theirs);
        let wrong: Vec<String> = larger
            .map(|one| format!("{}: {} bytes beside {}", one.name, one.ours, one.theirs))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn the_mean_is_well_below_that_of_async_fns() {
        let mean = mean(&all());
        assert!(mean <= MOST, "the geometric mean is {mean:.3}");
    }

    /// What was reached; lower it when it is.
    const MOST: f64 = 0.68;
}
