//! Scripts of Python among the tests: a folder `tests/NAME` with a `requirements.txt` and scripts that see the server as
//! Python clients do.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::environment;
use crate::program::Invocation;
use crate::shared::workspace;

/// Asks whether a Python is young enough for the clients and can make environments.
const YOUNG: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

/// What to do when it is not.
const HINT: &str = "no python3 of 3.10 or newer with venv; install it (apt-get install python3 python3-venv) to run the \
    tests of Python clients";

/// A folder of scripts and an environment with the packages they need.
#[derive(Debug)]
pub struct Scripts {
    folder: PathBuf,
    python: PathBuf,
}

impl Scripts {
    /// The folder `tests/NAME`, with an environment in `.cache` that has what its `requirements.txt` names. Tests that run
    /// at the same time make it once. Nothing, and a printed line that says so, where there is no Python for it.
    ///
    /// # Panics
    ///
    /// When the packages cannot be installed; and under `CI=true` when no Python is there, because a test skipped for
    /// want of it would otherwise look like one that passed.
    #[must_use]
    #[track_caller]
    pub fn of(name: &str) -> Option<Self> {
        if !succeeds(Command::new("python3").args(["-c", YOUNG])) {
            assert!(!environment::in_ci(), "no Python to test with: {HINT}");
            println!("skipped: {HINT}");
            return None;
        }
        let folder = workspace().join("tests").join(name);
        let python =
            install(&folder, name).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        Some(Self { folder, python })
    }

    /// A run of one of its scripts in its folder: not started yet, with a deadline of one minute.
    pub fn script<A: AsRef<OsStr>>(
        &self,
        file: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Invocation {
        let mut command = Command::new(&self.python);
        // Nothing is written beside the scripts, and what they print is seen when they print it.
        command.args(["-B", "-u", file]).args(arguments);
        Invocation::of(command).folder(&self.folder)
    }
}

fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// The Python of an environment made once for each state of the requirements, by one test at a time.
fn install(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let told = |error: std::io::Error| error.to_string();
    let cache = workspace().join(".cache");
    fs::create_dir_all(&cache).map_err(told)?;
    let lock = File::create(cache.join(format!("python-{name}.lock"))).map_err(told)?;
    // Held until the file is closed, by the end of this process too.
    lock.lock().map_err(told)?;

    let requirements = folder.join("requirements.txt");
    let wanted = fs::read(&requirements).map_err(told)?;
    let place = cache.join(format!("python-{name}"));
    let python = place.join("bin/python");
    let installed = place.join(".installed");
    // Its Python is a link to the system's, which may be gone since.
    let same = fs::read(&installed).is_ok_and(|found| found == wanted);
    if same && succeeds(Command::new(&python).args(["-c", YOUNG])) {
        return Ok(python);
    }
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&place))?;
    run(Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(["--only-binary", ":all:", "-r"])
        .arg(&requirements))?;
    fs::write(&installed, wanted).map_err(told)?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed: {}", said.trim()))
}
