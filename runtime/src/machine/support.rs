//! What an expansion calls into. Not public API.

pub use super::at::{At, at, room, shared_at, tag, tag_at};
pub use super::awaited::{Awaited, Ready};
pub use super::boxed::{boxed, boxed_generator, boxed_send, boxed_send_generator};
pub use super::branch::{Early, Try};
pub use super::child::child;
pub use super::cleanup::{
    CleanUp, Leaving, StepThatCleansUp, step_that_cleans_up, step_that_unwinds,
};
pub use super::closure::{self, Asking, Parts, Spot};
pub use super::constructor::{
    Call, Captures, Constructor, Resumable, machine, machine_as_written, measured, step,
};
pub use super::erased::machine_in_a_box;
pub use super::failed::Failed;
pub use super::head::Head;
pub use super::holds::{Holds, SendIsAsked};
pub use super::known;
pub use super::look::{Seen, extent, see};
pub use super::machine::Machine;
pub use super::named;
pub use super::op::settle::Stands;
pub use super::op::{Known, Op, Step};
pub use super::operand;
pub use super::parts::{Choice, LiveParts, Told, Update, update};
pub use super::question;
pub use super::refused::refused;
pub use super::segment::{
    Left, after, at_end, back, copied, drops, drops_at, ended, forget, held_across, inside,
    panicked, unit,
};
pub use super::shown::Shown;
pub use super::slot::{Held, Init, Live, Slot, still_held, upper_case};
pub use super::twin::{
    Checked, IsRight, Item, Local, Output, Pinnable, Returns, Yield, any, cancelled, check,
    clean_up, local, never_reached, pinned, resumed, spelled, twin_0, twin_1, twin_2, twin_3,
    twin_4, twin_5, twin_6, twin_7, twin_8, yielded,
};
pub use crate::future::choose::{Candidate, Chosen, Nobody, choose, nobody_left};
pub use crate::introduce::Introduce;
pub use crate::sizes::{SizeReport, Sizes, Within};

// By these names in an expansion, whatever the user's own items are called.
pub use core::cell::Cell;
pub use core::mem::{ManuallyDrop, MaybeUninit, drop};
pub use core::option::Option::{self, None, Some};
pub use core::result::Result::{self, Ok};
pub use core::task::{Context, Poll};
