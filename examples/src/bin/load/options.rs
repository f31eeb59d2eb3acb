//! The command line.

use std::net::{SocketAddr, ToSocketAddrs};
use std::str::FromStr;
use std::time::Duration;

pub const USAGE: &str = "\
usage: load ADDRESS [--connections N] [--seconds N] [--chunk BYTES] [--pid SERVER] [--seed N]
            [--allow-shed]
  --connections  how many at once (1000)
  --seconds      for how long (30)
  --chunk        the largest chunk; sizes are random from 1 up (65536)
  --pid          the server's process, whose memory and descriptors are watched
  --seed         another seed sends other data (1)
  --allow-shed   connections the server never served are no failure (it was short of descriptors)";

#[derive(Clone, Debug)]
pub struct Options {
    pub address: SocketAddr,
    pub connections: usize,
    pub duration: Duration,
    pub largest_chunk: usize,
    pub pid: Option<u32>,
    pub seed: u64,
    pub allow_shed: bool,
}

impl Options {
    /// # Errors
    ///
    /// What is wrong with the command line, as a sentence for its user.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let address = arguments.next().ok_or("an address is missing")?;
        let mut options = Options {
            address: resolve(&address)?,
            connections: 1000,
            duration: Duration::from_secs(30),
            largest_chunk: 64 * 1024,
            pid: None,
            seed: 1,
            allow_shed: false,
        };
        while let Some(name) = arguments.next() {
            match name.as_str() {
                "--connections" => options.connections = positive(&name, arguments.next())?,
                "--seconds" => {
                    options.duration = Duration::from_secs(positive(&name, arguments.next())?);
                }
                "--chunk" => options.largest_chunk = positive(&name, arguments.next())?,
                "--pid" => options.pid = Some(positive(&name, arguments.next())?),
                "--seed" => options.seed = positive(&name, arguments.next())?,
                "--allow-shed" => options.allow_shed = true,
                _ => return Err(format!("unknown option {name}")),
            }
        }
        Ok(options)
    }
}

fn resolve(address: &str) -> Result<SocketAddr, String> {
    let mut found = address
        .to_socket_addrs()
        .map_err(|error| format!("{address}: {error}"))?;
    found
        .next()
        .ok_or_else(|| format!("{address} has no address"))
}

fn positive<T: FromStr + Default + PartialEq>(
    name: &str,
    value: Option<String>,
) -> Result<T, String> {
    let value = value.ok_or_else(|| format!("{name} needs a number"))?;
    match value.parse() {
        Ok(number) if number != T::default() => Ok(number),
        _ => Err(format!("{name} needs a number above zero, not {value}")),
    }
}
