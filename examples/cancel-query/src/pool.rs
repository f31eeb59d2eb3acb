//! A few connections for many requests.
//!
//! Input: a database. Output: connections that are lent. Invariant: what is lent next is idle: a connection is kept only if it was given
//! back and says so itself. One that is dropped instead is closed.

use crate::database::{Connection, Database, Error};
use costate::sync::{Semaphore, SemaphoreGuardArc};
use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub struct Pool {
    database: Arc<Database>,
    /// One for each connection that there may be.
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    lent: Arc<AtomicUsize>,
}

/// A connection that is lent. [Give it back](Pool::give_back).
#[derive(Debug)]
pub struct Lent {
    connection: Connection,
    _place: Place,
}

/// A place in the pool that is taken.
#[derive(Debug)]
struct Place {
    lent: Arc<AtomicUsize>,
    _guard: SemaphoreGuardArc,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.lent.fetch_sub(1, Relaxed);
    }
}

impl Deref for Lent {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

/// How many connections there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub idle: usize,
    pub lent: usize,
}

impl Pool {
    /// A pool of no more than `size` connections, which are opened when they are needed.
    pub fn new(database: Arc<Database>, size: usize) -> Self {
        Pool {
            database,
            places: Arc::new(Semaphore::new(size)),
            idle: Mutex::default(),
            lent: Arc::default(),
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_idle(&self) -> Option<Connection> {
        let mut idle = self.idle();
        // The server may have closed it meanwhile.
        std::iter::from_fn(|| idle.pop()).find(Connection::is_idle)
    }

    /// Waits for a connection, the one that was given back last, or opens one.
    ///
    /// # Errors
    ///
    /// If the database can't be reached.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it gives its place in the queue to the next.
    #[costate::coroutine]
    pub fn lend(&self) -> Result<Lent, Error> {
        let guard = self.places.acquire_arc().await;
        self.lent.fetch_add(1, Relaxed);
        let _place = Place {
            lent: Arc::clone(&self.lent),
            _guard: guard,
        };
        let connection = match self.take_idle() {
            Some(connection) => connection,
            None => self.database.connect().await?,
        };
        Ok(Lent { connection, _place })
    }

    /// Keeps the connection for the next, or closes it if it is not idle.
    pub fn give_back(&self, lent: Lent) {
        let Lent { connection, _place } = lent;
        if connection.is_idle() {
            self.idle().push(connection);
        }
    }

    pub fn size(&self) -> Size {
        Size {
            idle: self.idle().len(),
            lent: self.lent.load(Relaxed),
        }
    }

    /// Closes the connections that are idle.
    ///
    /// # Cancel safety
    ///
    /// Cancelled or dropped, it closes them without saying goodbye.
    #[costate::coroutine]
    pub fn close(&self) {
        let idle = std::mem::take(&mut *self.idle());
        for connection in idle {
            connection.close().await;
        }
    }
}
