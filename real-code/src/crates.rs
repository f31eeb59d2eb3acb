//! Which crates, in which versions, and what must hold of each.

use crate::Result;

/// A crate as it was published.
pub struct Published {
    pub name: &'static str,
    pub version: &'static str,
    /// Features for its own build; `default` is on.
    pub features: &'static [&'static str],
    /// Targets that build here and need nothing from outside.
    pub targets: &'static [&'static str],
    /// Whether `.ci/run` looks at it.
    pub quick: bool,
    /// Tests that need a network, a database or much time.
    pub skipped_tests: &'static [&'static str],
    /// So many functions at least become coroutines: what was seen, so that a loss is.
    pub at_least: usize,
}

const LIBRARY: &[&str] = &["--lib"];
const LIBRARY_AND_TESTS: &[&str] = &["--lib", "--tests"];

/// A crate whose library was compiled, and no test run: how many functions have to be coroutines is not known.
const COMPILED_ALONE: Published = Published {
    name: "",
    version: "",
    features: &[],
    targets: LIBRARY,
    quick: false,
    skipped_tests: &[],
    at_least: 0,
};

pub const ALL: &[Published] = &[
    Published {
        name: "mini-redis",
        version: "0.4.1",
        features: &[],
        targets: &["--lib", "--bins", "--tests", "--examples"],
        quick: true,
        skipped_tests: &[],
        at_least: 37,
    },
    Published {
        name: "tokio-stream",
        version: "0.1.19",
        features: &["full"],
        targets: LIBRARY_AND_TESTS,
        quick: true,
        skipped_tests: &[],
        at_least: 106,
    },
    Published {
        name: "async-lock",
        version: "3.5.0",
        features: &[],
        targets: LIBRARY_AND_TESTS,
        quick: false,
        skipped_tests: &[],
        at_least: 3,
    },
    Published {
        name: "bb8",
        version: "0.9.1",
        features: &[],
        targets: LIBRARY_AND_TESTS,
        quick: false,
        skipped_tests: &[],
        at_least: 35,
    },
    Published {
        name: "deadpool",
        version: "0.13.1",
        features: &["managed", "unmanaged", "rt_tokio_1"],
        targets: LIBRARY_AND_TESTS,
        quick: false,
        skipped_tests: &[],
        at_least: 52,
    },
    Published {
        name: "tokio-util",
        version: "0.7.20",
        features: &["full"],
        targets: LIBRARY_AND_TESTS,
        quick: false,
        skipped_tests: &[],
        at_least: 168,
    },
    Published {
        name: "hyper-util",
        version: "0.1.21",
        features: &["full"],
        targets: LIBRARY_AND_TESTS,
        quick: false,
        skipped_tests: &[],
        at_least: 96,
    },
    Published {
        name: "hyper",
        version: "1.12.0",
        features: &["full"],
        targets: LIBRARY,
        quick: false,
        skipped_tests: &[],
        at_least: 53,
    },
    Published {
        name: "axum",
        version: "0.8.9",
        features: &["macros", "multipart", "ws", "__private"],
        targets: LIBRARY,
        quick: false,
        skipped_tests: &[],
        at_least: 0,
    },
    Published {
        name: "tokio-postgres",
        version: "0.7.18",
        features: &[],
        targets: LIBRARY,
        quick: false,
        skipped_tests: &[],
        at_least: 99,
    },
    Published {
        name: "tokio",
        version: "1.54.1",
        features: &["full", "test-util"],
        targets: LIBRARY,
        quick: false,
        skipped_tests: &[],
        at_least: 0,
    },
    Published {
        name: "moka",
        version: "0.12.16",
        features: &["future"],
        targets: LIBRARY_AND_TESTS,
        quick: false,
        skipped_tests: &[],
        at_least: 141,
    },
    Published {
        name: "warp",
        version: "0.4.3",
        features: &["server", "test", "websocket", "multipart"],
        targets: LIBRARY,
        quick: false,
        skipped_tests: &[],
        at_least: 20,
    },
    Published {
        name: "rumqttc",
        version: "0.25.1",
        features: &[],
        targets: LIBRARY,
        quick: false,
        skipped_tests: &[],
        at_least: 50,
    },
    Published {
        name: "async-nats",
        version: "0.51.0",
        ..COMPILED_ALONE
    },
    Published {
        name: "quinn",
        version: "0.11.12",
        features: &["runtime-smol", "lock_tracking"],
        targets: &["--lib", "--tests", "--examples"],
        quick: false,
        skipped_tests: &[],
        at_least: 31,
    },
    Published {
        name: "object_store",
        version: "0.14.2",
        features: &["http", "aws"],
        ..COMPILED_ALONE
    },
    Published {
        name: "zbus",
        version: "6.2.1",
        ..COMPILED_ALONE
    },
    Published {
        name: "backon",
        version: "1.6.0",
        features: &["futures-timer-sleep"],
        targets: LIBRARY,
        quick: false,
        skipped_tests: &[],
        at_least: 10,
    },
    Published {
        name: "jsonrpsee-core",
        version: "0.26.1",
        features: &["server", "async-client", "client", "http-helpers"],
        targets: LIBRARY,
        quick: false,
        skipped_tests: &[],
        at_least: 27,
    },
];

/// Crates that ask for no runtime, and whose tests are run by ours.
pub const OF_ANY_EXECUTOR: &[Published] = &[
    of_any_executor("async-lock", "3.5.0"),
    of_any_executor("async-channel", "2.5.0"),
    of_any_executor("event-listener", "5.4.2"),
];

const fn of_any_executor(name: &'static str, version: &'static str) -> Published {
    Published {
        name,
        version,
        features: &[],
        targets: LIBRARY_AND_TESTS,
        quick: true,
        skipped_tests: &[],
        at_least: 0,
    }
}

/// The crates of these names; those of CI without any.
pub fn chosen(words: &[String]) -> Result<Vec<&'static Published>> {
    if words.is_empty() {
        return Ok(ALL.iter().filter(|published| published.quick).collect());
    }
    if words == ["--all"] {
        return Ok(ALL.iter().collect());
    }
    let find = |word: &String| {
        let found = ALL.iter().find(|published| published.name == word);
        found.ok_or_else(|| {
            let known: Vec<_> = ALL.iter().map(|published| published.name).collect();
            format!("{word} is none of {}", known.join(", ")).into()
        })
    };
    words.iter().map(find).collect()
}
