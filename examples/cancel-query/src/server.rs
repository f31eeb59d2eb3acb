//! The HTTP server: its connections, its pages, and the handler that is cancelled.
//!
//! hyper reads on while a handler works, and drops what it awaits when the peer has gone. So what it awaits is the task of the handler,
//! whose drop cancels it, and whose clean-up the runtime drives though the connection is no more. A peer that only ends its sending
//! direction counts as gone (`half_close` is off, as it is unless one asks for it): a browser that closes looks the same at first.

use crate::database::Database;
use crate::events::Events;
use crate::jobs::{Ending, Jobs};
use crate::options::Options;
use crate::pool::{Pool, Size};
use crate::query::{self, TABLE, Work};
use costate::compat::{CostateIo, CostateTimer};
use costate::net::{TcpListener, TcpStream};
use costate::sync::CancelToken;
use costate::task::TaskGroup;
use costate::time::{Duration, timeout};
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue, USER_AGENT};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;

const PAGE: &str = include_str!("page.html");
/// How long the database is waited for at the start.
const START: Duration = Duration::from_secs(5);

/// What all handlers share.
#[derive(Debug)]
pub struct App {
    pub pool: Pool,
    pub jobs: Arc<Jobs>,
    deadline: Duration,
    /// The server ends.
    stop: CancelToken,
}

/// A server that listens, and has found its database.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
}

type Page = Response<Either<Full<Bytes>, Events>>;

impl App {
    /// All that the page shows.
    pub fn report(&self) -> Value {
        let mut report = self.jobs.report();
        let Size { idle, lent } = self.pool.size();
        report["connections"] = json!({ "idle": idle, "lent": lent });
        report
    }
}

impl Server {
    /// Listens, and looks whether the database is there.
    ///
    /// # Errors
    ///
    /// What is wrong, for people to read.
    ///
    /// # Cancel safety
    ///
    /// It may be cancelled or dropped at any time.
    #[costate::coroutine]
    pub fn start(options: Options) -> Result<Server, String> {
        let listen = options.listen.as_str();
        let bound = TcpListener::bind(listen).await;
        let listener = bound.map_err(|error| explain(listen, &error))?;
        let database = Database::new(options.database).map_err(|error| error.to_string())?;
        let pool = Pool::new(Arc::new(database), options.connections);
        let prepared = timeout(START, prepare(&pool)).await;
        prepared.map_err(|_| "the database doesn't answer")??;
        let app = App {
            pool,
            jobs: Arc::default(),
            deadline: options.deadline,
            stop: CancelToken::new(),
        };
        Ok(Server {
            listener,
            app: Arc::new(app),
        })
    }

    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Ends what [`serve`](Server::serve) does, when it is cancelled.
    pub fn stop(&self) -> CancelToken {
        self.app.stop.clone()
    }

    /// Serves until it is stopped. Then it closes all connections, waits until the handlers, which are cancelled by that, have cleaned
    /// up, and says goodbye to the database.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it cancels its connections and handlers, and doesn't wait for them.
    #[costate::coroutine]
    pub fn serve(self) {
        let Server { listener, app } = self;
        let mut connections = TaskGroup::new();
        let mut incoming = listener.incoming();
        loop {
            select! {
                accepted = incoming.accept() => match accepted {
                    Ok((stream, _)) => connections.spawn(connection(stream, Arc::clone(&app))),
                    Err(error) => eprintln!("can't accept: {error}"),
                },
                // Whatever came of it: it is one less.
                Some(_) = connections.next() => {}
                () = app.stop.cancelled() => break,
            }
        }
        connections.cancel_and_join().await;
        app.jobs.until_all_have_ended().await;
        app.pool.close().await;
    }
}

/// Opens a connection, which stays, and makes the table.
#[costate::coroutine]
fn prepare(pool: &Pool) -> Result<(), String> {
    let lent = pool.lend().await;
    let connection = lent.map_err(|error| error.to_string())?;
    defer! { pool.give_back(connection) }
    // It says that the table is there already, if it is.
    let made = connection.client().batch_execute(TABLE).await;
    made.map_err(|error| format!("can't make a table: {error}"))
}

#[costate::coroutine]
fn connection(stream: TcpStream, app: Arc<App>) {
    let handler =
        service_fn(move |request| costate::spawn(answer(Arc::clone(&app), request)).join());
    let mut server = http1::Builder::new();
    server.timer(CostateTimer::new());
    let served = server.serve_connection(CostateIo::new(stream), handler);
    // That a browser goes away in the middle is what this is about.
    drop(served.await);
}

/// Every request. What is asked for as a query is a handler of its own.
#[costate::coroutine]
fn answer(app: Arc<App>, request: Request<Incoming>) -> Page {
    let (head, body) = request.into_parts();
    // Nobody needs it; and while it is unread, hyper doesn't look whether the browser is still there.
    drop(body);
    let path = head.uri.path();
    match (&head.method, path) {
        (&Method::GET, "/") => page("text/html; charset=utf-8", PAGE.into()),
        (&Method::GET, "/events") => events(app),
        (&Method::GET | &Method::POST, "/query") => {
            let Some(work) = work(head.uri.query().unwrap_or_default()) else {
                return say(
                    StatusCode::BAD_REQUEST,
                    "write /query?sleep=SECONDS&rows=NUMBER",
                );
            };
            let who = head.headers.get(USER_AGENT).map_or("", program);
            handle(&app, who, work).await
        }
        (&Method::POST, _) if path.starts_with("/stop/") => {
            let number = path["/stop/".len()..].parse();
            match number.is_ok_and(|number| app.jobs.stop(number)) {
                true => say(StatusCode::OK, "stopped"),
                false => say(StatusCode::NOT_FOUND, "no query of this number runs"),
            }
        }
        _ => say(StatusCode::NOT_FOUND, "there is no such page"),
    }
}

/// Runs a query, until it has ended, is stopped, or has had its time; or until this is cancelled, for nobody waits for the answer.
#[costate::coroutine]
fn handle(app: &App, who: &str, work: Work) -> Page {
    let job = app.jobs.begin(who, describe(work));
    // Runs last, when the query has cleaned up.
    on_cancel! {
        let down = app.stop.is_cancelled();
        job.end(if down { Ending::ShutDown } else { Ending::Left })
    }
    let how = select! {
        ran = timeout(app.deadline, query::run(&app.pool, &job, work)) => match ran {
            Ok(Ok(sum)) => Ending::Finished(sum),
            Ok(Err(error)) => Ending::Failed(error.to_string()),
            Err(_) => Ending::Late,
        },
        () = job.stopped().cancelled() => Ending::Stopped,
    };
    job.end(how.clone());
    match how {
        Ending::Finished(sum) => say(StatusCode::OK, &format!("the sum is {sum}")),
        Ending::Failed(why) => say(StatusCode::BAD_GATEWAY, &why),
        Ending::Late => say(StatusCode::GATEWAY_TIMEOUT, "it took too long"),
        _ => say(StatusCode::CONFLICT, "it was stopped"),
    }
}

fn describe(Work { sleep, rows }: Work) -> String {
    match rows {
        0 => format!("sleep {sleep} s"),
        _ => format!("sleep {sleep} s, add up {} rows", with_commas(rows)),
    }
}

/// As tables are read.
fn with_commas(number: i64) -> String {
    match number {
        ..1000 => number.to_string(),
        _ => format!("{},{:03}", with_commas(number / 1000), number % 1000),
    }
}

/// `sleep=5&rows=1000`, both of which may be missing.
pub fn work(query: &str) -> Option<Work> {
    let mut work = Work {
        sleep: 0.0,
        rows: 0,
    };
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=')? {
            ("sleep", seconds) => work.sleep = seconds.parse().ok()?,
            ("rows", rows) => work.rows = rows.parse().ok()?,
            _ => return None,
        }
    }
    let possible = (0.0..=3600.0).contains(&work.sleep) && (0..=1_000_000_000).contains(&work.rows);
    possible.then_some(work)
}

/// What a browser calls itself, in short.
fn program(agent: &HeaderValue) -> &str {
    let agent = agent.to_str().unwrap_or_default();
    match agent.starts_with("Mozilla/") {
        true => "browser",
        false => agent.split(['/', ' ']).next().unwrap_or_default(),
    }
}

fn page(kind: &'static str, text: Bytes) -> Page {
    let mut page = Response::new(Either::Left(Full::new(text)));
    let kind = HeaderValue::from_static(kind);
    page.headers_mut().insert(CONTENT_TYPE, kind);
    page
}

fn say(status: StatusCode, what: &str) -> Page {
    let mut page = page(
        "application/json",
        json!({ "says": what }).to_string().into(),
    );
    *page.status_mut() = status;
    page
}

fn events(app: Arc<App>) -> Page {
    let mut page = Response::new(Either::Right(Events::new(app)));
    let kind = HeaderValue::from_static("text/event-stream");
    page.headers_mut().insert(CONTENT_TYPE, kind);
    page
}

/// Says what to do about it, for the mistakes that people make.
fn explain(address: &str, error: &io::Error) -> String {
    let hint = match error.kind() {
        ErrorKind::AddrInUse => "another program listens there; choose another port, or 0 for any",
        ErrorKind::AddrNotAvailable => "this machine has no such address",
        ErrorKind::PermissionDenied => "ports below 1024 need privileges",
        ErrorKind::InvalidInput => "write it as HOST:PORT, for instance 127.0.0.1:7800",
        _ => return format!("can't listen on {address}: {error}"),
    };
    format!("can't listen on {address}: {hint} ({error})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_says_how_slow_it_is_to_be() {
        let (sleep, rows) = (0.5, 1000);
        assert_eq!(work("sleep=0.5&rows=1000"), Some(Work { sleep, rows }));
        assert_eq!(work("rows=1000"), Some(Work { sleep: 0.0, rows }));
        assert!(work("").is_some());
        for wrong in [
            "sleep",
            "sleep=x",
            "sleep=nan",
            "sleep=-1",
            "rows=1e9",
            "more=1",
        ] {
            assert_eq!(work(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_query_is_described() {
        let work = |sleep, rows| describe(Work { sleep, rows });
        assert_eq!(work(0.5, 0), "sleep 0.5 s");
        assert_eq!(work(2.0, 999), "sleep 2 s, add up 999 rows");
        assert_eq!(work(2.0, 20_034_005), "sleep 2 s, add up 20,034,005 rows");
    }

    #[test]
    fn programs_have_short_names() {
        let name = |agent| program(&HeaderValue::from_static(agent)).to_owned();
        assert_eq!(name("curl/8.1.2"), "curl");
        assert_eq!(name("Mozilla/5.0 (X11; Linux x86_64)"), "browser");
        assert_eq!(name(""), "");
    }
}
