//! A PostgreSQL server of one's own, in a temporary folder, for tests and measurements.
//!
//! Input: the server's programs, where they are installed. Output: a server that runs, at a Unix socket and a free port. Invariant: it
//! ends, and its folder goes, with the process that has started it, however that ends.

use std::env;
use std::fs;
use std::io;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};
use tokio_postgres::Config;

/// It runs the server until its standard input ends: when the cluster is dropped, or whoever started it is no more.
const KEEPER: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -p "$3" -c listen_addresses=127.0.0.1 -c fsync=off -c jit=off \
    -c autovacuum=off -c shared_buffers=16MB -c max_connections=60 >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$2"
"#;
const USER: &str = "tester";
/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(5);

/// A server that runs.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    keeper: Child,
}

impl Cluster {
    /// Starts one, or gives `None` if PostgreSQL isn't installed.
    ///
    /// # Errors
    ///
    /// If it is and doesn't start.
    pub fn start() -> io::Result<Option<Self>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        static CLUSTERS: AtomicUsize = AtomicUsize::new(0);
        let (process, number) = (std::process::id(), CLUSTERS.fetch_add(1, Relaxed));
        let folder = env::temp_dir().join(format!("cancel-query-{process}-{number}"));
        fs::create_dir(&folder)?;
        let account = account(&folder)?;
        initialize(&programs, &folder, account)?;
        // Somebody may take it before the server does; then it says so, and that is all.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "sh"]).arg(programs).arg(&folder);
        keeper.arg(port.to_string()).stdin(Stdio::piped());
        as_account(&mut keeper, account);
        let keeper = keeper.spawn()?;
        let cluster = Cluster {
            folder,
            port,
            keeper,
        };
        cluster.wait_until_ready()?;
        Ok(Some(cluster))
    }

    fn wait_until_ready(&self) -> io::Result<()> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            // Its eighth line says how far the server is.
            let said = fs::read_to_string(self.folder.join("data/postmaster.pid"));
            let status = said.unwrap_or_default();
            if status.lines().nth(7).map(str::trim) == Some("ready") {
                return Ok(());
            }
            thread::sleep(LOOK);
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(io::Error::other(format!("PostgreSQL doesn't start: {log}")))
    }

    /// A database of it, at its Unix socket.
    pub fn unix(&self, name: &str) -> Config {
        let mut config = Config::new();
        config.host_path(&self.folder);
        config.port(self.port).user(USER).dbname(name);
        config
    }

    /// The same, by TCP.
    pub fn tcp(&self, name: &str) -> Config {
        let mut config = Config::new();
        config.host("127.0.0.1");
        config.port(self.port).user(USER).dbname(name);
        config
    }

    /// The same, as people write it.
    pub fn address(&self, name: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // It ends, and there is nothing to do if it doesn't.
        let _ = self.keeper.wait();
    }
}

/// Where the server's programs are: on the path, or where distributions put them, the newest first.
fn programs() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&path).collect();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut versions: Vec<_> = versions.flatten().map(|entry| entry.path()).collect();
    versions.sort_by_key(|folder| {
        let version = folder.file_name().and_then(|name| name.to_str());
        std::cmp::Reverse(version.and_then(|version| version.parse::<u32>().ok()))
    });
    folders.extend(versions.into_iter().map(|folder| folder.join("bin")));
    let complete = |folder: &PathBuf| {
        ["initdb", "postgres"]
            .iter()
            .all(|name| folder.join(name).exists())
    };
    folders.into_iter().find(complete)
}

/// A user and a group, for who may not be root.
type Account = Option<(u32, u32)>;

/// PostgreSQL refuses to run as root. Then another user gets the folder.
fn account(folder: &Path) -> io::Result<Account> {
    if !is_root(folder)? {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let find = |name| users.lines().find_map(|line| fields(line, name));
    let other = find("postgres").or_else(|| find("nobody"));
    let (user, group) = other.ok_or_else(|| io::Error::other("root may not run PostgreSQL"))?;
    chown(folder, Some(user), Some(group))?;
    Ok(Some((user, group)))
}

/// Whether what has just been made is root's.
fn is_root(folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::metadata(folder)?.uid() == 0)
}

/// The numbers in a line of `/etc/passwd`, if it is this user's.
fn fields(line: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = line.split(':');
    let is_it = fields.next()? == name;
    let (user, group) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
    is_it.then_some((user, group))
}

fn as_account(command: &mut Command, account: Account) {
    if let Some((user, group)) = account {
        command.uid(user).gid(group);
    }
}

fn initialize(programs: &Path, folder: &Path, account: Account) -> io::Result<()> {
    let mut initdb = Command::new(programs.join("initdb"));
    initdb.arg("-D").arg(folder.join("data"));
    initdb.args([
        "-U",
        USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    // Its own folder may be one that the other user can't see.
    initdb.current_dir(folder);
    as_account(&mut initdb, account);
    let done = initdb.output()?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        return Err(io::Error::other(format!("initdb fails: {said}")));
    }
    Ok(())
}
