//! The same server by plain drops, as one writes it with tokio, hyper and tokio-postgres.
//!
//! hyper drops the handler when the peer has gone, and with it the query, the transaction and the connection that it has. What is dropped
//! can't wait for the database: the transaction's drop asks for a rollback, which the database comes to when the query has ended, and
//! the connection goes back to the pool meanwhile.

mod pool;

use crate::options::Options;
use crate::query::{ADD_UP, SLEEP, TABLE, WRITE, Work};
use crate::server::work;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use pool::{Error, Pool};
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// A server that listens, and has found its database.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    pool: Pool,
    deadline: Duration,
}

type Page = Response<Full<Bytes>>;

impl Server {
    /// # Errors
    ///
    /// If the address can't be had, or the database can't be reached.
    pub async fn start(options: Options) -> Result<Server, Error> {
        let listener = TcpListener::bind(&options.listen).await?;
        let pool = Pool::new(options.database, options.connections);
        pool.lend().await?.batch_execute(TABLE).await?;
        Ok(Server {
            listener,
            pool,
            deadline: options.deadline,
        })
    }

    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is ready.
    pub async fn serve(self, stop: impl Future) {
        let (pool, deadline) = (Arc::new(self.pool), self.deadline);
        let mut connections = JoinSet::new();
        tokio::pin!(stop);
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => drop(connections.spawn(connection(stream, pool.clone(), deadline))),
                    Err(error) => eprintln!("can't accept: {error}"),
                },
                Some(_) = connections.join_next() => {}
                _ = &mut stop => break,
            }
        }
        connections.shutdown().await;
    }
}

async fn connection(stream: TcpStream, pool: Arc<Pool>, deadline: Duration) {
    let handler = service_fn(|request: Request<Incoming>| {
        let pool = Arc::clone(&pool);
        async move { Ok::<_, Infallible>(answer(&pool, request, deadline).await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new());
    let served = server.serve_connection(TokioIo::new(stream), handler);
    // That a browser goes away in the middle is what this is about.
    drop(served.await);
}

async fn answer(pool: &Pool, request: Request<Incoming>, deadline: Duration) -> Page {
    let asked = (
        request.uri().path(),
        work(request.uri().query().unwrap_or_default()),
    );
    let ("/query", Some(work)) = asked else {
        return say(StatusCode::NOT_FOUND, "there is no such page".into());
    };
    match timeout(deadline, run(pool, work)).await {
        Ok(Ok(sum)) => say(StatusCode::OK, format!("the sum is {sum}")),
        Ok(Err(error)) => say(StatusCode::BAD_GATEWAY, error.to_string()),
        Err(_) => say(StatusCode::GATEWAY_TIMEOUT, "it took too long".into()),
    }
}

async fn run(pool: &Pool, work: Work) -> Result<i64, Error> {
    let mut connection = pool.lend().await?;
    let transaction = connection.transaction().await?;
    transaction.execute(WRITE, &[&0_i64]).await?;
    transaction.execute(SLEEP, &[&work.sleep]).await?;
    let sum = transaction.query_one(ADD_UP, &[&work.rows]).await?;
    transaction.commit().await?;
    Ok(sum.get(0))
}

fn say(status: StatusCode, what: String) -> Page {
    let mut page = Response::new(Full::new(what.into()));
    *page.status_mut() = status;
    page
}
