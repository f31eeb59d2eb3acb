//! A database for each test, and a server over it.

use costate::sync::CancelToken;
use costate::{Runtime, Task};
use costate_cancel_query::client::{Asked, ask};
use costate_cancel_query::cluster::Cluster;
use costate_cancel_query::observer::Observer;
use costate_cancel_query::options::Options;
use costate_cancel_query::server::{App, Server};
use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// A test has the cluster to itself: some of them tell the time.
type Turn = MutexGuard<'static, ()>;

/// The one cluster of this process, if there can be one.
pub fn cluster() -> Option<(&'static Cluster, Turn)> {
    static TURN: Mutex<()> = Mutex::new(());
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let cluster = CLUSTER.get_or_init(|| Cluster::start().expect("PostgreSQL is there and starts"));
    if cluster.is_none() {
        let required = std::env::var("COSTATE_REQUIRE").unwrap_or_default();
        assert!(!required.contains("postgres"), "PostgreSQL isn't installed");
        // Not by `eprintln!`, which tests keep to themselves.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: PostgreSQL isn't installed here"
        );
    }
    cluster.as_ref().map(|cluster| (cluster, turn))
}

/// By what the server reaches its database.
#[derive(Clone, Copy, Debug)]
pub enum By {
    Unix,
    Tcp,
}

/// A server, in this process, over a database of its own.
pub struct Running {
    pub address: SocketAddr,
    pub app: Arc<App>,
    pub database: Observer,
    stop: CancelToken,
    serving: Option<Task<()>>,
    runtime: Runtime,
    _turn: Turn,
}

impl Running {
    /// `None` where there is no PostgreSQL.
    pub fn start(name: &str, by: By, connections: usize, deadline: Duration) -> Option<Self> {
        let (cluster, turn) = cluster()?;
        Observer::new(cluster.unix("postgres")).run(&format!("CREATE DATABASE {name}"));
        let database = Observer::new(cluster.unix(name));
        let options = Options {
            listen: "127.0.0.1:0".into(),
            database: match by {
                By::Unix => cluster.unix(name),
                By::Tcp => cluster.tcp(name),
            },
            connections,
            deadline,
        };
        let runtime = Runtime::builder()
            .threads(2)
            .build()
            .expect("there is room for it");
        let server = runtime.block_on(Server::start(options)).expect("it starts");
        Some(Running {
            address: server.address().expect("it listens"),
            app: Arc::clone(server.app()),
            database,
            stop: server.stop(),
            serving: Some(runtime.spawn(server.serve())),
            runtime,
            _turn: turn,
        })
    }

    pub fn ask(&self, what: &str) -> Asked {
        ask(self.address, what).expect("the server is there")
    }

    /// Asks for a query, and waits until the database is in its midst. Gives the backend's number too.
    pub fn slow_query(&self) -> (Asked, i32) {
        let asked = self.ask("GET /query?sleep=600");
        let sleeps = format!("{ACTIVE} AND query LIKE 'SELECT pg_sleep%'");
        self.database
            .until(&format!("SELECT count(*) = 1 FROM {sleeps}"));
        let backend = self.database.number(&format!("SELECT pid FROM {sleeps}"));
        (asked, i32::try_from(backend).expect("it is a process"))
    }

    /// Ends it, and waits until it has ended.
    pub fn stop(&mut self) {
        self.stop.cancel();
        if let Some(serving) = self.serving.take() {
            self.runtime.block_on(serving);
        }
    }
}

/// The server's backends that are at a statement.
pub const ACTIVE: &str = "pg_stat_activity WHERE datname = current_database() \
    AND pid <> pg_backend_pid() AND state = 'active'";
