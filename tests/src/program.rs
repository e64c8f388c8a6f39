//! The two built programs, run as a user would run them: found beside the test, in a clean environment,
//! with a deadline, everything they print kept.

mod running;

use std::ffi::OsStr;
use std::fmt::{self, Display, Formatter};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

pub use running::{Running, Signal};

use crate::environment;

/// What a program may need of the environment of the test; everything else is left out, so that no setting of
/// the developer's shell decides a test. `LD_LIBRARY_PATH` is left out on purpose: the programs must not need it.
const KEPT: [&str; 7] = [
    "PATH",
    "HOME",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "COMMUNIQUE_CACHE",
    "LLVM_PROFILE_FILE",
    "RUST_BACKTRACE",
];

/// What a message to a user must not show: a panic, a trace, a value as Rust prints it for its programmers.
const INTERNALS: [&str; 6] = [
    "panicked",
    "stack backtrace",
    "RUST_BACKTRACE",
    "Err(",
    "Error {",
    "Some(",
];

/// One of the two programs of the workspace.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Program {
    /// `communique`: ingest, GraphQL, command line.
    Communique,
    /// `communique-summarizer`: abstracts and labels.
    Summarizer,
}

impl Program {
    /// Its file name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Communique => "communique",
            Self::Summarizer => "communique-summarizer",
        }
    }

    /// Where it was built: in the folder above the test's own executable (`target/release/deps/..`).
    ///
    /// # Panics
    ///
    /// When it is not there.
    #[must_use]
    pub fn path(self) -> PathBuf {
        let test = std::env::current_exe().expect("the test knows its own executable");
        let folder = test.ancestors().nth(2).unwrap_or(Path::new("/"));
        let path = folder.join(self.name());
        assert!(
            path.is_file(),
            "{} is not built; run `cargo build --release --workspace` first, or `make test`, which does",
            path.display()
        );
        path
    }

    /// Prepares a run with these arguments: not started yet, no database named, a deadline of one minute.
    pub fn with<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Invocation {
        let mut command = Command::new(self.path());
        command.args(arguments);
        Invocation::of(command)
    }
}

/// `communique` with these arguments on this database.
pub fn communique<A: AsRef<OsStr>>(
    database: &str,
    arguments: impl IntoIterator<Item = A>,
) -> Invocation {
    let invocation = Program::Communique
        .with(arguments)
        .env("DATABASE_URL", database);
    // An index beside an SQLite file goes with its folder; others must not pile up in the developer's cache.
    if database.starts_with("sqlite") {
        invocation
    } else {
        let folder = std::env::temp_dir().join("communique-test-indexes");
        invocation.env("COMMUNIQUE_INDEX", folder)
    }
}

/// `communique-summarizer` with these arguments on this database.
pub fn summarizer<A: AsRef<OsStr>>(
    database: &str,
    arguments: impl IntoIterator<Item = A>,
) -> Invocation {
    Program::Summarizer
        .with(arguments)
        .env("DATABASE_URL", database)
}

/// A program about to be run.
#[derive(Debug)]
pub struct Invocation {
    command: Command,
    input: Option<Vec<u8>>,
    deadline: Duration,
}

impl Invocation {
    /// Any command in the clean environment, with nothing on standard input and a deadline of one minute.
    pub(crate) fn of(mut command: Command) -> Self {
        command.env_clear();
        for variable in KEPT {
            if let Some(value) = environment::variable(variable) {
                command.env(variable, value);
            }
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self {
            command,
            input: None,
            deadline: Duration::from_secs(60),
        }
    }

    /// Sets one environment variable.
    #[must_use]
    pub fn env(mut self, variable: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(variable, value);
        self
    }

    /// Runs it in this folder instead of the test's own.
    #[must_use]
    pub fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Gives it these bytes on standard input; without, standard input is empty.
    #[must_use]
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// Lets it write its standard output there; nothing of it is kept.
    #[must_use]
    pub fn stdout(mut self, to: impl Into<Stdio>) -> Self {
        self.command.stdout(to);
        self
    }

    /// Lets it write its standard error there; nothing of it is kept.
    #[must_use]
    pub fn stderr(mut self, to: impl Into<Stdio>) -> Self {
        self.command.stderr(to);
        self
    }

    /// How long it may take before it is killed and the test fails.
    #[must_use]
    pub fn within(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Starts it and waits for its end.
    ///
    /// # Panics
    ///
    /// When it cannot be started or does not end in time.
    #[must_use]
    #[track_caller]
    pub fn run(self) -> Ended {
        self.start().ended()
    }

    /// Starts it; the guard stops it when dropped.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    #[must_use]
    #[track_caller]
    pub fn start(self) -> Running {
        Running::start(self.command, self.input, self.deadline)
    }
}

/// What a program left behind when it ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// The command line, for messages.
    pub command: String,
    /// Exit code or signal.
    pub status: ExitStatus,
    /// Everything it printed on standard output.
    pub stdout: String,
    /// Everything it printed on standard error.
    pub stderr: String,
    /// From its start to its end.
    pub took: Duration,
}

impl Ended {
    /// Asserts that it ended with this exit code.
    ///
    /// # Panics
    ///
    /// With all it printed, when it ended otherwise.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert!(
            self.status.code() == Some(code),
            "expected exit code {code}\n{self}"
        );
        self
    }

    /// Asserts that it ended with exit code 0.
    ///
    /// # Panics
    ///
    /// With all it printed, when it ended otherwise.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// Asserts that it said this, on either stream, in any case of letters.
    ///
    /// # Panics
    ///
    /// With all it printed, when it did not.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        let said = format!("{}\n{}", self.stdout, self.stderr).to_lowercase();
        assert!(
            said.contains(&words.to_lowercase()),
            "expected it to say {words:?}\n{self}"
        );
        self
    }

    /// Asserts that it ended with this code and said why in one clear message: one line of standard error that
    /// has all these words, and nothing anywhere that only its programmer understands.
    ///
    /// # Panics
    ///
    /// With all it printed, when it did otherwise.
    #[track_caller]
    pub fn refuses(self, code: i32, words: &[&str]) -> Self {
        let ended = self.exits(code);
        for internal in INTERNALS {
            let shown = ended.stdout.contains(internal) || ended.stderr.contains(internal);
            assert!(!shown, "{internal:?} is nothing for a user\n{ended}");
        }
        let tells = |line: &&str| words.iter().all(|word| line.contains(word));
        let messages = ended.stderr.lines().filter(tells).count();
        assert!(
            messages == 1,
            "expected one line on standard error with all of {words:?}\n{ended}"
        );
        ended
    }

    /// Standard output as JSON.
    ///
    /// # Panics
    ///
    /// When it is not JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("standard output is not JSON: {error}\n{self}"))
    }
}

impl Display for Ended {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "$ {}", self.command)?;
        match (self.status.code(), self.status.signal()) {
            (Some(code), _) => writeln!(out, "exit code {code} after {:.1?}", self.took)?,
            (None, signal) => writeln!(out, "killed by signal {signal:?} after {:.1?}", self.took)?,
        }
        writeln!(
            out,
            "--- stdout\n{}\n--- stderr\n{}",
            self.stdout.trim_end(),
            self.stderr.trim_end()
        )
    }
}
