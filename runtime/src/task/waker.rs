//! Wakers of tasks: a counted reference behind `std`'s vtable.
//!
//! Input: a task. Output: a waker for its polls that costs no count unless it is cloned.

use super::raw::{Header, TaskRef, free};
use super::state::{Wake, WakeOwned};
use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::task::{RawWaker, RawWakerVTable, Waker};

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// A waker for as long as the caller's own reference lasts: it isn't dropped.
pub(super) fn borrowed(task: NonNull<Header>) -> ManuallyDrop<Waker> {
    // SAFETY: the vtable keeps the contract of `RawWaker`; the reference that a drop would give up isn't ours to
    // give, and isn't given.
    ManuallyDrop::new(unsafe { Waker::new(task.as_ptr().cast(), &VTABLE) })
}

/// # Safety
///
/// `data` is the data of a waker of a task.
unsafe fn header<'a>(data: *const ()) -> &'a Header {
    // SAFETY: the waker stands for a reference, so the task is there.
    unsafe { &*data.cast::<Header>() }
}

/// # Safety
///
/// As for [`header`]; the waker's reference passes to the result.
unsafe fn reference(data: *const ()) -> TaskRef {
    // SAFETY: a waker's data is never null.
    let task = unsafe { NonNull::new_unchecked(data.cast_mut().cast()) };
    // SAFETY: the caller says so.
    unsafe { TaskRef::from_raw(task) }
}

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: called through the vtable, on a waker's data.
    unsafe { header(data) }.state.reference();
    RawWaker::new(data, &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: called through the vtable, on a waker's data.
    match unsafe { header(data) }.state.wake_owned() {
        WakeOwned::Nothing => {}
        // SAFETY: the waker is used up, and its reference passes to the queue.
        WakeOwned::Schedule => unsafe { reference(data) }.schedule(),
        // SAFETY: the waker's reference was the last; its data is never null.
        WakeOwned::Free => unsafe { free(NonNull::new_unchecked(data.cast_mut().cast())) },
    }
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: called through the vtable, on a waker's data.
    match unsafe { header(data) }.state.wake() {
        Wake::Nothing => {}
        // SAFETY: the transition counted a reference, which passes to the queue.
        Wake::Schedule => unsafe { reference(data) }.schedule(),
    }
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: called through the vtable, on the data of a waker that goes away.
    drop(unsafe { reference(data) });
}
