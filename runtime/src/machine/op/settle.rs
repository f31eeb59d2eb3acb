//! How any machine is cancelled and traced.
//!
//! Input: where it stands, and what settles it. Invariant: whatever passes here, a panic too, what the machine held is
//! dropped exactly once. One function for all machines: of the code of each there is no more than what drops it, which
//! exists anyway.

use core::mem::forget;
use core::task::{Context, Poll};

use super::super::Frame;
use super::{Known, Op, Request};

/// A machine's closure that settles, by the machine's address.
///
/// # Safety
///
/// The machine is there, and nobody else uses it; what it is asked to drop is not used any more.
pub type Work = unsafe fn(*mut u8, Op) -> Option<Known>;

/// A machine, as far as it is known here.
pub(in super::super) struct Settled {
    machine: *mut u8,
    pub(in super::super) numbers: Numbers,
    frames: &'static str,
    work: Work,
}

/// What a machine tells of itself.
pub struct Stands {
    /// What says in which state it is.
    pub tag: *mut u8,
    /// How many suspensions there are.
    pub suspensions: u16,
    /// The last state that holds anything.
    pub holding: u16,
    /// The function's name, its file, and of each suspension the text and the line, a NUL between them.
    pub frames: &'static str,
}

impl Stands {
    /// In a machine that is there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(
        clippy::cast_possible_truncation,
        reason = "it is in there, and a machine of gigabytes is refused"
    )]
    pub(in super::super) fn numbers<M>(&self, machine: *const M) -> Numbers {
        Numbers {
            suspensions: self.suspensions,
            holding: self.holding,
            tag_at: (self.tag.addr() - machine.addr()) as u32,
        }
    }
}

/// Which states are what: 0 is unresumed, then come the suspensions, then (in the same order) those whose child is being
/// cancelled, where there are any, then those that clean-up begins from, where it does, then what holds nothing.
#[derive(Clone, Copy)]
pub struct Numbers {
    suspensions: u16,
    /// The last state that holds anything.
    pub holding: u16,
    /// How far in the machine its tag is.
    tag_at: u32,
}

impl Numbers {
    fn panicked(self) -> u16 {
        self.holding + 2
    }

    pub(in super::super) fn cancelled(self) -> u16 {
        self.holding + 3
    }

    /// Whether a byte has room for a state.
    fn is_narrow(self) -> bool {
        self.cancelled() <= 0xff
    }

    /// The suspension that a state is at, from 1.
    pub(in super::super) fn suspension(self, state: u16) -> u16 {
        (state - 1) % self.suspensions + 1
    }

    /// How many suspensions there are.
    pub(in super::super) fn suspensions(self) -> u16 {
        self.suspensions
    }

    /// The same suspension, whose child is being cancelled.
    pub(in super::super) fn cancelling(self, suspension: u16) -> u16 {
        suspension + self.suspensions
    }

    /// The same suspension, from which clean-up begins.
    pub(in super::super) fn begun(self, suspension: u16) -> u16 {
        suspension + 2 * self.suspensions
    }

    /// In which state a machine is.
    ///
    /// # Safety
    ///
    /// Such a machine is there.
    #[inline(always)]
    pub unsafe fn state(self, machine: *mut u8) -> u16 {
        // SAFETY: the caller says that it is there.
        let tag = unsafe { self.tag(machine) };
        match self.is_narrow() {
            // SAFETY: as above.
            true => u16::from(unsafe { tag.read() }),
            // SAFETY: as above, and it is of two bytes.
            false => unsafe { tag.cast::<u16>().read() },
        }
    }

    /// # Safety
    ///
    /// As for [`state`](Self::state).
    #[inline(always)]
    unsafe fn tag(self, machine: *mut u8) -> *mut u8 {
        // SAFETY: the caller says that the machine is there, in which it is.
        unsafe { machine.add(self.tag_at as usize) }
    }
}

impl Settled {
    /// # Safety
    ///
    /// As for [`settle`], as long as this is used.
    pub(in super::super) unsafe fn new(
        machine: *mut u8,
        (numbers, frames): (Numbers, &'static str),
        work: Work,
    ) -> Self {
        Settled {
            machine,
            numbers,
            frames,
            work,
        }
    }

    pub(in super::super) fn state(&self) -> u16 {
        // SAFETY: whoever made this said that the machine is there.
        unsafe { self.numbers.state(self.machine) }
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "so it was asked whether it is narrow"
    )]
    pub(in super::super) fn enter(&self, state: u16) {
        // SAFETY: as above.
        let tag = unsafe { self.numbers.tag(self.machine) };
        match self.numbers.is_narrow() {
            // SAFETY: as above; it is a number of a state.
            true => unsafe { tag.write(state as u8) },
            // SAFETY: as above.
            false => unsafe { tag.cast::<u16>().write(state) },
        }
    }

    pub(in super::super) fn ask(&self, op: Op) -> Option<Known> {
        // SAFETY: whoever made this said that the machine is there; what it drops nobody uses afterwards, since the state
        // is another one then.
        unsafe { (self.work)(self.machine, op) }
    }
}

/// Does what a machine is asked. Pending while its child cleans up.
///
/// # Safety
///
/// The machine is there, pinned, and nobody else uses it. `numbers`, `frames` and `work` are its own.
pub unsafe fn settle(
    machine: *mut u8,
    request: &mut Request<'_, '_>,
    numbers: Numbers,
    frames: &'static str,
    work: Work,
) -> Poll<()> {
    let machine = Settled {
        machine,
        numbers,
        frames,
        work,
    };
    match request {
        Request::Cancel(cx) => cancel(&machine, cx),
        Request::Trace(visit) => {
            trace(&machine, visit);
            Poll::Ready(())
        }
    }
}

fn cancel(machine: &Settled, cx: &mut Context<'_>) -> Poll<()> {
    let state = machine.state();
    if state > machine.numbers.holding {
        return Poll::Ready(());
    }
    let panicked = Panicked(machine);
    if let Some(child) = machine.ask(Op::Child)
        && child.ask(&mut Request::Cancel(cx)).is_pending()
    {
        forget(panicked);
        let numbers = machine.numbers;
        machine.enter(numbers.cancelling(numbers.suspension(state)));
        return Poll::Pending;
    }
    forget(panicked);
    let unwinding = Entered(machine);
    machine.ask(Op::Drop);
    forget(unwinding);
    machine.enter(machine.numbers.cancelled());
    Poll::Ready(())
}

pub(in super::super) fn trace(machine: &Settled, visit: &mut dyn FnMut(Frame)) {
    let state = machine.state();
    if state == 0 || state > machine.numbers.holding {
        return;
    }
    let panicked = Panicked(machine);
    let suspension = machine.numbers.suspension(state);
    if let Some(frame) = frame(machine.frames, usize::from(suspension)) {
        visit(frame);
    }
    if let Some(child) = machine.ask(Op::Child) {
        let _ = child.ask(&mut Request::Trace(visit));
    }
    forget(panicked);
}

/// What a machine answers of a suspension.
fn frame(frames: &'static str, suspension: usize) -> Option<Frame> {
    let mut words = frames.split('\0');
    let (coroutine, file) = (words.next()?, words.next()?);
    let mut words = words.skip(2 * (suspension - 1));
    let (awaiting, line) = (words.next()?, words.next()?.parse().ok()?);
    Some(Frame {
        coroutine,
        awaiting,
        file,
        line,
    })
}

/// Only a panic drops it: then the machine has panicked, and what it held is dropped.
struct Panicked<'a>(&'a Settled);

impl Drop for Panicked<'_> {
    fn drop(&mut self) {
        let _entered = Entered(self.0);
        self.0.ask(Op::Drop);
    }
}

/// Where this ends, also by a panic, the machine is one that has panicked.
struct Entered<'a>(&'a Settled);

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.0.enter(self.0.numbers.panicked());
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, frame};

    #[test]
    fn a_frame_is_found_by_its_number() {
        let frames = "f\0src/f.rs\0tick(1)\x0012\0tick(2)\x0014";
        let second = Frame {
            coroutine: "f",
            awaiting: "tick(2)",
            file: "src/f.rs",
            line: 14,
        };
        assert_eq!(frame(frames, 2), Some(second));
        assert_eq!(frame(frames, 3), None);
    }
}
