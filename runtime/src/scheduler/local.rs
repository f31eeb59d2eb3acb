//! The part of a thread's tasks that other threads reach.
//!
//! Input: tasks that belong to one thread, woken by any. Output: they are in that thread's queue, and it is awake.

use super::context;
use super::inject::Inject;
use super::parker::Park;
use crate::driver::Driver;
use crate::task::{Schedule, TaskRef};
use std::sync::Arc;

pub(crate) struct Local {
    pub(super) inject: Inject,
    pub(super) park: Park,
}

impl Local {
    pub(super) fn new(driver: &Arc<Driver>) -> Arc<Self> {
        Arc::new(Local {
            inject: Inject::default(),
            park: Park::new(Arc::clone(driver)),
        })
    }

    /// Whether this is the thread.
    pub(super) fn is_here(&self) -> bool {
        context::with(|context| {
            let worker = context.and_then(|context| context.worker.as_ref());
            worker.is_some_and(|worker| std::ptr::eq(&*worker.local, self))
        })
    }
}

// SAFETY: what `schedule_here` finds is the worker of this thread, which holds its `Local`, and which the thread holds
// for longer than the call.
unsafe impl Schedule for Local {
    fn schedule_here(&self, task: TaskRef) -> Result<(), TaskRef> {
        context::with(|context| {
            let worker = context.and_then(|context| context.worker.as_ref());
            match worker {
                Some(worker) if std::ptr::eq(&*worker.local, self) => {
                    worker.push(task);
                    Ok(())
                }
                _ => Err(task),
            }
        })
    }

    fn schedule(&self, task: TaskRef) {
        match self.inject.push(task) {
            Ok(()) => self.park.unpark(),
            // The runtime has ended. All that belonged to the thread has ended before, so this is a task that may
            // be dropped anywhere.
            Err(task) => task.give_up(),
        }
    }
}
