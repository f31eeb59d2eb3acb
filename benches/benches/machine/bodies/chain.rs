//! Twenty functions, each of which awaits the next one.

use super::{Body, drive, once};

macro_rules! chain {
    ($($name:ident awaits $next:ident)*) => {
        mod ours {
            use super::once;
            #[costate::coroutine]
            fn innermost(times: u32) -> u32 {
                for _ in 0..times {
                    once().await;
                }
                times
            }
            $(
                #[costate::coroutine]
                pub fn $name(times: u32) -> u32 {
                    let below = $next(times).await;
                    below + 1
                }
            )*
        }
        mod theirs {
            use super::once;
            async fn innermost(times: u32) -> u32 {
                for _ in 0..times {
                    once().await;
                }
                times
            }
            $(
                pub async fn $name(times: u32) -> u32 {
                    let below = $next(times).await;
                    below + 1
                }
            )*
        }
    };
}

chain! {
    level1 awaits innermost level2 awaits level1 level3 awaits level2 level4 awaits level3
    level5 awaits level4 level6 awaits level5 level7 awaits level6 level8 awaits level7
    level9 awaits level8 level10 awaits level9 level11 awaits level10 level12 awaits level11
    level13 awaits level12 level14 awaits level13 level15 awaits level14 level16 awaits level15
    level17 awaits level16 level18 awaits level17 level19 awaits level18 level20 awaits level19
}

pub fn all() -> Vec<Body> {
    vec![Body {
        name: "twenty_deep",
        size: (
            size_of_val(&ours::level20(30)),
            size_of_val(&theirs::level20(30)),
        ),
        ours: || drive(ours::level20(30)),
        theirs: || drive(theirs::level20(30)),
    }]
}
