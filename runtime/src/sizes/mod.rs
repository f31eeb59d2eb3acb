//! Why is a machine as large as it is? Each state, each field with its bytes, the padding, and the awaited child within.
//!
//! Input: a coroutine, or a function that makes one, with the option `sizes` in its attribute: only then the
//! expansion has a closure that knows the names and types of what is held, which nothing calls but this. Output: a
//! [`SizeReport`], as data, as text, and as a picture. Non-goal: futures of others; of these the bytes are known alone.

mod of;
mod picture;
mod table;
mod text;

pub use of::{Reportable, SizesOf};
#[doc(hidden)]
pub use table::{Sizes, Within};

/// A machine's states, and what lies in them.
///
/// Made by [`size_report!`](crate::size_report). The text is for a terminal, [`to_svg`](Self::to_svg) for a page.
///
/// ```
/// # fn main() {
/// #[costate::coroutine(sizes)]
/// fn sum(left: u64, right: u8) -> u64 {
///     let right = std::future::ready(right).await;
///     left + u64::from(right)
/// }
///
/// let report = costate::size_report!(sum);
/// assert_eq!(report.bytes, size_of_val(&sum(1, 2)));
/// println!("{report}");
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SizeReport {
    /// The coroutine function, or the type of what is not known better.
    pub name: &'static str,
    /// `size_of` the machine.
    pub bytes: usize,
    /// `align_of` the machine.
    pub align: usize,
    /// All that has room in it, by offset. Empty unless the function has the option `sizes`.
    pub fields: Vec<SizedField>,
    /// In the order of the source, the state before the first poll at first.
    pub states: Vec<SizedState>,
}

/// What has room in a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SizedField {
    /// The user's own name, or one that is made of the awaited expression.
    pub name: &'static str,
    /// `type_name` of its type.
    pub type_name: &'static str,
    /// From the machine's first byte.
    pub offset: usize,
    /// `size_of` its type.
    pub bytes: usize,
    /// What it is to the machine.
    pub kind: FieldKind,
    /// The report of its own, if it is a coroutine of `#[costate::coroutine(sizes)]`.
    pub within: Option<Box<SizeReport>>,
}

/// What a field is to the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldKind {
    /// Says where the function stands.
    Tag,
    /// Bits that say which locals are there, where paths differ.
    Flags,
    /// A local that is held across a suspension, or an argument.
    Local,
    /// What is awaited.
    Awaited,
}

/// Where a machine can stand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SizedState {
    /// `Unresumed`, or the name of the suspension, as in the expansion.
    pub name: &'static str,
    /// The suspension as written; empty before the first poll.
    pub suspension: &'static str,
    /// The line of the suspension.
    pub line: u32,
    /// What it holds, as indices of [`SizeReport::fields`], by offset.
    pub held: Vec<usize>,
}

/// Some bytes of a machine in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SizedPart {
    /// A field, by its index in [`SizeReport::fields`].
    Held(usize),
    /// Between fields, so that each is aligned.
    Padding,
    /// Room that only other states use.
    Idle,
}

impl SizeReport {
    /// The report of a coroutine, a generator, or a function that gives one.
    pub fn of<M>(what: impl Reportable<M>) -> SizeReport {
        what.size_report()
    }

    /// What each byte of the machine is in a state: how many bytes, from the first to the last.
    #[must_use]
    pub fn parts(&self, state: &SizedState) -> Vec<(usize, SizedPart)> {
        let mut parts = Vec::new();
        let mut end = 0;
        for index in &state.held {
            let field = &self.fields[*index];
            self.gap(end, field.offset, &mut parts);
            parts.push((field.bytes, SizedPart::Held(*index)));
            end = end.max(field.offset + field.bytes);
        }
        self.gap(end, self.bytes, &mut parts);
        parts
    }

    /// How many bytes a state uses.
    #[must_use]
    pub fn used(&self, state: &SizedState) -> usize {
        state.held.iter().map(|i| self.fields[*i].bytes).sum()
    }

    /// Bytes that no field of any state lies in.
    #[must_use]
    pub fn padding(&self) -> usize {
        let mut all = Vec::new();
        self.gap(0, self.bytes, &mut all);
        let padding = all.iter().filter(|(_, part)| *part == SizedPart::Padding);
        padding.map(|(bytes, _)| bytes).sum()
    }

    /// What lies between two offsets where a state has nothing.
    fn gap(&self, mut from: usize, to: usize, parts: &mut Vec<(usize, SizedPart)>) {
        while from < to {
            let covers = |f: &&SizedField| f.offset <= from && from < f.offset + f.bytes;
            let ends = |f: &SizedField| f.offset + f.bytes;
            let (end, part) = match self.fields.iter().filter(covers).map(ends).max() {
                Some(end) => (end, SizedPart::Idle),
                None => {
                    let next = self.fields.iter().map(|f| f.offset).filter(|o| *o > from);
                    (next.min().unwrap_or(to), SizedPart::Padding)
                }
            };
            let end = end.min(to);
            match parts.last_mut() {
                Some((bytes, last)) if *last == part => *bytes += end - from,
                _ => parts.push((end - from, part)),
            }
            from = end;
        }
    }
}

/// The [`SizeReport`] of a coroutine, a generator, or a function that gives one: `size_report!(serve)`,
/// `size_report!(serve(listener))`. The argument is borrowed; no coroutine is run.
///
/// The function has to ask for it, and so do those that it awaits, if their insides are to be seen:
/// `#[costate::coroutine(sizes)]`, also on a whole `impl` or `trait`. Without that there is nothing to know but its size.
///
/// ```
/// # fn main() {
/// #[costate::coroutine(sizes)]
/// fn inner(data: [u8; 100]) -> usize {
///     std::future::ready(()).await;
///     data.len()
/// }
///
/// #[costate::coroutine(sizes)]
/// fn outer() -> usize {
///     let text = String::from("held");
///     inner([1; 100]).await + text.len()
/// }
///
/// let report = costate::size_report!(outer);
/// let awaited = report.fields.iter().find_map(|field| field.within.as_ref());
/// assert_eq!(awaited.unwrap().name, "inner");
/// # }
/// ```
#[macro_export]
macro_rules! size_report {
    ($coroutine:expr $(,)?) => {
        $crate::sizes::SizeReport::of(&$coroutine)
    };
}

#[cfg(test)]
mod tests;
