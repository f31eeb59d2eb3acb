//! What an expansion tells of its machine. Not public API.

use super::{FieldKind, SizeReport, SizedField, SizedState};
use crate::machine::Coroutine;
use crate::machine::at::At;
use core::any::type_name;
use core::marker::PhantomData;
use core::ops::Deref;

/// A report that is being made.
pub struct Sizes {
    report: SizeReport,
}

impl Sizes {
    /// Of the function of this name.
    #[must_use]
    pub fn new<S>(_: *mut S, name: &'static str) -> Self {
        Sizes {
            report: SizeReport {
                name,
                bytes: size_of::<S>(),
                align: align_of::<S>(),
                fields: Vec::new(),
                states: Vec::new(),
            },
        }
    }

    /// Where the tag lies.
    pub fn tag<T>(&mut self, at: At<T>) {
        self.field("state", at, FieldKind::Tag, None);
    }

    /// Where the flags lie: at this address in this state.
    pub fn flags<S, T>(&mut self, state: *mut S, flags: *mut T) {
        let at = At::<T>::new(flags.addr() - state.addr());
        self.field("live", at, FieldKind::Flags, None);
    }

    /// A local.
    pub fn local<T>(&mut self, name: &'static str, at: At<T>, within: Option<SizeReport>) {
        self.field(name, at, FieldKind::Local, within);
    }

    /// An awaited future.
    pub fn future<T>(&mut self, name: &'static str, at: At<T>, within: Option<SizeReport>) {
        self.field(name, at, FieldKind::Awaited, within);
    }

    fn field<T>(
        &mut self,
        name: &'static str,
        at: At<T>,
        kind: FieldKind,
        within: Option<SizeReport>,
    ) {
        self.report.fields.push(SizedField {
            name,
            type_name: type_name::<T>(),
            offset: at.offset(),
            bytes: size_of::<T>(),
            kind,
            within: within.map(Box::new),
        });
    }

    /// A state, with the names of what it holds, after all fields.
    pub fn state(
        &mut self,
        name: &'static str,
        suspension: &'static str,
        line: u32,
        held: &[&'static str],
    ) {
        let fields = &mut self.report.fields;
        fields.sort_by_key(|field| (field.offset, field.bytes));
        let is_held = |field: &SizedField| match field.kind {
            FieldKind::Tag => true,
            FieldKind::Flags => !suspension.is_empty(),
            FieldKind::Local | FieldKind::Awaited => held.contains(&field.name),
        };
        let held = (0..fields.len()).filter(|i| is_held(&fields[*i])).collect();
        self.report.states.push(SizedState {
            name,
            suspension,
            line,
            held,
        });
    }

    /// The report.
    #[must_use]
    pub fn finish(self) -> SizeReport {
        self.report
    }
}

/// What is held there, as what it is: a [`Coroutine`], or anything else. Which of the two is asked by method lookup.
pub struct Within<T>(PhantomData<T>);

impl<T> Within<T> {
    /// What lies there.
    #[must_use]
    pub fn at(_: At<T>) -> Self {
        Within(PhantomData)
    }
}

impl<T: Coroutine> Within<T> {
    /// The coroutine's own report.
    #[must_use]
    pub fn report(&self) -> Option<SizeReport> {
        T::__sizes()
    }
}

impl<T> Deref for Within<T> {
    type Target = NoCoroutine;

    fn deref(&self) -> &NoCoroutine {
        &NoCoroutine
    }
}

/// Has no report.
pub struct NoCoroutine;

impl NoCoroutine {
    /// None.
    #[must_use]
    pub fn report(&self) -> Option<SizeReport> {
        None
    }
}
