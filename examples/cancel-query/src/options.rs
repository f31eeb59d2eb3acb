//! What the programs are told on their command lines.

use std::str::FromStr;
use std::time::Duration;
use tokio_postgres::Config;

const LISTEN: &str = "127.0.0.1:7800";
const DATABASE: &str = "host=localhost user=postgres dbname=postgres";

#[derive(Clone, Debug)]
pub struct Options {
    /// Where browsers find the server.
    pub listen: String,
    pub database: Config,
    /// How many connections to the database there are at most.
    pub connections: usize,
    /// How long a query may take.
    pub deadline: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            listen: LISTEN.into(),
            database: DATABASE.parse().expect("it is a valid address"),
            connections: 4,
            deadline: Duration::from_secs(30),
        }
    }
}

/// How a program is used.
pub fn usage(program: &str) -> String {
    format!(
        "usage: {program} [DATABASE] [--listen HOST:PORT] [--connections NUMBER] [--deadline SECONDS]
   DATABASE is postgres://USER:PASSWORD@HOST:PORT/NAME, or \"host=/var/run/postgresql user=me dbname=mine\"
   for a Unix socket; without it {DATABASE:?}. The server listens at {LISTEN}."
    )
}

impl Options {
    /// Reads a command line, without the program's name.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Options::default();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a value"));
            match word.as_str() {
                "--listen" => options.listen = value()?,
                "--connections" => options.connections = at_least_one(&word, &value()?)?,
                "--deadline" => {
                    let seconds: u32 = at_least_one(&word, &value()?)?;
                    options.deadline = Duration::from_secs(seconds.into());
                }
                _ if word.starts_with('-') => return Err(format!("{word} is no option")),
                _ => options.database = database(&word)?,
            }
        }
        Ok(options)
    }
}

fn at_least_one<T: FromStr + PartialOrd + From<u8>>(
    option: &str,
    value: &str,
) -> Result<T, String> {
    let number = value.parse().ok().filter(|number| *number >= T::from(1));
    number.ok_or(format!(
        "{option} is a whole number from 1 on, not {value:?}"
    ))
}

fn database(address: &str) -> Result<Config, String> {
    let config: Result<Config, _> = address.parse();
    config.map_err(|error| format!("{address:?} is no address of a database: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn everything_can_be_said() {
        let options = parse("postgres://me@db:6000/mine --listen :80 --connections 7 --deadline 3");
        let options = options.unwrap();
        assert_eq!(options.database.get_dbname(), Some("mine"));
        assert_eq!((options.listen.as_str(), options.connections), (":80", 7));
        assert_eq!(options.deadline, Duration::from_secs(3));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, wrong) in [
            ("--connections 0", "from 1 on, not \"0\""),
            ("--deadline", "--deadline needs a value"),
            ("--help", "--help is no option"),
            ("nonsense", "\"nonsense\" is no address of a database"),
        ] {
            let said = parse(line).unwrap_err();
            assert!(said.contains(wrong), "{said}");
        }
    }
}
