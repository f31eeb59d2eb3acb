//! What the example programs share: the echo server, a server of uploads, data that can be checked, a look at a
//! process's memory and descriptors, and a way to watch a coroutine's states.

pub mod pattern;
pub mod process;
pub mod server;
#[cfg(unix)]
pub mod upload;
pub mod watch;

/// The README's programs compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// So do the guide's, and they do what it says.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../docs/guide/state.md")]
    struct State;
    #[doc = include_str!("../../docs/guide/callback.md")]
    struct Callback;
    #[doc = include_str!("../../docs/guide/scheduler.md")]
    struct Scheduler;
    #[doc = include_str!("../../docs/guide/lifetime.md")]
    struct Lifetime;
    #[doc = include_str!("../../docs/guide/synchronization.md")]
    struct Synchronization;
    #[doc = include_str!("../../docs/guide/cancellation.md")]
    struct Cancellation;
    #[doc = include_str!("../../docs/guide/coming-from-tokio.md")]
    struct ComingFromTokio;
}
