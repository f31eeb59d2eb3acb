//! Connections to PostgreSQL, over our own sockets.
//!
//! Input: an address. Output: connections whose transactions begin and end, and whose statements can be interrupted. Invariant: a
//! connection that says that it is idle has no transaction open, nothing to answer, and no request to interrupt it under way.

use costate::compat::CostateIo;
use costate::io::{AsyncRead, AsyncWrite};
use costate::net::TcpStream;
#[cfg(unix)]
use costate::net::UnixStream;
use costate::{Task, time};
use std::error::Error as _;
use std::fmt;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio_postgres::config::Host;
use tokio_postgres::{CancelToken, Client, Config, NoTls};

const PORT: u16 = 5432;
/// After how long a statement that goes on is interrupted again.
const AGAIN: Duration = Duration::from_millis(20);

/// A database, by its address.
#[derive(Debug)]
pub struct Database {
    config: Config,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Tcp(String, u16),
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

/// What went wrong, for people to read.
#[derive(Debug)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        match (error.as_db_error(), error.source()) {
            (Some(error), _) => Error(format!("the database says: {}", error.message())),
            (None, Some(source)) => Error(format!("{error}: {source}")),
            (None, None) => Error(error.to_string()),
        }
    }
}

impl Database {
    /// # Errors
    ///
    /// If the address names no host, or one that can't be reached from here.
    pub fn new(config: Config) -> Result<Self, Error> {
        let port = config.get_ports().first().copied().unwrap_or(PORT);
        let place = match config.get_hosts().first() {
            Some(Host::Tcp(name)) => Place::Tcp(name.clone(), port),
            #[cfg(unix)]
            Some(Host::Unix(folder)) => Place::Unix(folder.join(format!(".s.PGSQL.{port}"))),
            None => return Err(Error("the database's address names no host".into())),
        };
        Ok(Database { config, place })
    }

    /// Opens a connection.
    ///
    /// # Errors
    ///
    /// If nobody listens there, or the server refuses.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it closes what it has opened.
    #[costate::coroutine]
    pub fn connect(self: &Arc<Self>) -> Result<Connection, Error> {
        let stream = self.reach().await?;
        let (client, backend, driver) = match stream {
            Stream::Tcp(stream) => self.greet(stream).await?,
            #[cfg(unix)]
            Stream::Unix(stream) => self.greet(stream).await?,
        };
        Ok(Connection {
            database: Arc::clone(self),
            idle: AtomicBool::new(true),
            backend,
            client,
            driver,
        })
    }

    #[costate::coroutine]
    fn reach(&self) -> Result<Stream, Error> {
        let reached = match &self.place {
            Place::Tcp(name, port) => reach_tcp(name, *port).await,
            #[cfg(unix)]
            Place::Unix(path) => UnixStream::connect(path).await.map(Stream::Unix),
        };
        reached.map_err(|error| self.explain(&error))
    }

    /// Says what to do about it, for the mistakes that people make.
    fn explain(&self, error: &io::Error) -> Error {
        let place = match &self.place {
            Place::Tcp(name, port) => format!("{name}:{port}"),
            #[cfg(unix)]
            Place::Unix(path) => path.display().to_string(),
        };
        let hint = match error.kind() {
            io::ErrorKind::ConnectionRefused => "no database listens there",
            io::ErrorKind::NotFound => "no database has made such a socket",
            io::ErrorKind::PermissionDenied => "this user may not",
            _ => return Error(format!("can't reach {place}: {error}")),
        };
        Error(format!("can't reach {place}: {hint} ({error})"))
    }

    #[costate::coroutine]
    fn greet<S>(&self, stream: S) -> Result<(Client, i32, Driver), Error>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let stream = CostateIo::new(stream);
        let (client, connection) = self.config.connect_raw(stream, NoTls).await?;
        let driver = costate::spawn(connection);
        let row = client.query_one("SELECT pg_backend_pid()", &[]).await?;
        Ok((client, row.get(0), driver))
    }

    /// Interrupts whatever a connection's statement is that the server is at, and waits until the server has passed that on.
    #[costate::coroutine]
    fn interrupt(&self, token: &CancelToken) -> Result<(), Error> {
        let stream = self.reach().await?;
        match stream {
            Stream::Tcp(stream) => interrupt_over(token, stream).await,
            #[cfg(unix)]
            Stream::Unix(stream) => interrupt_over(token, stream).await,
        }
    }
}

/// Drives a connection for as long as it is held.
type Driver = Task<Result<(), tokio_postgres::Error>>;

enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

#[costate::coroutine]
fn reach_tcp(name: &str, port: u16) -> io::Result<Stream> {
    let stream = TcpStream::connect((name, port)).await?;
    stream.set_nodelay(true)?;
    Ok(Stream::Tcp(stream))
}

#[costate::coroutine]
fn interrupt_over<S>(token: &CancelToken, stream: S) -> Result<(), Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = CostateIo::new(stream);
    token.cancel_query_raw(&mut stream, NoTls).await?;
    // The server closes it when the signal is sent. Who doesn't wait for that may interrupt what comes next.
    let closed = stream.read(&mut [0]).await;
    closed.map(|_| ()).map_err(|error| Error(error.to_string()))
}

/// A connection, with at most one transaction.
#[derive(Debug)]
pub struct Connection {
    database: Arc<Database>,
    /// Whether no transaction is open, and nothing is under way.
    idle: AtomicBool,
    backend: i32,
    // Before the driver, which ends by itself when nobody can ask any more.
    client: Client,
    driver: Driver,
}

impl Connection {
    /// The number of the server's process, by which `pg_stat_activity` knows it.
    pub fn backend(&self) -> i32 {
        self.backend
    }

    /// What statements are sent by.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether it can be used by somebody else.
    pub fn is_idle(&self) -> bool {
        self.idle.load(Relaxed) && !self.client.is_closed()
    }

    /// Begins a transaction.
    ///
    /// # Errors
    ///
    /// Whatever the server reports.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it leaves the connection in use: [`interrupt`](Self::interrupt) it, and [roll back](Self::roll_back).
    #[costate::coroutine]
    pub fn begin(&self) -> Result<(), Error> {
        self.idle.store(false, Relaxed);
        self.client.batch_execute("BEGIN").await?;
        Ok(())
    }

    /// Makes what the transaction has done last, and ends it.
    ///
    /// # Errors
    ///
    /// Whatever the server reports.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it may have done so or not.
    #[costate::coroutine]
    pub fn commit(&self) -> Result<(), Error> {
        self.client.batch_execute("COMMIT").await?;
        self.idle.store(true, Relaxed);
        Ok(())
    }

    /// Undoes what the transaction has done, and ends it. If none was begun, nothing happens.
    ///
    /// # Errors
    ///
    /// Whatever the server reports.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it leaves the connection in use.
    #[costate::coroutine]
    pub fn roll_back(&self) -> Result<(), Error> {
        self.client.batch_execute("ROLLBACK").await?;
        self.idle.store(true, Relaxed);
        Ok(())
    }

    /// Ends what the server does for this connection: of the statements that were sent, those that it is at or comes to.
    ///
    /// Whoever awaited them must have given up.
    ///
    /// # Errors
    ///
    /// If the connection is lost.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it may have done so or not, or do so later.
    #[costate::coroutine]
    pub fn interrupt(&self) -> Result<(), Error> {
        let token = self.client.cancel_token();
        // An empty statement: it is answered when all is that was sent before.
        let mut answered = pin!(self.client.simple_query(""));
        loop {
            // A request that comes before its statement hits nothing. So one is not enough.
            let interrupted = self.database.interrupt(&token).await;
            select! {
                answer = answered.as_mut() => return match answer {
                    Err(error) if error.as_db_error().is_none() => Err(error.into()),
                    _ => Ok(()),
                },
                () = time::sleep(AGAIN) => {}
            }
            // Without descriptors, for instance: the statement ends some time, and the limit of clean-up comes before.
            drop(interrupted);
        }
    }

    /// Says goodbye to the server and closes.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it closes without saying so.
    #[costate::coroutine]
    pub fn close(self) {
        let Connection { client, driver, .. } = self;
        drop(client);
        // That it was lost before is as good.
        drop(driver.join().await);
    }
}
