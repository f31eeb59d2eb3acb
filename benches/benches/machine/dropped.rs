//! Machines that are dropped where they stand, in every state that they have.

use crate::Effort;
use crate::bodies::{Pieces, ours, theirs};
use crate::report::{Report, Row};
use costate_benches::Peers;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

pub fn table(effort: Effort, report: &mut Report) {
    macro_rules! rows {
        ($($body:ident($($argument:expr),*), $polls:expr;)*) => {
            report.table("drop", [$(
                ($polls).map(|polls| {
                    row(
                        format!("{} after {polls} polls", stringify!($body)),
                        effort,
                        move || dropped(ours::$body($($argument),*), polls),
                        move || dropped(theirs::$body($($argument),*), polls),
                    )
                }).collect::<Vec<_>>(),
            )*].into_iter().flatten());
        };
    }
    rows! {
        straight_line(), 0..5;
        held_text(String::from("some text")), 0..4;
        echo(Pieces::new()), 0..3;
        three_deep(10), [0, 1, 15].into_iter();
        branches(30), 0..4;
    }
}

/// Polls that often, or to the end, and drops.
#[inline(always)]
fn dropped(future: impl Future, polls: usize) {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if future.as_mut().poll(&mut cx).is_ready() {
            break;
        }
    }
    std::hint::black_box(&mut future);
}

fn row(name: String, effort: Effort, ours: impl Fn(), theirs: impl Fn()) -> Row {
    let Effort { pairs, times, .. } = effort;
    let compared = Peers {
        ours: &mut || (0..times).for_each(|_| ours()),
        theirs: &mut || (0..times).for_each(|_| theirs()),
    }
    .compare(pairs);
    let ns = |time: std::time::Duration| time.as_secs_f64() * 1e9 / times as f64;
    Row {
        ratio: compared.ratio,
        spread: Some(compared.spread),
        ..Row::new("drop", name, "ns", ns(compared.ours), ns(compared.theirs))
    }
}
