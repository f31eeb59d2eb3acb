//! A few connections for many requests, which come back by being dropped.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::config::Host;
use tokio_postgres::{Client, Config, NoTls};

pub type Error = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug)]
pub struct Pool {
    config: Config,
    places: Semaphore,
    idle: Mutex<Vec<Client>>,
}

/// A client that is lent. Its drop gives it back.
#[derive(Debug)]
pub struct Lent<'a> {
    client: Option<Client>,
    pool: &'a Pool,
    _place: SemaphorePermit<'a>,
}

impl Pool {
    pub fn new(config: Config, size: usize) -> Self {
        Pool {
            config,
            places: Semaphore::new(size),
            idle: Mutex::default(),
        }
    }

    pub async fn lend(&self) -> Result<Lent<'_>, Error> {
        let _place = self.places.acquire().await?;
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let client = match idle.filter(|client| !client.is_closed()) {
            Some(client) => client,
            None => self.connect().await?,
        };
        Ok(Lent {
            client: Some(client),
            pool: self,
            _place,
        })
    }

    async fn connect(&self) -> Result<Client, Error> {
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        let Some(Host::Tcp(name)) = self.config.get_hosts().first() else {
            return Err("this one connects by TCP alone".into());
        };
        let stream = TcpStream::connect((name.as_str(), port)).await?;
        stream.set_nodelay(true)?;
        let (client, connection) = self.config.connect_raw(stream, NoTls).await?;
        // It ends when the client is dropped and all is answered.
        drop(tokio::spawn(connection));
        Ok(client)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut idle = self
            .pool
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        idle.extend(self.client.take());
    }
}

impl Deref for Lent<'_> {
    type Target = Client;

    fn deref(&self) -> &Client {
        self.client.as_ref().expect("it is there until the drop")
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Client {
        self.client.as_mut().expect("it is there until the drop")
    }
}
