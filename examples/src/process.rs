//! What the operating system says about a process: resident memory and open descriptors.
//!
//! Read from `/proc`; where there is none, the answer is `None` and the caller says "unknown".

use std::fs;

/// A process: our own, or another by its number.
#[derive(Clone, Copy, Debug)]
pub enum Process {
    Own,
    Other(u32),
}

impl Process {
    fn folder(self) -> String {
        match self {
            Process::Own => "/proc/self".into(),
            Process::Other(number) => format!("/proc/{number}"),
        }
    }

    /// Resident memory in KiB.
    pub fn resident_kib(self) -> Option<u64> {
        let status = fs::read_to_string(format!("{}/status", self.folder())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    /// How many file descriptors are open, the one by which they are counted left out.
    pub fn descriptors(self) -> Option<usize> {
        let all = fs::read_dir(format!("{}/fd", self.folder())).ok()?.count();
        Some(match self {
            Process::Own => all - 1,
            Process::Other(_) => all,
        })
    }
}

/// Lets this process open as many descriptors as the system allows it and returns that number:
/// the usual soft limit of 1,024 is kept low for programs that use `select(2)`, which we don't.
///
/// `None` means that there is no such limit here.
pub fn raise_descriptor_limit() -> Option<u64> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let raised = Rlimit {
            current: maximum,
            maximum,
        };
        match setrlimit(Resource::Nofile, raised) {
            Ok(()) => maximum,
            Err(_) => current,
        }
    }
    #[cfg(not(unix))]
    None
}

/// A number with a comma every three digits, as tables are read.
pub fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The number, or "unknown".
pub fn or_unknown(number: Option<u64>) -> String {
    number.map_or_else(|| "unknown".into(), with_commas)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_every_three_digits() {
        let written: Vec<String> = [0, 12, 999, 1000, 1234567]
            .into_iter()
            .map(with_commas)
            .collect();
        assert_eq!(written, ["0", "12", "999", "1,000", "1,234,567"]);
    }
}
