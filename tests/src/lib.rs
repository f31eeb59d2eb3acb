//! What the differential tests are made of.
//!
//! A *case* is one text compiled twice: as `#[costate::coroutine] fn` and as `async fn`. Both are
//! driven by the same [schedule] over the same [props], which write every event into a
//! [log]; the two transcripts must be equal. [`differential!`] makes a case.
//!
//! Nothing here knows how the machine works, and nothing uses time, threads or chance: the random
//! schedules come from a fixed seed.
#![forbid(unsafe_code)]

pub mod log;
pub mod once;
pub mod props;
pub mod run;
pub mod schedule;

pub use costate as machine;
pub use costate_tests_native as native;

/// Compiles a body as a machine and as an `async fn`, and makes tests that both behave the same.
///
/// The short form is a function without arguments:
///
/// ```text
/// differential! {
///     fn a_value_is_awaited() -> u32 {
///         let n = after(2, 20).await;
///         n + 1
///     }
/// }
/// ```
///
/// The long form names the future to be driven, and then the items it is made of, in which
/// `#[half::coroutine]` is the attribute of the half that is being compiled:
///
/// ```text
/// differential! {
///     fn an_argument_is_held() -> () = hold(noisy("argument"));
///     #[half::coroutine]
///     fn hold(argument: Noisy) {
///         tick(1).await;
///     }
/// }
/// ```
///
/// Everything in scope around the case is in scope in it.
#[macro_export]
macro_rules! differential {
    ($(#[$about:meta])* fn $name:ident() -> $output:ty { $($body:tt)* }) => {
        $crate::differential! {
            $(#[$about])*
            fn $name() -> $output = start();
            #[half::coroutine]
            fn start() -> $output { $($body)* }
        }
    };
    ($(#[$about:meta])* fn $name:ident() -> $output:ty = $start:expr; $($items:tt)*) => {
        $(#[$about])*
        mod $name {
            // A case need not use what its module imports.
            #[allow(unused_imports)]
            use super::*;

            mod machine {
                #[allow(unused_imports)]
                use super::*;
                use $crate::machine as half;
                $($items)*
                pub fn make() -> impl half::Coroutine<Output = $output> {
                    $start
                }
            }

            mod native {
                #[allow(unused_imports)]
                use super::*;
                use $crate::native as half;
                $($items)*
                pub fn make() -> impl ::core::future::Future<Output = $output> {
                    $start
                }
            }

            #[test]
            fn every_schedule_agrees_with_async_fn() {
                $crate::schedule::compare_every(&machine::make, &native::make);
            }

            #[test]
            fn random_schedules_agree_with_async_fn() {
                $crate::schedule::compare_random(&machine::make, &native::make);
            }
        }
    };
}
