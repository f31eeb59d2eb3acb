//! How many seconds a database works for nobody: behind this server, and behind the same one by plain drops.
//!
//! ```text
//! cargo run --release -p costate-cancel-query --bin wasted
//! cargo run --release -p costate-cancel-query --bin wasted -- 40 5 40    # requests, seconds of each, connections
//! ```
//!
//! Half of the requests go away after a tenth of a second. It needs PostgreSQL's server programs, and starts a server of its own.

#[cfg(not(unix))]
fn main() {
    eprintln!("wasted starts PostgreSQL as Unix does");
}

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    measured::main()
}

#[cfg(unix)]
mod measured {
    use costate::Runtime;
    use costate_cancel_query::client::ask;
    use costate_cancel_query::cluster::Cluster;
    use costate_cancel_query::observer::Observer;
    use costate_cancel_query::options::Options;
    use costate_cancel_query::{plain, server};
    use std::net::SocketAddr;
    use std::process::ExitCode;
    use std::thread;
    use std::time::{Duration, Instant};

    const LEAVES_AFTER: Duration = Duration::from_millis(100);
    const USAGE: &str = "usage: wasted [REQUESTS [SECONDS [CONNECTIONS]]]";

    /// What the database has to bear.
    #[derive(Clone, Copy, Debug)]
    struct Load {
        requests: u32,
        seconds: f64,
        connections: u32,
    }

    /// What came of it.
    #[derive(Debug)]
    struct Outcome {
        /// How many were answered.
        answered: u32,
        /// When the last was.
        after: Duration,
        /// What the database worked.
        worked: f64,
    }

    pub fn main() -> ExitCode {
        let Some(load) = load() else {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        };
        match measure(load) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("wasted: {error}");
                ExitCode::FAILURE
            }
        }
    }

    fn load() -> Option<Load> {
        let mut words = std::env::args().skip(1);
        let mut next = |otherwise: f64| match words.next() {
            Some(word) => word.parse().ok().filter(|number| *number > 0.0),
            None => Some(otherwise),
        };
        Some(Load {
            requests: next(40.0)? as u32,
            seconds: next(5.0)?,
            connections: next(40.0)? as u32,
        })
    }

    type Failure = Box<dyn std::error::Error + Send + Sync>;

    fn measure(load: Load) -> Result<(), Failure> {
        let cluster = Cluster::start()?.ok_or("PostgreSQL isn't installed")?;
        let Load {
            requests,
            seconds,
            connections,
        } = load;
        println!(
            "{requests} requests at once, each a query of {seconds} s; half of them go away after {} ms; {connections} connections\n",
            LEAVES_AFTER.as_millis()
        );
        println!(
            "{:24}{:>16}{:>16}{:>24}",
            "", "database time", "for nobody", "last answer after"
        );
        print("costate", load, &behind_costate(&cluster, load)?);
        print(
            "plain drops, on tokio",
            load,
            &behind_plain_drops(&cluster, load)?,
        );
        Ok(())
    }

    fn print(name: &str, load: Load, outcome: &Outcome) {
        // What runs before its browser goes is for nobody too, for nobody gets it.
        let useful = f64::from(outcome.answered) * load.seconds;
        println!(
            "{name:24}{:>14.1} s{:>14.1} s{:>22.1} s",
            outcome.worked,
            outcome.worked - useful,
            outcome.after.as_secs_f64(),
        );
    }

    fn options(cluster: &Cluster, database: &str, load: Load) -> Options {
        Observer::new(cluster.unix("postgres")).run(&format!("CREATE DATABASE {database}"));
        Options {
            listen: "127.0.0.1:0".into(),
            database: cluster.tcp(database),
            connections: load.connections as usize,
            deadline: Duration::from_secs(600),
        }
    }

    fn behind_costate(cluster: &Cluster, load: Load) -> Result<Outcome, Failure> {
        let options = options(cluster, "costate", load);
        let runtime = Runtime::new()?;
        let server = runtime.block_on(server::Server::start(options))?;
        let (address, stop) = (server.address()?, server.stop());
        let serving = runtime.spawn(server.serve());
        let (answered, after) = browse(address, load);
        stop.cancel();
        runtime.block_on(serving);
        let worked = worked(cluster, "costate");
        Ok(Outcome {
            answered,
            after,
            worked,
        })
    }

    fn behind_plain_drops(cluster: &Cluster, load: Load) -> Result<Outcome, Failure> {
        let options = options(cluster, "plain", load);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        let server = runtime.block_on(plain::Server::start(options))?;
        let address = server.address()?;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let serving = runtime.spawn(server.serve(stopped));
        let (answered, after) = browse(address, load);
        drop(stop);
        runtime.block_on(serving)?;
        let worked = worked(cluster, "plain");
        Ok(Outcome {
            answered,
            after,
            worked,
        })
    }

    /// All requests at once, every other of which goes away. Gives how many were answered, and when the last was.
    fn browse(server: SocketAddr, load: Load) -> (u32, Duration) {
        let begun = Instant::now();
        let answered = thread::scope(|scope| {
            let request =
                |number| scope.spawn(move || request(server, load.seconds, number % 2 == 1));
            let all: Vec<_> = (0..load.requests).map(request).collect();
            let answered = all
                .into_iter()
                .map(|one| one.join().expect("no browser fails"));
            answered.map(u32::from).sum()
        });
        (answered, begun.elapsed())
    }

    /// Whether it was answered.
    fn request(server: SocketAddr, seconds: f64, leaves: bool) -> bool {
        let asked = ask(server, &format!("GET /query?sleep={seconds}"));
        let asked = asked.expect("the server is there");
        if leaves {
            thread::sleep(LEAVES_AFTER);
            return false;
        }
        let answer = asked.answer().expect("it answers");
        assert_eq!(answer.status, 200, "{}", answer.body);
        true
    }

    /// How many seconds a database's statements have taken, when all have ended and nobody is connected to it any more.
    fn worked(cluster: &Cluster, database: &str) -> f64 {
        let observer = Observer::new(cluster.unix("postgres"));
        let it = format!("datname = '{database}'");
        observer.until_at_last(&format!(
            "SELECT count(*) = 0 FROM pg_stat_activity WHERE {it}"
        ));
        let milliseconds = format!("SELECT active_time::bigint FROM pg_stat_database WHERE {it}");
        observer.number(&milliseconds) as f64 / 1e3
    }
}
