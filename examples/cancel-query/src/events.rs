//! The page's news: a body that never ends, of server-sent events.

use crate::server::App;
use costate::Task;
use costate::sync::mpsc::{Receiver, Sender, channel};
use costate::time::{Duration, sleep, timeout};
use hyper::body::{Body, Bytes, Frame};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// So often at most, however much happens.
const PAUSE: Duration = Duration::from_millis(50);
/// So often at least, or nobody would find out that the browser is gone.
const SILENCE: Duration = Duration::from_secs(5);

/// Tells one browser of all that changes, for as long as it listens.
#[derive(Debug)]
pub struct Events {
    reports: Receiver<Bytes>,
    /// It goes with the body.
    _teller: Task<()>,
}

impl Events {
    pub fn new(app: Arc<App>) -> Self {
        let (sender, reports) = channel(1);
        Events {
            reports,
            _teller: costate::spawn(tell(app, sender)),
        }
    }
}

#[costate::coroutine]
fn tell(app: Arc<App>, to: Sender<Bytes>) {
    let mut changes = app.jobs.watch();
    loop {
        let report = format!("data: {}\n\n", app.report());
        let sent = to.send(report.into()).await;
        if sent.is_err() {
            return;
        }
        sleep(PAUSE).await;
        // Changed or not, the time goes on.
        let _ = timeout(SILENCE, changes.changed()).await;
    }
}

impl Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let report = self.reports.poll_recv(cx);
        report.map(|report| report.map(|bytes| Ok(Frame::data(bytes))))
    }
}
