//! The feature `tracing`: what clean-up did not run to its end is an event.

use std::future::{Future, pending};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps the messages of events.
#[derive(Clone, Default)]
struct Messages(Arc<Mutex<Vec<String>>>);

impl Visit for Messages {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            let mut all = self.0.lock().expect("nobody panics with it");
            all.push(format!("{value:?}"));
        }
    }
}

impl Subscriber for Messages {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "costate::cancel"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[costate::coroutine]
fn cleans_up() {
    defer! { pending::<()>().await }
    pending().await
}

#[test]
fn clean_up_that_is_skipped_is_an_event() {
    let messages = Messages::default();
    tracing::subscriber::with_default(messages.clone(), || {
        let mut machine = pin!(cleans_up());
        let mut cx = Context::from_waker(Waker::noop());
        assert!(machine.as_mut().poll(&mut cx).is_pending());
        // `pin!` drops it at the end of this scope.
    });
    let all = messages.0.lock().expect("nobody panics with it").clone();
    assert_eq!(
        all,
        ["clean-up that awaits was skipped, as its coroutine was dropped and not cancelled"]
    );
}
