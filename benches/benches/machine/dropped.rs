//! Machines that are dropped where they stand, in every state that they have.

use crate::Effort;
use crate::bodies::{Pieces, ours, poll, theirs};
use crate::counted;
use crate::report::{Report, Row};
use costate_benches::Peers;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

/// A machine that is made, polled so often, and dropped; both ways.
pub struct Dropped {
    pub name: String,
    pub ours: Box<dyn Fn()>,
    pub theirs: Box<dyn Fn()>,
}

/// All that are measured.
pub fn all() -> Vec<Dropped> {
    macro_rules! dropped {
        ($($body:ident($($argument:expr),*), $polls:expr;)*) => {
            [$(
                ($polls).map(|polls| Dropped {
                    name: format!("{} after {polls} polls", stringify!($body)),
                    ours: Box::new(move || dropped(ours::$body($($argument),*), polls)),
                    theirs: Box::new(move || dropped(theirs::$body($($argument),*), polls)),
                }).collect::<Vec<_>>(),
            )*].into_iter().flatten().collect()
        };
    }
    dropped! {
        straight_line(), 0..5;
        held_text(String::from("some text")), 0..4;
        echo(Pieces::new()), 0..3;
        three_deep(10), [0, 1, 15].into_iter();
        branches(30), 0..4;
    }
}

/// In time, which also tells where rustc inlined what, and in instructions, which do not.
pub fn tables(effort: Effort, report: &mut Report) {
    let all = all();
    report.table("drop", all.iter().map(|one| timed(one, effort)));
    if effort.others && counted::is_possible() {
        let rows = all.iter().filter_map(|one| {
            let [ours, theirs] = ["ours", "theirs"].map(|side| counted::count(side, &one.name));
            Some(Row::new(
                "drop",
                one.name.clone(),
                "instructions",
                ours?,
                theirs?,
            ))
        });
        report.table("drop, instructions", rows);
    }
}

/// Polls that often, or to the end, and drops.
#[inline(always)]
fn dropped<F: Future>(future: F, polls: usize) {
    let mut future = pin!(Some(future));
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if let Some(future) = future.as_mut().as_pin_mut()
            && poll(future, &mut cx).is_ready()
        {
            break;
        }
    }
    end(future);
}

/// A real call, as an executor makes it: nothing of what was polled is known where it is dropped.
#[inline(never)]
fn end<F: Future>(mut future: Pin<&mut Option<F>>) {
    future.set(None);
}

fn timed(one: &Dropped, effort: Effort) -> Row {
    let Effort { pairs, times, .. } = effort;
    let compared = Peers {
        ours: &mut || (0..times).for_each(|_| (one.ours)()),
        theirs: &mut || (0..times).for_each(|_| (one.theirs)()),
    }
    .compare(pairs);
    let ns = |time: std::time::Duration| time.as_secs_f64() * 1e9 / times as f64;
    let (ours, theirs) = (ns(compared.ours), ns(compared.theirs));
    Row {
        ratio: compared.ratio,
        spread: Some(compared.spread),
        ..Row::new("drop", one.name.clone(), "ns", ours, theirs)
    }
}
